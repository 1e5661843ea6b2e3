"""绩效运行监控报告: the letter with which a department reports a round of monitoring, and the list of what is behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhiheng.reports.form import A4_LANDSCAPE, Form, FormCell
from zhiheng.reports.forms.head import heading, text, value
from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.prose import amount, amount_of_money, day, folded, masthead, number_line, sections, signed

COLUMNS = ("序号", "绩效指标", "灯", "年度指标值", "执行情况", "应达进度", "偏差原因", "纠偏措施", "责任人", "完成期限")
WIDTHS = (4, 16, 5, 9, 9, 9, 18, 20, 8, 10)
KIND = "绩效运行监控报告"


@dataclass(frozen=True, slots=True)
class Flagged:
    """An indicator under a red or yellow lamp (``lamp`` in words): how it stands, why, and who puts it right by when."""

    name: str
    lamp: str
    target: str
    achieved: str
    due: str = ""
    cause: str = ""
    measure: str = ""
    responsible: str = ""
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """An indicator of which something is due and no figure is known: its target and what the office says of it."""

    name: str
    target: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Execution:
    """Money of the round in 万元: the budget of the year, what was spent by its last day, the rate in words and its lamp."""

    budget: Decimal | None
    executed: Decimal | None
    rate: str = ""
    lamp: str = ""
    forecast: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """What the report says of its round. ``period`` 2020年1-7月; ``lamps`` how many indicators stand under each, in words and order.

    ``dark``: how many of them are under no lamp; where all are, nothing is said of the goals. ``unknown`` are those that owe a figure.
    ``provisional``: how many lamps go by the figure of an earlier data year, because that of this one is not out.
    """

    issuer: str
    to: str
    period: str
    day: date | None
    overview: str
    execution: Execution
    lamps: Sequence[tuple[str, int]]
    flagged: Sequence[Flagged] = ()
    causes: str = ""
    next_steps: str = ""
    unknown: Sequence[Unknown] = ()
    dark: int = 0
    provisional: int = 0


def monitoring_report(number: str, said: Round) -> Content:
    """The letter; with anything under red or yellow, the list of it on pages of its own."""
    title = f"{said.issuer}{said.period}{KIND}"
    enclosure = [(Style.ATTACHMENT, "附件：红黄灯事项及纠偏措施清单")] if said.flagged else []
    page = letter(
        title,
        *masthead(said.issuer, number),
        (Style.TITLE, folded(title, KIND)),
        (Style.TO, f"{said.to}："),
        *sections(
            (
                ("总体情况", said.overview),
                ("预算执行情况", money_words(said.execution)),
                ("绩效目标完成情况", goal_words(said)),
                ("红黄灯事项", [_flag_words(place, each) for place, each in enumerate(said.flagged, 1)] or none_flagged(said)),
                ("偏差原因", causes(said)),
                ("纠偏措施", measures(said)),
                ("下一步工作", said.next_steps),
            )
        ),
        *enclosure,
        *signed(said.issuer, said.day),
    )
    return Content("monitoring_report", title, number, (page, *((flag_table(number, said.flagged),) if said.flagged else ())))


def money_words(money: Execution) -> str:
    """The money in one sentence, and why it is behind where that is said."""
    spent = f"全年预算{amount_of_money(money.budget)}，"
    spent += "执行数未取得" if money.executed is None else f"已执行{amount_of_money(money.executed)}"
    rate = f"，执行率{money.rate}" if money.rate else ""
    lamp = f"，预算执行为{money.lamp}" if money.lamp else ""
    forecast = f"；预计全年执行{amount(money.forecast)}万元" if money.forecast is not None else ""
    return f"{spent}{rate}{lamp}{forecast}。\n{money.reason}"


def lamp_words(lamps: Sequence[tuple[str, int]]) -> str:
    """How many indicators stand under each lamp; lamps without any are not named."""
    total = sum(count for _, count in lamps)
    shown = "、".join(f"{name}{count}项" for name, count in lamps if count)
    return f"本期监控绩效指标{total}项" + (f"，其中{shown}。" if shown else "。")


def all_dark(said: Round) -> bool:
    """Whether no indicator has a lamp, so that nothing can be said of the goals."""
    return said.dark > 0 and said.dark == sum(count for _, count in said.lamps)


def goal_words(said: Round) -> str:
    """The indicators under their lamps; of a table without any lamp, that nothing is known of its goals."""
    words = lamp_words(said.lamps)
    if all_dark(said):
        words += "目标尚无数据，不能判断绩效目标的完成情况。"
    if said.provisional:
        words += f"其中{said.provisional}项的统计数据尚未发布，按最近一次发布的数据暂定。"
    return words + (f"其中{len(said.unknown)}项按进度已应有完成值而没有数据。" if said.unknown else "")


def none_flagged(said: Round) -> str:
    """No red and no yellow lamp; true of what is known, and only of that."""
    if all_dark(said):
        return "目标尚无数据，不能判断有没有红灯、黄灯事项。"
    return "有数据的指标中没有红灯、黄灯事项。" if said.unknown else "本期没有红灯、黄灯事项。"


def causes(said: Round) -> str | list[str]:
    """Why it is behind, in the office's words, then why there is no figure of what owes one."""
    lines = [said.causes or ("见附件所列各事项的偏差原因。" if said.flagged else "")]
    if said.unknown:
        lines.append("没有数据的指标及其原因：")
        lines += [
            f"{place}．{each.name}（年度指标值{each.target or '未填'}）：{each.cause.rstrip('。') or '未填'}。"
            for place, each in enumerate(said.unknown, 1)
        ]
    found = [line for line in lines if line]
    if found:
        return found
    return "目标尚无数据，偏差无从判断。" if all_dark(said) else "本期没有需要说明的偏差。"


