"""Merged ranges of every kind, against a plain count of what each cell of a sheet shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.tables.formats.canvas import Canvas, address, letters
from zhiheng.tables.grid import Refused, Span


def codes(canvas: Canvas) -> list[str]:
    return [problem.code for problem in canvas.problems]


def test_names_of_cells() -> None:
    assert [letters(n) for n in (0, 25, 26, 51, 701, 702, 16_383)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD"]
    assert address(4, 2) == "C5"


def test_the_filled_part_is_a_rectangle_from_the_first_cell() -> None:
    canvas = Canvas("f", "表")
    canvas.put(1, 2, "甲")
    canvas.put(3, 0, "乙")
    canvas.put(9, 9, "  ")
    grid = canvas.grid()
    assert grid is not None
    assert grid.rows == (("", "", ""), ("", "", "甲"), ("", "", ""), ("乙", "", ""))
    assert grid.numbers == (1, 2, 3, 4)
    assert grid.sheet == "表"


def test_nothing_gives_nothing() -> None:
    canvas = Canvas("f")
    canvas.merge(0, 0, 5, 5)
    assert canvas.grid() is None


def test_a_merged_title_makes_the_table_as_wide_as_itself() -> None:
    canvas = Canvas("f")
    canvas.put(0, 0, "标题")
    canvas.merge(0, 0, 1, 4)
    canvas.put(2, 0, "x")
    grid = canvas.grid()
    assert grid is not None
    assert (len(grid.rows), len(grid.rows[0]), grid.spans) == (3, 5, (Span(0, 0, 1, 4),))


def test_overlapping_reversed_outside_and_empty_merges() -> None:
    canvas = Canvas("f")
    for row in range(4):
        for column in range(4):
            canvas.put(row, column, "x")
    canvas.merge(1, 1, 0, 0)
    canvas.merge(1, 1, 2, 2)
    canvas.merge(3, 3, 3, 3)
    canvas.merge(50, 50, 60, 60)
    canvas.merge(2_000_000, 0, 2_000_001, 0)
    grid = canvas.grid()
    assert grid is not None
    assert grid.spans == (Span(0, 0, 1, 1),)
    assert codes(canvas) == ["merge-reversed", "merge-overlap", "merge-outside"]


def test_a_merge_of_a_million_rows_is_cut_to_what_is_filled() -> None:
    canvas = Canvas("f")
    canvas.put(0, 0, "职责")
    canvas.put(2, 1, "末")
    canvas.merge(0, 0, 1_048_575, 0)
    grid = canvas.grid()
    assert grid is not None
    assert grid.spans == (Span(0, 0, 2, 0),)
    assert codes(canvas) == ["merge-cut"]


def test_text_under_a_merge_is_not_shown_and_is_told() -> None:
    canvas = Canvas("f")
    canvas.put(0, 0, "科技")
    canvas.put(1, 0, "科技")
    canvas.put(2, 0, "旧值")
    canvas.merge(0, 0, 2, 0)
    grid = canvas.grid()
    assert grid is not None
    assert grid.rows == (("科技",), ("",), ("",))
    (told,) = canvas.problems
    assert (told.code, told.place.row, told.place.column, told.repaired) == ("merge-hides-text", 3, 1, False)
    assert dict(told.parameters)["text"] == "旧值"


def test_a_cell_filled_twice_keeps_its_first_text() -> None:
    canvas = Canvas("f")
    canvas.put(0, 0, "甲")
    canvas.put(0, 0, "乙")
    grid = canvas.grid()
    assert grid is not None
    assert grid.rows == (("甲",),)
    assert codes(canvas) == ["cell-twice"]


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    canvas = Canvas("f")
    for row, column in ((1_048_576, 0), (0, 16_384)):
        with pytest.raises(Refused):
            canvas.put(row, column, "x")
    canvas.put(1_048_575, 0, "x")
    canvas.put(0, 16_383, "x")
    with pytest.raises(Refused) as caught:
        canvas.grid()
    assert dict(caught.value.problem.parameters)["cell"] == "XFD1048576"
    monkeypatch.setattr("zhiheng.tables.formats.canvas.MAX_CELLS", 4)
    small = Canvas("f")
    for column in range(4):
        small.put(0, column, "x")
    with pytest.raises(Refused):
        small.put(1, 0, "x")
    small.merge(0, 0, 0, 1)
    small.merge(0, 0, 0, 1)
    with pytest.raises(Refused):
        small.merge(0, 0, 0, 1)


def test_many_merges_over_each_other_are_refused_in_bounded_time() -> None:
    canvas = Canvas("f")
    canvas.put(999, 999, "x")
    for number in range(900):
        canvas.merge(0, number % 3, 990, 990)
    with pytest.raises(Refused) as caught:
        canvas.grid()
    assert caught.value.problem.code == "merges-chaotic"


RANGES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)), max_size=5)


@given(RANGES, st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1))
def test_every_text_is_shown_or_told_and_no_two_ranges_meet(ranges: list[tuple[int, int, int, int]], filled: set[tuple[int, int]]) -> None:
    canvas = Canvas("f")
    for row, column in filled:
        canvas.put(row, column, f"{row}.{column}")
    for top, left, bottom, right in ranges:
        canvas.merge(top, left, bottom, right)
    grid = canvas.grid()
    assert grid is not None
    shown = {(r, c): text for r, row in enumerate(grid.rows) for c, text in enumerate(row) if text}
    told = {dict(problem.parameters)["text"] for problem in canvas.problems if problem.code == "merge-hides-text"}
    assert set(shown.values()) | told == {f"{row}.{column}" for row, column in filled}
    assert all(text == f"{r}.{c}" for (r, c), text in shown.items())
    covered = [(r, c) for s in grid.spans for r in range(s.top, s.bottom + 1) for c in range(s.left, s.right + 1)]
    assert len(covered) == len(set(covered))
    corners = {(s.top, s.left) for s in grid.spans}
    assert not any(cell in shown for cell in covered if cell not in corners)


def test_a_range_over_a_whole_table_is_refused_by_its_name() -> None:
    canvas = Canvas("f")
    for row in range(20):
        for column in range(10):
            canvas.put(row, column, "x")
    canvas.merge(0, 0, 1_048_575, 16_383)
    with pytest.raises(Refused) as caught:
        canvas.grid()
    assert caught.value.problem.code == "merge-covers-all"
    assert dict(caught.value.problem.parameters) == {"file": "f", "range": "A1:XFD1048576", "count": "199"}


def test_a_range_that_makes_the_table_too_large_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhiheng.tables.formats.canvas.MAX_CELLS", 50)
    canvas = Canvas("f")
    canvas.put(0, 0, "x")
    canvas.put(1, 0, "y")
    canvas.merge(1, 0, 10, 8)
    with pytest.raises(Refused) as caught:
        canvas.grid()
    assert (caught.value.problem.code, dict(caught.value.problem.parameters)["range"]) == ("merge-too-large", "A2:I11")
