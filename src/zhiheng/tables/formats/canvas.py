"""A table while it is being read: texts put at positions, ranges merged, then one `Grid` of it."""

from __future__ import annotations

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MERGE_REACH
from zhiheng.tables.formats.problems import listed, problem, refused
from zhiheng.tables.grid import Grid, Span

TABLE = 100  # filled cells that make a table


def letters(column: int) -> str:
    """The name of a 0-based column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    """The name of a 0-based position as an office program shows it: (4, 2) is C5."""
    return f"{letters(column)}{row + 1}"


def span_name(top: int, left: int, bottom: int, right: int) -> str:
    """The name of a range as an office program shows it: C5:D9."""
    return f"{address(top, left)}:{address(bottom, right)}"


class Canvas:
    """Cells by position. Positions are 0-based. ``problems`` collects what was wrong on the way."""

    def __init__(self, file: str, sheet: str | None = None, page: int | None = None) -> None:
        self.file, self.sheet, self.page = file, sheet, page
        self.problems: list[Problem] = []
        self._cells: dict[int, dict[int, str]] = {}
        self._merges: list[Span] = []
        self._count = 0
        self._twice: list[str] = []

    def place(self, row: int, column: int) -> Place:
        """The place of a position, for a problem."""
        return Place(self.file, self.sheet, self.page, row + 1, column + 1)

    def put(self, row: int, column: int, text: str) -> None:
        """The text of a cell; a blank one leaves no trace. Refuses positions no sheet has and too many cells."""
        if not text or text.isspace():
            return
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            raise refused("outside-sheet", Place(self.file, self.sheet, self.page), cell=address(row, column))
        cells = self._cells.setdefault(row, {})
        if column in cells:
            self._twice.append(address(row, column))
            return
        cells[column] = text
        self._count += 1
        if self._count > MAX_CELLS:
            raise refused("too-many-cells", self.place(row, column), limit=MAX_CELLS, cell=address(row, column))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """A merged range, as the file has it; it is examined when the grid is made."""
        if len(self._merges) >= MAX_CELLS // 2:
            raise refused("merges-chaotic", Place(self.file, self.sheet, self.page), limit=MAX_CELLS)
        self._merges.append(Span(top, left, bottom, right))

    def grid(self, *, before: tuple[str, ...] = ()) -> Grid | None:
        """The grid, from the first row and column to the last that is filled; None when nothing is."""
        if self._twice:
            self._note("cell-twice", cells=listed(self._twice))
        if not self._cells:
            return None
        height, width = max(self._cells) + 1, max(max(row) for row in self._cells.values()) + 1
        spans = self._settled(height, width)
        height = max(height, *(span.bottom + 1 for span in spans), 0) if spans else height
        width = max(width, *(span.right + 1 for span in spans), 0) if spans else width
        filled = (max(self._cells) + 1) * (max((max(row) for row in self._cells.values() if row), default=0) + 1)
        if height * width > MAX_CELLS and filled <= MAX_CELLS and spans:
            largest = max(spans, key=lambda span: (span.bottom - span.top + 1) * (span.right - span.left + 1))
            raise refused("merge-too-large", self.place(largest.top, largest.left), range=_name(largest), limit=MAX_CELLS)
        if height * width > MAX_CELLS:
            far = address(height - 1, width - 1)
            raise refused("too-many-cells", self.place(height - 1, width - 1), limit=MAX_CELLS, cell=far)
        blank = ("",) * width
        rows = tuple(self._row(row, width) if row in self._cells else blank for row in range(height))
        return Grid(rows, tuple(range(1, height + 1)), spans, self.sheet, self.page, True, before)

    def _row(self, row: int, width: int) -> tuple[str, ...]:
        texts = [""] * width
        for column, text in self._cells[row].items():
            texts[column] = text
        return tuple(texts)

    def _note(self, code: str, row: int | None = None, column: int | None = None, *, repaired: bool = True, **parameters: str) -> None:
        at = Place(self.file, self.sheet, self.page, None if row is None else row + 1, None if column is None else column + 1)
        self.problems.append(problem(code, at, repaired=repaired, **parameters))

    def _settled(self, height: int, width: int) -> tuple[Span, ...]:
        """The merged ranges that hold: inside the sheet, each cell in one of them, the hidden texts told."""
        taken: dict[int, set[int]] = {}
        spans: list[Span] = []
        work = 0
        for raw in self._merges:
            span = self._bounded(raw, height, width)
            if span is None:
                continue
            self._seen_through(raw, span, height, width)
            rows, columns = range(span.top, span.bottom + 1), range(span.left, span.right + 1)
            work += len(rows) * len(columns)
            if work > 4 * MAX_CELLS:
                raise refused("merges-chaotic", Place(self.file, self.sheet, self.page), limit=MAX_CELLS)
            if any(not taken.get(row, _NONE).isdisjoint(columns) for row in rows):
                self._note("merge-overlap", span.top, span.left, range=_name(span))
                continue
            for row in rows:
                taken.setdefault(row, set()).update(columns)
            self._uncover(span)
            spans.append(span)
        return tuple(sorted(spans, key=lambda span: (span.top, span.left)))

    def _bounded(self, raw: Span, height: int, width: int) -> Span | None:
        """A range put the right way round and cut where it leaves the filled part; None when it merges nothing."""
        span = Span(min(raw.top, raw.bottom), min(raw.left, raw.right), max(raw.top, raw.bottom), max(raw.left, raw.right))
        if span != raw:
            self._note("merge-reversed", span.top, span.left, range=_name(span))
        if span.top >= MAX_ROWS or span.left >= MAX_COLUMNS or span.top < 0 or span.left < 0:
            self._note("merge-outside", range=_name(raw))
            return None
        filled = span.top in self._cells and span.left in self._cells[span.top]
        if not filled and (span.top >= height or span.left >= width):
            return None
        reach = MERGE_REACH if filled else 0
        cut = Span(span.top, span.left, min(span.bottom, height - 1 + reach), min(span.right, width - 1 + reach))
        if filled and cut != span:
            cut = Span(span.top, span.left, min(span.bottom, height - 1), min(span.right, width - 1))
            self._note("merge-cut", span.top, span.left, range=_name(span), kept=_name(cut))
        return cut if (cut.top, cut.left) != (cut.bottom, cut.right) else None

    def _seen_through(self, raw: Span, span: Span, height: int, width: int) -> None:
        """Refuses a range over all that is filled: it would leave one cell of a whole table."""
        hidden = sum(map(len, self._cells.values())) - 1
        if hidden >= TABLE and (span.top, span.left) == (0, 0) and span.bottom >= height - 1 and span.right >= width - 1:
            raise refused("merge-covers-all", self.place(0, 0), range=_name(raw), count=hidden)

    def _uncover(self, span: Span) -> None:
        """A cell under a merged range shows nothing. Its text leaves the grid and is told, unless it is the shown one."""
        shown = self._cells.get(span.top, {}).get(span.left, "")
        for row in range(span.top, span.bottom + 1):
            cells = self._cells.get(row)
            if not cells:
                continue
            for column in [c for c in cells if span.left <= c <= span.right and (row, c) != (span.top, span.left)]:
                text = cells.pop(column)
                if text != shown:
                    self._note("merge-hides-text", row, column, repaired=False, cell=address(row, column), text=text, range=_name(span))


_NONE: frozenset[int] = frozenset()


def _name(span: Span) -> str:
    return span_name(span.top, span.left, span.bottom, span.right)
