"""Pages of the papers that ledgers give."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from zhiheng.reports.papers.printing import MEDIA_TYPES
from zhiheng_web.ledgers.actions.issue_ledger_paper import issue_ledger_paper
from zhiheng_web.ledgers.proving import prove_by_paper
from zhiheng_web.ledgers.queries import papers as queries
from zhiheng_web.wording import Text


@require_GET
def papers(request: HttpRequest, register: UUID) -> HttpResponse:
    """The papers of a register for a year."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else request.viewer.today().year
    return render(request, "ledgers/papers/papers.html", queries.papers_of_register(request.viewer, register, year))


@require_POST
def issue(request: HttpRequest, register: UUID, kind: str) -> HttpResponse:
    """Issue a paper about an entry or a period."""
    entry, period, group = (request.POST.get(name, "") for name in ("entry", "period", "group"))
    made = issue_ledger_paper(request.viewer, register, kind, entry=UUID(entry) if entry else None, period=period, group=group)
    messages.success(request, str(Text("已出具，编号 {number}。", "Issued under the number {number}.").with_(number=made.number)), "good")
    return redirect("ledgers:entry", made.entry_id) if made.entry_id else redirect("ledgers:papers", register)


@require_GET
def paper(request: HttpRequest, paper: UUID, kind: str) -> HttpResponse:
    """An issued paper as docx or pdf."""
    return _file(*queries.issued_file(request.viewer, paper, kind), kind)


@require_POST
def prove(request: HttpRequest, paper: UUID) -> HttpResponse:
    """Attach an issued paper to its entry as evidence."""
    made = prove_by_paper(request.viewer, paper)
    done = Text("已作为证据附上：{number}。", "Attached as evidence: {number}.")
    there = Text("该文书已经是这条记录的证据。", "This paper is already evidence of that entry.")
    messages.success(request, str(done.with_(number=made.number) if made.added else there), "good")
    return redirect("ledgers:entry", made.entry)


@require_GET
def draft(request: HttpRequest, register: UUID, code: str, kind: str) -> HttpResponse:
    """A paper as it would be issued now."""
    entry, period, group = (request.GET.get(name, "") for name in ("entry", "period", "group"))
    return _file(
        *queries.draft_file(request.viewer, register, code, kind, entry=UUID(entry) if entry else None, period=period, group=group), kind
    )


def _file(name: str, data: bytes, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=MEDIA_TYPES[kind])
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    return answer
