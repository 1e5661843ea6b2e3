"""Workbooks of Excel, WPS and LibreOffice in the xlsx form (ECMA-376): every sheet, each figure as its cell shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.archives import Archive
from zhiheng.tables.formats.canvas import Canvas, address, letters
from zhiheng.tables.formats.limits import MAX_COLUMNS, MAX_GRIDS, MAX_ROWS
from zhiheng.tables.formats.markup import attribute, local, parse, stream
from zhiheng.tables.formats.number_formats import BUILT_IN, general, number, shown, shown_text
from zhiheng.tables.formats.problems import listed, problem, refused
from zhiheng.tables.formats.relations import main_part, relations
from zhiheng.tables.grid import Grid, Source

REFERENCE = re.compile(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,8})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def position(reference: str) -> tuple[int, int] | None:
    """C5 is (4, 2), 0-based; None for what names no cell."""
    match = REFERENCE.fullmatch(reference)
    if match is None or match[2].lstrip("0") == "":
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


@lru_cache(maxsize=MAX_COLUMNS)
def column_of(letters: str) -> int | None:
    """The 0-based column of these letters; None for what is no column."""
    place = position(letters + "1")
    return None if place is None else place[1]


def unescaped(text: str) -> str:
    """Text as typed: _x000D_ and its like are characters, and every end of line is one."""
    if "_x" in text:
        text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def rich_text(element: etree._Element) -> str:
    """The text of a string with fonts in it; the reading aids (拼音) above it are not part of it."""
    texts: list[str] = []
    for child in element:
        name = local(child)
        if name == "t":
            texts.append(child.text or "")
        elif name == "r":
            texts.extend(part.text or "" for part in child if local(part) == "t")
    return unescaped("".join(texts))


@dataclass
class Notes:
    """What one sheet has to tell besides its cells."""

    errors: list[tuple[int, int, str]] = field(default_factory=list)
    uncounted: list[tuple[int, int, str]] = field(default_factory=list)
    hidden_values: list[str] = field(default_factory=list)
    hidden_rows: list[str] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


class Workbook:
    """One opened xlsx: its parts, texts and number formats, each read when first needed."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self.archive = Archive(data, file)
        self.main = main_part(self.archive, "xl/workbook.xml")
        self.root = parse(self.archive.read(self.main), file, self.main)
        self.links = relations(self.archive, self.main)
        properties = next((child for child in self.root if local(child) == "workbookPr"), None)
        self.since_1904 = properties is not None and (attribute(properties, "date1904") or "") in {"1", "true"}
        self._texts: list[str] | None = None
        self._formats: list[str] | None = None
        self._codes: dict[str, str] = {}

    def text(self, index: str) -> str | None:
        """A shared string; None when there is none of this number."""
        if self._texts is None:
            part = self._part("sharedStrings", "xl/sharedStrings.xml")
            self._texts = [] if part is None else list(_shared(self.archive.read(part), self.file, part))
        place = int(index) if index.isascii() and index.isdigit() and len(index) < 10 else -1
        return self._texts[place] if 0 <= place < len(self._texts) else None

    def format(self, style: str) -> str:
        """The number format of a cell style; General for one that is not described."""
        if self._formats is None:
            part = self._part("styles", "xl/styles.xml")
            self._formats = [] if part is None else _formats(parse(self.archive.read(part), self.file, part))
        found = self._codes.get(style)
        if found is None:
            place = int(style) if style.isascii() and style.isdigit() and len(style) < 10 else -1
            found = self._codes[style] = self._formats[place] if 0 <= place < len(self._formats) else "General"
        return found

    def codes(self) -> frozenset[str]:
        """The number formats of all cell styles."""
        self.format("0")
        return frozenset(self._formats or ())

    def _part(self, kind: str, usual: str) -> str | None:
        named = next((target for link, target in self.links.values() if link == kind), usual)
        return named if named in self.archive.names else None

    def sheets(self) -> list[tuple[str, bool, str]]:
        """Name, whether hidden, and part of every sheet of cells, in the workbook's order."""
        listing = next((child for child in self.root if local(child) == "sheets"), None)
        found: list[tuple[str, bool, str]] = []
        for sheet in listing if listing is not None else ():
            kind, target = self.links.get(attribute(sheet, "id") or "", ("", ""))
            if kind == "worksheet":
                found.append((sheet.get("name") or "", sheet.get("state", "visible") != "visible", target))
        return found


