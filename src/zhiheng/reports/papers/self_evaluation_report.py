"""绩效自评报告: the letter that goes with the self-evaluation table, in the seven sections that such reports have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.prose import amount, amount_of_money, folded, masthead, paragraphs, sections, signed

KIND = "绩效自评报告"


@dataclass(frozen=True, slots=True)
class Part:
    """Points by level of the table: 预算执行率, 产出指标, 效益指标, or by duty; ``points`` None where nothing was scored."""

    name: str
    full: Decimal
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Override:
    """人工改分 of one indicator: from, to, why, and in which offices two persons stand for it."""

    name: str
    computed: Decimal | None
    points: Decimal | None
    reason: str
    by: str
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the report says. Amounts in 万元; ``states`` how many indicators came to what, in words and order (达到指标值, 未到期…).

    ``provisional``: total and grade are 暂定. ``correction``: which edition it corrects and why, '' of a first one.
    """

    issuer: str
    to: str
    subject: str
    year: int
    day: date | None
    overview: str
    budget: Decimal | None
    executed: Decimal | None
    rate: str
    states: Sequence[tuple[str, int]]
    goal_actual: str
    full: Decimal
    total: Decimal | None
    grade: str
    parts: Sequence[Part] = ()
    overrides: Sequence[Override] = ()
    execution: str = ""
    problems: str = ""
    improvements: str = ""
    use: str = ""
    provisional: bool = False
    correction: str = ""


def self_evaluation_report(number: str, said: Report) -> Content:
    """The report. Points that were changed by hand are named wherever the total is."""
    title = f"{said.issuer}{said.year}年度{said.subject}{KIND}"
    counted = "、".join(f"{name}{count}项" for name, count in said.states if count)
    indicators = f"绩效指标共{sum(count for _, count in said.states)}项" + (f"，其中{counted}。" if counted else "。")
    rate = f"，预算执行率{said.rate}" if said.rate else ""
    spent = f"全年预算数{amount_of_money(said.budget)}，全年执行数{amount_of_money(said.executed)}{rate}。"
    page = letter(
        title,
        *masthead(said.issuer, number),
        (Style.TITLE, folded(title, KIND)),
        (Style.TO, f"{said.to}："),
        *paragraphs(said.correction),
        *sections(
            (
                ("部门概况", said.overview),
                ("预算执行情况", [spent, said.execution]),
                ("绩效目标完成情况", [indicators, said.goal_actual]),
                ("评分情况", score_words(said)),
                ("存在的问题及原因", said.problems),
                ("改进措施", said.improvements),
                ("结果应用", said.use),
            )
        ),
        (Style.ATTACHMENT, f"附件：{said.subject}绩效自评表"),
        *signed(said.issuer, said.day),
    )
    return Content("self_evaluation_report", title, number, (page,))


def score_words(said: Report) -> list[str]:
    """The total with its grade, the parts it is the sum of, and every change by hand."""
    grade = f"，评价等级为“{said.grade}”" if said.grade else ""
    hand = f"（含人工改分{len(said.overrides)}项）" if said.overrides else ""
    open_ = "；得分和等级为暂定，按暂定数据计算，正式数据发布后更正" if said.provisional else ""
    total = (
        f"自评总分{amount(said.full)}分，得分{amount(said.total)}分{hand}{grade}{open_}。"
        if said.total is not None
        else "评分尚未完成，没有总分。"
    )
    parts = "；".join(
        f"{part.name}分值{amount(part.full)}分，" + (f"得{amount(part.points)}分" if part.points is not None else "未计分")
        for part in said.parts
    )
    changes = [
        f"人工改分：“{each.name}”按评分方案得{_points(each.computed)}，改为{_points(each.points)}，理由是{each.reason.rstrip('。')}；"
        f"改分人为{each.by}，复核人为{each.confirmed_by}。"
        for each in said.overrides
    ]
    return [total, f"其中：{parts}。" if parts else "", *changes]


def _points(points: Decimal | None) -> str:
    return "不计分" if points is None else f"{amount(points)}分"
