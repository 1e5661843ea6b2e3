"""Pages of exchange: the files that go out with what they lose, a file that came in beside what stands here, its words taken over."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from zhiheng_web.evaluation.actions.take_exchange import take_exchange
from zhiheng_web.evaluation.exchanging.formats import KINDS
from zhiheng_web.evaluation.exchanging.offer import chosen
from zhiheng_web.evaluation.exchanging.standing import MONITORING, WHATS
from zhiheng_web.evaluation.queries.exchange import exchange_file, exchange_page, exchange_preview
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

SHOWN = 300
"""How many lost cells and how many faults a page lists."""
TAKEN = Text("已采纳 {n} 处说明，来自“{file}”。", "{n} texts taken over from “{file}”.")
HOMES = {MONITORING: "evaluation:report"}


def home(what: str) -> str:
    """The page of the report or self-evaluation itself."""
    return HOMES.get(what, "evaluation:self_evaluation")


@require_GET
def page(request: HttpRequest, what: str, pk: UUID) -> HttpResponse:
    """What goes out, and the form for a file to come in."""
    return _page(request, what, pk)


def _page(request: HttpRequest, what: str, pk: UUID, refused: Invalid | None = None) -> HttpResponse:
    found = exchange_page(request.viewer, what, pk)
    context = {
        "page": found, "one": found.standing, "refused": refused, "home": home(what), "about": WHATS[what], "shown": SHOWN, "names": KINDS,
        "bar_year": found.standing.table.year, "monitors": what == MONITORING, "entry_page": found.takes,
    }  # fmt: skip
    return render(request, "evaluation/exchange/page.html", context, status=400 if refused else 200)


@require_GET
def file(request: HttpRequest, what: str, pk: UUID, kind: str) -> HttpResponse:
    """A file of one kind."""
    if kind not in KINDS:
        raise Http404
    data, media_type, name = exchange_file(request.viewer, what, pk, kind)
    headers = {"Content-Disposition": content_disposition_header(True, name), "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, media_type, headers={**headers, "Cache-Control": "private, no-store"})


@require_POST
def compare(request: HttpRequest, what: str, pk: UUID) -> HttpResponse:
    """A file beside what stands here."""
    try:
        found = exchange_preview(request.viewer, what, pk, request.FILES.get("file"))
    except Invalid as refused:
        return _page(request, what, pk, refused)
    context = {
        "page": found, "one": found.standing, "found": found.found, "home": home(what), "about": WHATS[what], "shown": SHOWN,
        "bar_year": found.standing.table.year, "entry_page": True, "monitors": what == MONITORING,
    }  # fmt: skip
    return render(request, "evaluation/exchange/preview.html", context)


@require_POST
def take(request: HttpRequest, what: str, pk: UUID) -> HttpResponse:
    """Take the ticked words over."""
    ticked = None if request.POST.get("all") else request.POST.getlist("take")
    taking = chosen(request.viewer, what, pk, request.POST.get("seal", ""), ticked)
    take_exchange(request.viewer, taking)
    messages.success(request, str(TAKEN.with_(n=len(taking.cells), file=taking.file)), "good")
    return redirect(home(what), pk)
