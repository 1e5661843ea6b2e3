"""The editing pages: the sheet, and one row as a form for narrow screens and browsers without script."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiheng_web.planning.actions.answer_cell import answer_cell
from zhiheng_web.planning.actions.edit_cells import CellEdit, Edited, edit_cells
from zhiheng_web.planning.actions.reply_finding import reply_finding
from zhiheng_web.planning.queries import editing as queries
from zhiheng_web.planning.views.editing_words import script_words
from zhiheng_web.wording import Text, language

SAVED = Text("已保存{count}格。", "{count} cells saved.")
UNCHANGED = Text("没有改动。", "Nothing was changed.")


@login_required
@require_GET
def edit(request: HttpRequest, version: UUID) -> HttpResponse:
    """The version on its form, to be written in."""
    sheet = queries.sheet(request.viewer, version)
    duties, rows = queries.removed_rows(sheet.loaded) if sheet.may_arrange else ((), ())
    context = {
        "entry_page": True,
        "sheet": sheet,
        "version": sheet.version,
        "removed_duties": duties,
        "removed_rows": rows,
        "library": queries.library_for(sheet.loaded) if sheet.may_arrange else (),
        "names_before": queries.names_before(sheet.loaded) if sheet.may_arrange else (),
        "script": script_words(),
        "state": _state(request, sheet),
    }
    return render(request, "planning/editing/sheet.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_row(request: HttpRequest, version: UUID, row: str) -> HttpResponse:
    """One row as a form: the same cells, saved by the same action."""
    edited: Edited | None = None
    if request.method == "POST":
        edited = edit_cells(request.viewer, version, _edits(request, row))
        if not edited.conflicts and not edited.refused:
            messages.success(request, str(SAVED.with_(count=len(edited.saved)) if edited.saved else UNCHANGED))
            beside = _beside(queries.Sheet(request.viewer, edited.loaded), row, 1) if request.POST.get("go") == "next" else ""
            return redirect(beside or reverse("planning:edit_row", args=[version, row]))
    sheet = queries.sheet(request.viewer, version)
    context = {
        "entry_page": True,
        "sheet": sheet,
        "version": sheet.version,
        "row": row,
        "fields": _fields(sheet, row, edited, request),
        "line": next((line for line in sheet.loaded.rows if str(line.pk) == row), None),
        "duty": next((duty for duty in sheet.loaded.duties if str(duty.pk) == row), None),
        "before": _beside(sheet, row, -1),
        "after": _beside(sheet, row, 1),
    }
    return render(request, "planning/editing/row.html", context, status=409 if edited else 200)


@login_required
@require_POST
def reply_form(request: HttpRequest, version: UUID, row: str) -> HttpResponse:
    """Reply to a finding from the form of its row."""
    mark = request.POST.get("mark", "")
    reply_finding(request.viewer, version, mark, request.POST.get(f"reply:{mark}", ""))
    return redirect("planning:edit_row", version, row)


@login_required
@require_POST
def answer_form(request: HttpRequest, version: UUID, row: str) -> HttpResponse:
    """Choose among the readings of a figure from the form of its row."""
    choice, _, field = request.POST.get("choice", "").partition(":")
    number = int(choice) if choice.isdecimal() else -1
    answer_cell(request.viewer, version, row, field, request.POST.get(f"base:{field}", "").replace("\r\n", "\n"), number)
    return redirect("planning:edit_row", version, row)


def _edits(request: HttpRequest, row: str) -> list[CellEdit]:
    """What the form changed: each field whose text differs from the one it was shown with."""
    names = [name[len("base:") :] for name in request.POST if name.startswith("base:")]
    edits = (CellEdit(row, name, request.POST[f"base:{name}"], request.POST.get(f"text:{name}", "")) for name in names)
    return [edit for edit in edits if edit.base.replace("\r\n", "\n") != edit.text.replace("\r\n", "\n")]


def _fields(sheet: queries.Sheet, row: str, edited: Edited | None, request: HttpRequest) -> list[dict[str, object]]:
    """The fields of the form; after a conflict with what was typed, beside what stands there now."""
    conflicts = {conflict.edit.field: conflict for conflict in edited.conflicts} if edited else {}
    refused = {cell.edit.field: cell for cell in edited.refused} if edited else {}
    headings = {column.field.path: column.heading for column in sheet.columns}
    fields = []
    for shown in sheet.of_row(row):
        typed = shown.field in conflicts or shown.field in refused
        fields.append(
            {
                "shown": shown,
                "heading": headings.get(shown.field, str(shown.cell.field.text)),
                "text": request.POST.get(f"text:{shown.field}", "") if typed else shown.text,
                "conflict": conflicts.get(shown.field),
                "refused": refused.get(shown.field),
                "meaning": queries.meaning(shown.cell, shown.text, sheet.loaded.year),
            }
        )
    return fields


def _beside(sheet: queries.Sheet, row: str, step: int) -> str:
    """The row above or below, as an address; '' at the ends."""
    order = [queries.HEAD]
    for group in sheet.groups:
        order += [str(group.duty.pk)] if group.duty else []
        order += [str(line.row.pk) for line in group.lines]
    at = order.index(row) + step
    return reverse("planning:edit_row", args=[sheet.version.pk, order[at]]) if 0 <= at < len(order) else ""


def _state(request: HttpRequest, sheet: queries.Sheet) -> dict[str, object]:
    """What the page's script starts from."""
    pk = sheet.version.pk
    names = {"cells": "edit_cells", "preview": "edit_preview", "changes": "edit_changes", "answer": "answer_cell", "reply": "reply_finding"}
    return {
        "version": str(pk),
        "edits": sheet.version.edits,
        "account": str(request.viewer.account.pk),
        "language": language(),
        "urls": {key: reverse(f"planning:{name}", args=[pk]) for key, name in names.items()},
        "open": sheet.open and sheet.may_write,
        "columns": {
            **{column.field.path: column.heading for column in sheet.columns},
            **{shown.field: str(shown.cell.field.text) for shown in sheet.head},
            **{field.path: str(field.text) for field in queries.DUTY_FIELDS},
        },
        "duties": [{"number": group.duty.number, "name": group.duty.name} for group in sheet.groups if group.duty],
        "findings": sheet.findings_json(),
        **queries.standing(sheet),
    }
