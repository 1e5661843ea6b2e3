"""Evidence: adding to one entry or to many, looking at a page of it, downloading, withdrawing."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_POST

from zhiheng_web.ledgers.actions.add_evidence import add_evidence
from zhiheng_web.ledgers.actions.withdraw_evidence import withdraw_evidence
from zhiheng_web.ledgers.evidence_store.pictures import SMALL, WIDTH, can_show, picture_of
from zhiheng_web.ledgers.forms.evidence import EvidenceForm
from zhiheng_web.ledgers.queries.evidence import content_of, entry_evidence, evidence_page, lacking_evidence, openable
from zhiheng_web.organisation.authority import absent
from zhiheng_web.trail.action import Invalid
from zhiheng_web.ui.exporting import uploaded
from zhiheng_web.wording import Text

ADDED = Text("已保存 {n} 份证据。", "{n} pieces of evidence stored.")
NOTHING = Text("这些证据此前已登记，未重复保存。", "This evidence is on record already; nothing was stored again.")
WITHDRAWN = Text("证据已撤回，记录保留。", "The evidence is withdrawn and stays on record.")
NONE_CHOSEN = Text("请先勾选要补证据的记录。", "Choose the entries first.")


def add(request: HttpRequest, entry: UUID) -> HttpResponse:
    """The evidence of an entry and the form to add to it: several files at once, or an address."""
    of = entry_evidence(request.viewer, entry)
    form = EvidenceForm(
        of.definition, request.POST or None, request.FILES or None, initial={"kind": of.needed[0].code if of.needed else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            _tell(request, len(add_evidence(request.viewer, [entry], form.files_given, **form.facts)))
            return redirect("ledgers:add_evidence", entry)
        except Invalid as refused:
            form.refused(refused)
    context = {"of": of, "form": form, "largest": settings.LARGEST_UPLOAD // 2**20, "entry_page": True}
    return render(request, "ledgers/evidence/add.html", context, status=400 if form.errors else 200)


def bulk(request: HttpRequest, register: UUID) -> HttpResponse:
    """The entries that lack evidence; the chosen ones are proved by the same files."""
    asked = request.GET.get("page", "")
    found = lacking_evidence(request.viewer, register, int(asked) if asked.isdecimal() else 1)
    form = EvidenceForm(found.definition, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _tell(request, len(add_evidence(request.viewer, form.entries(request.POST.getlist("entry")), form.files_given, **form.facts)))
            return redirect("ledgers:evidence_bulk", register)
        except Invalid as refused:
            form.refused(refused)
    context = {
        "found": found,
        "form": form,
        "chosen": request.POST.getlist("entry"),
        "largest": settings.LARGEST_UPLOAD // 2**20,
        "entry_page": True,
    }
    return render(request, "ledgers/evidence/bulk.html", context, status=400 if form.errors else 200)


def _tell(request: HttpRequest, number: int) -> None:
    messages.success(request, ADDED.with_(n=number) if number else NOTHING)


@require_GET
def page(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """A piece of evidence, open at the page that proves."""
    asked = request.GET.get("page", "")
    return render(
        request, "ledgers/evidence/page.html", {"shown": evidence_page(request.viewer, evidence, int(asked) if asked.isdecimal() else None)}
    )


@require_GET
def picture(request: HttpRequest, evidence: UUID, page: int) -> HttpResponse:
    """One page as a picture; ``small`` for a list. The content never changes, so the browser may keep it for itself."""
    found = openable(request.viewer, evidence)
    if found.file is None or not can_show(found.file.media_type):
        raise absent(Text("该页", "this page"))
    width = SMALL if "small" in request.GET else WIDTH
    etag = f'"{found.file.sha256[:32]}-{page}-{width}"'
    if (known := get_conditional_response(request, etag=etag)) is not None:
        return known
    with content_of(found) as content:
        drawn = picture_of(content, found.file.media_type, page, width, found.file.name)
    return HttpResponse(drawn, content_type="image/jpeg", headers={"ETag": etag, "Cache-Control": "private, max-age=600"})


@require_GET
def file(request: HttpRequest, evidence: UUID) -> FileResponse:
    """The file as it was uploaded, always as a download and never to be guessed at."""
    found = openable(request.viewer, evidence)
    if found.file is None:
        raise absent(Text("该文件", "this file"))
    return uploaded(content_of(found), found.file.name, found.file.media_type)


@require_POST
def withdraw(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """Withdraw a piece of evidence."""
    found = withdraw_evidence(request.viewer, evidence, request.POST.get("reason", ""))
    messages.success(request, WITHDRAWN)
    return redirect("ledgers:add_evidence", found.entry_id)
