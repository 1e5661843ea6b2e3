"""How the editing sheet is laid out: its head by rows of label and cell, and the levels beside rows that stand under no duty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from zhiheng_web.planning.editing.cells import GOAL
from zhiheng_web.planning.models import IndicatorRow, TableVersion
from zhiheng_web.planning.weighing import level_text, scheme_of, sublevel_text
from zhiheng_web.wording import Text

Cell = TypeVar("Cell")
ACROSS = 3
"""Pairs of label and cell in one row of the head."""


@dataclass(frozen=True, slots=True)
class HeadPair(Generic[Cell]):
    """A label with its cell, ``span`` columns wide. ``shown`` None: the words stand there and are not edited."""

    label: Text
    shown: Cell | None
    words: str
    span: int


HeadRows = tuple[tuple[HeadPair[Cell], ...], ...]


def head_rows(version: TableVersion, cells: Iterable[tuple[str, Text, Cell]], duties: bool) -> HeadRows[Cell]:
    """The head as the form sets it: the title, the amounts three to a row beside whose table it is, the goals over the whole width.

    ``cells`` are the cells of the head as (column, label, cell) in their order.
    """
    given = {column: (label, cell) for column, label, cell in cells}
    wide = [column for column in given if column == "strategic_goal" or column.startswith(GOAL)]
    order = ("total", "fiscal", "basic", "", "other", "project") if duties else ("", "total", "fiscal", "other", "basic", "project")
    pairs = [_owner(version) if not column else (*given[column], "") for column in order if not column or column in given]
    rows = [[(*given["title"], "")], *(pairs[at : at + ACROSS] for at in range(0, len(pairs), ACROSS))]
    return tuple(_spanned(row) for row in [*rows, *([(*given[column], "")] for column in wide)])


def _owner(version: TableVersion) -> tuple[Text, None, str]:
    table = version.table
    if table.project_id is not None:
        return Text("项目名称", "Project"), None, version.head.get("project") or table.project.name
    return Text("部门名称", "Department"), None, version.head.get("department") or table.unit.department.name


def _spanned(row: Sequence[tuple[Text, Cell | None, str]]) -> tuple[HeadPair[Cell], ...]:
    """The last pair of a row takes the width that is left."""
    left = 2 * (ACROSS - len(row)) + 1
    return tuple(HeadPair(label, shown, words, left if at == len(row) - 1 else 1) for at, (label, shown, words) in enumerate(row))


def levels_of(version: TableVersion, row: IndicatorRow) -> tuple[str, str]:
    """一级指标 and 二级指标 of a row: as the table words them, else as it is tagged; '' where neither says."""
    scheme = scheme_of(version)
    tagged = (
        str(level_text(scheme, row.level_1)) if row.level_1 else "",
        str(sublevel_text(scheme, row.level_1, row.level_2)) if row.level_2 else "",
    )
    said = row.category.split("\n") if row.category else []
    if len(said) == 1:
        return (tagged[0] if tagged[0] != said[0] else "") or "", said[0]
    return (said[0], said[1]) if said else tagged


STANDARD = ("references.planned", "references.standard", "references.standard_source")
HISTORY = ("references.mean", "references.last_year", "references.history_source")
ABOVE: tuple[tuple[tuple[str, ...], Text], ...] = (
    ((*STANDARD, *HISTORY), Text("指标参考值", "Reference values")),
    (STANDARD, Text("标准值（规划目标、行业标准或其他明确标准）", "Standard (plan, trade standard or another stated one)")),
    (
        HISTORY,
        Text(
            "历史值（统计年鉴/统计公报/内部统计/其他需明确的来源）",
            "History (yearbook, bulletin, internal statistics, other stated source)",
        ),
    ),
)
"""The headings above others, each over its columns."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One cell of the heading rows; ``field`` is '' for one that stands over others."""

    words: str
    rows: int
    columns: int
    field: str


def heading_rows(columns: Sequence[tuple[str, str]]) -> tuple[tuple[Heading, ...], ...]:
    """The rows of headings over ``columns`` (path, words) as the official form sets them: 指标参考值 over 标准值 and 历史值."""
    deep = 3 if any(path.startswith("references.") for path, _ in columns) else 1
    rows: list[list[Heading]] = [[], [], []]
    for path, words in columns:
        above = [text for names, text in ABOVE if path in names]
        if not above:
            rows[0].append(Heading(words, deep, 1, path))
            continue
        for level, text in enumerate(above):
            last = rows[level][-1] if rows[level] else None
            if last is not None and last.words == str(text) and not last.field:
                rows[level][-1] = Heading(last.words, 1, last.columns + 1, "")
            else:
                rows[level].append(Heading(str(text), 1, 1, ""))
        rows[2].append(Heading(words, 1, 1, path))
    return tuple(tuple(row) for row in rows[:deep])
