"""Documents of Word and WPS in the docx form (ECMA-376): every table with its merged cells, the paragraphs around it.

Tracked changes are read as accepted: what was inserted stays, what was deleted goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.archives import Archive
from zhiheng.tables.formats.canvas import Canvas
from zhiheng.tables.formats.limits import MAX_COLUMNS, MAX_DEPTH, MAX_GRIDS
from zhiheng.tables.formats.markup import attribute, local, parse
from zhiheng.tables.formats.numbering import Numbering
from zhiheng.tables.formats.problems import problem, refused
from zhiheng.tables.formats.relations import main_part, relations
from zhiheng.tables.grid import Grid

DROPPED = {"del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rPr", "pPr", "sdtPr", "sdtEndPr", "rt", "txbxContent"}
SYMBOLS = {
    ("wingdings", 0xFC): "✓", ("wingdings", 0xFE): "☑", ("wingdings", 0xFD): "☒", ("wingdings", 0xA8): "□", ("wingdings", 0x6F): "□",
    ("wingdings", 0x6C): "●", ("wingdings", 0x6E): "■", ("wingdings 2", 0x52): "☑", ("wingdings 2", 0x50): "✓", ("wingdings 2", 0xA3): "□",
    ("wingdings 2", 0x54): "☒", ("symbol", 0xB3): "≥", ("symbol", 0xA3): "≤", ("symbol", 0xB1): "±", ("symbol", 0xB4): "×",
    ("symbol", 0xB9): "≠", ("symbol", 0xB0): "°",
}  # fmt: skip


@dataclass
class Document:
    """A document while its tables are taken out of it."""

    file: str
    numbering: Numbering
    grids: list[Grid] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    unseen: int = 0

    def take(self, container: etree._Element, depth: int = 0) -> None:
        """Paragraphs into the pending lines, tables into grids, in the order of the document."""
        for block in self._blocks(container, depth):
            if local(block) == "tbl":
                self._table(block, depth + 1)
            else:
                self.pending += [line for line in self._paragraph(block).split("\n") if line.strip()]
                for box in _boxes(block):
                    self.take(box, depth + 1)

    def _blocks(self, container: etree._Element, depth: int) -> Iterator[etree._Element]:
        """The paragraphs and tables of a body, cell or box, through the wrappers of controls and tracked changes."""
        if depth > MAX_DEPTH:
            raise refused("too-deep", self.file)
        for child in container:
            name = local(child)
            if name in {"p", "tbl"}:
                yield child
            elif name in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}:
                yield from self._blocks(child, depth + 1)

    def _paragraph(self, paragraph: etree._Element) -> str:
        return (self.numbering.label(paragraph) + "".join(self._runs(paragraph, 0))).rstrip(" ")

    def _runs(self, element: etree._Element, depth: int) -> Iterator[str]:
        """The visible text of a paragraph or a part of it."""
        if depth > MAX_DEPTH:
            raise refused("too-deep", self.file)
        for child in element:
            name = local(child)
            if name == "t":
                yield child.text or ""
            elif name == "tab":
                yield "\t"
            elif name == "cr" or (name == "br" and attribute(child, "type") not in {"page", "column"}):
                yield "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                yield _symbol(child)
            elif name == "r" and _vanished(child):
                self.unseen += any(text.strip() for text in child.itertext())
            elif name and name not in DROPPED:
                yield from self._runs(child, depth + 1)

    def _cell_text(self, cell: etree._Element, inner: list[etree._Element], depth: int) -> str:
        """The paragraphs of a cell, one a line; tables inside it are collected in ``inner``."""
        texts: list[str] = []
        for block in self._blocks(cell, depth):
            if local(block) == "tbl":
                inner.append(block)
                continue
            texts.append(self._paragraph(block))
            for box in _boxes(block):
                texts.append(self._cell_text(box, inner, depth + 1))
        return "\n".join(text for text in texts if text.strip())

    def _table(self, table: etree._Element, depth: int) -> None:
        canvas = Canvas(self.file)
        inner: list[etree._Element] = []
        merged: dict[int, tuple[int, int, int]] = {}  # first column → top row, last column, last row so far
        for number, row in enumerate(_rows(table, depth)):
            column = _number(_property(row, "trPr", "gridBefore"))
            for cell in _cells(row, depth):
                wide = max(_number(_property(cell, "tcPr", "gridSpan")), 1)
                if column + wide > MAX_COLUMNS:
                    raise refused("too-many-columns", Place(self.file, row=number + 1), row=number + 1, limit=MAX_COLUMNS)
                canvas.put(number, column, self._cell_text(cell, inner, depth))
                mark = _property(cell, "tcPr", "vMerge")
                above = merged.get(column)
                if mark is not None and attribute(mark, "val") != "restart" and above and above[2] == number - 1:
                    merged[column] = (above[0], above[1], number)
                else:
                    _close(canvas, merged.pop(column, None), column)
                    merged[column] = (number, column + wide - 1, number)
                column += wide
        for column, span in merged.items():
            _close(canvas, span, column)
        self._keep(canvas)
        for nested in inner:
            self._table(nested, depth + 1)

    def _keep(self, canvas: Canvas) -> None:
        grid = canvas.grid(before=tuple(self.pending))
        self.problems += canvas.problems
        if grid is None:
            return
        if grid.rows == ((grid.rows[0][0],),):  # a frame around a text
            self.pending += grid.rows[0][0].split("\n")
            return
        self.pending = []
        self.grids.append(grid)
        if len(self.grids) > MAX_GRIDS:
            raise refused("too-many-grids", self.file, limit=MAX_GRIDS)


def read_docx(data: bytes, file: str) -> tuple[tuple[Grid, ...], tuple[str, ...], list[Problem]]:
    """The tables of a document, the paragraphs below the last one (of a document without a table: all), and the problems."""
    archive = Archive(data, file)
    main = main_part(archive, "word/document.xml")
    root = parse(archive.read(main), file, main)
    links = relations(archive, main)
    numbers = next((target for kind, target in links.values() if kind == "numbering" and target in archive.names), None)
    styles = next((target for kind, target in links.values() if kind == "styles" and target in archive.names), None)
    numbering = Numbering(
        None if numbers is None else parse(archive.read(numbers), file, numbers),
        None if numbers is None or styles is None else parse(archive.read(styles), file, styles),
    )
    document = Document(file, numbering)
    for body in root:
        if local(body) == "body":
            document.take(body)
    if any(name.endswith("vbaProject.bin") for name in archive.names):
        document.problems.append(problem("macros", Place(file)))
    if document.unseen:
        document.problems.append(problem("hidden-text", Place(file), count=document.unseen))
    return tuple(document.grids), tuple(document.pending), document.problems


def _close(canvas: Canvas, span: tuple[int, int, int] | None, column: int) -> None:
    if span is not None and (span[0], column) != (span[2], span[1]):
        canvas.merge(span[0], column, span[2], span[1])


def _rows(table: etree._Element, depth: int) -> Iterator[etree._Element]:
    """The rows of a table, without those a tracked change deletes."""
    for child in table:
        name = local(child)
        if name == "tr":
            if _property(child, "trPr", "del") is None:
                yield child
        elif name in {"sdt", "sdtContent", "ins", "moveTo", "customXml"} and depth < MAX_DEPTH:
            yield from _rows(child, depth + 1)


def _cells(row: etree._Element, depth: int) -> Iterator[etree._Element]:
    for child in row:
        name = local(child)
        if name == "tc":
            if _property(child, "tcPr", "cellDel") is None:
                yield child
        elif name in {"sdt", "sdtContent", "ins", "moveTo", "customXml"} and depth < MAX_DEPTH:
            yield from _cells(child, depth + 1)


def _property(element: etree._Element, group: str, name: str) -> etree._Element | None:
    for properties in element:
        if local(properties) == group:
            return next((child for child in properties if local(child) == name), None)
    return None


def _number(element: etree._Element | None) -> int:
    stated = "" if element is None else attribute(element, "val") or ""
    return min(int(stated), MAX_COLUMNS + 1) if stated.isascii() and stated.isdigit() and len(stated) < 10 else 0


def _vanished(run: etree._Element) -> bool:
    mark = _property(run, "rPr", "vanish")
    return mark is not None and attribute(mark, "val") not in {"0", "false", "off"}


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Text boxes anchored in a paragraph, not those inside other boxes nor the copies kept for old programs."""
    for box in paragraph.iter("{*}txbxContent"):
        above = [local(ancestor) for ancestor in box.iterancestors()]
        if "Fallback" not in above and "txbxContent" not in above[: above.index("p")]:
            yield box


def _symbol(element: etree._Element) -> str:
    """A sign of a symbol font as the character it looks like."""
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    known = SYMBOLS.get(((attribute(element, "font") or "").lower(), low))
    return known or (chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else "")