def read_xlsx(data: bytes, file: str) -> Source:
    """All sheets, hidden ones too. Formulas are not computed: their last result is read."""
    book = Workbook(data, file)
    problems = _warnings(book)
    grids: list[Grid] = []
    sheets = book.sheets()
    if len(sheets) > MAX_GRIDS:
        raise refused("too-many-grids", file, limit=MAX_GRIDS)
    for name, hidden, part in sheets:
        canvas = Canvas(file, name)
        notes = Notes()
        _fill(canvas, book, part, notes)
        grid = canvas.grid()
        if grid is None:
            continue
        grids.append(grid)
        if hidden:
            problems.append(problem("sheet-hidden", Place(file, name), sheet=name))
        problems += canvas.problems + _told(canvas, notes)
    if not grids:
        raise refused("empty", file)
    return Source(file, "xlsx", tuple(grids), tuple(problems))


def _shared(data: bytes, file: str, part: str) -> list[str]:
    texts: list[str] = []
    for item in stream(data, file, part, ("si",)):
        texts.append(rich_text(item))
        item.clear()
    return texts


def _formats(root: etree._Element) -> list[str]:
    """The format code of every cell style, by its number."""
    own: dict[str, str] = {}
    found: list[str] = []
    for group in root:
        name = local(group)
        if name == "numFmts":
            own = {item.get("numFmtId") or "": item.get("formatCode") or "" for item in group}
        elif name == "cellXfs":
            for style in group:
                code = style.get("numFmtId") or "0"
                found.append(own[code] if code in own else BUILT_IN.get(int(code) if code.isdecimal() else 0, "General"))
    return found


def _warnings(book: Workbook) -> list[Problem]:
    """What is in the workbook and is never run or followed."""
    found: list[Problem] = []
    names = book.archive.names
    if any(name.endswith("vbaProject.bin") for name in names):
        found.append(problem("macros", Place(book.file)))
    links = sum(name.startswith("xl/externalLinks/") and name.endswith(".xml") for name in names)
    if links:
        found.append(problem("external-links", Place(book.file), count=links))
    return found


def _fill(canvas: Canvas, book: Workbook, part: str, notes: Notes) -> None:
    """The cells and merged ranges of one sheet onto the canvas."""
    if part not in book.archive.names:
        raise refused("part-missing", book.file, part=part)
    row = -1
    for element in stream(book.archive.read(part), book.file, part, ("row", "mergeCell", "col")):
        name = local(element)
        if name == "row":
            row = _row(canvas, book, element, row + 1, notes)
        elif name == "mergeCell":
            _merge(canvas, element.get("ref") or "", notes)
        elif element.get("hidden") in {"1", "true"}:
            notes.hidden_columns.append(f"{element.get('min')}-{element.get('max')}")
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]  # type: ignore[union-attr]


def _merge(canvas: Canvas, reference: str, notes: Notes) -> None:
    start, _, end = reference.partition(":")
    first, last = position(start), position(end or start)
    if first is None or last is None:
        notes.broken.append(reference)
    else:
        canvas.merge(first[0], first[1], last[0], last[1])


