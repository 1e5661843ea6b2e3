"""Reading a file: its grids, the tables in them, their plans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from zhiheng.plan.place import Place, Problem
from zhiheng.plan.plan import Document, Table
from zhiheng.tables import formats
from zhiheng.tables.canonical import load_json
from zhiheng.tables.grid import Grid, Refused, Source, Span
from zhiheng.tables.layouts.aligned import read_sheet
from zhiheng.tables.layouts.assemble import assemble
from zhiheng.tables.layouts.columns import find_headers
from zhiheng.tables.layouts.raw import Raw, problem
from zhiheng.tables.layouts.sheet import Sheet
from zhiheng.tables.layouts.soundness import soundness
from zhiheng.tables.layouts.streamed import read_stream
from zhiheng.tables.layouts.tokens import LONGEST_STREAM, check_length, tokens_of

PAGE_NUMBER = re.compile(
    r".{0,120}第\s*\d+\s*页[，,]\s*共\s*\d+\s*页|第\s*\d+\s*页.{0,12}|[-—–]?\s*\d{1,4}\s*[-—–]?|\d+\s*/\s*\d+|(?i:page)\s*\d+.{0,10}"
)
WRAPPED = re.compile(r"(?<=[^\x00-\x7f])\n(?=\S)|(?<=[\S ])\n(?=[^\x00-\x7f])")  # Chinese needs no blank where a line was broken


def read(path: Path) -> Document:
    """All performance tables of a file.

    Raises Refused when the file cannot be read or holds no performance table; its problem says what, where and what to do.
    """
    path = Path(path)
    if path.suffix.lower() == ".json" and path.is_file():
        return load_json(path)
    return read_source(formats.read(path))


def read_source(source: Source) -> Document:
    """The tables that a source holds, in order."""
    tables: list[Table] = []
    problems = list(source.problems)
    for grid in _joined(source.grids):
        raws = _raws(grid, source.file)
        if not raws and grid.sheet is not None and any(any(row) for row in grid.rows):
            problems.append(problem("sheet-without-table", Place(source.file, grid.sheet), sheet=grid.sheet))
        for raw in raws:
            tables.append(assemble(raw, source.file, tables[-1].plan.year if tables else None))
    if not tables:
        raise Refused(problem("no-table", Place(source.file)))
    return Document(source.file, tuple(tables), tuple(_at_file(found, source.file) for found in problems))


def _at_file(found: Problem, file: str) -> Problem:
    return found if found.place.file else replace(found, place=replace(found.place, file=file))


def _raws(grid: Grid, file: str) -> list[Raw]:
    """Read by columns where they hold, else as a stream; where it cannot be told beforehand, what reads more soundly."""
    if not grid.aligned and not _regular(grid):
        return _stream(grid, file)
    raws = read_sheet(Sheet(grid, file))
    if raws and grid.aligned and (grid.spans or _plausible(raws)):
        return raws
    streamed = _stream(grid, file)
    return raws if soundness(raws) >= soundness(streamed) and raws else streamed


def _regular(grid: Grid) -> bool:
    """Whether rows of bars keep their blank cells: most rows below the headings have as many cells as these."""
    headers = find_headers(Sheet(grid, "")) if len(grid.rows) <= LONGEST_STREAM else []
    if not headers:
        return False
    widths = {len(grid.rows[r]) for r in range(headers[0].top, headers[0].bottom + 1)}
    below = [len(row) for row in grid.rows[headers[0].bottom + 1 :] if len(row) > 1]
    return max(widths) > 2 and sum(size in widths for size in below) * 5 >= len(below) * 4


def _stream(grid: Grid, file: str) -> list[Raw]:
    check_length(sum(bool(text) for row in grid.rows for text in row), file)
    return read_stream(tokens_of(grid, file))


def _plausible(raws: Sequence[Raw]) -> bool:
    """Whether the columns bear out: most rows have a name and, where the form has a target, a target."""
    rows = [(raw, row) for raw in raws for row in raw.rows]
    full = [row for raw, row in rows if row.text("name") and (row.text("target") or "target" not in raw.columns)]
    return bool(rows) and len(full) * 2 >= len(rows)


def _joined(grids: Sequence[Grid]) -> Iterator[Grid]:
    """Grids that are one table: pages of a table that goes on, a head in a table of its own."""
    waiting: Grid | None = None
    for grid in map(_as_printed, grids):
        if waiting is None:
            waiting = grid
        elif _continues(waiting, grid):
            waiting = _append(waiting, grid)
        else:
            yield waiting
            waiting = grid
    if waiting is not None:
        yield waiting


def _as_printed(grid: Grid) -> Grid:
    """Undo what only the printed page did: page numbers between pages, lines broken to fit a cell."""
    if grid.page is None:
        return grid

    def kept(lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(line for line in lines if not PAGE_NUMBER.fullmatch(line.strip()))

    rows = tuple(tuple(WRAPPED.sub("", text) for text in row) for row in grid.rows)
    return replace(grid, rows=rows, before=kept(grid.before), after=kept(grid.after))


def _continues(above: Grid, below: Grid) -> bool:
    if above.sheet != below.sheet or above.sheet is not None or not above.aligned or not below.aligned:
        return above.sheet is None and below.sheet is None and above.aligned == below.aligned is False
    has_head = bool(find_headers(Sheet(above, "")))
    if not has_head:
        return True
    return not below.before and not find_headers(Sheet(below, "")) or above.page is not None and not below.before


def _append(above: Grid, below: Grid) -> Grid:
    width = max((len(row) for row in above.rows), default=0)
    offset = len(above.rows)
    before = tuple((text,) + ("",) * max(0, width - 1) for text in below.before)
    shift = offset + len(before)
    spans = tuple(Span(s.top + shift, s.left, s.bottom + shift, s.right) for s in below.spans)
    numbers = above.numbers + (0,) * len(before) + below.numbers
    pages = (above.pages or (above.page,) * offset) + (below.page,) * (len(before) + len(below.rows))
    return replace(above, rows=above.rows + before + below.rows, numbers=numbers, spans=above.spans + spans, pages=pages, after=below.after)
