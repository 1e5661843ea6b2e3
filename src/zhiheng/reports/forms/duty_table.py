"""部门预算整体绩效目标表: duties, their goals, and indicators with reference values. 15 columns, A3 landscape.

The form that 临沂 published for 2020. Its second heading block, which sets 标准值 and 来源 under the standard year,
is the complete one and is what is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhiheng.plan.plan import Figure, Indicator, Plan
from zhiheng.reports.form import A3_LANDSCAPE, Form, FormCell, Role
from zhiheng.reports.forms import columns, head, headings
from zhiheng.reports.forms.columns import Column, words
from zhiheng.reports.forms.duties import duty_cells, duty_groups
from zhiheng.reports.forms.head import Line, label, text, value
from zhiheng.reports.forms.words import labels

LEAD = (5, 10, 27, 18)
"""Shares of width of 职责序号, 部门职责, 职责目标, 绩效指标."""
MONEY_CELLS = 8
"""How many cells the first line of the form has."""
FURTHER: tuple[Column, ...] = (
    columns.NATURE,
    columns.UNIT,
    columns.WEIGHT,
    columns.RULE,
    columns.ACTUAL,
    columns.POINTS,
    columns.REASON,
)
ABOVE = "指标参考值"
STANDARD = "标准值 (规划目标、行业标准或其他明确标准)"
HISTORY = "历史值 (统计年鉴/统计公报/内部统计/其他需明确的来源)"
SOURCE = "数据来源 (统计年鉴/统计公报/内部统计/其他需明确的来源)"
REMARK = "备注 (标准值和历史值均无的原因/其他需要说明的问题)"


def form(plan: Plan) -> Form:
    """``plan`` as the duty table.

    A plan read from a table that lacks some of the official columns is printed without them; columns that only other
    forms have are added at the right. So nothing is lost and nothing is made up.
    """
    shown = _columns(plan)
    own = LEAD + tuple(column.width for column in shown)
    widths = head.enough(own, max(head.fund_columns(plan), MONEY_CELLS))
    names = ("职责序号", "部门职责", "职责目标", "绩效指标")
    above = (*_money(plan, widths), *_above(plan, widths))
    heading = headings.rows([*((name,) for name in names), *(column.path for column in shown)])
    body = head.stretched((*heading, *_rows(plan, shown)), len(own), len(widths) - len(own))
    return Form(
        title=plan.title,
        subtitle=head.subtitle(plan),
        rows=(*above, *body, *_below(plan, len(widths))),
        widths=widths,
        heading_start=len(above),
        heading_stop=len(above) + len(heading),
        paper=A3_LANDSCAPE,
    )


def _columns(plan: Plan) -> tuple[Column, ...]:
    official = _official(plan)
    named = {field for field, _ in plan.columns}
    kept = tuple(column for column in official if not named or column in columns.used([column], plan))
    return kept + columns.levels(plan) + columns.used(FURTHER, plan) + columns.grades(plan)


def _official(plan: Plan) -> tuple[Column, ...]:
    """The official columns from 指标解释 on, with the headings that follow the year."""
    years = labels(plan.labels, plan.year)
    planned, standard, source, mean, last_year, history_source = columns.REFERENCES
    return (
        replace(columns.DEFINITION, width=29),
        columns.TARGET,
        replace(planned, path=(ABOVE, STANDARD, years.planned)),
        replace(standard, path=(ABOVE, STANDARD, years.standard, "标准值")),
        replace(source, path=(ABOVE, STANDARD, years.standard, "来源")),
        replace(mean, path=(ABOVE, HISTORY, years.mean)),
        replace(last_year, path=(ABOVE, HISTORY, years.last_year)),
        replace(history_source, path=(ABOVE, HISTORY, SOURCE)),
        replace(columns.REMARK, path=(REMARK,), width=16),
        columns.ACTIVITY,
        replace(columns.PROJECT, width=13),
    )


def _money(plan: Plan, widths: tuple[int, ...]) -> Iterator[Line]:
    """The two lines of department and money, over the columns as the official form has them."""
    budget = plan.budget
    unit = f"（{budget.unit}）" if budget.unit and not _unit_said(plan) else ""

    def named(words: str, figure: Figure | None) -> str:
        return words if figure is not None or not plan.columns else ""

    money = (
        label("1. 资金来源：（1）财政拨款" if named("x", budget.fiscal) else ""),
        value(words(budget.fiscal)),
        label("2. 资金结构：（1）基本支出" if named("x", budget.basic) else ""),
        value(words(budget.basic)),
    )
    lower = (
        label(named("（2）其他资金", budget.other)),
        value(words(budget.other)),
        label(named("（2）项目支出", budget.project)),
        value(words(budget.project)),
    )
    first = (
        label("部门名称", rows=2),
        text(words(plan.department), rows=2),
        label(named(f"部门整体预算总额{unit}", budget.total), rows=2),
        value(words(budget.total), rows=2),
    )
    spans = (2, 1, 1, 2, 2, 2, 2, len(widths) - 12) if len(widths) >= 15 else head.spread((15, 27, 18, 41, 24, 26, 23, 42), widths)
    yield tuple(replace(cell, columns=span) for cell, span in zip((*first, *money), spans, strict=True))
    yield tuple(replace(cell, columns=span) for cell, span in zip(lower, spans[4:], strict=True))


def _unit_said(plan: Plan) -> bool:
    """Whether an amount carries the unit itself, as the official form has it (5364万元)."""
    budget = plan.budget
    figures = (budget.total, budget.fiscal, budget.other, budget.basic, budget.project)
    return any(figure is not None and figure.text.strip().endswith(budget.unit) for figure in figures)


def _above(plan: Plan, widths: tuple[int, ...]) -> Iterator[Line]:
    """战略目标, then whatever the plan holds that the form has no field for, under its own label."""
    wide = len(widths) - 2
    yield (label("战略目标", columns=2), text(words(plan.strategic_goal), columns=wide))
    further = (("项目名称", plan.project), ("实施单位", plan.unit))
    named = tuple((name, cell.text) for name, cell in further if cell is not None)
    items = tuple((cell.text, figure.text) for cell, figure in plan.budget.items)
    for name, said in (*named, *items, *head.notes_above(plan)):
        yield (label(name, columns=2), text(said, columns=wide))
    yield from head.funds(plan, widths)
    yield from head.goals(plan, widths)


def _rows(plan: Plan, shown: tuple[Column, ...]) -> Iterator[Line]:
    for duty, rows in duty_groups(plan):
        lines = tuple(_line(row, shown) for row in rows) or (_line(None, shown),)
        yield (*duty_cells(duty, len(lines)), *lines[0])
        yield from lines[1:]


def _line(row: Indicator | None, shown: tuple[Column, ...]) -> Line:
    """The cells of an indicator; blank ones under a duty that has none."""
    return (FormCell(row.name.text if row is not None else "", Role.TEXT), *(column.of(row) for column in shown))


def _below(plan: Plan, width: int) -> Iterator[Line]:
    for name, cell in (("总分", plan.total_weight), ("总得分", plan.total_points), ("自评等级", plan.grade)):
        if cell is not None:
            yield (label(name, columns=3), value(cell.text, columns=width - 3))
    yield from head.notes_below(plan, width)