def _row(canvas: Canvas, book: Workbook, element: etree._Element, expected: int, notes: Notes) -> int:
    """The cells of a row; gives the 0-based number it has."""
    declared = element.get("r")
    row = int(declared) - 1 if declared is not None and declared.isdecimal() and len(declared) < 9 else expected
    if not 0 <= row < MAX_ROWS:
        raise refused("outside-sheet", Place(book.file, canvas.sheet), cell=f"{row + 1}")
    filled = False
    column = -1
    for cell in element:
        at = cell.get("r")
        named = column_of(at.rstrip("0123456789")) if at else None
        column = column + 1 if named is None else named
        if len(cell) == 0:
            continue
        if column >= MAX_COLUMNS:
            raise refused("too-many-columns", Place(book.file, canvas.sheet, None, row + 1), row=row + 1, limit=MAX_COLUMNS)
        text = _cell(book, cell, row, column, notes)
        if text:
            filled = True
            canvas.put(row, column, text)
    if filled and element.get("hidden") in {"1", "true"}:
        notes.hidden_rows.append(str(row + 1))
    return row


def _cell(book: Workbook, cell: etree._Element, row: int, column: int, notes: Notes) -> str:
    """What the cell shows."""
    stored, formula = _stored(cell)
    kind = cell.get("t", "n")
    if stored is None or (stored == "" and kind == "n"):
        if formula is not None:
            notes.uncounted.append((row, column, formula))
        return ""
    if kind == "n":
        return _number(book, cell.get("s"), stored, row, column, notes)
    if kind == "s":
        text = book.text(stored.strip())
        if text is None:
            notes.broken.append(address(row, column))
            return ""
        return _text(book, cell.get("s"), text)
    if kind == "b":
        return "TRUE" if stored.strip() in {"1", "true"} else "FALSE"
    if kind == "e":
        notes.errors.append((row, column, stored))
        return stored
    if kind == "d":
        return stored.replace("T00:00:00", "")
    return _text(book, cell.get("s"), unescaped(stored) if kind == "str" else stored)


def _stored(cell: etree._Element) -> tuple[str | None, str | None]:
    """The stored result and the formula of a cell; None for what it has not."""
    stored: str | None = None
    formula: str | None = None
    for child in cell:
        tag = child.tag
        if tag[-2:] in {"}v", "v"}:
            stored = child.text or ""
        elif tag[-2:] in {"}f", "f"}:
            formula = child.text or ""
        elif tag[-3:] in {"}is", "is"}:
            stored = rich_text(child)
    return stored, formula


def _text(book: Workbook, style: str | None, text: str) -> str:
    if style is None or style == "0":
        return text
    code = book.format(style)
    return text if "@" not in code or code == "@" else shown_text(text, code)


def _number(book: Workbook, style: str | None, stored: str, row: int, column: int, notes: Notes) -> str:
    value = number(stored)
    if value is None:
        notes.broken.append(address(row, column))
        return stored
    code = "General" if style is None else book.format(style)
    text = general(value) if code == "General" else shown(value, code, since_1904=book.since_1904)
    if not text:
        notes.hidden_values.append(f"{address(row, column)}={general(value)}")
    return text


def _told(canvas: Canvas, notes: Notes) -> list[Problem]:
    """The notes of a sheet as problems."""
    file, sheet = canvas.file, canvas.sheet
    found = [problem("cell-error", canvas.place(row, column), cell=address(row, column), text=text) for row, column, text in notes.errors]
    found += [
        problem("formula-no-value", canvas.place(row, column), cell=address(row, column), formula=formula)
        for row, column, formula in notes.uncounted
    ]
    for code, names in (("values-hidden", notes.hidden_values), ("rows-hidden", notes.hidden_rows), ("cell-broken", notes.broken)):
        if names:
            found.append(problem(code, Place(file, sheet), places=listed(names)))
    if notes.hidden_columns:
        found.append(problem("columns-hidden", Place(file, sheet), places=listed([_columns(name) for name in notes.hidden_columns])))
    return found


def _columns(name: str) -> str:
    """3-5 is C-E."""
    first, _, last = name.partition("-")
    named = [letters(min(int(n), MAX_COLUMNS) - 1) if n.isdecimal() else "?" for n in (first, last)]
    return named[0] if named[0] == named[1] else "-".join(named)
