"""PDF: ruled tables page by page with their merged cells, the lines around them; pages of text line by line.

A table that goes on over pages stays one grid for each page. What has no text is a scan and is said to be one.
"""

from __future__ import annotations

import io
import re
import zlib
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Any

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.canvas import Canvas
from zhiheng.tables.formats.limits import MAX_PAGE_EDGES, MAX_PAGE_OBJECTS, MAX_PAGES, MAX_PDF_STREAMS
from zhiheng.tables.formats.problems import problem, refused
from zhiheng.tables.grid import Grid

INK = dict.fromkeys("，。、；：）》」』】”’", 0.2)
"""Where the ink of a sign stands in its width: that of full-width closing signs at the left, so that one at the end of a line stays in
its cell however much of its empty half hangs out of it."""
SNAP = 3.0  # points within which two rules are one
NEW_CELL = 2.0  # a gap of so many characters separates columns where no rule does
UNMAPPED = 0.1  # share of characters whose font does not tell what they are
COVERED = 0.5  # share of a page that a picture covers when the page is a scan
FEW = 10  # characters that a scan may carry (a page number, a stamp)

HELD = re.compile(r"[（〔《【]*(?:[!-~]*[%％‰℃]（)*[!-~]*(?:(?<=\d)[\u4e00-\u9fff]{1,2}(?=[；，。]|$))?[；，。、：）〕》】]*")
"""What stands in one line where it fits: letters and figures with the unit, brackets and stops that cling to them."""

PACKED = re.compile(rb"/(?:Filter|F)\s*\[?\s*/(?:FlateDecode|Fl)\s*(?:\]|/|>|\s)(?!\s*/\w+Decode)")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
DESCRIBED = 2000  # bytes before a stream that may describe it
TAIL = 2048  # bytes in which the end of a whole file is marked

Box = tuple[float, float, float, float]  # left, top, right, bottom, in points
Char = dict[str, Any]


@dataclass
class Reading:
    """A PDF while its pages are read."""

    file: str
    grids: list[Grid]
    problems: list[Problem]
    pending: list[str]
    texts: list[Grid]
    scanned: int = 0
    unmapped: int = 0
    characters: int = 0

    def page(self, number: int, page: Any) -> None:
        """The tables and lines of a page."""
        chars = [char for char in page.chars if char["text"].strip()]
        if len(page.chars) > MAX_PAGE_OBJECTS or (edges := len(page.lines) + 4 * len(page.rects) + 4 * len(page.curves)) > MAX_PAGE_EDGES:
            count = len(page.chars) if len(page.chars) > MAX_PAGE_OBJECTS else edges
            raise refused("page-too-dense", Place(self.file, page=number), page=number, count=count)
        if len(chars) <= FEW and _pictured(page):
            self.scanned += 1
            self.problems.append(problem("page-scan", Place(self.file, page=number), page=number))
            return
        self.characters += len(chars)
        self.unmapped += sum(char["text"].startswith("(cid:") for char in chars)
        tables = sorted((_snapped(table.cells) for table in page.find_tables() if len(table.cells) > 1), key=lambda cells: cells[0][1])
        left = page.chars
        for cells in tables:
            box = _around(cells)
            above = [char for char in left if _middle(char)[1] < box[1]]
            inside = [char for char in left if _within(char, box)]
            taken = {id(char) for char in (*above, *inside)}
            left = [char for char in left if id(char) not in taken]
            self.pending += ["  ".join(line) for line in lines(above)]
            self._table(number, cells, inside)
        rows = lines(left)
        if not tables and rows:
            self.texts.append(Grid(rows, tuple(range(1, len(rows) + 1)), page=number, aligned=False))
        self.pending += ["  ".join(line) for line in rows]

    def _table(self, page: int, cells: list[Box], chars: list[Char]) -> None:
        canvas = Canvas(self.file, page=page)
        columns = sorted({x for cell in cells for x in (cell[0], cell[2])})
        rows = sorted({y for cell in cells for y in (cell[1], cell[3])})
        owners: dict[tuple[int, int], int] = {}
        texts: list[list[Char]] = [[] for _ in cells]
        places = [(rows.index(cell[1]), columns.index(cell[0]), rows.index(cell[3]) - 1, columns.index(cell[2]) - 1) for cell in cells]
        for number, (top, left, bottom, right) in enumerate(places):
            for at in product(range(top, bottom + 1), range(left, right + 1)):
                owners.setdefault(at, number)
        outside: list[Char] = []
        for char in chars:
            x, y = _middle(char)
            owner = owners.get((bisect_right(rows, y) - 1, bisect_right(columns, x) - 1))
            (outside if owner is None else texts[owner]).append(char)
        for cell, (top, left, bottom, right), own in zip(cells, places, texts, strict=True):
            canvas.put(top, left, cell_text(own, cell[2] - cell[0]))
            if (top, left) != (bottom, right):
                canvas.merge(top, left, bottom, right)
        grid = canvas.grid(before=tuple(self.pending))
        self.problems += canvas.problems
        if grid is not None:
            self.grids.append(grid)
            self.pending = []
        self.pending += ["  ".join(line) for line in lines(outside)]


