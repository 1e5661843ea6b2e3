"""Words of the ledgers for templates: ``{% load ledgers %}``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhiheng_web.ledgers.columns import Kind
from zhiheng_web.ledgers.definition import Column
from zhiheng_web.ledgers.measures.judging import words_of_part
from zhiheng_web.ledgers.measures.result import REASON_NAMES, STATE_NAMES, PartResult, Reason, State
from zhiheng_web.ledgers.models import Binding, EntryVersion
from zhiheng_web.ledgers.obligations import STANDING_NAMES, Standing
from zhiheng_web.ledgers.queries.reading import WAN, Cell, spaced, unit_of
from zhiheng_web.wording import Text

register = template.Library()
NAMED_UNIT = re.compile(r"\s*[（(](?:%|元|万元|yuan)[）)]$")
"""A unit at the end of a column's name."""
Entered, Change, Measure = EntryVersion.Standing, EntryVersion.Change, Binding.Measure
STANDINGS = {
    Entered.SUBMITTED.value: Text("待确认", "Awaiting confirmation"),
    Entered.RETURNED.value: Text("已退回", "Returned"),
    Entered.CONFIRMED.value: Text("已确认", "Confirmed"),
    Entered.REVOKED.value: Text("已撤销", "Revoked"),
}
TONES = {Entered.SUBMITTED.value: "info", Entered.RETURNED.value: "warn", Entered.CONFIRMED.value: "good", Entered.REVOKED.value: "bad"}
CHANGES = {
    Change.RECORDED.value: Text("登记", "Recorded"),
    Change.IMPORTED.value: Text("导入", "Imported"),
    Change.GENERATED.value: Text("自动生成", "Generated"),
    Change.CORRECTED.value: Text("更正", "Corrected"),
    Change.MOVED.value: Text("办理", "Moved on"),
    Change.PROVED.value: Text("证据变化", "Evidence changed"),
    Change.CONFIRMED.value: Text("确认", "Confirmed"),
    Change.RETURNED.value: Text("退回", "Returned"),
    Change.REVOKED.value: Text("撤销", "Revoked"),
    Change.RESTORED.value: Text("恢复", "Restored"),
}
MEASURES = {
    Measure.FLOW.value: Text("期间数", "Count in the period"),
    Measure.STOCK.value: Text("时点数", "In force on the day"),
    Measure.NET.value: Text("净增数", "Net increase"),
    Measure.TOTAL.value: Text("累计量", "Sum"),
    Measure.COVERAGE.value: Text("应办覆盖率", "Done of what was due"),
    Measure.CADENCE.value: Text("频次", "Cadence"),
    Measure.EXTERNAL.value: Text("外部统计", "Published statistic"),
}
STATE_TONES = {
    State.MET: "good",
    State.MISSED: "bad",
    State.UNDER_WAY: "info",
    State.WAITING: "warn",
    State.JUDGE: "warn",
    State.UNBOUND: "warn",
}
OBLIGATION_TONES = {Standing.OVERDUE: "bad", Standing.SOON: "warn", Standing.DONE: "good", Standing.LATE: "warn"}


@register.simple_tag
def cell(one: Cell) -> SafeString:
    """A cell: its words, what it leads to, or that it is not shown in clear and why."""
    if one.masked:
        return format_html('<span class="masked" title="{}">{}</span>', one.masked, one.words)
    if one.entry:
        from django.urls import reverse

        return format_html('<a href="{}">{}</a>', reverse("ledgers:entry", args=[one.entry]), one.words)
    return format_html("{}", one.words)


@register.filter
def heading(column: Column) -> SafeString:
    """What a column is called, with the unit in which a page shows it; a unit that the name itself ends with is not said twice."""
    unit = unit_of(column)
    return format_html("{}（{}）", NAMED_UNIT.sub("", str(column.text)), unit) if unit else format_html("{}", column.text)


@register.filter
def sum_words(total: Decimal | None, column: Column) -> str:
    """The sum of a column in the unit of its heading; — where nothing says anything."""
    if total is None:
        return "—"
    return spaced(Decimal(total) / WAN if column.kind is Kind.MONEY else Decimal(total))


@register.filter
def number(value: Decimal | int | None) -> str:
    """A number as people write it; — where there is none."""
    return "—" if value is None else spaced(Decimal(value))


@register.simple_tag
def standing_badge(standing: str) -> SafeString:
    """Whether the office stands behind an entry; nothing is said of one that it confirmed."""
    return format_html('<span class="badge {}">{}</span>', TONES.get(standing, ""), STANDINGS.get(standing, standing))


@register.filter
def standing_name(standing: str) -> Text:
    """The same in words."""
    return STANDINGS.get(standing, Text(standing, standing))


@register.filter
def change_name(change: str) -> Text:
    """How a version came about."""
    return CHANGES.get(change, Text(change, change))


@register.filter
def measure_name(measure: str) -> Text:
    """One of the seven measures."""
    return MEASURES.get(measure, Text(measure, measure))


@register.simple_tag
def actual_badge(state: Any) -> SafeString:
    """How an indicator stands."""
    return format_html('<span class="badge {}">{}</span>', STATE_TONES.get(State(state), ""), STATE_NAMES[State(state)])


@register.simple_tag
def part_words(part: PartResult) -> Text:
    """The figure of a part with its unit, a ratio with both its terms."""
    return words_of_part(part)


@register.filter
def reason_name(reason: str) -> Text:
    """Why an entry is not counted."""
    return REASON_NAMES[Reason(reason)]


@register.simple_tag
def obligation_badge(standing: str) -> SafeString:
    """How an obligation stands."""
    return format_html('<span class="badge {}">{}</span>', OBLIGATION_TONES.get(Standing(standing), ""), STANDING_NAMES[Standing(standing)])


@register.filter
def circumstance_name(state: str) -> Text:
    """What an indicator's state is called."""
    return STATE_NAMES[State(state)]
