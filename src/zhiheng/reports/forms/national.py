"""What the national forms share: fields, money, goals, then indicators under 一级/二级/三级指标, then the total.

The order follows the forms that 财预〔2015〕88号 and 财预〔2020〕10号 attach and that local tables copy; a column
stands on the printed form exactly when the plan has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from zhiheng.plan.plan import Figure, Indicator, Plan
from zhiheng.reports.form import A4_LANDSCAPE, A4_PORTRAIT, Form, FormCell, Role
from zhiheng.reports.forms import head, headings
from zhiheng.reports.forms.columns import ORDINALS, Column, used, words
from zhiheng.reports.forms.duties import duty_cells, duty_groups, with_objectives
from zhiheng.reports.forms.head import Line, label, text, value

WIDE = 110
"""Shares of width beyond which a page in portrait is too narrow to read."""
HORIZONS = {"period": "实施期目标", "year": "年度目标", "": "其他"}
DUTIES = (("职责序号", 7), ("部门职责", 14), ("职责目标", 22))


@dataclass(frozen=True, slots=True)
class Band:
    """Indicators side by side with those of another horizon: 实施期目标 beside 年度目标. Most forms have one band.

    ``title`` stands over its columns where there are several; ``depth`` is how many levels stand before the names;
    ``points`` are those that level words announce (产出指标（50分）).
    """

    title: str
    rows: tuple[Indicator, ...]
    columns: tuple[Column, ...]
    depth: int
    name: str
    points: Mapping[str, str]

    @property
    def paths(self) -> list[headings.Path]:
        """The headings over the band's columns."""
        own = [*((f"{ORDINALS[level]}级指标",) for level in range(self.depth)), (self.name,), *(c.path for c in self.columns)]
        return [(self.title, path[-1]) if self.title else path for path in own]

    @property
    def widths(self) -> tuple[int, ...]:
        """Shares of the width."""
        return (*(10 for _ in range(self.depth)), 20, *(column.width for column in self.columns))

    @property
    def width(self) -> int:
        """How many columns it takes."""
        return self.depth + 1 + len(self.columns)


def form(plan: Plan, columns: Sequence[Column]) -> Form:
    """``plan`` with those of ``columns`` that it has."""
    bands = _bands(plan, used(columns, plan))
    lead = tuple(width for _, width in _lead(plan)) if plan.duties else (5,)
    own = (*lead, *(width for band in bands for width in band.widths))
    widths = head.enough(own, max(head.fund_columns(plan), 4))
    rows = tuple(_duty_rows(plan, bands[0]) if plan.duties else _rows(bands))
    heading = tuple(_headings(plan, bands, len(rows)))
    above = tuple(_above(plan, widths))
    return Form(
        title=plan.title,
        subtitle=head.subtitle(plan),
        rows=(*above, *head.stretched((*heading, *rows), len(own), len(widths) - len(own)), *_below(plan, bands, widths, len(lead))),
        widths=widths,
        heading_start=len(above),
        heading_stop=len(above) + len(heading),
        paper=A4_LANDSCAPE if sum(widths) > WIDE else A4_PORTRAIT,
    )


def _lead(plan: Plan) -> tuple[tuple[str, int], ...]:
    """The columns of the duties, with their shares of the width."""
    return DUTIES if with_objectives(plan) else DUTIES[:-1]


def _bands(plan: Plan, columns: tuple[Column, ...]) -> tuple[Band, ...]:
    """One band, or one for each horizon of the plan's targets."""
    longest = max((len(row.category) for row in plan.indicators), default=0 if plan.duties else 2)
    depth = min(2 if longest == 1 else longest, len(ORDINALS) - 1)
    name = f"{ORDINALS[depth]}级指标" if depth else "绩效指标" if plan.duties else "指标名称"
    horizons = tuple(dict.fromkeys(row.horizon for row in plan.indicators))
    if len(horizons) < 2 or plan.duties:
        return (Band("", plan.indicators, columns, depth, name, dict(plan.levels)),)
    rows = {horizon: tuple(row for row in plan.indicators if row.horizon == horizon) for horizon in horizons}
    return tuple(Band(HORIZONS.get(horizon, horizon), rows[horizon], columns, depth, name, dict(plan.levels)) for horizon in horizons)


