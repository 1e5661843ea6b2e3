"""Several people at the same moment, as real threads on both databases: one wins, nobody loses a word, nothing hangs or breaks."""

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

ROOT = Path(__file__).parents[3]
Told = dict[str, Any]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What every thread of every race got, and what stood afterwards."""
    folder = tmp_path_factory.mktemp("races")
    url = database(f"races_{os.getpid()}") if request.param == "postgresql" else ""
    environment = {**os.environ, "ZHIHENG_DATA": str(folder), "DATABASE_URL": url, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    environment |= {"DJANGO_SETTINGS_MODULE": "zhiheng_web.config.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.zhiheng_web.trust.races"],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def counted(answers: list[str]) -> dict[str, int]:
    return dict(Counter(answers))


def test_nothing_hangs_and_nothing_breaks(told: Told) -> None:
    said = json.dumps(told, ensure_ascii=False)
    assert "FAULT" not in said and "HANGS" not in said


def test_twenty_at_the_end_of_the_chain(told: Told) -> None:
    assert counted(told["trail"]) == {"done": 20} and told["trail_records"] == 20
    assert told["breaks"] == [] and told["head"]


def test_the_same_table_imported_at_once_becomes_one_version(told: Told) -> None:
    assert counted(told["imports"]) == {"done": 2, "version_open": 2}
    assert told["versions_imported"] == 1


def test_one_cell_is_written_by_one_and_the_others_are_told(told: Told) -> None:
    assert counted(told["one_cell"]) == {"saved": 1, "conflict": 7}


def test_different_cells_are_all_kept(told: Told) -> None:
    assert counted(told["ten_cells"]) == {"done": 10} and all(told["ten_kept"])


def test_people_discuss_while_others_write(told: Told) -> None:
    """References are looked at when PostgreSQL commits: a message that waited there, with the chain in its hands, was a deadlock."""
    assert counted(told["edits_beside_messages"]) == {"done": 8}


def test_one_of_four_submits_and_one_of_three_decides(told: Told) -> None:
    assert counted(told["submits"]) == {"done": 1, "wrong_state": 3}
    assert told["decisions"] == [["decided_meanwhile", "decided_meanwhile", "done"]] * 7
    assert told["decisions_kept"] == 7 and told["state"] == "approved"


def test_one_adjustment_and_one_new_year_are_opened(told: Told) -> None:
    answers = counted(told["adjustments"])
    assert answers == {"done": 1, "version_open": 2, "already_approved": 2} and told["open_versions"] == 1
    assert counted(told["generated"]) == {"done": 1, "year_exists": 2} and told["tables_of_2021"] == 1


def test_a_budget_does_not_fall_below_nothing_in_two_steps_at_once(told: Told) -> None:
    assert counted(told["budget"]) == {"done": 1, "below_zero": 2} and told["budget_left"] == "40.00"


def test_two_administrators_do_not_end_each_other(told: Told) -> None:
    assert counted(told["last_two"]) == {"done": 1, "last_administrator": 1} and told["administrators_left"] == 1


def test_a_role_that_ends_while_it_is_lent_takes_the_loan_with_it(told: Told) -> None:
    assert told["lend_and_end"][1] == "done" and told["lent_outlives"] == []


def test_a_one_time_code_is_taken_once_though_six_send_it(told: Told) -> None:
    assert sorted(told["one_code"]) == [False] * 5 + [True]
    assert told["throttled"] >= 1
