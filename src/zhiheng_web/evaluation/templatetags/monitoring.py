"""Words of monitoring for templates: ``{% load monitoring %}``."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from zhiheng.monitoring.deviation import POSSIBILITIES, REASONS
from zhiheng.monitoring.lamp import LAMP_NAMES, Lamp
from zhiheng.scoring.trace import plain
from zhiheng_web.evaluation.ground import FUND_NAMES
from zhiheng_web.evaluation.models import MonitoringReport, RectificationItem
from zhiheng_web.evaluation.queries.rounds import policy_name
from zhiheng_web.wording import Text

register = template.Library()
SHORT: Mapping[Lamp, Text] = {
    Lamp.RED: Text("红", "red"), Lamp.YELLOW: Text("黄", "yellow"), Lamp.GREEN: Text("绿", "green"), Lamp.BLUE: Text("蓝", "blue"),
    Lamp.NONE: Text("不亮", "none"),
}  # fmt: skip
REPORT_STATES = {
    MonitoringReport.State.DRAFT.value: (Text("填报中", "Being filled in"), "info"),
    MonitoringReport.State.RETURNED.value: (Text("被退回", "Returned"), "warn"),
    MonitoringReport.State.SUBMITTED.value: (Text("已报送", "Submitted"), "good"),
}
CORRECTION_STATES = {
    RectificationItem.State.OPEN.value: (Text("整改中", "Open"), "warn"),
    RectificationItem.State.REPORTED.value: (Text("待复核", "Awaiting review"), "info"),
    RectificationItem.State.CLOSED.value: (Text("已销号", "Closed"), "good"),
}
FUNDS_EN = {"": "Total", "fiscal": "Fiscal", "carried": "Carried over", "other": "Other"}
EXPLAINED = {
    "spent_without_budget": Text("没有预算却有支出", "spent without a budget"),
    "overspent": Text("支出超过预算", "spent above the budget"),
    "budget_cut": Text("年中调减预算", "budget cut in the year"),
    "zero_budget": Text("预算为 0", "a budget of 0"),
}
"""Notes of the money that must be explained, the gravest first."""
SAID, TO_SAY = Text("，已说明", ", explained"), Text("，须说明", ": to be explained")
PROVISIONAL = Text("（{n} 项暂定）", " ({n} provisional)")
TIERS = {1: Text("达成", "met"), 2: Text("部分达成", "met in part"), 3: Text("未达成", "not met")}


@register.simple_tag
def lamp(name: str, long: bool = False, provisional: bool = False) -> SafeString:
    """A lamp: its colour, and the word for it; with ``long`` what it says. ``provisional``: by a figure of an earlier data year."""
    found = Lamp(name or "none")
    words = Text(*LAMP_NAMES[found]) if long else SHORT[found]
    if provisional and found is not Lamp.NONE:
        words = Text(f"{words.zh}（暂定）", f"{words.en} (provisional)")
    title = "" if long else Text(*LAMP_NAMES[found])
    return format_html('<span class="lamp lamp-{}" title="{}">{}</span>', found.value, title, words)


@register.simple_tag
def goals_lamp(name: str) -> SafeString:
    """The lamp of a table's goals; where no indicator has one, that nothing is known of them."""
    if Lamp(name or "none") is not Lamp.NONE:
        return lamp(name)
    return format_html('<span class="lamp lamp-none">{}</span>', Text("目标尚无数据", "no data on goals"))


@register.simple_tag
def lamp_counts(counts: Mapping[str, int], provisional: Mapping[str, int] | None = None) -> SafeString:
    """How many stand under each lamp, and how many of these only provisionally."""
    if not counts:
        return mark_safe('<span class="soft">—</span>')
    waiting = {name: PROVISIONAL.with_(n=number) for name, number in (provisional or {}).items()}
    said = ((name, SHORT[Lamp(name)], number, waiting.get(name, "")) for name, number in counts.items())
    return format_html_join(" ", '<span class="lamp lamp-{}">{} {}{}</span>', said)


@register.simple_tag
def money_explained(report: MonitoringReport) -> SafeString:
    """Beside a lamp: whether the money calls for an explanation (above the budget, without one, cut in the year) and has it."""
    found = next((text for code, text in EXPLAINED.items() if {"note": code} in report.budget_trace), None)
    if found is None:
        return mark_safe("")
    said = bool(report.budget_reason.strip())
    return format_html('<span class="badge {}">{}{}</span>', "info" if said else "warn", found, SAID if said else TO_SAY)


@register.simple_tag
def report_state(state: str) -> SafeString:
    """The state of a report."""
    text, tone = REPORT_STATES[state]
    return format_html('<span class="badge {}">{}</span>', tone, text)


@register.simple_tag
def correction_state(state: str) -> SafeString:
    """The state of a corrective action."""
    text, tone = CORRECTION_STATES[state]
    return format_html('<span class="badge {}">{}</span>', tone, text)


@register.simple_tag
def deviation_reasons() -> list[tuple[str, Text]]:
    """The reasons of the form."""
    return [(code, Text(*names)) for code, names in REASONS.items()]


@register.simple_tag
def possibilities() -> list[tuple[str, Text]]:
    """The three possibilities."""
    return [(code, Text(*names)) for code, names in POSSIBILITIES.items()]


@register.simple_tag
def tiers() -> list[tuple[int, Text]]:
    """The three tiers of a target in words."""
    return list(TIERS.items())


@register.filter
def tier_name(tier: int | None) -> Text | str:
    """A tier in words."""
    return TIERS.get(tier or 0, "—")


@register.filter
def reason_names(codes: str) -> str:
    """Reasons in the reader's language."""
    return str(Text("、", ", ")).join(str(Text(*REASONS[code])) for code in codes.split())


@register.filter
def possibility_name(code: str) -> Text | str:
    """A possibility in the reader's language."""
    return Text(*POSSIBILITIES[code]) if code in POSSIBILITIES else "—"


@register.filter
def fund_name(source: str) -> Text:
    """A source of money."""
    return Text(FUND_NAMES[source].removeprefix("其中："), FUNDS_EN[source])


@register.filter
def policy_text(name: str) -> Text:
    """A policy by its name."""
    return policy_name(name)


@register.filter
def rounded(number: Decimal | None) -> str:
    """A figure that is only looked at, half up to two places: what is due by a day is seldom a whole number."""
    return "—" if number is None else plain(number.quantize(Decimal("0.01"), ROUND_HALF_UP))


@register.filter
def figure(number: Decimal | None) -> str:
    """A figure without zeros at its end; with a sign where it is below 0."""
    return "—" if number is None else plain(number)
