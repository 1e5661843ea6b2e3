"""Long sheets row by row: a workbook of tens of thousands of rows is not worth the care that an official form needs.

A workbook whose cells show what they hold (text, plain numbers, dates) is read by calamine, ten times as fast as cell by cell; one with
percentages, units in the number format or an older form is read as every other file. Both give the same words.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhiheng.tables.formats import reading
from zhiheng.tables.formats.archives import Archive
from zhiheng.tables.formats.limits import MAX_CELLS, MAX_FILE
from zhiheng.tables.formats.number_formats import sections
from zhiheng.tables.formats.problems import refused
from zhiheng.tables.formats.xlsx import Workbook, unescaped
from zhiheng.tables.grid import Refused

PLAIN = re.compile(r"(General|@|(#,##)?0(\.0+)?)(_[ )\-])?(;.*)?")
"""Number formats that add nothing to the figure."""
LONGEST_EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number; of a longer one the rest is lost."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: ``number`` as the sheet numbers it, from 1; ``cells`` its words, '' where blank."""

    number: int
    cells: Sequence[str]


class LongFile:
    """An opened file: its sheets in order, each read when asked for. Raises `Refused` for what cannot be read."""

    def __init__(self, path: Path, name: str = "") -> None:
        self.name = name or path.name
        self._book: Any = None
        self._grids: dict[str, tuple[Sequence[Sequence[str]], Sequence[int]]] = {}
        self.format = "xlsx"
        data = _plain_workbook(path, self.name)
        if data is None:
            source = reading.read(path)
            self.format = source.format
            for number, grid in enumerate(source.grids, start=1):
                self._grids[grid.sheet or str(number)] = (grid.rows, grid.numbers)
            self.sheets: tuple[str, ...] = tuple(self._grids)
        else:
            from python_calamine import CalamineError, CalamineWorkbook

            try:
                self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            except CalamineError as fault:
                raise refused("file-damaged", self.name, format="xlsx", fault=type(fault).__name__) from fault
            self.sheets = tuple(self._book.sheet_names)

    def rows(self, sheet: str) -> Iterator[SheetRow]:
        """The rows of a sheet that hold anything."""
        if self._book is None:
            rows, numbers = self._grids[sheet]
            yield from (SheetRow(number, row) for number, row in zip(numbers, rows, strict=True) if any(row))
            return
        opened = self._book.get_sheet_by_name(sheet)
        if opened.total_height * opened.total_width > MAX_CELLS:
            raise refused("too-large", self.name, size=opened.total_height * opened.total_width, limit=MAX_CELLS)
        before = [""] * (opened.start[1] if opened.start else 0)
        for number, values in enumerate(opened.iter_rows(), start=1):
            cells = before + [value if value.__class__ is str else words(value) for value in values]
            if any(cells):
                yield SheetRow(number, cells)

    def count(self, sheet: str) -> int:
        """About how many rows a sheet has, for telling how far a reading has come."""
        if self._book is None:
            return len(self._grids[sheet][0])
        end = self._book.get_sheet_by_name(sheet).end
        return 0 if end is None else int(end[0]) + 1


def words(value: Any) -> str:
    """A typed cell in the words that the sheet shows: dates ISO, numbers plain, one longer than a sheet can keep with its exponent."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        text = f"{value:.15g}"
        return text if "e" not in text or abs(value) >= LONGEST_EXACT else format(Decimal(text), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return unescaped(str(value))


def _plain_workbook(path: Path, name: str) -> bytes | None:
    """The bytes of a workbook that may be read fast; None for every other file."""
    with path.open("rb") as stream:
        if stream.read(2) != b"PK":
            return None
        stream.seek(0)
        data = stream.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise refused("too-large", name, size=len(data) // 1_000_000, limit=MAX_FILE // 1_000_000)
    try:
        archive = Archive(data, name)
        if "xl/workbook.xml" not in archive.names or not all(_shows_itself(code) for code in Workbook(data, name).codes()):
            return None
        sheets = (archive.read(part) for part in archive.names if part.startswith("xl/worksheets/"))
        return None if any(b't="e"' in sheet for sheet in sheets) else data  # an error such as #N/A would be read as blank
    except Refused:
        return None  # the careful reader says what is wrong with it


def _shows_itself(code: str) -> bool:
    return PLAIN.fullmatch(code) is not None or ('"' not in code and any(part.is_date for part in sections(code)))