def measures(said: Round) -> str | list[str]:
    """Why each is behind and what is done about it by whom and by when; those without a measure are named once, by their numbers."""
    if not said.flagged:
        return no_measures(said)
    open_ = "、".join(str(place) for place, each in enumerate(said.flagged, 1) if not each.measure)
    lines = [_measure_words(place, each) for place, each in enumerate(said.flagged, 1)]
    return [*lines, f"第{open_}项未填写纠偏措施，责任人和期限未定。" if open_ else ""]


def no_measures(said: Round) -> str:
    """Nothing to put right, as far as is known."""
    return "没有数据的指标取得数据后再判断是否需要纠偏。" if said.unknown or all_dark(said) else "本期没有需要纠偏的事项。"


def _flag_words(place: int, each: Flagged) -> str:
    due = f"，应达进度{each.due}" if each.due else ""
    return f"{place}．{each.name}（{each.lamp}）：年度指标值{each.target or '未填'}，目前{each.achieved or '未填'}{due}。"


def _measure_words(place: int, each: Flagged) -> str:
    cause = f"原因是{each.cause.rstrip('。')}" if each.cause else ""
    if not each.measure:
        return f"{place}．{each.name}：{cause}。" if cause else ""
    who = f"责任人{each.responsible or '未定'}，期限{day(each.by, '未定')}"
    return f"{place}．{each.name}：{cause and f'{cause}；'}{each.measure.rstrip('。')}。{who}。"


def flag_table(number: str, flagged: Sequence[Flagged]) -> Form:
    """The list, its headings on every page."""
    rows: list[tuple[FormCell, ...]] = [tuple(heading(name) for name in COLUMNS)]
    for place, each in enumerate(flagged, 1):
        said = (each.cause, each.measure)
        rows.append(
            (
                value(str(place)),
                text(each.name),
                *(value(words) for words in (each.lamp, each.target, each.achieved, each.due)),
                *(text(words) for words in said),
                value(each.responsible),
                value(day(each.by)),
            )
        )
    return Form("红黄灯事项及纠偏措施清单", number_line(number), tuple(rows), WIDTHS, 0, 1, A4_LANDSCAPE)
