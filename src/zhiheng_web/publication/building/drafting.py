"""The narrative as the data give it: the fixed statements of a disclosure with their numbers as references, for a person to word anew.

What a disclosure must say is taken from published ones (rules 4.2): how many projects were self-evaluated, the money and its share, total
and grade, problems, next steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhiheng_web.publication.building.extent import Extent
from zhiheng_web.publication.building.narrating import typed, unknown
from zhiheng_web.publication.building.numbers import DEPARTMENT, SHORT, numbers_of, state_of
from zhiheng_web.publication.content.narrative import Number
from zhiheng_web.publication.content.scores import Score
from zhiheng_web.publication.content.shape import Content
from zhiheng_web.publication.content.tables import PublicTable, Row

MANY = 5
"""So many indicators that fell short are named; the rest stand in the table."""
ORDER = "一二三四五"
"""一是 … 五是: values hold commas and semicolons of their own, so the items are counted and the values quoted."""


SCORED = "经自评，{department}{year}年度部门整体支出绩效自评得分{total}分（满分{ceiling}分），等级为“{grade}”。"
PROVISIONAL = (
    "经自评，{department}{year}年度部门整体支出绩效自评得分{total}分（满分{ceiling}分），等级为“{grade}”；"
    "得分和等级均为暂定，待统计数据发布后更正。"
)
OPEN = "经自评，{department}{year}年度部门整体支出绩效自评得分暂定为{low}分至{high}分（满分{ceiling}分），待统计数据发布后更正。"


Known = Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Drafted:
    """One paragraph to begin with."""

    code: str
    heading: str
    text: str
    fixed: bool = True


def drafted(content: Content, extent: Extent) -> list[Drafted]:
    """The paragraphs of a package in their order. Every reference in them is answered by the content."""
    known = numbers_of(content, extent)
    found = _budget(content, known) if content.head.kind == "budget" else _final(content, known)
    return [one for one in found if not unknown(one.text, known)]


def _budget(content: Content, known: Known) -> list[Drafted]:
    whole = content.table(DEPARTMENT)
    part = "（本次公开其中{tables_public}张）" if "tables_public" in known else ""
    among = "其中项目支出绩效目标表{projects}张，" if some("projects", known) else ""
    found = [
        Drafted(
            "scope", "绩效目标编制情况",
            f"按照预算绩效管理要求，{{department}}编制{{year}}年度绩效目标表{{tables}}张{part}，{among}"
            "共设绩效指标{indicators}项，已经财政部门批复（{approval_number}）。",
        )
    ]  # fmt: skip
    if whole is not None and whole.money.total is not None:
        found.append(
            Drafted(
                "money", "预算安排",
                "{year}年度部门预算总额{total_budget}万元，其中基本支出{basic_budget}万元、项目支出{project_budget}万元。",
            )
        )  # fmt: skip
    if whole is not None and whole.duties:
        found.append(
            Drafted(
                "goal",
                "部门整体绩效目标",
                "部门整体绩效目标围绕{duties}项职责设置绩效指标{own_indicators}项，作为年度预算执行和绩效评价的依据。",
            )
        )
    return found


def _final(content: Content, known: Known) -> list[Drafted]:
    whole = content.table(DEPARTMENT)
    found = [_scope(known)]
    if whole is not None and whole.score is not None:
        found.append(Drafted("result", "部门整体自评结果", scored_words(whole.score)))
    found.append(
        Drafted(
            "money", "预算执行情况", "全年预算数{budget}万元，全年执行数{executed}万元，预算执行率{rate}%，该项得{execution_points}分。"
        )
    )
    found.append(
        Drafted(
            "goals",
            "绩效目标完成情况",
            "部门整体共设绩效指标{own_indicators}项，达成年度目标{met}项，未达成{unmet}项，其他情形{others}项。",
        )
    )
    found += [_problems(whole), _next(whole), *_after(content, known)]
    return found


def some(name: str, known: Known) -> bool:
    """Whether a number is there and is not nothing."""
    return name in known and known[name].words not in ("", "0")


def scored_words(score: Score) -> str:
    """The sentence about total and grade: as they stand, provisional, or still open."""
    return OPEN if score.total is None else PROVISIONAL if score.provisional else SCORED


def _scope(known: Known) -> Drafted:
    """How many projects were self-evaluated, how many of them are public, the money of the same projects and its share."""
    if not some("projects_evaluated", known):
        alone = "根据预算绩效管理要求，{department}组织对{year}年度部门整体支出开展绩效自评，当年没有项目支出纳入自评。"
        return Drafted("scope", "绩效自评开展情况", alone)
    text = "根据预算绩效管理要求，{department}组织对{year}年度部门整体支出和{projects_evaluated}个项目支出开展绩效自评"
    text += "（本次公开其中{projects_public}个）" if "projects_public" in known else ""
    text += _money(known, "", "，涉及项目资金") or _money(known, "_open", "，其中公开资金的{projects_open}个项目涉及资金")
    return Drafted("scope", "绩效自评开展情况", f"{text}。")


def _money(known: Known, end: str, lead: str) -> str:
    """The money of the projects. The share is of the initial budgets, so it stands behind their sum; an adjustment of the year is in the
    other amount only. '' where no amount is known.
    """
    if f"amount{end}" not in known:
        return ""
    if f"initial{end}" not in known:
        return f"{lead}{{amount{end}}}万元"
    share = f"，占部门年初项目支出的{{share{end}}}%" if f"share{end}" in known else ""
    return f"{lead}年初预算{{initial{end}}}万元{share}，全年预算{{amount{end}}}万元"


def _problems(whole: PublicTable | None) -> Drafted:
    """What fell short, by name with target and actual as references, and what the self-evaluation says where no number is in it."""
    short = [row for row in whole.rows if _fell_short(row)][:MANY] if whole else []
    each = [f"“{{{row.slug}.name}}”，年度目标为“{{{row.slug}.target}}”，实际完成“{{{row.slug}.actual}}”" for row in short]
    named = "；".join(f"{place}是{one}" for place, one in zip(ORDER, each, strict=False)) if len(each) > 1 else "".join(each)
    closed = whole is not None and any(row.actual is None or not row.name or row.target is None for row in whole.rows)
    none = "已公开的部门整体绩效指标没有未达成年度目标的情况。" if closed else "部门整体绩效指标没有未达成年度目标的情况。"
    text = f"未达成年度目标的指标主要有：{named}。" if short else none
    said = whole.self_evaluated.problems.strip() if whole and whole.self_evaluated else ""
    return Drafted("problems", "存在的主要问题", text + (f"自评反映的主要问题：{said}" if said and not typed(said) else ""))


def _fell_short(row: Row) -> bool:
    return bool(row.name and row.target and row.actual and state_of(row) in SHORT)


def _next(whole: PublicTable | None) -> Drafted:
    said = whole.self_evaluated.improvements.strip() if whole and whole.self_evaluated else ""
    usual = "针对上述问题，将进一步压实责任、加强过程监控，完善绩效目标和指标设置，并将评价结果作为下一年度预算安排的重要依据。"
    return Drafted("next_steps", "下一步改进措施", said if said and not typed(said) else usual)


def _after(content: Content, known: Known) -> list[Drafted]:
    found = []
    if "evaluations_public" in known:
        text = "本年度开展部门评价和财政评价{evaluations}个，本次公开其中{evaluations_public}个的评价结论。"
        found.append(Drafted("evaluations", "绩效评价情况", text, fixed=False))
    elif content.evaluations:
        found.append(
            Drafted("evaluations", "绩效评价情况", "本年度开展部门评价和财政评价{evaluations}个，评价结论随本公开包一并公开。", fixed=False)
        )
    if content.rectification is not None:
        text = "评价和监控发现问题{problems}个，已整改销号{problems_closed}个。"
        found.append(Drafted("rectification", "整改情况", text, fixed=False))
    if "uses_public" in known:
        text = "结果应用{uses}项，本次公开其中{uses_public}项" + (f"，这些项目{_taken(known)}。" if content.uses else "。")
        found.append(Drafted("uses", "结果应用", text, fixed=False))
    elif content.uses:
        found.append(Drafted("uses", "结果应用", f"结果应用{{uses}}项，{_taken(known)}。", fixed=False))
    return found


def _taken(known: Known) -> str:
    """What the results took from the next budget. 压减 and 取消 are decisions of their own: both together are 核减."""
    reduced, cancelled = "cut_reduced" in known, "cut_cancelled" in known
    if reduced and cancelled:
        return "核减下一年度预算{cut}万元（压减{cut_reduced}万元、取消{cut_cancelled}万元）"
    return "压减下一年度预算{cut}万元" if reduced else "取消下一年度预算{cut}万元" if cancelled else "未核减下一年度预算"
