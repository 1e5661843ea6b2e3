"""OpenDocument sheets and texts (ods, odt, and their flat XML forms): each cell as it shows, which the file itself tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.canvas import Canvas, address
from zhiheng.tables.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_DEPTH, MAX_GRIDS, MAX_ROWS
from zhiheng.tables.formats.markup import attribute, local
from zhiheng.tables.formats.problems import listed, problem, refused
from zhiheng.tables.grid import Grid

ROW_GROUPS = {"table-header-rows", "table-row-group", "table-rows", "soft-page-break"}
TEXT_GROUPS = {"section", "list", "list-item", "list-header", "index-body", "numbered-paragraph", "text-box", "frame"}
UNSEEN = {"annotation", "tracked-changes", "note-citation", "ruby-text", "title", "desc"}


@dataclass
class OpenDocument:
    """A sheet file or text while its tables are taken out of it."""

    file: str
    grids: list[Grid] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    hidden_styles: frozenset[str] = frozenset()

    def take(self, container: etree._Element, *, sheets: bool, depth: int = 0) -> None:
        """Paragraphs into the pending lines, tables into grids, in order."""
        if depth > MAX_DEPTH:
            raise refused("too-deep", self.file)
        for child in container:
            name = local(child)
            if name == "table":
                self._table(child, sheets=sheets, depth=depth + 1)
            elif name in {"p", "h"}:
                self.pending += [line for line in _paragraph(child).split("\n") if line.strip()]
                for box in child.iter("{*}text-box"):
                    self.take(box, sheets=False, depth=depth + 1)
            elif name in TEXT_GROUPS:
                self.take(child, sheets=sheets, depth=depth + 1)

    def _table(self, table: etree._Element, *, sheets: bool, depth: int) -> None:
        name = (attribute(table, "name") or "") if sheets else None
        canvas = Canvas(self.file, name)
        inner: list[etree._Element] = []
        unseen_rows: list[str] = []
        number = 0
        for row in _rows(table, 0):
            times = _count(row, "number-rows-repeated")
            filled = self._row(canvas, row, number, times, inner)
            if filled and (attribute(row, "visibility") or "visible") != "visible":
                unseen_rows.append(str(number + 1))
            number = min(number + times, MAX_ROWS)
        grid = canvas.grid(before=tuple(self.pending))
        self.problems += canvas.problems
        if grid is not None:
            self._keep(grid, canvas, hidden=sheets and (attribute(table, "style-name") or "") in self.hidden_styles, rows=unseen_rows)
        for nested in inner:
            self._table(nested, sheets=False, depth=depth + 1)

    def _keep(self, grid: Grid, canvas: Canvas, *, hidden: bool, rows: list[str]) -> None:
        if canvas.sheet is None and len(grid.rows) == len(grid.rows[0]) == 1:  # a frame around a text
            self.pending += grid.rows[0][0].split("\n")
            return
        self.pending = []
        self.grids.append(grid)
        if len(self.grids) > MAX_GRIDS:
            raise refused("too-many-grids", self.file, limit=MAX_GRIDS)
        at = Place(self.file, canvas.sheet)
        if hidden:
            self.problems.append(problem("sheet-hidden", at, sheet=canvas.sheet or ""))
        if rows:
            self.problems.append(problem("rows-hidden", at, places=listed(rows)))

    def _row(self, canvas: Canvas, row: etree._Element, number: int, times: int, inner: list[etree._Element]) -> bool:
        """The cells of a row, as often as it is repeated; whether there was anything in it."""
        column, filled = 0, False
        for cell in row:
            kind = local(cell)
            if kind not in {"table-cell", "covered-table-cell"}:
                continue
            wide = _count(cell, "number-columns-repeated")
            if len(cell):
                text = self._cell(canvas, cell, number, column, inner)
                if text.strip():
                    filled = True
                    if wide * times > MAX_CELLS or column + wide > MAX_COLUMNS:
                        raise refused("too-many-cells", canvas.place(number, column), limit=MAX_CELLS, cell=address(number, column))
                    for r in range(number, number + times):
                        for c in range(column, column + wide):
                            canvas.put(r, c, text)
            elif attribute(cell, "formula") is not None and attribute(cell, "value-type") is None:
                self._uncounted(canvas, cell, number, column)
            across, down = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
            if kind == "table-cell" and (across > 1 or down > 1):
                canvas.merge(number, column, number + down - 1, column + across - 1)
            column = min(column + wide, MAX_COLUMNS)
        return filled

    def _cell(self, canvas: Canvas, cell: etree._Element, row: int, column: int, inner: list[etree._Element]) -> str:
        text = "\n".join(_blocks(cell, inner, 0))
        if attribute(cell, "formula") is not None and (text.startswith(("#", "Err:", "错误:"))):
            self.problems.append(problem("cell-error", canvas.place(row, column), cell=address(row, column), text=text))
        return text

    def _uncounted(self, canvas: Canvas, cell: etree._Element, row: int, column: int) -> None:
        formula = (attribute(cell, "formula") or "").partition(":=")[2] or (attribute(cell, "formula") or "").lstrip("=")
        self.problems.append(problem("formula-no-value", canvas.place(row, column), cell=address(row, column), formula=formula))


def read_odf(root: etree._Element, file: str) -> tuple[str, tuple[Grid, ...], tuple[str, ...], list[Problem]]:
    """The kind (ods or odt), its tables, the paragraphs below the last one, and the problems."""
    document = OpenDocument(file, hidden_styles=frozenset(_hidden_styles(root)))
    for body in root:
        if local(body) != "body":
            continue
        for content in body:
            kind = local(content)
            if kind not in {"spreadsheet", "text"}:
                raise refused("format-unknown", file)
            document.take(content, sheets=kind == "spreadsheet")
            return ("ods" if kind == "spreadsheet" else "odt"), tuple(document.grids), tuple(document.pending), document.problems
    raise refused("empty", file)


def _hidden_styles(root: etree._Element) -> Iterator[str]:
    """Styles whose sheets are not displayed."""
    for style in root.iter("{*}style"):
        for properties in style:
            if local(properties) == "table-properties" and attribute(properties, "display") == "false":
                yield attribute(style, "name") or ""


def _rows(table: etree._Element, depth: int) -> Iterator[etree._Element]:
    for child in table:
        name = local(child)
        if name == "table-row":
            yield child
        elif name in ROW_GROUPS and depth < MAX_DEPTH:
            yield from _rows(child, depth + 1)


def _blocks(cell: etree._Element, inner: list[etree._Element], depth: int) -> Iterator[str]:
    """The paragraphs of a cell, through lists; tables inside it are collected in ``inner``."""
    for child in cell:
        name = local(child)
        if name in {"p", "h"}:
            text = _paragraph(child)
            if text.strip():
                yield text
        elif name == "table":
            inner.append(child)
        elif name in TEXT_GROUPS and depth < MAX_DEPTH:
            yield from _blocks(child, inner, depth + 1)


def _paragraph(element: etree._Element) -> str:
    """The text of a paragraph: white space as OpenDocument means it, notes and comments left out."""
    pieces: list[str] = []
    _inline(element, pieces, 0)
    return "".join(pieces)


def _inline(element: etree._Element, pieces: list[str], depth: int) -> None:
    if element.text:
        pieces.append(" ".join(element.text.split("\n")) if "\n" in element.text else element.text)
    for child in element:
        name = local(child)
        if name == "s":
            pieces.append(" " * min(_count(child, "c"), 1000))
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")
        elif name and name not in UNSEEN and name != "text-box" and depth < MAX_DEPTH:
            _inline(child, pieces, depth + 1)
        if child.tail:
            pieces.append(child.tail.replace("\n", " "))


def _count(element: etree._Element, name: str) -> int:
    """How often or how far; 1 when not stated."""
    stated = attribute(element, name) or "1"
    return max(int(stated), 1) if stated.isascii() and stated.isdigit() and len(stated) < 9 else 1
