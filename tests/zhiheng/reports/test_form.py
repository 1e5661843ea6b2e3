"""Forms tile their table, and fall into parts without losing a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import PLANS

from zhiheng.plan.plan import Plan
from zhiheng.reports.form import A3_LANDSCAPE, A4_PORTRAIT, FormCell, parts, place
from zhiheng.reports.forms import form, printable


@given(st.one_of(*PLANS.values()))
def test_every_square_of_a_form_belongs_to_exactly_one_cell(plan: Plan) -> None:
    laid = form(plan)
    squares = [
        (placed.row + down, placed.column + right)
        for placed in laid.placed()
        for down in range(placed.cell.rows)
        for right in range(placed.cell.columns)
    ]
    assert sorted(squares) == [(row, column) for row in range(len(laid.rows)) for column in range(len(laid.widths))]


@given(st.one_of(*PLANS.values()))
def test_parts_hold_the_same_texts_and_no_cell_leaves_the_headings(plan: Plan) -> None:
    laid = form(plan)
    head, body = parts(laid)
    texts = [placed.cell.text for part in (head, body) for placed in place(part.rows, len(laid.widths)) if placed.cell.text]
    assert sorted(texts) == sorted(placed.cell.text for placed in laid.placed() if placed.cell.text)
    assert body.heading == laid.heading_stop - laid.heading_start
    assert all(p.row + p.cell.rows <= body.heading for p in place(body.rows, len(laid.widths)) if p.row < body.heading)


def test_a_form_without_a_head_is_one_part() -> None:
    laid = form(Plan("标题", "duty-table"))
    bare = type(laid)("t", "", laid.rows[laid.heading_start :], laid.widths, 0, laid.heading_stop - laid.heading_start, laid.paper)
    assert [part.heading for part in parts(bare)] == [4]


@pytest.mark.parametrize(
    ("rows", "width"),
    [
        (((FormCell("a", columns=3),),), 2),
        (((FormCell("a", rows=2),),), 1),
        (((FormCell("a"),),), 2),
        (((FormCell("a", rows=2), FormCell("b")), (FormCell("c", columns=2),)), 2),
    ],
    ids=["too wide", "too tall", "a hole", "an overlap"],
)
def test_cells_that_do_not_tile_are_refused(rows: tuple[tuple[FormCell, ...], ...], width: int) -> None:
    with pytest.raises(ValueError, match="cell"):
        list(place(rows, width))


def test_the_official_paper() -> None:
    assert A3_LANDSCAPE.landscape
    assert (A3_LANDSCAPE.width, A3_LANDSCAPE.height, A3_LANDSCAPE.measure) == (420, 297, 396)
    assert not A4_PORTRAIT.landscape


def test_column_widths_use_the_paper_and_no_more() -> None:
    laid = form(Plan("标题", "duty-table"))
    assert 39500 < sum(laid.millimetres()) <= 39600


def test_signs_that_cannot_be_printed_are_shown_as_such_and_line_ends_are_one() -> None:
    laid = form(Plan("标\x00题\r\n二", "duty-table"))
    assert laid.title == "标\ufffd题\n二"
    assert printable(laid) == laid


def test_a_layout_without_a_form_is_refused() -> None:
    with pytest.raises(KeyError):
        form(Plan("标题", "unknown"))
