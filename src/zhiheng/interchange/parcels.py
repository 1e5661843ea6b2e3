"""Tables of the integrated system as files, out and in: xlsx, CSV in a ZIP, JSON. Every cell is a text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from zhiheng.interchange.codes import Column
from zhiheng.interchange.faults import Fault, Refused, fault
from zhiheng.interchange.files import ISSUE_HEADS, LEFT_HEADS, SEVERITIES, SHEETS, Table, book, zipped
from zhiheng.interchange.integrated import Issue, LeftOut, Sheet
from zhiheng.plan.place import Problem
from zhiheng.plan.plan import Plan
from zhiheng.reports.formula import unguarded
from zhiheng.tables.formats.archives import Archive
from zhiheng.tables.formats.xlsx import read_xlsx
from zhiheng.tables.grid import Refused as Unreadable
from zhiheng.tables.problems import message

FORMAT = "zhiheng-integrated-1"
MAX_BYTES = 50_000_000
MAX_ROWS = 20_000
UNNAMED = {"zh": "一体化交换文件", "en": "exchange file"}


@dataclass(frozen=True, slots=True)
class Parcel:
    """Tables that go out together, what the other system would refuse, and what it has no column for."""

    sheets: tuple[Sheet, ...]
    issues: tuple[Issue, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing would be refused."""
        return all(issue.severity != "error" for issue in self.issues)


@dataclass(frozen=True, slots=True)
class Line:
    """One row that came in: its cells by field code, and where it stood."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def at(self, column: str) -> str:
        """Where a cell stands, for a fault."""
        return f"{self.sheet}!{column}"


Lines = Mapping[str, Sequence[Line]]


def tables(parcel: Parcel, plan: Plan, language: str = "zh") -> tuple[Table, ...]:
    """The sheets with the field's code over its name, then the checks and what is left out."""
    names = [row.name.text for row in plan.indicators]

    def where(row: int | None) -> tuple[str, str]:
        return ("", "") if row is None else (str(row + 1), names[row])

    issues = tuple((SEVERITIES[language][one.severity], *where(one.row), one.column, one.text(language)) for one in parcel.issues)
    left = tuple((*where(one.row), one.what_en if language == "en" else one.what, one.text) for one in parcel.left_out)
    data = tuple(
        (sheet.name, (tuple(c.name for c in sheet.columns), tuple(c.zh for c in sheet.columns), *sheet.rows), 2) for sheet in parcel.sheets
    )
    checks, lost = SHEETS[language]
    return (*data, (checks, (ISSUE_HEADS[language], *issues), 1), (lost, (LEFT_HEADS[language], *left), 1))


def written(parcel: Parcel, plan: Plan, kind: str, language: str = "zh") -> bytes:
    """The parcel as a file of ``kind``: xlsx, zip (CSV) or json. KeyError for another kind."""
    if kind == "json":
        sheets = {one.name: [dict(zip((c.name for c in one.columns), row, strict=True)) for row in one.rows] for one in parcel.sheets}
        return (json.dumps({"format": FORMAT, "tables": sheets}, ensure_ascii=False, indent=2) + "\n").encode()
    return {"xlsx": book, "zip": zipped}[kind](tables(parcel, plan, language))