def _above(plan: Plan, widths: tuple[int, ...]) -> Iterator[Line]:
    yield from head.fields(head.who(plan), widths)
    yield from head.fields(head.amounts(plan), widths)
    yield from head.funds(plan, widths)
    if plan.strategic_goal is not None:
        yield head.line(widths, (label("战略目标"), 3), (text(plan.strategic_goal.text), 23))
    yield from head.fields(head.notes_above(plan), widths)
    yield from head.goals(plan, widths)


def _headings(plan: Plan, bands: tuple[Band, ...], height: int) -> Iterator[Line]:
    """The heading rows; 绩效指标 stands down the left side where no duties do."""
    paths = [path for band in bands for path in band.paths]
    if plan.duties:
        yield from headings.rows([*((name,) for name, _ in _lead(plan)), *paths])
        return
    first, *rest = headings.rows(paths)
    yield (label("绩效指标", rows=1 + len(rest) + height), *first)
    yield from rest


def _duty_rows(plan: Plan, band: Band) -> Iterator[Line]:
    for duty, rows in duty_groups(plan):
        lines = tuple(_cells(replace(band, rows=rows), index) for index in range(max(len(rows), 1)))
        yield (*duty_cells(duty, len(lines))[: len(_lead(plan))], *lines[0])
        yield from lines[1:]


def _rows(bands: tuple[Band, ...]) -> Iterator[Line]:
    """Row by row, the bands beside each other; a shorter band ends in blank rows."""
    for index, _ in enumerate(zip_longest(*(band.rows for band in bands))):
        yield tuple(cell for band in bands for cell in _cells(band, index))


def _cells(band: Band, index: int) -> Line:
    """The cells of one row of a band: equal categories that follow each other merged, each level within the one above."""
    if index >= len(band.rows):
        return tuple(text("") for _ in range(band.width))
    row = band.rows[index]
    return (*_levels(band, index), text(row.name.text), *(column.of(row) for column in band.columns))


def _levels(band: Band, index: int) -> Iterator[FormCell]:
    paths = [row.category[: band.depth] + ("",) * (band.depth - len(row.category)) for row in band.rows]
    for level in range(band.depth):
        key = paths[index][: level + 1]
        if index and paths[index - 1][: level + 1] == key:
            continue
        run = next((step for step in range(index, len(paths)) if paths[step][: level + 1] != key), len(paths)) - index
        announced = f"（{band.points[key[level]]}分）" if key[level] in band.points else ""
        yield FormCell(key[level] + announced, Role.LABEL, run)


def _below(plan: Plan, bands: tuple[Band, ...], widths: tuple[int, ...], lead: int) -> Iterator[Line]:
    """总分 under the columns of 分值 and 得分, the grade, remarks."""
    if plan.total_weight is not None or plan.total_points is not None:
        yield _total(plan, bands, widths, lead)
    if plan.grade is not None:
        yield head.line(widths, (label("自评等级"), 3), (value(plan.grade.text), 23))
    yield from head.notes_below(plan, len(widths))


def _total(plan: Plan, bands: tuple[Band, ...], widths: tuple[int, ...], lead: int) -> Line:
    sums: dict[str, Figure | None] = {"weight": plan.total_weight, "points": plan.total_points}
    fields = [column.field for column in bands[0].columns]
    first = next((index for index, field in enumerate(fields) if sums.get(field) is not None), None)
    if first is None or len(bands) > 1:
        shown = [(name, figure) for name, figure in (("总分", plan.total_weight), ("总得分", plan.total_points)) if figure is not None]
        return head.line(widths, *(item for name, figure in shown for item in ((label(name), 3), (value(words(figure)), 10))))
    before = lead + bands[0].depth + 1 + first
    *under, last = (value(words(sums.get(field))) for field in fields[first:])
    return (label("总分", columns=before), *under, replace(last, columns=len(widths) - before - len(under)))
