"""Web pages, and the web pages that office programs save under the name .xls: every table of data, the text around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.canvas import Canvas, address, span_name
from zhiheng.tables.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_GRIDS, MAX_HTML
from zhiheng.tables.formats.markup import local
from zhiheng.tables.formats.problems import problem, refused
from zhiheng.tables.grid import Grid, Refused

DROPPED = {"script", "style", "noscript", "template", "head", "object", "svg", "math", "iframe", "select", "datalist", "option"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
WRAPPED = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s{0,200}(?=[\u2e80-\u9fff\uff00-\uffef])")
BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
OPENED, CLOSED = re.compile(r"<table\b", re.IGNORECASE), re.compile(r"</table\b", re.IGNORECASE)
WIDEST, TALLEST = 1000, 65534  # of a cell, in columns and rows: the bounds of the HTML standard
MANY = 500  # cells under one span, more than any heading needs
MARKED = {"checkbox": ("☐", "☑"), "radio": ("○", "●")}

Piece = str | etree._Element  # text, "\n", or a table of data


class Page:
    """A web page while its tables are taken out of it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.grids: list[Grid] = []
        self.problems: list[Problem] = []
        self._pending: list[str] = []
        self._unseen = 0

    def read(self, root: etree._Element) -> tuple[str, ...]:
        """All tables of the page; gives the lines that stand below the last one."""
        self._take(list(self._flow(root)))
        if self._unseen:
            self.problems.append(problem("hidden-text", Place(self.file), count=self._unseen))
        return tuple(self._pending)

    def _take(self, pieces: list[Piece]) -> None:
        """Lines into the pending ones, tables into grids."""
        text: list[str] = []
        for piece in pieces:
            if isinstance(piece, str):
                text.append(piece)
            else:
                self._pending += _lines(text)
                text = []
                self._table(piece)
        self._pending += _lines(text)

    def _table(self, table: etree._Element) -> None:
        canvas = Canvas(self.file)
        inner: list[etree._Element] = []
        rows = list(_rows(table))
        taken: dict[int, int] = {}
        work = 0
        largest = (0, "")
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                if local(cell) not in {"td", "th"} or self._skipped(cell):
                    continue
                while taken.get(column, -1) >= number:
                    column += 1
                wide = min(_span(cell, "colspan"), WIDEST) or 1
                tall = min(_span(cell, "rowspan") or TALLEST, TALLEST, len(rows) - number)
                pieces = list(self._flow(cell, inside=True))
                if column >= MAX_COLUMNS:
                    raise self._beyond(number, column, largest, wide=True)
                canvas.put(number, column, "\n".join(_lines([piece for piece in pieces if isinstance(piece, str)])))
                inner += [piece for piece in pieces if not isinstance(piece, str)]
                if wide > 1 or tall > 1:
                    canvas.merge(number, column, number + tall - 1, column + wide - 1)
                if (wide, tall) != (1, 1):
                    largest = max(largest, (wide * tall, span_name(number, column, number + tall - 1, column + wide - 1)))
                work += wide
                if work > MAX_CELLS or column + wide > MAX_COLUMNS:
                    raise self._beyond(number, column, largest, wide=work <= MAX_CELLS)
                taken.update((c, max(taken.get(c, -1), number + tall - 1)) for c in range(column, column + wide))
                column += wide
        self._keep(canvas, table)
        for nested in inner:
            self._table(nested)

    def _beyond(self, row: int, column: int, largest: tuple[int, str], *, wide: bool) -> Refused:
        """Why a table is larger than what is read: its largest span, if that alone is more than any table needs, else its rows."""
        size, name = largest
        if size > MANY:
            return refused("merge-too-large", Place(self.file, row=row + 1), range=name, limit=MAX_CELLS)
        if wide:
            return refused("too-many-columns", Place(self.file, row=row + 1), row=row + 1, limit=MAX_COLUMNS)
        return refused("too-many-cells", Place(self.file, row=row + 1), limit=MAX_CELLS, cell=address(row, column))

    def _keep(self, canvas: Canvas, table: etree._Element) -> None:
        for caption in table:
            if local(caption) == "caption":
                self._take(list(self._flow(caption)))
        grid = canvas.grid(before=tuple(self._pending))
        self.problems += canvas.problems
        if grid is None:
            return
        self._pending = []
        self.grids.append(grid)
        if len(self.grids) > MAX_GRIDS:
            raise refused("too-many-grids", self.file, limit=MAX_GRIDS)

    def _skipped(self, element: etree._Element) -> bool:
        if element.get("hidden") is None and not UNSEEN.search(element.get("style") or ""):
            return False
        self._unseen += any(text.strip() for text in element.itertext())
        return True

    def _flow(self, element: etree._Element, *, inside: bool = False) -> Iterator[Piece]:
        """Texts, ends of line and tables of data in the order of the page. A table that only lays out is walked through."""
        name = local(element)
        pre = name in {"pre", "textarea"}
        if name in BLOCKS:
            yield "\n"
        yield _text(element.text, pre=pre)
        for child in element:
            kind = local(child)
            if kind == "br":
                yield "\n"
            elif kind == "input":
                yield _input(child)
            elif kind == "select":
                yield from (_text(option.text, pre=False) for option in child.iter("option") if option.get("selected") is not None)
            elif kind and kind not in DROPPED and not self._skipped(child):
                if kind == "table" and is_data(child, inside=inside):
                    yield child
                else:
                    yield from self._flow(child, inside=inside)
            yield _text(child.tail, pre=pre)
        if name in BLOCKS:
            yield "\n"


