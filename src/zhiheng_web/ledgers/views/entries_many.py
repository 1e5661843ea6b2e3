"""Pages of entering many entries: pasted cells, what waits, confirming and returning in bulk."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from zhiheng_web.ledgers.actions.confirm_entries import confirm_entries
from zhiheng_web.ledgers.actions.record_entries import record_entries
from zhiheng_web.ledgers.actions.return_entries import return_entries
from zhiheng_web.ledgers.entering.pasting import offered
from zhiheng_web.ledgers.entering.preparing import uuid_of
from zhiheng_web.ledgers.queries.entering import new_form
from zhiheng_web.ledgers.queries.pasting import paste_page
from zhiheng_web.ledgers.queries.waiting import waiting_page
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

CELL = re.compile(r"c-(\d{1,4})-(\d{1,4})")
RECORDED = Text("已登记 {n} 条。", "{n} entries are recorded.")
CONFIRMED = Text("已确认 {n} 条。", "{n} entries are confirmed.")
RETURNED = Text("已退回 {n} 条。", "{n} entries are returned.")
NONE = Text("没有选中任何记录。请先勾选。", "No entry was chosen: mark some first.")


def paste(request: HttpRequest, register: UUID) -> HttpResponse:
    """Paste a block; see every fault at its cell; record all rows once none is left."""
    empty = new_form(request.viewer, register)
    context = {"form": empty, "columns": offered(empty.definition), "entry_page": True, "text": request.POST.get("text", "")}
    if request.method != "POST":
        return render(request, "ledgers/entries/paste.html", context)
    try:
        answers = {(int(found[1]), int(found[2])): words for name, words in request.POST.items() if (found := CELL.fullmatch(name))}
        names = request.POST.getlist("column") or None
        left_out = {int(at) for at in request.POST.getlist("left_out") if at.isdecimal()}
        page = paste_page(request.viewer, register, request.POST.get("text", ""), names, answers, left_out)
        if "save" in request.POST and not page.faults and page.words:
            made = record_entries(request.viewer, register, page.words)
            messages.success(request, RECORDED.with_(n=len(made)))
            return redirect("ledgers:register", register)
    except Invalid as refusal:
        return render(request, "ledgers/entries/paste.html", {**context, "error": refusal.text}, status=refusal.status)
    status = 400 if "save" in request.POST else 200
    return render(request, "ledgers/entries/paste.html", {**context, "page": page}, status=status)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for my confirmation, and what came back to me."""
    return render(request, "ledgers/entries/waiting.html", {"page": waiting_page(request.viewer), "entry_page": True})


@require_POST
def confirm(request: HttpRequest, register: UUID) -> HttpResponseBase:
    """Confirm the chosen entries."""
    chosen = _chosen(request)
    made = confirm_entries(request.viewer, register, chosen)
    messages.success(request, CONFIRMED.with_(n=len(made)))
    return _back(request)


@require_POST
def give_back(request: HttpRequest, register: UUID) -> HttpResponseBase:
    """Return the chosen entries with a reason."""
    chosen = _chosen(request)
    made = return_entries(request.viewer, register, chosen, request.POST.get("reason", ""))
    messages.success(request, RETURNED.with_(n=len(made)))
    return _back(request)


def _chosen(request: HttpRequest) -> list[UUID]:
    chosen = [found for found in map(uuid_of, request.POST.getlist("entry")) if found]
    if not chosen:
        raise Invalid("none_chosen", NONE, {"entry": NONE})
    return chosen


def _back(request: HttpRequest) -> HttpResponseBase:
    """To the page that the form names, else to what waits."""
    address = request.POST.get("back", "")
    return redirect(address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else "ledgers:waiting")
