"""An aligned grid seen with its merged cells."""

from __future__ import annotations

from zhiheng.plan.place import Place
from zhiheng.tables.grid import Grid
from zhiheng.tables.layouts.raw import Token


class Sheet:
    """Cells by row and column (0-based); a covered cell knows the top left of its span."""

    def __init__(self, grid: Grid, file: str) -> None:
        self.grid = grid
        self.file = file
        self.height = len(grid.rows)
        self.width = max((len(row) for row in grid.rows), default=0)
        self._origin: dict[tuple[int, int], tuple[int, int]] = {}
        for span in grid.spans:
            for r in range(span.top, min(span.bottom, self.height - 1) + 1):
                for c in range(span.left, min(span.right, self.width - 1) + 1):
                    self._origin[r, c] = (span.top, span.left)

    def text(self, r: int, c: int) -> str:
        """The words that stand in the cell itself."""
        row = self.grid.rows[r]
        return row[c].strip() if c < len(row) else ""

    def origin(self, r: int, c: int) -> tuple[int, int]:
        """Top left of the span that covers the cell, or the cell itself."""
        return self._origin.get((r, c), (r, c))

    def shown(self, r: int, c: int) -> str:
        """The words that a reader sees in the cell: those of its span's top left."""
        return self.text(*self.origin(r, c))

    def place(self, r: int, c: int) -> Place:
        """The position of a cell in the source."""
        page = self.grid.pages[r] if self.grid.pages else self.grid.page
        return Place(self.file, self.grid.sheet, page, self.grid.numbers[r] or None, c + 1)

    def tokens(self, top: int, bottom: int) -> list[Token]:
        """Non-blank cells of rows ``top`` to ``bottom`` (exclusive), row by row."""
        return [
            Token(self.text(r, c), self.place(r, c), r, c)
            for r in range(top, bottom)
            for c in range(len(self.grid.rows[r]))
            if self.text(r, c)
        ]
