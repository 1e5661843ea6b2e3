"""Which mark separates, and when a text is no such table at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiheng.tables.formats import read
from zhiheng.tables.formats.csv import separator


def opened(tmp_path: Path, text: str, name: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    source = read(path)
    return source.format, source.grids[0].rows


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_mark_is_found_by_what_makes_rows_equal(tmp_path: Path, mark: str) -> None:
    text = f'指标{mark}目标值{mark}备注\n"受理, 审核; 项目"{mark}60家{mark}\n"多行\n单元格"{mark}95%{mark}无\n'
    rows = (("指标", "目标值", "备注"), ("受理, 审核; 项目", "60家", ""), ("多行\n单元格", "95%", "无"))
    assert opened(tmp_path, text, "a.csv") == ("csv", rows)


def test_a_csv_may_be_ragged(tmp_path: Path) -> None:
    assert opened(tmp_path, "标题\na,b,c\nd,e\n", "a.csv") == ("csv", (("标题",), ("a", "b", "c"), ("d", "e")))


def test_a_csv_of_one_column_is_text(tmp_path: Path) -> None:
    assert opened(tmp_path, "甲\n乙\n", "a.csv") == ("text", (("甲",), ("乙",)))


def test_commas_in_running_text_separate_nothing(tmp_path: Path) -> None:
    text = "First, a sentence.\nSecond, it goes on, and on.\nNo comma here.\n"
    assert opened(tmp_path, text, "a.txt")[0] == "text"


def test_a_text_whose_lines_agree_is_a_table(tmp_path: Path) -> None:
    assert opened(tmp_path, "a,b,c\n1,2,3\n4,5,6\n", "a.txt")[0] == "csv"
    assert opened(tmp_path, "a,b,c", "a.txt")[0] == "text"


def test_the_mark_that_agrees_best_wins() -> None:
    assert separator(["1,5;2,5;3", "4,5;6;7", "8;9;10"], "f", named=True) == ";"
    assert separator(["", ""], "f", named=True) is None
