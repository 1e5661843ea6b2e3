"""OFD, the national format of official documents (GB/T 33190): its text by position, line by line."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.archives import Archive
from zhiheng.tables.formats.limits import MAX_DEPTH, MAX_PAGE_OBJECTS, MAX_PAGES
from zhiheng.tables.formats.markup import attribute, local, parse
from zhiheng.tables.formats.problems import problem, refused
from zhiheng.tables.grid import Grid, Source

NEW_CELL = 1.5  # a gap of so many characters separates columns
NEW_WORD = 0.3  # and of so many, words
SAME_LINE = 0.5  # texts within half a character's height stand on one line


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text on a page, in millimetres."""

    x: float
    y: float
    width: float
    size: float
    text: str


class Ofd:
    """An opened OFD file."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self.archive = Archive(data, file)
        self._named = {name.lower().lstrip("/"): name for name in self.archive.names}
        self.pictures = 0

    def part(self, base: str, location: str) -> tuple[str, etree._Element]:
        """A part and its root; a location counts from the file's top or from the part that names it."""
        path = location.lstrip("/") if location.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(base), location))
        name = self._named.get(path.lower())
        if name is None:
            raise refused("part-missing", self.file, part=path)
        return name, parse(self.archive.read(name), self.file, name)

    def pages(self) -> Iterator[tuple[str, etree._Element, dict[str, etree._Element]]]:
        """Every page with the templates it may stand on."""
        top, root = self.part("", "OFD.xml")
        for link in root.iter("{*}DocRoot"):
            base, document = self.part(top, (link.text or "").strip())
            templates = {
                attribute(item, "ID") or "": self.part(base, attribute(item, "BaseLoc") or "")[1]
                for item in document.iter("{*}TemplatePage")
            }
            listing = [page for pages in document if local(pages) == "Pages" for page in pages]
            if len(listing) > MAX_PAGES:
                raise refused("too-many-pages", self.file, count=len(listing), limit=MAX_PAGES)
            for page in listing:
                yield (*self.part(base, attribute(page, "BaseLoc") or ""), templates)

    def runs(self, page: etree._Element, templates: dict[str, etree._Element]) -> list[Run]:
        """The texts of a page and of the templates under it."""
        layers = [page, *(templates[key] for item in page.iter("{*}Template") if (key := attribute(item, "TemplateID") or "") in templates)]
        found: list[Run] = []
        for layer in layers:
            self.pictures += sum(1 for _ in layer.iter("{*}ImageObject"))
            for element in layer.iter("{*}TextObject"):
                found += _runs(element)
                if len(found) > MAX_PAGE_OBJECTS:
                    raise refused("page-too-dense", self.file, page="?", count=len(found))
        return found


def read_ofd(data: bytes, file: str) -> Source:
    """One grid of lines for each page with text. Refuses a file that holds pictures only."""
    document = Ofd(data, file)
    grids: list[Grid] = []
    problems: list[Problem] = []
    count = 0
    for number, (_, page, templates) in enumerate(document.pages(), 1):
        count = number
        pictures = document.pictures
        rows = lines(document.runs(page, templates))
        if rows:
            grids.append(Grid(rows, tuple(range(1, len(rows) + 1)), page=number, aligned=False))
        elif document.pictures > pictures:
            problems.append(problem("page-scan", Place(file, page=number), page=number))
    if not grids:
        raise refused("ofd-scan" if document.pictures else "empty", file, **({"pages": count} if document.pictures else {}))
    return Source(file, "ofd", tuple(grids), tuple(problems))


def _runs(element: etree._Element) -> Iterator[Run]:
    box = _numbers(attribute(element, "Boundary"))
    if len(box) != 4:
        return
    scale = _numbers(attribute(element, "CTM"))
    a, d, e, f = (scale[0], scale[3], scale[4], scale[5]) if len(scale) == 6 else (1.0, 1.0, 0.0, 0.0)
    size = next(iter(_numbers(attribute(element, "Size"))), 3.0) * abs(a or 1.0)
    x = y = 0.0
    for code in element:
        text = (code.text or "").strip("\n\r") if local(code) == "TextCode" else ""
        if not text:
            continue
        x = next(iter(_numbers(attribute(code, "X"))), x)
        y = next(iter(_numbers(attribute(code, "Y"))), y)
        left = box[0] + a * x + e
        steps = _steps(attribute(code, "DeltaX"), len(text))
        width = abs(a) * sum(steps) + size if steps else sum(size if ord(c) > 0x2E7F else size / 2 for c in text)
        yield Run(left, box[1] + d * y + f, width, size, text)


def _steps(stated: str | None, length: int) -> list[float]:
    """Distances from character to character; "g 3 4.5" stands for three of 4.5."""
    if not stated:
        return []
    found: list[float] = []
    words = iter(stated.split())
    for word in words:
        if word == "g":
            times, value = _number(next(words, "0")), _number(next(words, "0"))
            found += [value] * int(min(max(times, 0), length))
        else:
            found.append(_number(word))
    return found[: max(length - 1, 0)]


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e6 else 0.0


def _numbers(stated: str | None) -> list[float]:
    return [_number(word) for word in (stated or "").split()[:MAX_DEPTH]]


def lines(runs: list[Run]) -> tuple[tuple[str, ...], ...]:
    """Texts into lines from top to bottom; a wide gap begins a new cell, a small one a new word."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x)):
        if rows and abs(run.y - rows[-1][0].y) <= SAME_LINE * max(run.size, 0.1):
            rows[-1].append(run)
        else:
            rows.append([run])
    return tuple(cells for row in rows if (cells := _cells(sorted(row, key=lambda run: run.x))))


def _cells(row: list[Run]) -> tuple[str, ...]:
    cells: list[str] = []
    end = 0.0
    for run in row:
        gap = (run.x - end) / max(run.size, 0.1)
        if not cells or gap > NEW_CELL:
            cells.append(run.text)
        else:
            cells[-1] += (" " if gap > NEW_WORD else "") + run.text
        end = max(end, run.x + run.width)
    return tuple(cell for cell in (cell.strip() for cell in cells) if cell)
