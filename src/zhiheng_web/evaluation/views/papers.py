"""Pages of the papers of the year."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from zhiheng.reports.papers.printing import MEDIA_TYPES
from zhiheng_web.evaluation.actions.issue_paper import issue_paper
from zhiheng_web.evaluation.actions.keep_signed_scan import keep_signed_scan
from zhiheng_web.evaluation.policies.papers import PAPER
from zhiheng_web.evaluation.queries import year_papers as queries
from zhiheng_web.organisation.authority import absent, authorise_menu
from zhiheng_web.planning.forms.money import identifier, text
from zhiheng_web.planning.money.projects import budget_year
from zhiheng_web.planning.queries.money import years_of
from zhiheng_web.trail.action import Invalid, Refusal
from zhiheng_web.wording import Text

ISSUED = Text("已出具，编号 {number}。", "Issued under the number {number}.")
KEPT = Text("签字盖章件已登记。", "The signed scan is kept.")


@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """To the newest year, narrowed as asked."""
    authorise_menu(request.viewer, "evaluation.see_year_papers")
    year = years_of(request.viewer, request.viewer.today())[0]
    return redirect(reverse("evaluation:year_papers", args=[year], query=request.GET))


@require_GET
def year_papers(request: HttpRequest, year: int) -> HttpResponse:
    """The papers of a department's year by kind."""
    chosen = identifier(request.GET, "department")
    page = queries.year_papers(request.viewer, budget_year(year), chosen, text(request.GET, "stage"))
    return render(request, "evaluation/papers/list.html", {"page": page, "bar_year": year})


@require_GET
def paper_desk(request: HttpRequest, year: int, code: str, key: UUID) -> HttpResponse:
    """One thing that papers are about: those issued, and what would be issued now."""
    return _desk(request, year, code, key)


def _desk(request: HttpRequest, year: int, code: str, key: UUID, refused: Refusal | None = None) -> HttpResponse:
    page = queries.paper_desk(request.viewer, year, code, key)
    context = {"page": page, "subject": page.line.subject, "refused": refused, "typed": request.POST.get("number"), "bar_year": year}
    context["entry_page"] = page.can_issue
    return render(request, "evaluation/papers/desk.html", context, status=refused.status if refused else 200)


@require_POST
def issue(request: HttpRequest, year: int, code: str, key: UUID) -> HttpResponse:
    """Issue a paper; what is wrong with its number is said at the field."""
    try:
        made = issue_paper(request.viewer, year, code, key, text(request.POST, "number"))
    except Invalid as refused:
        return _desk(request, year, code, key, refused)
    messages.success(request, str(ISSUED.with_(number=made.number)), "good")
    return redirect("evaluation:paper", made.pk)


@require_GET
def draft(request: HttpRequest, year: int, code: str, key: UUID, kind: str) -> HttpResponse:
    """A paper as it would be issued now, marked as a draft."""
    return _file(*queries.draft_file(request.viewer, year, code, key, kind), kind)


@require_GET
def paper(request: HttpRequest, paper: UUID) -> HttpResponse:
    """An issued paper as it was kept."""
    return _paper(request, paper)


def _paper(request: HttpRequest, paper: UUID, refused: Refusal | None = None) -> HttpResponse:
    page = queries.paper_page(request.viewer, paper)
    context = {"page": page, "paper": page.paper, "refused": refused, "entry_page": page.keeps, "bar_year": page.paper.year}
    return render(request, "evaluation/papers/paper.html", context, status=refused.status if refused else 200)


@require_GET
def file(request: HttpRequest, paper: UUID, kind: str) -> HttpResponse:
    """An issued paper as docx or pdf."""
    return _file(*queries.issued_file(request.viewer, paper, kind), kind)


@require_POST
def keep_scan(request: HttpRequest, paper: UUID) -> HttpResponse:
    """Take the signed scan back; a file that is none is said at the field."""
    try:
        keep_signed_scan(request.viewer, paper, request.FILES.get("scan"))
    except Invalid as refused:
        return _paper(request, paper, refused)
    messages.success(request, str(KEPT), "good")
    return redirect("evaluation:paper", paper)


@require_GET
def scan(request: HttpRequest, paper: UUID) -> FileResponse:
    """The signed scan of a paper."""
    found = queries.scan_of(request.viewer, paper)
    try:
        return FileResponse(found.stored.open("rb"), as_attachment=True, filename=found.name, content_type=found.media_type)
    except FileNotFoundError:
        raise absent(PAPER) from None


def _file(name: str, data: bytes, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=MEDIA_TYPES[kind])
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    return answer
