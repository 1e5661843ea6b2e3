"""Plain text: tab-separated tables, and running text as one cell per line."""

from __future__ import annotations

import re

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from zhiheng.tables.formats.problems import problem, refused
from zhiheng.tables.grid import Grid

END_OF_LINE = re.compile(r"\r\n|\r|\n")
ENOUGH = 0.5  # share of filled lines with tabs that makes a text a table
RUN = 3  # or so many lines one after the other, with two tabs and more


def lines(text: str, file: str) -> list[str]:
    """Physical lines; the end of the last one opens no further line. Refuses more than a sheet could hold."""
    if text.count("\n") + text.count("\r") > MAX_ROWS:
        raise refused("too-many-rows", Place(file, row=MAX_ROWS), limit=MAX_ROWS)
    found = END_OF_LINE.split(text)
    return found[:-1] if found and found[-1] == "" else found


def is_tabbed(found: list[str]) -> bool:
    """Whether tabs separate columns here, or only happen in a text."""
    filled = [line for line in found if line.strip()]
    tabbed = sum("\t" in line for line in filled)
    return tabbed > 0 and (tabbed >= ENOUGH * len(filled) or has_run(filled, "\t"))


def has_run(filled: list[str], mark: str) -> bool:
    """Whether RUN lines after each other have two of the marks or more."""
    run = 0
    for line in filled:
        run = run + 1 if line.count(mark) >= 2 else 0
        if run >= RUN:
            return True
    return False


def counted(found: list[str], mark: str, file: str) -> None:
    """Refuses more columns than a sheet could hold, and more cells than are read, with the line where that is."""
    total = 0
    for number, line in enumerate(found, 1):
        count = line.count(mark) + 1
        if count > MAX_COLUMNS:
            raise refused("too-many-columns", Place(file, row=number), row=number, limit=MAX_COLUMNS)
        total += count
        if total > MAX_CELLS:
            raise refused("too-many-fields", Place(file, row=number), line=number, limit=MAX_CELLS)


def records(found: list[str], mark: str, file: str) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...], list[Problem]]:
    """Fields of each line, with the line's number and what was wrong. A quoted field may go over several lines (RFC 4180).

    A straight quote opens a field only at its beginning and only when it is closed before a separator or an end
    of line; else it is a character like any other.
    """
    counted(found, mark, file)
    rows: list[tuple[str, ...]] = []
    numbers: list[int] = []
    open_quotes: list[int] = []
    at = 0
    while at < len(found):
        numbers.append(at + 1)
        line = found[at]
        if not line.strip(" "):
            rows.append(())
        elif line.startswith('"') or mark + '"' in line:
            row, at, unclosed = _quoted(found, at, mark)
            rows.append(row)
            open_quotes += unclosed
        else:
            rows.append(tuple(line.split(mark)))
        at += 1
    problems = [problem("quote-open", Place(file, row=line), line=line) for line in open_quotes]
    return tuple(rows), tuple(numbers), problems


def _quoted(found: list[str], at: int, mark: str) -> tuple[tuple[str, ...], int, list[int]]:
    """The fields of a record that begins on line ``at``, the line it ends on, and the lines of quotes without end."""
    fields: list[str] = []
    unclosed: list[int] = []
    start = 0
    while True:
        line = found[at]
        closing = _closing(found, at, start, mark) if line.startswith('"', start) else None
        if closing is not None:
            text, at, start = closing
            fields.append(text)
            line = found[at]
        else:
            if line.startswith('"', start) and line.count('"', start) == 1:
                unclosed.append(at + 1)
            end = line.find(mark, start)
            end = len(line) if end < 0 else end
            fields.append(line[start:end])
            start = end
        if start >= len(line):
            return tuple(fields), at, unclosed
        start += 1


def _closing(found: list[str], at: int, start: int, mark: str) -> tuple[str, int, int] | None:
    """The text of a quoted field, and line and column after its closing quote; None when it is not properly closed."""
    pieces: list[str] = []
    column = start + 1
    while True:
        line = found[at]
        quote = line.find('"', column)
        if quote < 0:
            pieces.append(line[column:] + "\n")
            at, column = at + 1, 0
            if at == len(found):
                return None
        elif line.startswith('""', quote):
            pieces.append(line[column : quote + 1])
            column = quote + 2
        elif quote + 1 == len(line) or line.startswith(mark, quote + 1):
            pieces.append(line[column:quote])
            return "".join(pieces), at, quote + 1
        else:
            return None


def tab_grid(found: list[str], file: str) -> tuple[Grid, list[Problem]]:
    """Tab-separated lines as an aligned grid: every line, every field."""
    rows, numbers, problems = records(found, "\t", file)
    return Grid(rows, numbers), problems


def line_grid(found: list[str], *, page: int | None = None) -> Grid:
    """Running text: one cell for each line, none for a blank one."""
    rows = tuple((line,) if line.strip() else () for line in found)
    return Grid(rows, tuple(range(1, len(rows) + 1)), page=page, aligned=False)
