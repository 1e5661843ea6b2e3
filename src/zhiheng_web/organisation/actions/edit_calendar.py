"""维护工作日历: the days that are worked or not, against the week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import CalendarDay
from zhiheng_web.organisation.policies import EVERYTHING
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

NOTHING = Text("没有要写入的日期。", "There is no day to write.")
MOST = 400


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day with whether it is worked; ``working`` None takes it off the calendar, so that the week decides again."""

    day: date
    working: bool | None
    name: str = ""


@action("organisation.edit_calendar")
def edit_calendar(viewer: Viewer, days: Sequence[NamedDay], source: str) -> Done[int]:
    """Write these days over what stood there; ``source`` says where they come from. Gives how many changed."""
    authorise(viewer, "organisation.edit_calendar", EVERYTHING)
    if not days or len(days) > MOST:
        raise Invalid("no_days", NOTHING)
    dates = [item.day for item in days]
    stood = {row.day: row for row in CalendarDay.objects.select_for_update(no_key=True).filter(day__in=dates)}
    before = digest_of(map(str, stood.values()))
    changed = [item for item in days if (stood[item.day].working if item.day in stood else None) is not item.working]
    changed += [item for item in days if item not in changed and item.day in stood and stood[item.day].name != item.name]
    CalendarDay.objects.filter(day__in=[item.day for item in changed]).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=item.day, working=item.working, name=item.name[:50], source=source[:200])
        for item in changed
        if item.working is not None
    )
    words = [f"{item.day} {'班' if item.working else '休' if item.working is False else '—'} {item.name}".strip() for item in changed]
    years = sorted({str(day.year) for day in dates})
    return Done(
        len(changed),
        "organisation.CalendarDay",
        years[0],
        "、".join(years),
        before=before,
        after=digest_of(map(str, CalendarDay.objects.filter(day__in=dates))),
        details={"source": source, "days": words},
        nothing=not changed,
    )
