"""check beside the tables of years before (D07, R05) and the approved one (R13)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.zhiheng_cli.conftest import LINYI, TABLE, Zhiheng


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The table of Linyi as if it were that of 2019."""
    path = tmp_path / "2019.txt"
    path.write_text(LINYI.read_text("utf-8").replace("2020年", "2019年"), encoding="utf-8")
    return path


def codes(answer: str) -> list[str]:
    return [found["code"] for found in json.loads(answer)["findings"]]


def test_a_table_that_says_what_last_year_s_said(zhiheng: Zhiheng, before: Path) -> None:
    assert "D07" not in codes(zhiheng("check", LINYI, "--format", "json").out)
    assert "D07" in codes(zhiheng("check", LINYI, "--format", "json", "--earlier", before).out)


def test_a_folder_of_earlier_tables_and_several_files(zhiheng: Zhiheng, before: Path, table: Path) -> None:
    data = json.loads(zhiheng("check", LINYI, table, "--format", "json", "--earlier", before.parent, "--jobs", "2").out)
    found = [[one["code"] for one in each["findings"]] for each in data["files"]]
    assert ["D07" in each for each in found] == [True, False]


def test_another_department_s_table_is_not_this_one_s_last_year(zhiheng: Zhiheng, before: Path) -> None:
    before.write_text(before.read_text("utf-8").replace("临沂市科学技术局", "东湖市图书局"), encoding="utf-8")
    assert "D07" not in codes(zhiheng("check", LINYI, "--format", "json", "--earlier", before).out)


def test_targets_that_are_not_the_approved_ones(zhiheng: Zhiheng, table: Path, tmp_path: Path) -> None:
    approved = tmp_path / "批复.txt"
    approved.write_text(TABLE.format(40).replace("\t60家\t\t60家", "\t70家\t\t60家"), encoding="utf-8")
    assert "R13" not in codes(zhiheng("check", table, "--format", "json", "--approved", table).out)
    found = json.loads(zhiheng("check", table, "--format", "json", "--approved", approved).out)["findings"]
    (said,) = [one["message"] for one in found if one["code"] == "R13"]
    assert "60家" in said
    assert "70家" in said


@pytest.mark.parametrize("option", ["--earlier", "--approved"])
def test_what_cannot_be_held_against_is_said_before_anything_is_checked(zhiheng: Zhiheng, table: Path, tmp_path: Path, option: str) -> None:
    answer = zhiheng("check", table, option, tmp_path / "没有.txt")
    assert (answer.code, answer.out) == (2, "")
    assert "没有.txt" in answer.err
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    answer = zhiheng("check", table, option, broken)
    assert (answer.code, answer.out) == (2, "")
    assert "坏.xlsx" in answer.err
    yearless = tmp_path / "无年度.txt"
    yearless.write_text(TABLE.format(40).replace("2020年", "").replace("2017-2019", "").replace("2019年", ""), encoding="utf-8")
    answer = zhiheng("check", table, option, yearless)
    assert answer.code == 2
    assert "哪一年" in answer.err


def test_an_earlier_table_is_never_written_over(zhiheng: Zhiheng, table: Path, before: Path) -> None:
    kept = before.read_bytes()
    assert zhiheng("check", table, "--earlier", before, "--out", before, "--format", "text").code == 2
    assert before.read_bytes() == kept
