"""The library of indicators."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Scope
from zhiheng_web.planning.actions.keep_library_indicator import (
    keep_library_indicator,
    load_common_indicators,
    switch_library_indicator,
)
from zhiheng_web.planning.forms.library import STATUS_TEXTS, LibraryForm
from zhiheng_web.planning.queries.library import Wanted, entry_from_row, library_entry_for, library_page, may_keep, owners
from zhiheng_web.planning.weighing import DIRECTIONS
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

KEPT = Text("已保存。", "Saved.")


def entries(request: HttpRequest) -> HttpResponse:
    """Search the library."""
    asked = request.GET
    wanted = Wanted(asked.get("q", "")[:100], asked.get("owner", ""), asked.get("level", ""), asked.get("disabled") == "1")
    number = asked.get("page", "1")
    found = library_page(request.viewer, wanted, int(number) if number.isdecimal() else 1)
    query = asked.copy()
    query.pop("page", None)
    context = {
        "found": found,
        "wanted": wanted,
        "rest": query.urlencode(),
        "statuses": STATUS_TEXTS,
        "rows": [(entry, DIRECTIONS.get(entry.direction, ""), STATUS_TEXTS[entry.status]) for entry in found.entries],
        "may_add": bool(owners(request.viewer)),
        "may_load": may(request.viewer, "planning.keep_common_indicator", Scope()),
    }
    return render(request, "planning/importing/library.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Add an entry, empty or from a row of a table (?row=)."""
    row, initial = _row(request)
    form = LibraryForm(request.POST or None, owners=owners(request.viewer), initial=initial)
    if request.method == "POST" and form.is_valid():
        owner = form.cleaned_data.pop("owner")
        department = None if owner == "common" else UUID(owner)
        indicator = row.indicator_id if row is not None else None
        return _kept(request, form, {"department": department, "indicator": indicator})
    return render(request, "planning/importing/library_entry.html", {"form": form, "row": row, "entry_page": True, "editable": True})


def _row(request: HttpRequest) -> tuple[Any, dict[str, object]]:
    asked = request.GET.get("row", "")
    try:
        return entry_from_row(request.viewer, UUID(asked)) if asked else (None, {})
    except ValueError:
        return None, {}


def _kept(request: HttpRequest, form: LibraryForm, where: dict[str, Any]) -> HttpResponse:
    try:
        keep_library_indicator(request.viewer, form.cleaned_data, **where)
    except Invalid as invalid:
        for name, text in invalid.fields.items():
            form.add_error(name if name in form.fields else None, text)  # type: ignore[arg-type]
        context = {"form": form, "entry_page": True, "editable": True}
        return render(request, "planning/importing/library_entry.html", context, status=invalid.status)
    messages.success(request, KEPT)
    return redirect("planning:library")


def entry(request: HttpRequest, entry: UUID) -> HttpResponse:
    """See an entry; change it where one may."""
    found = library_entry_for(request.viewer, entry)
    form = LibraryForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        return _kept(request, form, {"entry": entry})
    context = {"form": form, "entry": found, "editable": may_keep(request.viewer, found), "entry_page": True}
    return render(request, "planning/importing/library_entry.html", context)


@require_POST
def switch(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Offer an entry, or no longer."""
    kept = switch_library_indicator(request.viewer, entry, enabled=request.POST.get("enabled") == "1")
    messages.success(
        request, Text("已启用。", "Offered again.") if kept.enabled else Text("已停用，已用它的表不受影响。", "No longer offered.")
    )
    return redirect("planning:library_entry", entry)


@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Add the shipped common indicators."""
    added = load_common_indicators(request.viewer)
    messages.success(request, Text("新增 {n} 条共性指标。", "{n} common indicators added.").with_(n=added))
    return redirect("planning:library")
