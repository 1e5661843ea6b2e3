"""The calendar of working days."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from zhiheng_web.organisation.actions.edit_calendar import NamedDay, edit_calendar
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.forms import CalendarDayForm
from zhiheng_web.organisation.queries.calendar import package_source, published, year_seen
from zhiheng_web.wording import Text

BY_HAND = Text("手工维护", "Entered by hand")
CHANGED = Text("日历已更新，改动 {count} 天。", "The calendar is up to date; {count} days changed.")
WORKING = {"on": True, "off": False, "week": None}


@require_safe
def calendar(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """A year."""
    year = year or timezone.localdate().year
    context = {
        "year": year_seen(year),
        "form": CalendarDayForm(),
        "may_edit": may(request.viewer, "organisation.edit_calendar", None),
    }
    return render(request, "organisation/calendar.html", context)


@require_POST
def seed(request: HttpRequest, year: int) -> HttpResponse:
    """Take over the published arrangement of a year."""
    count = edit_calendar(request.viewer, published(year), package_source())
    messages.success(request, CHANGED.with_(count=count))
    return redirect("organisation:calendar_year", year)


@require_POST
def set_day(request: HttpRequest) -> HttpResponse:
    """Write one day."""
    form = CalendarDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("organisation:calendar")
    data = form.cleaned_data
    day = NamedDay(data["on"], WORKING[data["working"]], data["name"])
    count = edit_calendar(request.viewer, [day], data["source"] or BY_HAND.zh)
    messages.success(request, CHANGED.with_(count=count))
    return redirect("organisation:calendar_year", day.day.year)
