"""Marks at the same moment, on both databases: nobody waits for ever, nothing is lost, nothing is kept twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.postgres import database

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("panel")
    url = database(f"panel_race_{os.getpid()}") if request.param == "postgresql" else ""
    environment = {**os.environ, "ZHIHENG_DATA": str(folder), "DATABASE_URL": url, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    environment |= {"DJANGO_SETTINGS_MODULE": "zhiheng_web.config.settings"}
    called = [sys.executable, "-m", "tests.zhiheng_web.evaluation.evaluations.racing"]
    done = subprocess.run(called, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_of_several_windows_one_is_kept_whole(told: dict[str, Any]) -> None:
    assert Counter(told["two_windows"]) == {"done": 1, "marks_changed": 2}
    assert told["one_window_stands"] == 1


def test_evaluators_do_not_stop_each_other_and_hand_in_once(told: dict[str, Any]) -> None:
    assert Counter(told["both_hand_in"]) == {"done": 2, "handed_in": 2}
    assert told["marks"] == 2 * told["items"]


def test_a_draft_and_a_conflict_at_once_leave_no_draft_on_void_marks(told: dict[str, Any]) -> None:
    """Whichever was first: the conflict stands, and if a draft was handed in before it, the draft is overtaken."""
    answers = told["report_and_conflict"]
    assert answers[1] == "done"
    assert {answers[0], answers[2]} <= {"done", "wrong_state", "handed_in"}
    assert told["void"] == 1
    if told["state"] == "scoring":
        assert told["reports"] == told["returned"] <= 1
    else:
        assert told["state"] == "drafted"
        assert told["reports"] - told["returned"] == 1


def test_the_chain_holds(told: dict[str, Any]) -> None:
    assert told["chain"] == []
