"""Form: an official table described independently of any file type.

A form is laid out from a plan by one of :mod:`zhiheng.reports.forms` and printed by one of
:mod:`zhiheng.reports.render`. What is printed can be read again as the same plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What a cell is on the form: a column heading, the label of a field, running text, or a value."""

    HEADING = "heading"
    LABEL = "label"
    TEXT = "text"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell with its text and how many rows and columns it covers."""

    text: str
    role: Role = Role.TEXT
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheet of paper. Lengths in millimetres; ``size`` is the body text in points."""

    name: str
    width: int
    height: int
    margin: int
    size: int

    @property
    def landscape(self) -> bool:
        """Whether the long side lies."""
        return self.width > self.height

    @property
    def measure(self) -> int:
        """The width left to print on."""
        return self.width - 2 * self.margin


A3_LANDSCAPE = Paper("a3", 420, 297, 12, 9)
A4_LANDSCAPE = Paper("a4", 297, 210, 12, 9)
A4_PORTRAIT = Paper("a4", 210, 297, 15, 10)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell and where its top left corner stands, from 0."""

    row: int
    column: int
    cell: FormCell


@dataclass(frozen=True, slots=True)
class Form:
    """One official table.

    ``rows[r]`` holds the cells whose top edge is in row ``r``, from left to right; together they tile the table.
    ``widths`` are the columns' shares of the width. Rows ``heading_start`` up to, not including, ``heading_stop``
    are the column headings and are repeated on every page.
    """

    title: str
    subtitle: str
    rows: tuple[tuple[FormCell, ...], ...]
    widths: tuple[int, ...]
    heading_start: int
    heading_stop: int
    paper: Paper

    def placed(self) -> Iterator[Placed]:
        """Every cell with its position. Rows that do not tile the table are a mistake of the layout: ValueError."""
        return place(self.rows, len(self.widths))

    def millimetres(self) -> tuple[int, ...]:
        """The columns' widths on paper, in hundredths of a millimetre."""
        total = sum(self.widths)
        return tuple(width * self.paper.measure * 100 // total for width in self.widths)


def place(rows: tuple[tuple[FormCell, ...], ...], width: int) -> Iterator[Placed]:
    """Set the cells of ``rows`` into a table of ``width`` columns, as table markup does."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            area = {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            if area & taken or column + cell.columns > width or row + cell.rows > len(rows):
                raise ValueError(f"cell {cell.text!r} does not fit at row {row}, column {column}")
            taken |= area
            yield Placed(row, column, cell)
    if len(taken) != len(rows) * width:
        raise ValueError("the cells do not fill the table")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of rows that is printed as one table, with ``heading`` rows of it repeated on every page."""

    rows: tuple[tuple[FormCell, ...], ...]
    heading: int


def parts(form: Form) -> tuple[Part, ...]:
    """The head of the form, and the rows under the column headings.

    File types that repeat only the first rows of a table print them as two tables, one below the other. A cell
    that runs from the headings into the rows under them is cut there; its words stand in the lower piece.
    """
    start, stop, end = form.heading_start, form.heading_stop, len(form.rows)
    placed = tuple(form.placed())
    body = Part(_between(placed, start, stop) + _between(placed, stop, end), stop - start)
    return (Part(_between(placed, 0, start), 0), body) if start else (body,)


def _between(placed: tuple[Placed, ...], start: int, stop: int) -> tuple[tuple[FormCell, ...], ...]:
    """The rows from ``start`` to before ``stop``, cells that reach beyond them cut."""
    rows: list[list[Placed]] = [[] for _ in range(start, stop)]
    for item in placed:
        top, bottom = max(item.row, start), min(item.row + item.cell.rows, stop)
        if top < bottom:
            text = item.cell.text if bottom == item.row + item.cell.rows else ""
            rows[top - start].append(Placed(top, item.column, replace(item.cell, text=text, rows=bottom - top)))
    return tuple(tuple(item.cell for item in sorted(row, key=lambda item: item.column)) for row in rows)