def read_pdf(data: bytes, file: str) -> tuple[tuple[Grid, ...], list[Problem]]:
    """The grids of a PDF and the problems. Refuses locked files, scans, and fonts that do not tell their characters."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfplumber.utils.exceptions import PdfminerException

    reading = Reading(file, [], [], [], [])
    damaged = _measured(data, file)
    if damaged:
        reading.problems.append(problem("pdf-damaged", Place(file), count=damaged))
    if b"%%EOF" not in data[-TAIL:]:
        reading.problems.append(problem("pdf-end-missing", Place(file)))
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = pdf.pages
            if len(pages) > MAX_PAGES:
                raise refused("too-many-pages", file, count=len(pages), limit=MAX_PAGES)
            for number, page in enumerate(pages, 1):
                reading.page(number, page)
                page.close()
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed) as fault:
        raise refused("encrypted", file) from fault
    except PdfminerException as fault:
        locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in fault.args)
        raise refused("encrypted" if locked else "file-cut", file) from fault
    return _whole(reading, len(pages))


def _measured(data: bytes, file: str) -> int:
    """How many packed streams, pictures aside, are damaged: the reader below takes them for empty and says nothing.

    Refuses a file whose streams unpack to more than any table needs.
    """
    total = damaged = 0
    for number, start in enumerate(STREAM.finditer(data), 1):
        described = data[max(start.start() - DESCRIBED, 0) : start.start()].rpartition(b" obj")[2]
        if not PACKED.search(described) or b"/Image" in described:
            continue
        end = data.find(b"endstream", start.end())
        rest = data[start.end() : end if end >= 0 else len(data)]
        engine = zlib.decompressobj()
        try:
            while rest and not engine.eof:
                total += len(engine.decompress(rest, 1_000_000))
                rest = engine.unconsumed_tail
                if total > MAX_PDF_STREAMS:
                    raise refused("archive-bomb", file, size=total // 1_000_000, members=number)
            damaged += not engine.eof
        except zlib.error:
            damaged += 1
    return 0 if b"/Encrypt" in data else damaged


def _whole(reading: Reading, pages: int) -> tuple[tuple[Grid, ...], list[Problem]]:
    if reading.unmapped > UNMAPPED * max(reading.characters, 1):
        raise refused("pdf-fonts", reading.file)
    if reading.grids:
        last = replace(reading.grids[-1], after=tuple(reading.pending))
        return (*reading.grids[:-1], last), reading.problems
    if reading.texts:
        return tuple(reading.texts), reading.problems
    if reading.scanned:
        raise refused("pdf-scan", reading.file, pages=pages)
    if reading.problems:
        raise refused("file-cut", reading.file)
    raise refused("pdf-blank", reading.file, pages=pages)


def _pictured(page: Any) -> bool:
    area = sum(abs((image["x1"] - image["x0"]) * (image["bottom"] - image["top"])) for image in page.images)
    return bool(area > COVERED * float(page.width * page.height))


def _snapped(cells: list[Box]) -> list[Box]:
    """Cells whose sides that nearly meet do meet, so that rows and columns can be counted."""
    across = _levels([x for cell in cells for x in (cell[0], cell[2])])
    down = _levels([y for cell in cells for y in (cell[1], cell[3])])
    boxes = {(across[cell[0]], down[cell[1]], across[cell[2]], down[cell[3]]) for cell in cells}
    return sorted((box for box in boxes if box[0] < box[2] and box[1] < box[3]), key=lambda box: (box[1], box[0]))


def _levels(values: list[float]) -> dict[float, float]:
    found: dict[float, float] = {}
    level = float("-inf")
    last = float("-inf")
    for value in sorted(set(values)):
        if value - last > SNAP:
            level = value
        found[value] = level
        last = value
    return found


def _around(cells: list[Box]) -> Box:
    return min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells)


def _middle(char: Char) -> tuple[float, float]:
    share = INK.get(char["text"], 0.5)
    return char["x0"] + (char["x1"] - char["x0"]) * share, (char["top"] + char["bottom"]) / 2


def _within(char: Char, box: Box) -> bool:
    x, y = _middle(char)
    return bool(box[0] <= x < box[2] and box[1] <= y < box[3])


def _rows(chars: list[Char]) -> list[list[Char]]:
    """Characters by line, each line from left to right."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: (_middle(char)[1], char["x0"])):
        if rows and abs(_middle(char)[1] - _middle(rows[-1][0])[1]) <= 0.5 * max(char["size"], 1):
            rows[-1].append(char)
        else:
            rows.append([char])
    return [sorted(row, key=lambda char: float(char["x0"])) for row in rows]


