"""A scored self-evaluation as the library's table: actuals, points, reasons, total, grade. Papers, publication and the audit read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from zhiheng.plan.plan import Cell, Figure, Fund, Goal, Indicator, Plan, Table
from zhiheng.scoring.observation import (
    Counted,
    InParts,
    Missing,
    NotDue,
    NothingDue,
    NotOrganised,
    Observation,
    Provisional,
    Rated,
    Reported,
    Zero,
)
from zhiheng.scoring.rounding import ROUNDINGS
from zhiheng.scoring.scorecard import RowScore, Scorecard
from zhiheng.scoring.trace import printed
from zhiheng.values import value as values
from zhiheng.values.parse import parse
from zhiheng.values.reading import Reading
from zhiheng.values.value import Quantity
from zhiheng_web.evaluation.ground import Ground, Scored, points_figure

TIERS = {1: "达成年度指标", 2: "部分达成年度指标并具有一定效果", 3: "未达成年度指标且效果较差"}
LEFT = "—"
LAYOUT = "self-evaluation"


@dataclass(frozen=True, slots=True)
class RowWords:
    """What people wrote and saw of one row. ``shown`` are the words of its value."""

    shown: str
    reason: str = ""
    improvement: str = ""


def paper_table(ground: Ground, scored: Scored, words: Sequence[RowWords], goal_actual: str) -> Table:
    """The table of a self-evaluation as it is printed. A row that left the total shows a dash for its points."""
    plan, card = ground.table.plan, scored.card
    scores = {row.index: row for row in card.rows}
    rows = tuple(
        printed_row(indicator, ground.observed.get(index), scores.get(index), words[index])
        for index, indicator in enumerate(plan.indicators)
    )
    whole = replace(
        plan, layout=LAYOUT, indicators=rows, budget=replace(plan.budget, funds=funds_of(plan, scores.get(None))),
        goals=goals_of(plan, goal_actual), total_weight=points_figure(card.ceiling), total_points=total_of(card),
        grade=Cell(card.grade) if card.grade else None,
    )  # fmt: skip
    return replace(ground.table, plan=whole)


def total_of(card: Scorecard) -> Figure | None:
    """总分; none while a row is open."""
    return None if card.total is None else points_figure(card.total)


def goals_of(plan: Plan, goal_actual: str) -> tuple[Goal, ...]:
    """年度总体目标 with what came of it: of several goals the words stand at the first."""
    expected = plan.goals or (Goal(plan.strategic_goal or Cell("")),)
    return (replace(expected[0], actual=Cell(goal_actual)), *expected[1:])


def funds_of(plan: Plan, score: RowScore | None) -> tuple[Fund, ...]:
    """项目资金 with the points of the total row."""
    if not plan.budget.funds or score is None:
        return plan.budget.funds
    total = plan.budget.funds[0]
    given = None if score.points is None else points_figure(score.points)
    own = {"points": points_figure(score.effective), "score": given}
    if score.effective <= 0:  # a budget of 0 has no rate: its points left the total
        own = {"points": Figure(parse(LEFT)), "score": Figure(parse(LEFT))}
    return (replace(total, rate=rate_of(total), **own), *plan.budget.funds[1:])


def rate_of(fund: Fund) -> Figure | None:
    """执行率(B/A) to two places; none of a budget of 0 or of money not known."""
    figures = [cell.reading.value if cell is not None else None for cell in (fund.budget, fund.executed)]
    match figures:
        case [Quantity(amount=budget), Quantity(amount=spent)] if budget:
            return percent_figure(spent, budget)
        case _:
            return None


def percent_figure(over: Decimal, under: Decimal) -> Figure:
    """A share as per cent, half up to two places."""
    share = ROUNDINGS["half_up_2"].apply(Fraction(over) / Fraction(under) * 100)
    return Figure(Reading(f"{printed(share)}%", Quantity(share, "%")))


def printed_row(indicator: Indicator, observed: Observation | None, score: RowScore | None, words: RowWords) -> Indicator:
    """One row with its actual, points and reason."""
    weight, points = indicator.weight, None
    if score is not None:
        left = score.effective <= 0
        weight = Figure(parse(LEFT)) if left else points_figure(score.effective)
        points = Figure(parse(LEFT)) if left else None if score.points is None else points_figure(score.points)
    actual = Figure(actual_reading(observed, words.shown)) if observed is not None else None
    return replace(indicator, weight=weight, actual=actual, points=points, reason=Cell(reason_words(words)))


def reason_words(words: RowWords) -> str:
    """偏差原因分析及改进措施 as one cell."""
    reason, improvement = words.reason.strip(), words.improvement.strip()
    if not improvement:
        return reason
    return f"{reason}\n改进措施：{improvement}" if reason else f"改进措施：{improvement}"


def actual_reading(observed: Observation, shown: str) -> Reading:
    """The cell 实际完成值: words that read back as what was observed, wherever the form can say it."""
    match observed:
        case Reported(value):
            return of_value(value, shown)
        case Zero():
            return Reading(shown or "0", Quantity(Decimal(0)))
        case Counted(over, under):
            return percent_figure(over, under).reading if under else Reading("无应办事项", values.NotApplicable("无应办事项"))
        case Missing():
            return Reading("", values.Missing())
        case NotDue(reason):
            return Reading(reason or "未到期", values.NotDue(reason or "未到期"))
        case NothingDue(reason):
            return Reading("无应办事项", values.NotApplicable(reason or "无应办事项"))
        case NotOrganised(document):
            return Reading("未组织", values.NotOrganised(document))
        case Provisional(edition, value):
            return Reading(f"{of_value(value, shown).text}（{edition}，暂定）", value)
        case Rated(tier):
            return parse(TIERS.get(tier, ""))
        case InParts():
            return Reading(shown, parse(shown).value)


def of_value(value: values.Value, shown: str) -> Reading:
    """A value with the words it is printed in."""
    if isinstance(value, Quantity) and value.op is values.Comparator.EQ and value.upper is None and not value.qualifier:
        return Reading(f"{printed(value.amount)}{value.unit}", value)
    if isinstance(value, values.Achieved):
        return Reading("完成" if value.done else "未完成", value)
    return Reading(shown or value.__class__.__name__, value)


def marks(scored: Scored) -> Mapping[int, str]:
    """The mark of an override beside the points of a row: ``*``."""
    return dict.fromkeys(sorted(scored.overridden), "*")
