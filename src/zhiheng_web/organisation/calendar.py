"""工作日 and 自然日: whether a day is worked, and the day so many days after another.

The week decides, except on a day that the calendar names (法定节假日 and 调休): rows of CalendarDay, edited by the administrator.
"""

from __future__ import annotations

from datetime import date, timedelta

from zhiheng_web.organisation.models import CalendarDay

SATURDAY = 5
CHUNK = 60
"""Days looked up in one query while working days are counted."""


def is_working(day: date) -> bool:
    """Whether ``day`` is worked: as the calendar says, else Monday to Friday. One query."""
    return working_days(day, day)[day]


def add_days(day: date, n: int, working: bool) -> date:
    """The day ``n`` days after ``day`` (before it if negative): all days, or only worked ones, ``day`` itself not counted.

    With ``working`` and 0, the day itself if it is worked, else the next worked day. One query for each 60 days passed.
    """
    if not working:
        return day + timedelta(days=n)
    step = -1 if n < 0 else 1
    left = abs(n)
    if left == 0:
        day, left = day - timedelta(days=1), 1
    known: dict[date, bool] = {}
    while left:
        day += timedelta(days=step)
        if day not in known:
            far = day + timedelta(days=step * (CHUNK - 1))
            known = working_days(min(day, far), max(day, far))
        left -= known[day]
    return day


def working_days(first: date, last: date) -> dict[date, bool]:
    """Each day from ``first`` to ``last`` with whether it is worked. One query."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    named = dict(CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "working"))
    return {day: named.get(day, day.weekday() < SATURDAY) for day in days}
