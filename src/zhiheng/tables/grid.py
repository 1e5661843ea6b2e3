"""A file as cells with positions: nothing interpreted yet."""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng.plan.place import Problem


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range, 0-based and inclusive: rows ``top``..``bottom``, columns ``left``..``right``."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, one table of a document, or one text.

    ``rows[r][c]`` is the text of a cell, '' when blank. A merged cell's text stands at its top left, the other
    cells of its span are ''. ``numbers[r]`` is the row's number in the source, from 1. ``aligned`` tells
    whether the columns can be trusted: True for sheets, table markup, tab- or comma-separated text; False for
    running text, ragged pipes, one cell per line. ``before`` holds the paragraphs that stand above the table
    in the document (titles, unit of money), in order; ``after`` those below the last table (notes, signatures).
    ``pages`` gives the page of each row where a table goes on over several pages.
    """

    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    spans: tuple[Span, ...] = ()
    sheet: str | None = None
    page: int | None = None
    aligned: bool = True
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    pages: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What a format reader gives: the grids of a file, in order, and what was wrong with it."""

    file: str
    format: str
    grids: tuple[Grid, ...]
    problems: tuple[Problem, ...] = ()


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A file that cannot be read. Carries the problem that says what, where and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
