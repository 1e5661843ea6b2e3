"""A table as words in fields, before any word is typed: what both ways of reading give."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhiheng.plan.place import Place, Problem
from zhiheng.plan.plan import Cell


@dataclass(slots=True)
class Row:
    """One indicator row: field → cell. ``category`` is its path of level words, ``horizon`` period, year or ''."""

    cells: dict[str, Cell]
    category: tuple[str, ...] = ()
    horizon: str = ""
    place: Place = Place()

    def text(self, name: str) -> str:
        """The words in a field, '' when blank or absent."""
        cell = self.cells.get(name)
        return cell.text if cell else ""


@dataclass(slots=True)
class Token:
    """One non-blank cell of the source. ``line`` is the index of its row, ``column`` its 0-based position there.

    ``width`` is the number of cells of that row, blank ones too, where bars tell it; ``closes``: only blank cells follow in it;
    ``slot`` is the cell's own position among them.
    """

    text: str
    place: Place
    line: int
    column: int
    width: int = 0
    closes: bool = False
    slot: int = -1


@dataclass(slots=True)
class Raw:
    """A table in fields: what stood above the headings, the columns, the rows, what stood below.

    ``columns`` maps each field that has a column to the place of that column. ``levels`` are announced points of
    level words (产出指标（50分）), ``idle_rows`` rows that hold a duty or an
    activity and no indicator, ``items`` named amounts that stand in a column of the rows.
    """

    head: list[Token]
    aligned: bool
    columns: dict[str, Place] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    tail: list[Token] = field(default_factory=list)
    idle_rows: list[Row] = field(default_factory=list)
    items: list[tuple[Cell, Cell]] = field(default_factory=list)
    levels: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def problem(code: str, place: Place, *, repaired: bool = False, **parameters: str) -> Problem:
    """A problem of reading with its parameters in order."""
    return Problem(code, place, tuple(parameters.items()), repaired)
