"""Bars: when columns can be trusted and when they cannot, in the shapes that copied pages have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.tables.formats.pipes import is_piped, pipe_grid
from zhiheng.tables.grid import Refused

CELL = st.text(alphabet="职责a1% -:", max_size=5).map(str.strip)


def test_markdown_is_aligned_and_its_rule_is_no_row() -> None:
    grid = pipe_grid(["| 指标 | 目标 | 备注 |", "|:---|---:|---|", "| 受理 | 60家 |  |", "| a \\| b | 1 | |"], "f")
    assert grid.rows == (("指标", "目标", "备注"), ("受理", "60家", ""), ("a | b", "1", ""))
    assert grid.numbers == (1, 3, 4)
    assert grid.aligned


def test_drawn_borders_are_no_rows() -> None:
    grid = pipe_grid(["+----+----+", "| 甲 | 乙 |", "+====+====+", "| 丙 | 丁 |", "+----+----+"], "f")
    assert grid.rows == (("甲", "乙"), ("丙", "丁"))
    assert grid.aligned


def test_ragged_rows_are_not_aligned() -> None:
    grid = pipe_grid(["绩效自评表 | |||", "(2023年度) |", "部门 | 某中心 | |", "", "合计", "|", "||||"], "f")
    assert grid.rows == (("绩效自评表", "", "", ""), ("(2023年度)",), ("部门", "某中心", ""), (), ("合计",), ("",), ("", "", "", ""))
    assert not grid.aligned


def test_rows_filled_up_at_their_ends_are_not_aligned() -> None:
    rows = ["预算申请 | 资金总额 | 按来源分 | 按性质分 |", "财政拨款 | 基金 | |", "211.62 | 50.00 | |"]
    padded = ["|".join((row.rstrip("| ") + " ||||").split("|")[:4]) + " |" for row in rows]
    assert {len(row) for row in pipe_grid(padded, "f").rows} == {4}
    assert not pipe_grid(padded, "f").aligned


def test_blanks_in_the_middle_show_true_columns() -> None:
    assert pipe_grid(["| 职责 | 指标 | 值 |", "| 一 | 甲 | 1 |", "| | 乙 | |"], "f").aligned


def test_one_column_is_no_table() -> None:
    assert not pipe_grid(["甲 |", "乙 |"], "f").aligned


def test_bars_that_separate_nothing() -> None:
    assert not is_piped(["首页|登录", *["文字"] * 20])
    assert is_piped(["a|b|c", "a|b|c", "a|b|c", *["文字"] * 40])
    assert is_piped(["甲|", "乙|", "文字"])


@given(st.lists(st.lists(CELL, min_size=2, max_size=5), min_size=1, max_size=5))
def test_cells_come_back(rows: list[list[str]]) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    found = pipe_grid(lines, "f")
    drawn = [all(cell and set(cell) <= set("-:") and "---" in cell for cell in row) for row in rows]
    if not any(drawn):
        assert [list(row) for row in found.rows] == rows


def test_too_many_bars_are_refused() -> None:
    with pytest.raises(Refused):
        pipe_grid(["|" * 3_000_000], "f")
