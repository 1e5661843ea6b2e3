"""What the national forms share: fields, money, goals, then indicators under 一级/二级/三级指标, then the total.

The order follows the forms that 财预〔2015〕88号 and 财预〔2020〕10号 attach and that local tables copy; a column
stands on the printed form exactly when the plan has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from zhiheng.plan.plan import Figure, Indicator, Plan
from zhiheng.reports.form import A4_LANDSCAPE, A4_PORTRAIT, Form, FormCell, Role
from zhiheng.reports.forms import head
from zhiheng.reports.forms.columns import Column, used, words
from zhiheng.reports.forms.duties import duty_cells, duty_groups
from zhiheng.reports.forms.head import Line, heading, label, text, value

LEVELS = ("一级指标", "二级指标", "三级指标", "四级指标", "五级指标")
WIDE = 110
"""Shares of width beyond which a page in portrait is too narrow to read."""


@dataclass(frozen=True, slots=True)
class Body:
    """The block of indicators: its columns from the left, and how wide each is.

    ``depth`` is the length of the longest category path; ``duties`` tells whether the duty columns are shown.
    """

    plan: Plan
    columns: tuple[Column, ...]
    depth: int
    duties: bool

    @property
    def side(self) -> bool:
        """Whether 绩效指标 stands as a label down the left side."""
        return not self.duties

    @property
    def lead(self) -> tuple[tuple[str, int], ...]:
        """The columns before the name of the indicator."""
        duties = (("职责序号", 5), ("部门职责", 12), ("职责目标", 22)) if self.duties else ()
        return duties + tuple((name, 9) for name in LEVELS[: self.depth])

    @property
    def name(self) -> str:
        """The heading over the names: 三级指标 under two levels, 绩效指标 without levels."""
        return LEVELS[self.depth] if self.depth else "指标名称" if self.side else "绩效指标"

    @property
    def widths(self) -> tuple[int, ...]:
        """The columns' shares of the width."""
        side = (5,) if self.side else ()
        return (*side, *(width for _, width in self.lead), 20, *(column.width for column in self.columns))


def form(plan: Plan, columns: Sequence[Column]) -> Form:
    """``plan`` with those of ``columns`` that it has."""
    depth = max((len(row.category) for row in plan.indicators), default=2)
    body = Body(plan, used(columns, plan), min(depth if depth != 1 else 2, len(LEVELS) - 1), bool(plan.duties))
    widths = _enough(body.widths, plan)
    stretch = len(widths) - len(body.widths)
    above = tuple(_above(plan, widths))
    headings = tuple(_widened(line, stretch) for line in _headings(body))
    rows = tuple(_widened(line, stretch) for line in _rows(body))
    below = tuple(_below(body, widths, stretch))
    return Form(
        title=plan.title,
        subtitle=head.subtitle(plan),
        rows=(*above, *headings, *rows, *below),
        widths=widths,
        heading_start=len(above),
        heading_stop=len(above) + len(headings),
        paper=A4_LANDSCAPE if sum(widths) > WIDE else A4_PORTRAIT,
    )


def _enough(widths: tuple[int, ...], plan: Plan) -> tuple[int, ...]:
    """The widths, the last one cut up where the lines above need more columns than the indicators have."""
    lacking = max(head.fund_columns(plan), 4) - len(widths)
    if lacking <= 0:
        return widths
    pieces = lacking + 1
    piece = max(widths[-1] // pieces, 4)
    return (*widths[:-1], *(piece for _ in range(pieces)))


def _widened(line: Line, stretch: int) -> Line:
    """The line with its last cell over the columns that only the lines above need."""
    return (*line[:-1], replace(line[-1], columns=line[-1].columns + stretch)) if stretch and line else line


def _above(plan: Plan, widths: tuple[int, ...]) -> Iterator[Line]:
    yield from head.fields(head.who(plan), widths)
    yield from head.funds(plan, widths)
    yield from head.fields(head.amounts(plan), widths)
    if plan.strategic_goal is not None:
        yield head.line(widths, (label("战略目标"), 3), (text(plan.strategic_goal.text), 23))
    yield from head.fields(head.notes(plan), widths)
    yield from head.goals(plan, widths)


def _headings(body: Body) -> Iterator[Line]:
    """One row of headings; two where some columns share a heading over them."""
    grouped = any(column.group for column in body.columns)
    rows = 2 if grouped else 1
    side = (label("绩效指标", rows=rows + _height(body)),) if body.side else ()
    lead = (*(heading(name, rows=rows) for name, _ in body.lead), heading(body.name, rows=rows))
    upper: list[FormCell] = []
    for group, members in groupby(body.columns, lambda column: column.group):
        inside = tuple(members)
        upper += [heading(group, columns=len(inside))] if group else [heading(column.heading, rows=rows) for column in inside]
    yield (*side, *lead, *upper)
    if grouped:
        yield tuple(heading(column.heading) for column in body.columns if column.group)


def _height(body: Body) -> int:
    """How many rows the indicators take."""
    if body.duties:
        return sum(max(len(rows), 1) for _, rows in duty_groups(body.plan))
    return len(body.plan.indicators)


def _rows(body: Body) -> Iterator[Line]:
    if not body.duties:
        yield from _indicators(body, body.plan.indicators)
        return
    for duty, rows in duty_groups(body.plan):
        lead = duty_cells(duty, max(len(rows), 1))
        lines = tuple(_indicators(body, rows)) or (tuple(text("") for _ in range(body.depth + 1 + len(body.columns))),)
        yield (*lead, *lines[0])
        yield from lines[1:]


def _indicators(body: Body, rows: tuple[Indicator, ...]) -> Iterator[Line]:
    """The rows, equal categories that follow each other merged, each level within the one above it."""
    paths = [row.category[: body.depth] + ("",) * (body.depth - len(row.category)) for row in rows]
    for index, row in enumerate(rows):
        lead = []
        for level in range(body.depth):
            key = paths[index][: level + 1]
            if index and paths[index - 1][: level + 1] == key:
                continue
            run = next((step for step in range(index, len(rows)) if paths[step][: level + 1] != key), len(rows)) - index
            lead.append(FormCell(key[level], Role.LABEL, run))
        yield (*lead, text(row.name.text), *(column.of(row) for column in body.columns))


def _below(body: Body, widths: tuple[int, ...], stretch: int) -> Iterator[Line]:
    """总分 under the columns of 分值 and 得分, then the grade."""
    plan = body.plan
    if plan.total_weight is not None or plan.total_points is not None:
        yield _total(body, widths, stretch)
    if plan.grade is not None:
        yield head.line(widths, (label("评价等级"), 3), (value(plan.grade.text), 23))


def _total(body: Body, widths: tuple[int, ...], stretch: int) -> Line:
    sums: dict[str, Figure | None] = {"weight": body.plan.total_weight, "points": body.plan.total_points}
    before = len(body.widths) - len(body.columns)
    fields = [column.field for column in body.columns]
    first = next((index for index, field in enumerate(fields) if sums.get(field) is not None), None)
    if first is None:
        named = [("总分", body.plan.total_weight), ("总得分", body.plan.total_points)]
        shown = [(name, figure) for name, figure in named if figure is not None]
        cells = [item for name, figure in shown for item in ((label(name), 3), (value(words(figure)), 10))]
        return head.line(widths, *cells)
    cells_after = [value(words(sums.get(field))) for field in fields[first:]]
    return _widened((label("总分", columns=before + first), *cells_after), stretch)
