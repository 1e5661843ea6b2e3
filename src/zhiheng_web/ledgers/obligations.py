"""应办事项: how what is due comes about from calendars and from entries that expire, and how what is due stands.

An obligation is an ordinary entry, made beforehand in the state that its rule names; it is done by moving the entry on.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q

from zhiheng_web.ledgers.definition import ObligationRule, RegisterDefinition
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Register
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.wording import Text

SOON = timedelta(days=14)
"""How long before its day an obligation is shown as due soon."""
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
SUNDAY = 7


class Standing(StrEnum):
    """How an obligation stands on a day."""

    OVERDUE = "overdue"
    SOON = "soon"
    AHEAD = "ahead"
    DONE = "done"
    LATE = "late"
    EXCUSED = "excused"


STANDING_NAMES = {
    Standing.OVERDUE: Text("已逾期", "Overdue"),
    Standing.SOON: Text("即将到期", "Due soon"),
    Standing.AHEAD: Text("未到期", "Not due yet"),
    Standing.DONE: Text("已办结", "Done"),
    Standing.LATE: Text("逾期办结", "Done late"),
    Standing.EXCUSED: Text("已终结", "Closed"),
}


@dataclass(frozen=True, slots=True)
class Window:
    """One window of a calendar: its code (2020-03, 2020-Q1, 2020-W09), its first and last day, and when what belongs to it is due."""

    code: str
    text: Text
    first: date
    last: date
    due: date


def windows(rule: ObligationRule, since: date, until: date) -> Iterator[Window]:
    """The windows of a rule whose due day lies from ``since`` to ``until``, both included, in their order."""
    first = _start(rule, since - timedelta(days=800))
    while True:
        following = _next(rule, first)
        last = following - timedelta(days=1)
        due = _due(rule, last)
        if due > until:
            return
        if due >= since:
            yield _window(rule, first, last, due)
        first = following


def _start(rule: ObligationRule, day: date) -> date:
    if rule.every == "week":
        return day - timedelta(days=day.isoweekday() - 1)
    months = MONTHS[rule.every]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _next(rule: ObligationRule, first: date) -> date:
    if rule.every == "week":
        return first + timedelta(days=SUNDAY)
    return _months_on(first, MONTHS[rule.every])


def _months_on(day: date, months: int) -> date:
    """The first day of the month so many months after that of ``day``."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _due(rule: ObligationRule, last: date) -> date:
    """The day after the window by which it must be done. For weeks ``due_day`` is a weekday, of the same week with ``due_month`` 0."""
    if rule.every == "week":
        return last + timedelta(days=min(max(rule.due_day, 1), SUNDAY) - SUNDAY * (rule.due_month == 0))
    month = _months_on(last, rule.due_month)
    return month.replace(day=min(max(rule.due_day, 1), monthrange(month.year, month.month)[1]))


def _window(rule: ObligationRule, first: date, last: date, due: date) -> Window:
    year = first.year
    if rule.every == "week":
        iso = first.isocalendar()
        return Window(
            f"{iso.year}-W{iso.week:02d}", Text(f"{iso.year}年第{iso.week}周", f"week {iso.week} of {iso.year}"), first, last, due
        )
    if rule.every == "month":
        return Window(f"{year}-{first.month:02d}", Text(f"{year}年{first.month}月", f"{first:%Y-%m}"), first, last, due)
    if rule.every == "quarter":
        n = (first.month + 2) // 3
        return Window(f"{year}-Q{n}", Text(f"{year}年第{'一二三四'[n - 1]}季度", f"quarter {n} of {year}"), first, last, due)
    if rule.every == "half":
        n = 1 if first.month == 1 else 2
        return Window(f"{year}-H{n}", Text(f"{year}年{'上下'[n - 1]}半年", f"half {n} of {year}"), first, last, due)
    return Window(str(year), Text(f"{year}年", str(year)), first, last, due)


def open_states(definition: RegisterDefinition) -> tuple[str, ...]:
    """The states in which an obligation still waits: all that are not final."""
    return tuple(state.code for state in definition.states if not state.final)


def still_open(registers: Iterable[Register]) -> Q:
    """What filters open versions to obligations that wait: confirmed or reported, due on a day, not done, not in a final state."""
    found = Q(pk__in=[])
    for register in registers:
        definition = definition_of(register)
        if definition.has("due_on"):
            found |= Q(register=register, state__in=open_states(definition))
    return found & Q(known_until=FOREVER, due_on__isnull=False, done_on__isnull=True) & ~Q(standing=EntryVersion.Standing.REVOKED)


def standing_of(definition: RegisterDefinition, state: str, due: date, done: date | None, today: date) -> Standing:
    """How an obligation stands on a day. One done in time stays done; a final state without a day of doing is closed, not done."""
    if done is not None:
        return Standing.DONE if done <= due else Standing.LATE
    if state not in open_states(definition):
        return Standing.EXCUSED
    if due < today:
        return Standing.OVERDUE
    return Standing.SOON if due - today <= SOON else Standing.AHEAD