def lines(data: bytes, expected: Sequence[tuple[str, Sequence[Column]]], file: str = "") -> tuple[Lines, tuple[Fault, ...]]:
    """The rows of the expected sheets in a file of any of the three kinds. Raises Refused for a file that is none of them.

    ``file`` is what a refusal calls it.
    """
    if len(data) > MAX_BYTES:
        raise Refused(fault("too_large", size=len(data) // 1_000_000, limit=MAX_BYTES // 1_000_000))
    try:
        sheets = dict(_json(data) if data.lstrip()[:1] == b"{" else _packed(data))
    except Unreadable as refusal:
        said = {language: message(_named(refusal.problem, file or unnamed), language) for language, unnamed in UNNAMED.items()}
        raise Refused(fault("unreadable_file", **said)) from None
    faults: list[Fault] = []
    found: dict[str, Sequence[Line]] = {}
    for name, columns in expected:
        if name not in sheets:
            faults.append(fault("no_sheet", 0, "", name=name))
        else:
            found[name] = tuple(_lines(name, sheets[name], columns, faults))
    return found, tuple(faults)


def _named(problem: Problem, file: str) -> Problem:
    return replace(problem, parameters=(*problem.parameters, ("file", file)))


Numbered = tuple[int, Sequence[str]]


def _packed(data: bytes) -> Iterator[tuple[str, list[Numbered]]]:
    """The sheets of a workbook, or the CSV files of a ZIP."""
    archive = Archive(data, "")
    if "[Content_Types].xml" in archive.names:
        for grid in read_xlsx(data, "").grids:
            yield grid.sheet or "", list(zip(grid.numbers, grid.rows, strict=True))
        return
    for name in sorted(archive.names):
        if name.lower().endswith(".csv"):
            try:
                text = archive.read(name).decode("utf-8-sig")
                rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
            except (UnicodeDecodeError, csv.Error) as damage:
                raise Refused(fault("csv_damaged", 0, name)) from damage
            yield name[:-4].rpartition("/")[2], [(number, [unguarded(cell) for cell in row]) for number, row in enumerate(rows, start=1)]


def _json(data: bytes) -> Iterator[tuple[str, list[Numbered]]]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as damage:
        raise Refused(fault("json_damaged", getattr(damage, "lineno", 0))) from damage
    if not isinstance(content, dict) or content.get("format") != FORMAT or not isinstance(content.get("tables"), dict):
        raise Refused(fault("wrong_format", expected=FORMAT))
    for name, rows in content["tables"].items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) and all(isinstance(v, str) for v in row.values()) for row in rows):
            raise Refused(fault("wrong_rows", 0, f"tables.{name}"))
        heads = list(dict.fromkeys(key for row in rows for key in row))
        yield name, [(0, heads), *((number, [row.get(key, "") for key in heads]) for number, row in enumerate(rows, start=1))]


def _lines(name: str, rows: list[Numbered], columns: Sequence[Column], faults: list[Fault]) -> Iterator[Line]:
    """The rows below the headings, which are field codes, Chinese names, or both in two rows."""
    codes = {one.name.upper(): one.name for one in columns} | {one.zh: one.name for one in columns}
    heads = [codes.get(cell.strip().upper()) or codes.get(cell.strip()) for cell in rows[0][1]] if rows else []
    for one in columns:
        if one.required and not one.only and one.name not in heads and len(rows) > 1:
            faults.append(fault("no_column", 0, name, name=f"{one.zh} {one.name}"))
    for head, cell in zip(heads, rows[0][1] if rows else (), strict=True):
        if head is None and cell.strip():
            faults.append(fault("unknown_column", rows[0][0], name, name=cell.strip()))
    body = rows[1:]
    if body and any(cell.strip() for cell in body[0][1]) and all(not cell.strip() or cell.strip() in codes for cell in body[0][1]):
        body = body[1:]
    if len(body) > MAX_ROWS:
        raise Refused(fault("too_many", MAX_ROWS, name, name=name, count=len(body), limit=MAX_ROWS))
    for number, row in body:
        cells = {head: cell for head, cell in zip(heads, row, strict=False) if head is not None}
        if any(cell.strip() for cell in cells.values()):
            line = Line(name, number, cells)
            faults.extend(_faults(line, columns))
            yield line


def _faults(line: Line, columns: Sequence[Column]) -> Iterator[Fault]:
    for one in columns:
        text = line.cells.get(one.name, "")
        shown = f"{one.zh} {one.name}"
        if one.required and not text.strip() and one.name in line.cells:
            yield fault("field_required", line.number, line.at(one.name), name=shown)
        elif one.length and len(text) > one.length:
            yield fault("field_long", line.number, line.at(one.name), name=shown, length=len(text), limit=one.length)
