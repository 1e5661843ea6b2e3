"""Pages of monitoring: rounds with their progress, one round, a report row by row, the curves of a table."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhiheng_web.evaluation.queries.milestones import PRESETS, curve_form, milestones_page
from zhiheng_web.evaluation.queries.monitoring_report import report_page
from zhiheng_web.evaluation.queries.rounds import COVERS, round_page, rounds_page
from zhiheng_web.evaluation.queries.rounds_sheet import sheet_of
from zhiheng_web.ui.exporting import file_of
from zhiheng_web.wording import Text

TITLE = Text("{year}年绩效运行监控", "Monitoring {year}")


def number_of(request: HttpRequest, name: str, most: int = 9999) -> int | None:
    """A number of the address; None where there is none."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 and int(asked) <= most else None


@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of a year, or the same as a sheet."""
    page = rounds_page(request.viewer, number_of(request, "year"))
    if (kind := request.GET.get("file", "")) in ("xlsx", "csv"):
        return file_of(kind, str(TITLE.with_(year=page.year)), sheet_of(page))
    return render(request, "evaluation/monitoring/rounds.html", {"page": page, "bar_year": page.year})


@require_GET
def round_(request: HttpRequest, round: UUID) -> HttpResponse:  # noqa: A002 - the name of the address
    """One round with its reports."""
    page = round_page(request.viewer, round)
    return render(
        request, "evaluation/monitoring/round.html", {"page": page, "one": page.round, "covers": COVERS, "bar_year": page.round.year}
    )


@require_GET
def report(request: HttpRequest, report: UUID) -> HttpResponse:
    """One report, row by row."""
    page = report_page(request.viewer, report)
    shown = [one for one in page.rows if one.asked] if request.GET.get("rows") == "asked" else page.rows
    context = {"page": page, "report": page.report, "shown": shown, "entry_page": page.writes, "bar_year": page.report.table.year}
    return render(request, "evaluation/monitoring/report.html", context)


@require_GET
def milestones(request: HttpRequest, table: UUID) -> HttpResponse:
    """The curves of a table."""
    page = milestones_page(request.viewer, table)
    return render(request, "evaluation/monitoring/milestones.html", {"page": page, "bar_year": page.table.year})


@require_GET
def milestone(request: HttpRequest, table: UUID, indicator: UUID) -> HttpResponse:
    """One indicator's curve as a form."""
    wanted = request.GET.get("preset", "")
    chosen = wanted if wanted in dict(PRESETS) else ""
    month = number_of(request, "month", most=12) or 12
    page = curve_form(request.viewer, table, indicator, chosen, month)
    context = {"page": page, "presets": PRESETS, "months": range(1, 13), "entry_page": True, "bar_year": page.table.year}
    return render(request, "evaluation/monitoring/milestone.html", context)
