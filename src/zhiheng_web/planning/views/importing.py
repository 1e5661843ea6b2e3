"""Importing a file: upload, preview with its questions, import."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.answer_preview import Direction, answer_preview, cancel_preview, direct_preview
from zhiheng_web.planning.actions.confirm_preview import confirm_preview
from zhiheng_web.planning.actions.upload_table import upload_table
from zhiheng_web.planning.forms.importing import TargetForm, UploadForm
from zhiheng_web.planning.models import ImportPreview
from zhiheng_web.planning.queries.importing import (
    STATE_TEXTS,
    importing_units,
    preview_for,
    preview_page,
    recent_previews,
    tables_of,
)
from zhiheng_web.wording import Text

IMPORTED = Text("已导入，可以接着填写。", "Imported; go on and fill it in.")
KEPT_AS_HISTORY = Text("已作为历史申报存档，不再变动。", "Kept as declared history; it no longer changes.")
AGAIN = Text("同一内容此前已导入，未重复写入。", "The same content was imported before; nothing was written again.")
READING = (ImportPreview.State.WAITING, ImportPreview.State.READING)


def start(request: HttpRequest) -> HttpResponse:
    """Upload a file; files that wait for somebody to go on."""
    units = importing_units(request.viewer)
    form = UploadForm(units, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        found = upload_table(request.viewer, form.cleaned_data["unit"], form.cleaned_data["file"])
        return redirect("planning:preview", found.pk)
    context = {
        "form": form,
        "units": units,
        "previews": [(found, STATE_TEXTS[found.state]) for found in recent_previews(request.viewer)],
        "largest": settings.LARGEST_UPLOAD // 2**20,
        "entry_page": True,
    }
    return render(request, "planning/importing/start.html", context)


def preview(request: HttpRequest, preview: UUID) -> HttpResponse:
    """How the reading stands; the tables of the file; the only table at once."""
    found = preview_for(request.viewer, preview)
    tables = tables_of(request.viewer, found)
    if found.state == ImportPreview.State.READ and len(tables) == 1:
        return redirect("planning:preview_table", found.pk, tables[0].number)
    context = {"preview": found, "tables": tables, "state": STATE_TEXTS[found.state], "progress": _progress(found)}
    return render(request, "planning/importing/file.html", context)


def _progress(found: ImportPreview) -> dict[str, object]:
    address = reverse("planning:preview", args=[found.pk])
    return {
        "text": STATE_TEXTS[found.state],
        "done": found.step,
        "total": found.steps,
        "ended": found.state not in READING,
        "poll_url": f"{address}progress/",
        "cancel_url": f"{address}cancel/",
        "next_url": address,
    }


def progress(request: HttpRequest, preview: UUID) -> HttpResponse:
    """How far the reading has come, asked again and again; the page itself once it has ended."""
    found = preview_for(request.viewer, preview)
    if found.state in READING:
        return render(request, "ui/progress.html", {"progress": _progress(found)})
    return HttpResponse(headers={"HX-Redirect": reverse("planning:preview", args=[found.pk])})


@require_POST
def cancel(request: HttpRequest, preview: UUID) -> HttpResponse:
    """Stop the reading or put the preview away."""
    cancel_preview(request.viewer, preview)
    messages.success(request, Text("已取消，文件内容没有导入。", "Cancelled; nothing of the file was imported."))
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": reverse("planning:import")})
    return redirect("planning:import")


def table(request: HttpRequest, preview: UUID, number: int) -> HttpResponse:
    """One table on its official form with every question at its cell."""
    return render(request, "planning/importing/preview.html", _context(request.viewer, preview, number))


def _context(viewer: Viewer, preview: UUID, number: int) -> dict[str, object]:
    page = preview_page(viewer, preview, number)
    return {"page": page, "target": TargetForm.of(page), "entry_page": True}


def _again(request: HttpRequest, preview: UUID, number: int) -> HttpResponse:
    """The preview as it now stands: alone for htmx, else the page."""
    if request.htmx:
        return render(request, "planning/importing/preview_body.html", _context(request.viewer, preview, number))
    return redirect("planning:preview_table", preview, number)


@require_POST
def answer(request: HttpRequest, preview: UUID, number: int) -> HttpResponse:
    """Answer a question at its cell, or take the answer back."""
    data = request.POST
    answer_preview(request.viewer, preview, number, data.get("key", ""), data.get("choice", ""), data.get("text", ""))
    return _again(request, preview, number)


@require_POST
def direct(request: HttpRequest, preview: UUID, number: int) -> HttpResponse:
    """Choose where the table goes."""
    form = TargetForm.of(preview_page(request.viewer, preview, number), request.POST)
    if form.is_valid():
        direct_preview(request.viewer, preview, number, Direction(**form.cleaned_data))
        return _again(request, preview, number)
    context = {**_context(request.viewer, preview, number), "target": form}
    name = "preview_body" if request.htmx else "preview"
    return render(request, f"planning/importing/{name}.html", context)


@require_POST
def identities(request: HttpRequest, preview: UUID, number: int) -> HttpResponse:
    """Choose which known indicator a row is; '?' leaves it open; ``same`` takes every indicator of exactly that name."""
    said = {name.removeprefix("row-"): value for name, value in request.POST.items() if name.startswith("row-") and value != "?"}
    chosen = {position: "" if value == "new" else value for position, value in said.items()}
    if "same" in request.POST:
        chosen |= preview_page(request.viewer, preview, number).same_names
    direct_preview(request.viewer, preview, number, identities=chosen)
    return _again(request, preview, number)


@require_POST
def confirm(request: HttpRequest, preview: UUID, number: int) -> HttpResponse:
    """Import the table as the preview shows it."""
    edits = request.POST.get("edits", "")
    version = confirm_preview(request.viewer, preview, number, int(edits) if edits.isdecimal() else None)
    found = preview_for(request.viewer, preview)
    if version.created_at < found.created_at:
        messages.info(request, AGAIN)
    else:
        messages.success(request, KEPT_AS_HISTORY if version.frozen_at else IMPORTED)
    if len(tables_of(request.viewer, found)) > 1:
        return redirect("planning:preview", preview)
    return redirect("planning:version", version.pk)
