"""Rows of a duty table in which a cell is missing, so that the rest slid to the left.

Between the standard's source and the history's source the official form holds: 来源, 均值, 上年值, 数据来源. Figures and
source words tell which cell is which. One possible order only: the row is repaired. Several: the cells stay where
they stand, are marked unresolved, and the reader is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from zhiheng.plan.plan import Cell
from zhiheng.tables.layouts.columns import is_source_word
from zhiheng.tables.layouts.raw import Raw, Row, problem

FIELDS = ("references_standard_source", "references_mean", "references_last_year", "references_history_source")
TAKES_SOURCE = (True, False, False, True)
WORDS = {
    "references_mean": "均值",
    "references_last_year": "上年值",
    "references_standard_source": "来源",
    "references_history_source": "数据来源",
}


def repair_shifted_rows(raw: Raw) -> set[tuple[int, str]]:
    """Move the cells of shifted rows where only one order is possible. Returns (row index, field) left unresolved."""
    unresolved: set[tuple[int, str]] = set()
    present = [name for name in FIELDS if name in raw.columns]
    if len(present) < len(FIELDS):
        return unresolved
    for index, row in enumerate(raw.rows):
        cells = [row.cells.get(name, Cell("")) for name in FIELDS]
        wrong = [name for name, cell, source in zip(FIELDS, cells, TAKES_SOURCE, strict=True) if _misfit(cell, source)]
        if not wrong:
            continue
        possible = list(orders([cell for cell in cells if cell.text]))
        if len(possible) == 1:
            _move(row, possible[0])
            raw.problems.append(problem("shifted-row", row.place, repaired=True, name=row.text("name"), cells=said(possible[0])))
            continue
        loose = [n for n in FIELDS if row.text(n) and not _settled(n, row, possible)]
        unresolved.update((index, name) for name in loose or wrong)
        place = row.cells[(loose or wrong)[0]].place
        candidates = "；或 ".join(said(order) for order in possible) or "—"
        raw.problems.append(problem("shifted-row-open", place, name=row.text("name"), candidates=candidates))
    return unresolved


def _misfit(cell: Cell, takes_source: bool) -> bool:
    return bool(cell.text) and not takes_source and is_source_word(cell.text)


def orders(cells: Sequence[Cell]) -> Iterator[dict[str, Cell]]:
    """Every way in which the filled cells of a row can stand in :data:`FIELDS`, figures under figures and sources under sources."""
    for chosen in combinations(range(len(FIELDS)), len(cells)):
        if all(TAKES_SOURCE[at] == is_source_word(cell.text) for at, cell in zip(chosen, cells, strict=True)):
            yield {FIELDS[at]: cell for at, cell in zip(chosen, cells, strict=True)}


def _settled(name: str, row: Row, orders: Sequence[dict[str, Cell]]) -> bool:
    """Whether every order leaves the field as it stands."""
    return bool(orders) and all(order.get(name) == row.cells[name] for order in orders)


def _move(row: Row, order: dict[str, Cell]) -> None:
    for name in FIELDS:
        here = row.cells.get(name, Cell(""))
        row.cells[name] = order.get(name, replace(here, text=""))


def said(order: dict[str, Cell]) -> str:
    """An order in words: 来源=内部统计，均值=100家."""
    return "，".join(f"{WORDS[name]}={cell.text}" for name, cell in order.items())
