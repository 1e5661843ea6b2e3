"""Pages of self-evaluation: the list, the card, one row with its trace, the points, a correction beside what it corrects."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhiheng_web.evaluation.queries.scorecards import STATE_NAMES, Asked, beside, scorecards, sheet_of
from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
from zhiheng_web.evaluation.queries.self_evaluation_paper import differences_of
from zhiheng_web.evaluation.queries.self_evaluation_points import points_page
from zhiheng_web.evaluation.queries.self_evaluation_row import file_of, row_page
from zhiheng_web.local_rules import schemes
from zhiheng_web.ui.exporting import file_of as sheet_file
from zhiheng_web.ui.exporting import uploaded
from zhiheng_web.wording import Text

TITLE = Text("{year}年绩效自评结果", "Self-evaluations {year}")


def number_of(request: HttpRequest, name: str) -> int | None:
    """A number of the address; None where there is none."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else None


@require_GET
def self_evaluations(request: HttpRequest) -> HttpResponse:
    """The tables of a year with their self-evaluations, or the same as a sheet."""
    asked, page = asked_for(request), number_of(request, "page") or 1
    kind = request.GET.get("file", "")
    found = scorecards(request.viewer, number_of(request, "year"), asked, page if kind not in ("xlsx", "csv") else None)
    if kind in ("xlsx", "csv"):
        return sheet_file(kind, str(TITLE.with_(year=found.year or "")), sheet_of(found))
    context = {"found": found, "asked": asked, "states": STATE_NAMES, "carried": carried(request), "narrowed": asked != Asked()}
    return render(request, "evaluation/self_evaluation/list.html", context)


def asked_for(request: HttpRequest) -> Asked:
    """What of the list the address asks for. What is no department or no state asks for nothing."""
    get = request.GET
    state = get.get("state", "")
    try:
        department = UUID(get.get("department", ""))
    except ValueError:
        department = None
    return Asked(department, state if state in STATE_NAMES else "", get.get("q", "").strip()[:100])


def carried(request: HttpRequest) -> str:
    """The same as the address of a further page, without the page's number."""
    kept = request.GET.copy()
    for name in ("page", "file"):
        kept.pop(name, None)
    return kept.urlencode()


@require_GET
def self_evaluation(request: HttpRequest, self_evaluation: UUID) -> HttpResponse:
    """The card."""
    page = self_evaluation_page(request.viewer, self_evaluation)
    context = {"page": page, "one": page.evaluation, "schemes": schemes().values(), "entry_page": page.open}
    context |= {"beside": beside(request.viewer, page.evaluation, asked_for(request)), "carried": carried(request)}
    context["differences"] = differences_of(request.viewer, self_evaluation) if page.evaluation.replaces_id else ()
    return render(request, "evaluation/self_evaluation/card.html", context)


@require_GET
def self_evaluation_row(request: HttpRequest, self_evaluation: UUID, row: UUID) -> HttpResponse:
    """One row, down to the entries."""
    found = row_page(request.viewer, self_evaluation, row, number_of(request, "page") or 1, request.GET.get("entries", ""))
    context = {"found": found, "page": found.page, "one": found.page.evaluation, "line": found.line, "entry_page": found.page.open}
    return render(request, "evaluation/self_evaluation/row.html", context)


@require_GET
def points(request: HttpRequest, self_evaluation: UUID) -> HttpResponse:
    """The points with what is proposed."""
    page = points_page(request.viewer, self_evaluation)
    return render(request, "evaluation/self_evaluation/points.html", {"page": page, "one": page.evaluation, "entry_page": page.editable})


@require_GET
def file(request: HttpRequest, self_evaluation: UUID, file: UUID) -> FileResponse:
    """A file of a row as it was uploaded, always as a download and never to be guessed at."""
    found, content = file_of(request.viewer, self_evaluation, file)
    return uploaded(content, found.name, found.media_type)
