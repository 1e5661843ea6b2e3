"""The calendar of a year: what is written, and what the published holidays say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version

import chinese_calendar

from zhiheng_web.organisation.actions.edit_calendar import NamedDay
from zhiheng_web.organisation.calendar import SATURDAY
from zhiheng_web.organisation.models import CalendarDay
from zhiheng_web.wording import Text

HOLIDAYS: dict[str, Text] = {
    "New Year's Day": Text("元旦", "New Year's Day"),
    "Spring Festival": Text("春节", "Spring Festival"),
    "Tomb-sweeping Day": Text("清明节", "Tomb-sweeping Day"),
    "Labour Day": Text("劳动节", "Labour Day"),
    "Dragon Boat Festival": Text("端午节", "Dragon Boat Festival"),
    "National Day": Text("国庆节", "National Day"),
    "Mid-autumn Festival": Text("中秋节", "Mid-autumn Festival"),
    "Anti-Fascist 70th Day": Text("抗战胜利70周年纪念日", "Victory Day, 70th anniversary"),
}


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the page: weeks of seven days, None outside the month."""

    number: int
    weeks: list[list[CalendarDay | None]]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the calendar. ``known`` tells whether the package knows the published holidays of that year."""

    year: int
    months: list[Month]
    named: list[CalendarDay]
    known: bool
    source: str
    working_days: int


def package_source() -> str:
    """Where seeded days come from."""
    return f"chinesecalendar {version('chinesecalendar')}（国务院办公厅节假日安排）"


def published(year: int) -> list[NamedDay]:
    """The days of ``year`` that the published arrangement takes from or adds to the week; none for a year it does not know."""
    days = []
    day = date(year, 1, 1)
    while day.year == year:
        try:
            holiday, name = chinese_calendar.get_holiday_detail(day)
        except NotImplementedError:
            return []
        if holiday == (day.weekday() < SATURDAY):
            days.append(NamedDay(day, not holiday, _holiday(name) + ("" if holiday else "调休")))
        elif holiday and name:
            days.append(NamedDay(day, False, _holiday(name)))
        day += timedelta(days=1)
    return days


def _holiday(name: str | None) -> str:
    return HOLIDAYS[name].zh if name in HOLIDAYS else (name or "")


def year_seen(year: int) -> Year:
    """The year as it is written. One query."""
    named = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
    months, working = [], 0
    for number in range(1, 13):
        days: list[CalendarDay | None] = [None] * date(year, number, 1).weekday()
        day = date(year, number, 1)
        while day.month == number:
            row = named.get(day) or CalendarDay(day=day, working=day.weekday() < SATURDAY)
            working += row.working
            days.append(row)
            day += timedelta(days=1)
        days += [None] * (-len(days) % 7)
        months.append(Month(number, [days[n : n + 7] for n in range(0, len(days), 7)]))
    return Year(year, months, list(named.values()), bool(published(year)), package_source(), working)
