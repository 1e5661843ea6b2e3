"""The lines above the indicators: fields with their labels, money, goals, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from zhiheng.plan.plan import Figure, Fund, Plan
from zhiheng.reports.form import FormCell, Role, place
from zhiheng.reports.forms.columns import words

Line = tuple[FormCell, ...]
Field = tuple[str, str]
"""A label and its words."""


def heading(words: str, rows: int = 1, columns: int = 1) -> FormCell:
    """A column heading."""
    return FormCell(words, Role.HEADING, rows, columns)


def label(words: str, rows: int = 1, columns: int = 1) -> FormCell:
    """The label of a field."""
    return FormCell(words, Role.LABEL, rows, columns)


def text(words: str, rows: int = 1, columns: int = 1) -> FormCell:
    """Running text."""
    return FormCell(words, Role.TEXT, rows, columns)


def value(words: str, rows: int = 1, columns: int = 1) -> FormCell:
    """A value."""
    return FormCell(words, Role.VALUE, rows, columns)


def subtitle(plan: Plan) -> str:
    """（2022年度） under a title that does not say the year itself."""
    return f"（{plan.year}年度）" if plan.year is not None and str(plan.year) not in plan.title else ""


def spread(shares: Sequence[int], widths: Sequence[int]) -> tuple[int, ...]:
    """How many columns of ``widths`` each cell of a line covers so that their widths come near ``shares``.

    Every cell gets one column at least; more cells than columns is a mistake of the layout: ValueError.
    """
    if len(shares) > len(widths):
        raise ValueError(f"{len(shares)} cells for {len(widths)} columns")
    edges = [sum(widths[:index]) for index in range(len(widths) + 1)]
    spans: list[int] = []
    start = 0
    for index in range(len(shares)):
        last = len(widths) - (len(shares) - index - 1)
        wanted = edges[-1] * sum(shares[: index + 1]) / sum(shares)
        stop = last if index == len(shares) - 1 else min(range(start + 1, last + 1), key=lambda edge: abs(edges[edge] - wanted))
        spans.append(stop - start)
        start = stop
    return tuple(spans)


def enough(widths: tuple[int, ...], needed: int) -> tuple[int, ...]:
    """The widths, the last one cut up where the lines above need more columns than the indicators have."""
    lacking = needed - len(widths)
    if lacking <= 0:
        return widths
    pieces = lacking + 1
    return (*widths[:-1], *(max(widths[-1] // pieces, 4) for _ in range(pieces)))


def stretched(rows: tuple[Line, ...], width: int, by: int) -> tuple[Line, ...]:
    """The rows of a table of ``width`` columns with its last column over ``by`` columns more."""
    lines: list[list[FormCell]] = [[] for _ in rows]
    for item in place(rows, width):
        last = item.column + item.cell.columns == width
        lines[item.row].append(replace(item.cell, columns=item.cell.columns + by) if last else item.cell)
    return tuple(tuple(cells) for cells in lines)


def line(widths: Sequence[int], *cells: tuple[FormCell, int]) -> Line:
    """One line over the whole width: each cell with its share of it."""
    spans = spread([share for _, share in cells], widths)
    return tuple(replace(cell, columns=span) for (cell, _), span in zip(cells, spans, strict=True))


def fields(named: Sequence[Field], widths: Sequence[int], lead: int = 2, space: int = 5) -> Iterator[Line]:
    """Labels with their words, two to a line; the last one alone takes the whole line."""
    for index in range(0, len(named), 2):
        pair = named[index : index + 2]
        shares = ((lead, space), (lead, space)) if len(pair) == 2 else ((lead, lead + 2 * space),)
        yield line(
            widths,
            *(
                item
                for (name, words), (left, right) in zip(pair, shares, strict=True)
                for item in ((label(name), left), (text(words), right))
            ),
        )


def who(plan: Plan) -> tuple[Field, ...]:
    """项目名称, 主管部门 or 部门名称, 实施单位: those that the plan has."""
    named = (
        ("项目名称", plan.project),
        ("主管部门" if plan.project is not None or plan.unit is not None else "部门名称", plan.department),
        ("实施单位", plan.unit),
    )
    return tuple((name, cell.text) for name, cell in named if cell is not None)


def months(plan: Plan) -> str:
    """The months that a monitoring table covers, as its headings say them: 1-7月; '' where it names none."""
    if plan.months is None:
        return ""
    first, last = plan.months
    return f"{last}月" if first == last else f"{first}-{last}月"


FundColumn = tuple[str, Callable[[Fund], Figure | None]]


def fund_titles(plan: Plan) -> tuple[FundColumn, ...]:
    """The columns of 项目资金; those of a monitoring table speak of its months."""
    said = months(plan)
    monitored = plan.layout == "monitoring"
    return (
        ("年初预算数", lambda fund: fund.initial),
        ("全年预算数（A）", lambda fund: fund.budget),
        (f"{said}执行数" if monitored else "全年执行数（B）", lambda fund: fund.executed),
        ("分值", lambda fund: fund.points),
        (f"{said}执行率" if monitored else "执行率（B/A）", lambda fund: fund.rate),
        ("得分", lambda fund: fund.score),
        ("全年预计执行数", lambda fund: fund.forecast),
    )


def fund_columns(plan: Plan) -> int:
    """How many columns the block of funds needs; 0 without one."""
    shown = [get for _, get in fund_titles(plan) if any(get(fund) is not None for fund in plan.budget.funds)]
    return len(shown) + 2 if plan.budget.funds else 0


def funds(plan: Plan, widths: Sequence[int]) -> Iterator[Line]:
    """项目资金: a line for each fund under the columns that the form has."""
    rows = plan.budget.funds
    if not rows:
        return
    shown = [(name, get) for name, get in fund_titles(plan) if any(get(fund) is not None for fund in rows)]
    name = f"项目资金（{plan.budget.unit}）" if plan.budget.unit else "项目资金"
    shares = (3, 5, *(3 for _ in shown))
    spans = spread(shares, widths)
    cells = (label(name, rows=len(rows) + 1), label(""), *(heading(title) for title, _ in shown))
    yield tuple(replace(cell, columns=span) for cell, span in zip(cells, spans, strict=True))
    for fund in rows:
        figures = (text(fund.name.text), *(value(words(get(fund))) for _, get in shown))
        yield tuple(replace(cell, columns=span) for cell, span in zip(figures, spans[1:], strict=True))


def amounts(plan: Plan) -> tuple[Field, ...]:
    """The named amounts, with the unit of money beside the first. A total taken from the funds stands there already."""
    budget = plan.budget
    unit = f"（{budget.unit}）" if budget.unit else ""
    taken = bool(budget.funds) and budget.total == budget.funds[0].budget
    named = (
        ("资金总额", None if taken else budget.total),
        ("财政拨款", budget.fiscal),
        ("其他资金", budget.other),
        ("基本支出", budget.basic),
        ("项目支出", budget.project),
    )
    shown = [(name, figure.text) for name, figure in named if figure is not None]
    shown += [(cell.text, figure.text) for cell, figure in budget.items]
    return tuple((name + unit if index == 0 else name, words) for index, (name, words) in enumerate(shown))


BELOW = re.compile(r"注|说明|备注|附件|填表说明|填报人?|(单位)?负责人|.*意见.*|主办.*|其他需要说明.*")
"""Labels of what stands under a table, not in its head."""


def notes_above(plan: Plan) -> tuple[Field, ...]:
    """Fields of the published table that no official field holds, under their own labels."""
    return tuple((name.text, said.text) for name, said in plan.notes if not BELOW.fullmatch(name.text))


def notes_below(plan: Plan, width: int) -> Iterator[Line]:
    """Remarks that stand below a table (填表说明：…), each over the whole width."""
    for name, said in plan.notes:
        if BELOW.fullmatch(name.text):
            yield (text(f"{name.text}：{said.text}", columns=width),)


def goals(plan: Plan, widths: Sequence[int]) -> Iterator[Line]:
    """年度总体目标, with 实际完成情况 beside it where the form has it."""
    for goal in plan.goals:
        if goal.actual is None:
            yield line(widths, (label("年度总体目标"), 4), (text(goal.expected.text), 22))
            continue
        spans = spread((3, 11, 12), widths)
        titles = (label("年度总体目标", rows=2), heading("预期目标"), heading("实际完成情况"))
        yield tuple(replace(cell, columns=span) for cell, span in zip(titles, spans, strict=True))
        said = (text(goal.expected.text), text(goal.actual.text))
        yield tuple(replace(cell, columns=span) for cell, span in zip(said, spans[1:], strict=True))
