"""部门预算整体绩效目标表: duties, their goals, and indicators with reference values. 15 columns, A3 landscape.

The form that 临沂 published for 2020. Its second heading block, which sets 标准值 and 来源 under the standard year,
is the complete one and is what is printed.
"""

from __future__ import annotations

from collections.abc import Iterator

from zhiheng.plan.plan import Indicator, Plan
from zhiheng.reports.form import A3_LANDSCAPE, Form, FormCell, Role
from zhiheng.reports.forms import columns, head
from zhiheng.reports.forms.columns import Column, words
from zhiheng.reports.forms.duties import duty_cells, duty_groups
from zhiheng.reports.forms.head import Line, heading, label, text, value
from zhiheng.reports.forms.words import labels

WIDTHS = (5, 10, 27, 18, 29, 12, 12, 12, 15, 11, 12, 13, 16, 14, 13)
COLUMNS: tuple[Column, ...] = (
    columns.DEFINITION,
    columns.TARGET,
    *columns.REFERENCES,
    columns.REMARK,
    columns.ACTIVITY,
    columns.PROJECT,
)
FURTHER: tuple[Column, ...] = (
    columns.NATURE,
    columns.UNIT,
    columns.WEIGHT,
    columns.RULE,
    columns.ACTUAL,
    columns.POINTS,
    columns.REASON,
)
STANDARD = "标准值 (规划目标、行业标准或其他明确标准)"
HISTORY = "历史值 (统计年鉴/统计公报/内部统计/其他需明确的来源)"
SOURCE = "数据来源 (统计年鉴/统计公报/内部统计/其他需明确的来源)"
REMARK = "备注 (标准值和历史值均无的原因/其他需要说明的问题)"


def form(plan: Plan) -> Form:
    """``plan`` as the duty table. Columns that only other forms have are added at the right, so nothing is lost."""
    further = columns.levels(plan) + columns.used(FURTHER, plan) + columns.grades(plan, "")
    widths = WIDTHS + tuple(column.width for column in further)
    above = (*_money(plan, len(widths)), *_above(plan, widths))
    headings = _headings(plan, further)
    return Form(
        title=plan.title,
        subtitle=head.subtitle(plan),
        rows=(*above, *headings, *_rows(plan, further), *_below(plan, len(widths))),
        widths=widths,
        heading_start=len(above),
        heading_stop=len(above) + len(headings),
        paper=A3_LANDSCAPE,
    )


def _money(plan: Plan, width: int) -> Iterator[Line]:
    budget = plan.budget
    last = width - 12
    yield (
        label("部门名称", columns=2, rows=2),
        text(words(plan.department), rows=2),
        label("部门整体预算总额", rows=2),
        value(words(budget.total), columns=2, rows=2),
        label("1. 资金来源：（1）财政拨款", columns=2),
        value(words(budget.fiscal), columns=2),
        label("2. 资金结构：（1）基本支出", columns=2),
        value(words(budget.basic), columns=last),
    )
    yield (
        label("（2）其他资金", columns=2),
        value(words(budget.other), columns=2),
        label("（2）项目支出", columns=2),
        value(words(budget.project), columns=last),
    )


def _above(plan: Plan, widths: tuple[int, ...]) -> Iterator[Line]:
    """战略目标, then whatever the plan holds that the form has no field for, under its own label."""
    wide = len(widths) - 2
    yield (label("战略目标", columns=2), text(words(plan.strategic_goal), columns=wide))
    further = (("项目名称", plan.project), ("实施单位", plan.unit))
    named = tuple((name, cell.text) for name, cell in further if cell is not None)
    items = tuple((cell.text, figure.text) for cell, figure in plan.budget.items)
    for name, said in (*named, *items, *head.notes(plan)):
        yield (label(name, columns=2), text(said, columns=wide))
    yield from head.funds(plan, widths)
    yield from head.goals(plan, widths)


def _headings(plan: Plan, further: tuple[Column, ...]) -> tuple[Line, ...]:
    years = labels(plan.labels, plan.year)
    first = ("职责序号", "部门职责", "职责目标", "绩效指标", "指标解释", "年度指标值")
    last = (REMARK, "工作活动", "预算项目", *(column.heading for column in further))
    return (
        (
            *(heading(name, rows=4) for name in first),
            heading("指标参考值", columns=6),
            *(heading(name, rows=4) for name in last),
        ),
        (heading(STANDARD, columns=3), heading(HISTORY, columns=3)),
        (
            heading(years.planned, rows=2),
            heading(years.standard, columns=2),
            heading(years.mean, rows=2),
            heading(years.last_year, rows=2),
            heading(SOURCE, rows=2),
        ),
        (heading("标准值"), heading("来源")),
    )


def _rows(plan: Plan, further: tuple[Column, ...]) -> Iterator[Line]:
    shown = (*COLUMNS, *further)
    for duty, rows in duty_groups(plan):
        lines = tuple(_indicator(row, shown) for row in rows) or (_blank(shown),)
        yield (*duty_cells(duty, len(lines)), *lines[0])
        yield from lines[1:]


def _indicator(row: Indicator, shown: tuple[Column, ...]) -> Line:
    return (text(row.name.text), *(column.of(row) for column in shown))


def _blank(shown: tuple[Column, ...]) -> Line:
    """The row of a duty that has no indicator."""
    return tuple(FormCell("", role) for role in (Role.TEXT, *(column.role for column in shown)))


def _below(plan: Plan, width: int) -> Iterator[Line]:
    for name, cell in (("总分", plan.total_weight), ("总得分", plan.total_points), ("评价等级", plan.grade)):
        if cell is not None:
            yield (label(name, columns=3), value(cell.text, columns=width - 3))
