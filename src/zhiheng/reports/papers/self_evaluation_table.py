"""部门整体/单位整体/项目支出绩效自评表: actuals, points and reasons on the official form (财预〔2020〕10号, annex 1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from zhiheng.plan.plan import Budget, Cell, Figure, Goal, Indicator, Plan
from zhiheng.reports import forms
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.opinions import Opinion, sheet
from zhiheng.reports.papers.outline import SPENDING, UNIT, Money, Said, figure, fund, matched, money_words, notes, outline
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context

FIELDS = ("target", "actual", "weight", "points", "reason")
FUND_FIELDS = ("initial", "budget", "executed", "points", "rate", "score")
STAR = "*"


@dataclass(frozen=True, slots=True)
class Changed:
    """人工改分: the points that the scheme gave, why they were changed, and in which offices two persons stand for it.

    Both offices are '' on a paper for everybody, which says that two persons stand for it without naming them.
    """

    computed: Said
    reason: str
    by: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What the self-evaluation says of one indicator.

    ``actual`` in words, a state where there is no figure: 无应办事项, 未组织（文号）, 待统计发布（暂定）, 尚无台账. ``points`` is what it
    gets, None (printed —) where the scheme takes it out of the sum. ``provisional``: they rest on a figure that only stands in (暂定).
    """

    actual: str
    weight: Said
    points: Said
    reason: str = ""
    changed: Changed | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The sum: full points, points, grade ('' while there is none), and what came of the goal of the year.

    ``provisional``: the sum is 暂定, for a row of it is. ``remarks`` stand in the foot.
    """

    full: Decimal
    total: Decimal | None
    grade: str = ""
    goal_actual: str = ""
    provisional: bool = False
    remarks: Sequence[str] = ()


def evaluated(plan: Plan, money: Sequence[Money], rows: Sequence[Evaluated], result: Result, *, kind: str) -> Plan:
    """The plan as the self-evaluation table holds it. ``rows`` follow the indicators of ``plan``, else ValueError."""
    matched(plan, rows)
    found = outline(plan, "self-evaluation", f"{SPENDING[kind]}绩效自评表", FIELDS)
    funds = tuple(fund(each, FUND_FIELDS) for each in money)
    total = funds[0].budget if funds and funds[0].name.text.endswith("总额") else None
    changed = [(row.name.text, said, said.changed) for row, said in zip(found.indicators, rows, strict=True) if said.changed is not None]
    star = STAR if changed else ""
    return replace(
        found,
        budget=Budget(UNIT, total=total, funds=funds) if funds else Budget(),
        goals=_goals(plan, found, result.goal_actual),
        indicators=tuple(_row(row, said, plan.year) for row, said in zip(found.indicators, rows, strict=True)),
        total_weight=figure(money_words(result.full)),
        total_points=_points(result.total, star, None) if result.total is not None else None,
        grade=Cell(result.grade) if result.grade else None,
        notes=notes(_notes(found.indicators, rows, result)),
    )


def _goals(plan: Plan, found: Plan, actual: str) -> tuple[Goal, ...]:
    """预期目标 beside 实际完成情况; a table by duties, which has no such goal, repeats its strategic goal."""
    expected = "\n".join(goal.expected.text for goal in found.goals)
    strategic = plan.strategic_goal.text if plan.strategic_goal is not None else ""
    if not expected and not actual.strip():
        return ()
    return (Goal(Cell(expected or strategic or "见各项职责的年度指标值"), Cell(actual.strip() or "（未填写）")),)


def _row(row: Indicator, said: Evaluated, year: int | None) -> Indicator:
    return replace(
        row,
        actual=figure(said.actual, row.name.text, year),
        weight=Figure(parse(money_words(said.weight), Context(year=year))),
        points=_points(said.points, STAR if said.changed is not None else "", year),
        reason=Cell(said.reason),
    )


def _points(points: Said, star: str, year: int | None) -> Figure:
    """Points, with the star of the footnote behind them."""
    reading = parse("—" if points is None else money_words(points), Context(year=year))
    return Figure(replace(reading, text=reading.text + star))


def _notes(indicators: Sequence[Indicator], rows: Sequence[Evaluated], result: Result) -> Iterator[str]:
    """The foot: what is provisional, what was changed by hand, further remarks."""
    named = [(row.name.text, said) for row, said in zip(indicators, rows, strict=True)]
    waiting = "、".join(f"“{name}”" for name, said in named if said.provisional)
    if result.provisional:
        what, whose = "总分和等级" if result.grade else "总分", waiting or "部分指标"
        yield f"{what}为暂定，{whose}的得分按暂定数据计算，正式数据发布后更正。"
    yield from (_footnote(name, said, said.changed) for name, said in named if said.changed is not None)
    yield from result.remarks


def _footnote(name: str, said: Evaluated, changed: Changed) -> str:
    persons = f"改分人为{changed.by}，复核人为{changed.confirmed_by}" if changed.by or changed.confirmed_by else "由两人分别提出和复核"
    return (
        f"{STAR}为人工改分。“{name}”按评分方案得{money_words(changed.computed) or '—'}分，改为{money_words(said.points) or '—'}分，"
        f"理由是{changed.reason.strip().rstrip('。')}；{persons}。"
    )


def self_evaluation_table(
    plan: Plan,
    number: str,
    money: Sequence[Money],
    rows: Sequence[Evaluated],
    result: Result,
    opinions: Sequence[Opinion] = (),
    *,
    kind: str = "department",
) -> Content:
    """The self-evaluation of a table and the opinions on it. The form reads back equal; changed points bear a star and a footnote."""
    held = evaluated(plan, money, rows, result, kind=kind)
    pages = (forms.form(held), *((sheet(f"{held.title}审签单", number, opinions),) if opinions else ()))
    return Content("self_evaluation", held.title, number, pages)