def _pieces(row: list[Char]) -> list[str]:
    """A line cut at wide gaps; a small gap is a space between words."""
    pieces = [""]
    for before, char in pairwise([None, *row]):
        if char is None:
            continue
        gap = 0.0 if before is None else (char["x0"] - before["x1"]) / max(char["size"], 1)
        if gap > NEW_CELL:
            pieces.append("")
        elif gap > 0.3 and not pieces[-1].endswith(" ") and not char["text"].isspace():
            pieces[-1] += " "
        pieces[-1] += char["text"]
    return [piece.strip() for piece in pieces if piece.strip()]


def lines(chars: list[Char]) -> tuple[tuple[str, ...], ...]:
    """Texts outside of tables, line by line, with a new cell after each wide gap."""
    return tuple(tuple(pieces) for row in _rows(chars) if (pieces := _pieces(row)))


def cell_text(chars: list[Char], width: float) -> str:
    """The text of a cell. A line that was full only wrapped there: it goes on without an end of line."""
    text = ""
    before: list[Char] = []
    for row in _rows(chars):
        piece = " ".join(_pieces(row)).replace("\u200b", "")  # a place where the printer may break a line, no letter
        if not piece:
            continue
        if before:
            text += _join(before, row, text, piece, width)
        text += piece
        before = row
    return text


def _join(before: list[Char], row: list[Char], text: str, piece: str, width: float) -> str:
    """What stands between two lines of a cell: an end of line, or nothing (a space between Latin words) where one wrapped."""
    filled = [char for char in before if char["text"].strip()]
    room = width - (filled[-1]["x1"] - filled[0]["x0"])
    first = [char for char in row if char["text"].strip()]
    held = HELD.match("".join(char["text"] for char in first))
    word = min(max(held.end() if held else 1, 1), len(first))
    needed = first[word - 1]["x1"] - first[0]["x0"] + max(first[0]["size"], 1)
    if room > needed:
        return "\n"
    return " " if text[-1].isascii() and text[-1].isalpha() and piece[0].isascii() and piece[0].isalpha() else ""
