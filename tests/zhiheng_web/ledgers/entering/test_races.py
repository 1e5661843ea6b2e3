"""Two people at the same entry at the same moment, as real threads on both databases: one wins, the other is told, nothing breaks."""

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
Told = dict[str, Any]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What every thread of every race got, and what stood afterwards."""
    folder = tmp_path_factory.mktemp("races")
    url = database(f"entering_{os.getpid()}") if request.param == "postgresql" else ""
    environment = {**os.environ, "ZHIHENG_DATA": str(folder), "DATABASE_URL": url, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    environment |= {"DJANGO_SETTINGS_MODULE": "zhiheng_web.config.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.zhiheng_web.ledgers.entering.races"],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_nothing_hangs_and_nothing_breaks(told: Told) -> None:
    said = json.dumps(told, ensure_ascii=False)
    assert "FAULT" not in said and "HANGS" not in said
    assert told["breaks"] == [] and told["open_each"] == [1]


def test_one_number_is_recorded_once(told: Told) -> None:
    answers = Counter(told["one_number"])
    assert answers["done"] == 1 and set(answers) <= {"done", "entry_faults", "duplicate"} and told["entries_of_it"] == 1


def test_a_new_organisation_is_made_once(told: Told) -> None:
    assert set(told["one_new_firm"]) == {"done"} and told["firms"] == 1


def test_one_correction_wins_and_the_others_conflict(told: Told) -> None:
    assert Counter(told["corrections"]) == {"done": 1, "entry_changed": 5} and told["open_after_corrections"] == 1


def test_a_step_is_taken_once(told: Told) -> None:
    assert Counter(told["moves"])["done"] == 1 and told["versions_of_move"] == 1


def test_each_entry_is_confirmed_once(told: Told) -> None:
    assert set(told["confirmations"]) == {"done"} and told["confirmed_once"] == 40


def test_confirming_beside_correcting_loses_nothing(told: Told) -> None:
    assert set(told["confirmed_and_corrected"]) <= {"done", "revoked"}
