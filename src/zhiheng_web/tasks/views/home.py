"""The first page: what I must do, and the year at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhiheng_web.organisation.authority import may
from zhiheng_web.planning.queries.overview import glances
from zhiheng_web.tasks.queries import notices
from zhiheng_web.tasks.worklist import mine, overdue

SHOWN = 8


def home(request: HttpRequest) -> HttpResponse:
    """Work list, notices and the newest tables that the viewer may see."""
    viewer = request.viewer
    late = overdue(viewer, timezone.localdate()) if may(viewer, "tasks.see_overdue", None) else []
    context = {
        "tasks": mine(viewer)[:SHOWN],
        "late": late,
        "notices": notices(viewer)[:SHOWN],
        "glances": glances(viewer),
        "reads_tables": may(viewer, "planning.see_tables", None),
        "imports": may(viewer, "planning.import_table", None),
        "reports": may(viewer, "ledgers.record_entry", None),
    }
    return render(request, "tasks/home.html", context)