def is_data(table: etree._Element, *, inside: bool = False) -> bool:
    """Whether a table holds data. One of a single cell frames a text; one made of tables lays out a page.

    A table of data may hold a small table in a cell: at least three rows with two filled cells of their own, and
    more such cells than cells with tables, make it one.
    """
    cells = [[cell for cell in row if local(cell) in {"td", "th"}] for row in _rows(table)]
    if sum(map(len, cells)) < (1 if inside and not cells else 2):
        return False
    nesting = {id(ancestor) for inner in table.iter("table") if inner is not table for ancestor in inner.iterancestors("td", "th")}
    if not nesting:
        return True
    own = [sum(id(cell) not in nesting and any(text.strip() for text in cell.itertext()) for cell in row) for row in cells]
    holding = sum(id(cell) in nesting for row in cells for cell in row)
    return sum(count >= 2 for count in own) >= 3 and sum(own) > holding


def read_html(text: str, file: str) -> tuple[tuple[Grid, ...], tuple[str, ...], list[Problem]]:
    """The tables of a page, the lines below the last one (of a page without a table: all its lines), and the problems."""
    if len(text) > MAX_HTML:
        raise refused("html-too-large", file, limit=MAX_HTML // 10_000)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise refused("html-damaged", file) from fault
    if root is None:
        raise refused("empty", file)
    if any("depth" in entry.message or "Depth" in entry.message for entry in parser.error_log):
        raise refused("html-too-deep", file)
    page = Page(file)
    if len(OPENED.findall(text)) > len(CLOSED.findall(text)):
        page.problems.append(problem("html-unclosed", Place(file)))
    below = page.read(root)
    return tuple(page.grids), below, page.problems


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table itself, not those of tables in its cells."""
    for child in table:
        name = local(child)
        if name == "tr":
            yield child
        elif name in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child if local(row) == "tr")


def _span(cell: etree._Element, name: str) -> int:
    """A colspan or rowspan; 1 for what is no number, 0 as it is (to the end)."""
    stated = (cell.get(name) or "1").strip()
    return min(int(stated[:9]), TALLEST) if stated.isascii() and stated.isdigit() else 1


def _input(element: etree._Element) -> str:
    kind = (element.get("type") or "text").lower()
    if kind in MARKED:
        return MARKED[kind][element.get("checked") is not None]
    return (element.get("value") or "") if kind in {"text", "number", "date", "month", "tel", "email"} else ""


def _text(text: str | None, *, pre: bool) -> str:
    if not text:
        return ""
    return text.replace("\r\n", "\n") if pre else BLANKS.sub(" ", WRAPPED.sub("", text))


def _lines(pieces: list[str]) -> list[str]:
    """The filled lines of joined pieces."""
    return [stripped for line in "".join(pieces).split("\n") if (stripped := line.strip(" \u00a0\r"))]
