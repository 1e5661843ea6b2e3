"""Importing a sheet into a register: upload, preview with its faults, write, undo."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhiheng_web.ledgers.actions.answer_import import answer_import, leave_out
from zhiheng_web.ledgers.actions.cancel_import import cancel_import
from zhiheng_web.ledgers.actions.import_entries import import_entries
from zhiheng_web.ledgers.actions.map_columns import choose_sheet, map_columns
from zhiheng_web.ledgers.actions.undo_import import undo_import
from zhiheng_web.ledgers.actions.write_import import LONG, LedgerChanged, begin_writing, judge_again, write_import
from zhiheng_web.ledgers.importing.entering import STATE_TEXTS, State
from zhiheng_web.ledgers.models import EntryImport
from zhiheng_web.ledgers.queries.importing import faulty_rows, import_for, import_page, importing_register, recent_imports, template_of
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BUSY = (State.WAITING, State.READING, State.WRITING)
NO_FILE = Text("请选择要导入的文件。", "Choose the file to import.")


def start(request: HttpRequest, register: UUID) -> HttpResponse:
    """Upload a sheet; the template; the last imports."""
    found = importing_register(request.viewer, register)
    error = ""
    if request.method == "POST":
        if upload := request.FILES.get("file"):
            try:
                return redirect("ledgers:one_import", import_entries(request.viewer, register, upload).pk)
            except Refusal as refusal:
                error = str(refusal.text)
        else:
            error = str(NO_FILE)
    imports = [(batch, STATE_TEXTS[batch.state]) for batch in recent_imports(request.viewer, found)]
    context = {"register": found, "imports": imports, "error": error, "largest": settings.LARGEST_UPLOAD // 2**20, "entry_page": True}
    return render(request, "ledgers/importing/start.html", context, status=400 if error else 200)


def template_file(request: HttpRequest, register: UUID) -> HttpResponse:
    """The Excel template of a register."""
    found, content = template_of(request.viewer, register)
    return _file(content, f"{found.name_zh}-模板.xlsx")


def one(request: HttpRequest, batch: UUID) -> HttpResponse:
    """How an import stands: reading, the preview with its faults, what was written."""
    number = request.GET.get("page", "1")
    page = import_page(request.viewer, batch, column=request.GET.get("column", ""), page=int(number) if number.isdecimal() else 1)
    context = {"page": page, "batch": page.batch, "state": STATE_TEXTS[page.batch.state], "entry_page": True}
    if page.batch.state in BUSY:
        context["progress"] = _progress(page.batch)
    return render(request, "ledgers/importing/import.html", context)


def _progress(batch: EntryImport) -> dict[str, object]:
    address = reverse("ledgers:one_import", args=[batch.pk])
    reading = batch.state != State.WRITING
    return {
        "text": STATE_TEXTS[batch.state],
        "done": batch.row if reading else 0,
        "total": batch.rows if reading else 0,
        "ended": batch.state not in BUSY,
        "poll_url": f"{address}progress/",
        "cancel_url": f"{address}cancel/" if reading else "",
        "next_url": address,
    }


def progress(request: HttpRequest, batch: UUID) -> HttpResponse:
    """How far it has come, asked again and again; the page itself once it has ended."""
    found = import_for(request.viewer, batch)
    if found.state in BUSY:
        return render(request, "ui/progress.html", {"progress": _progress(found)})
    return HttpResponse(headers={"HX-Redirect": reverse("ledgers:one_import", args=[found.pk])})


@require_POST
def cancel(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Stop the reading, or put the sheet away."""
    register = cancel_import(request.viewer, batch).register_id
    messages.success(request, Text("已取消，没有导入任何内容。", "Cancelled; nothing was imported."))
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": reverse("ledgers:import_entries", args=[register])})
    return redirect("ledgers:import_entries", register)


@require_POST
def columns(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Say what each column is."""
    said = {int(name[7:]): value for name, value in request.POST.items() if name.startswith("column-") and name[7:].isdecimal() and value}
    map_columns(request.viewer, batch, said, request.POST.get("name", ""))
    return redirect("ledgers:one_import", batch)


@require_POST
def sheet(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Choose the sheet and the row of its heading."""
    row = request.POST.get("row", "")
    choose_sheet(request.viewer, batch, request.POST.get("sheet", ""), int(row) if row.isdecimal() else None)
    return redirect("ledgers:one_import", batch)


@require_POST
def answer(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Let a word stand for a choice in all rows."""
    data = request.POST
    answer_import(request.viewer, batch, data.get("column", ""), data.get("word", ""), data.get("choice", ""))
    return redirect("ledgers:one_import", batch)


@require_POST
def out(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Leave the faulty rows out, or take them in again."""
    leave_out(request.viewer, batch, out="out" in request.POST)
    return redirect("ledgers:one_import", batch)


@require_POST
def write(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Write what the preview shows: at once, or by the worker where it is long."""
    found = import_for(request.viewer, batch)
    if found.rows > LONG:
        begin_writing(request.viewer, batch)
        return redirect("ledgers:one_import", batch)
    try:
        write_import(request.viewer, batch)
        messages.success(request, Text("已导入。", "Imported."))
    except LedgerChanged as changed:
        judge_again(found, changed.text)
    return redirect("ledgers:one_import", batch)


@require_POST
def undo(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Undo the import as a whole."""
    undo_import(request.viewer, batch, request.POST.get("reason", ""))
    messages.success(request, Text("已整体撤销；原有记录恢复为导入前的内容。", "Undone as a whole; what was known before holds again."))
    return redirect("ledgers:one_import", batch)


def faults(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The faulty rows as a workbook with what is wrong."""
    name, content = faulty_rows(request.viewer, batch)
    return _file(content, f"{name}-问题.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=WORKBOOK)
    response.headers["Content-Disposition"] = _attached(name)
    return response


def _attached(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(True, name) or "attachment"
