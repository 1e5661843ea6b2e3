"""Work list, overdue list, notices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope
from zhiheng_web.tasks import queries
from zhiheng_web.tasks.policies import WATCHERS
from zhiheng_web.tasks.worklist import mine, overdue

LAST = 100


@require_GET
def worklist(request: HttpRequest) -> HttpResponse:
    """All that I must do."""
    return render(request, "tasks/worklist.html", {"tasks": mine(request.viewer)})


@require_GET
def late(request: HttpRequest) -> HttpResponse:
    """All that is overdue within my reach."""
    viewer = request.viewer
    watched = next((Scope(held.department, held.unit, frozenset({held.office} - {None})) for held in viewer.bounds(WATCHERS)), Scope())
    authorise(viewer, "tasks.see_overdue", watched)
    return render(request, "tasks/overdue.html", {"tasks": overdue(viewer, timezone.localdate())})


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """My notices."""
    return render(request, "tasks/notices.html", {"notices": queries.notices(request.viewer)[:LAST]})


@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark all my notices as read: a private note of the reader, no step of the procedure."""
    queries.notices(request.viewer).filter(read_at__isnull=True).update(read_at=timezone.now())
    return redirect("tasks:notices")
