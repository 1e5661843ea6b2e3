"""Two answers by one link at the same moment, on both databases: one is kept, the other is told."""

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
    folder = tmp_path_factory.mktemp("survey")
    url = database(f"survey_race_{os.getpid()}") if request.param == "postgresql" else ""
    environment = {**os.environ, "ZHIHENG_DATA": str(folder), "DATABASE_URL": url, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    environment |= {"DJANGO_SETTINGS_MODULE": "zhiheng_web.config.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.zhiheng_web.evaluation.surveys.racing"],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_one_link_takes_one_answer(told: dict[str, Any]) -> None:
    assert Counter(told["one_link"]) == {"done": 1, "invitation_used": 7}
    assert told["stored"] == 1


def test_what_was_counted_is_what_is_kept(told: dict[str, Any]) -> None:
    answers = Counter(told["with_close"])
    assert set(answers) <= {"done", "survey_closed"}
    assert answers["done"] - 1 == told["counted"] == told["kept"] == told["used"]


def test_after_the_close_the_database_itself_joins_no_answer_to_a_link(told: dict[str, Any]) -> None:
    assert told.get("transactions_surveyinvitation", 1) == 1
    assert told.get("transactions_surveyanswer", 1) <= 1
