"""Column headings in several rows, from the path of headings over each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhiheng.reports.form import FormCell
from zhiheng.reports.forms.head import Line, heading

Path = tuple[str, ...]
"""The headings over one column, from the top: 指标参考值, 历史值, 均值."""


def rows(paths: Sequence[Path]) -> tuple[Line, ...]:
    """The heading rows: headings shared by neighbours are merged across, a column's own heading reaches down."""
    depth = max(len(path) for path in paths)
    return tuple(tuple(_row(paths, level, depth)) for level in range(depth))


def _row(paths: Sequence[Path], level: int, depth: int) -> Iterator[FormCell]:
    index = 0
    while index < len(paths):
        path = paths[index]
        width = 1
        if len(path) == level + 1:
            yield heading(path[level], rows=depth - level)
        elif len(path) > level + 1:
            shared = path[: level + 1]
            while index + width < len(paths) and len(paths[index + width]) > level + 1 and paths[index + width][: level + 1] == shared:
                width += 1
            yield heading(path[level], columns=width)
        index += width
