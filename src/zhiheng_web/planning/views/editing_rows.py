"""Adding, removing, putting back and moving rows: plain forms that lead back to the sheet."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhiheng_web.planning.actions import add_row, move_row, remove_row
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

ADDED = Text("已增加“{name}”。", "“{name}” added.")
REMOVED = Text("已移除“{name}”，可在表下方恢复。", "“{name}” removed; it can be put back below the table.")
RESTORED = Text("已恢复“{name}”。", "“{name}” put back.")
BAD = Text("请从列表中选择。", "Choose from the list.")


@login_required
@require_POST
def add(request: HttpRequest, version: UUID) -> HttpResponse:
    """Add an indicator."""
    data = request.POST
    row = add_row.add_row(
        request.viewer,
        version,
        chosen(data.get("duty", "")),
        data.get("name", ""),
        library=chosen(data.get("library", "")),
        after=chosen(data.get("after", "")),
    )
    messages.success(request, str(ADDED.with_(name=row.name)))
    return back(version, row.pk)


@login_required
@require_POST
def remove(request: HttpRequest, version: UUID, row: UUID) -> HttpResponse:
    """Take an indicator out."""
    found = remove_row.remove_row(request.viewer, version, row)
    messages.success(request, str(REMOVED.with_(name=found.name)))
    return back(version)


@login_required
@require_POST
def restore(request: HttpRequest, version: UUID, row: UUID) -> HttpResponse:
    """Put an indicator back."""
    found = remove_row.restore_row(request.viewer, version, row)
    messages.success(request, str(RESTORED.with_(name=found.name)))
    return back(version, row)


@login_required
@require_POST
def move(request: HttpRequest, version: UUID, row: UUID) -> HttpResponse:
    """Move an indicator."""
    move_row.move_row(request.viewer, version, row, step(request), chosen(request.POST.get("duty", "")))
    return back(version, row)


@login_required
@require_POST
def add_duty(request: HttpRequest, version: UUID) -> HttpResponse:
    """Add a duty."""
    duty = add_row.add_duty(request.viewer, version, request.POST.get("name", ""), request.POST.get("objective", ""))
    messages.success(request, str(ADDED.with_(name=duty.name)))
    return back(version, duty.pk)


@login_required
@require_POST
def remove_duty(request: HttpRequest, version: UUID, duty: UUID) -> HttpResponse:
    """Take a duty out."""
    found = remove_row.remove_duty(request.viewer, version, duty)
    messages.success(request, str(REMOVED.with_(name=found.name)))
    return back(version)


@login_required
@require_POST
def restore_duty(request: HttpRequest, version: UUID, duty: UUID) -> HttpResponse:
    """Put a duty back."""
    found = remove_row.restore_duty(request.viewer, version, duty)
    messages.success(request, str(RESTORED.with_(name=found.name)))
    return back(version, duty)


@login_required
@require_POST
def move_duty(request: HttpRequest, version: UUID, duty: UUID) -> HttpResponse:
    """Move a duty."""
    move_row.move_duty(request.viewer, version, duty, step(request))
    return back(version, duty)


def back(version: UUID, row: UUID | None = None) -> HttpResponse:
    """To the sheet, at the row."""
    return redirect(reverse("planning:edit", args=[version]) + (f"#r-{row}" if row else ""))


def chosen(text: str) -> UUID | None:
    """The id that a form chose, None where it chose none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Invalid("bad_choice", BAD) from None


def step(request: HttpRequest) -> int:
    """Up (-1), down (1), or neither."""
    return {"up": move_row.UP, "down": move_row.DOWN}.get(request.POST.get("step", ""), 0)
