"""What an engaged agency reads of what it evaluates, on pages of the evaluation."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhiheng_web.evaluation.queries import evaluated as queries
from zhiheng_web.evaluation.queries.sheet import sheet_rows
from zhiheng_web.evaluation.views.evaluations_agencies import download
from zhiheng_web.evaluation.views.self_evaluation import number_of
from zhiheng_web.evaluation.views.sheet import NAME, shown
from zhiheng_web.ui.exporting import file_of


@require_GET
def evaluated(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """The evaluated table with its self-evaluation."""
    page = queries.evaluated_page(request.viewer, evaluation)
    return render(request, "evaluation/evaluations/evaluated.html", {"page": page, "one": page.evaluation, "own": page.own})


@require_GET
def row(request: HttpRequest, evaluation: UUID, row: UUID) -> HttpResponse:
    """One of its figures, down to the entries."""
    found = queries.evaluated_row(request.viewer, evaluation, row, number_of(request, "page") or 1)
    return render(request, "evaluation/evaluations/evaluated_row.html", {"found": found, "one": found.evaluation, "line": found.line})


@require_GET
def sheet(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """The yearly sheet of the evaluated department, or the same as a file."""
    found, page = queries.evaluated_sheet(request.viewer, evaluation, request.GET.get("practice", ""))
    if request.GET.get("export") == "xlsx":
        return file_of("xlsx", f"{page.department.name} {page.year} {NAME}", sheet_rows(page))
    return shown(request, page, {}, of=found)


@require_GET
def sheet_file(request: HttpRequest, evaluation: UUID, figure: UUID) -> FileResponse:
    """The file that proves a figure of that sheet."""
    return download(queries.evaluated_sheet_file(request.viewer, evaluation, figure))
