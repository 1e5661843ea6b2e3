"""Bare views: no policy, no typed values, no charts, no frame; the rows and columns of the page and a plain template."""

from uuid import UUID

from django.db.models import Count, Model, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhiheng_web.planning.models import FindingRow, IndicatorRow, TableVersion

PAGE = 50


def table(request: HttpRequest, version: UUID) -> HttpResponse:
    rows = IndicatorRow.objects.filter(version=version).select_related("duty_row").order_by("position")
    counted = rows.annotate(
        errors=Count("findings", filter=Q(findings__severity="error")), warnings=Count("findings", filter=Q(findings__severity="warning"))
    )
    return render(request, "bare/table.html", {"rows": counted})


def departments(request: HttpRequest, year: int) -> HttpResponse:
    found = TableVersion.objects.filter(table__year=year, state="approved", table__project=None)
    rows = list(found.select_related("table__unit__department").order_by("table__unit__department__code")[:PAGE])
    indicators = counted(IndicatorRow, rows)
    errors, warnings = (counted(FindingRow, rows, severity=severity) for severity in ("error", "warning"))
    for row in rows:
        row.indicators, row.errors, row.warnings = indicators.get(row.pk, 0), errors.get(row.pk, 0), warnings.get(row.pk, 0)
    return render(request, "bare/departments.html", {"rows": rows, "count": found.count()})


def counted(model: type[Model], versions: list[TableVersion], **only: str) -> dict[UUID, int]:
    counts = model.objects.filter(version__in=versions, **only).order_by().values_list("version").annotate(Count("pk"))
    return dict(counts)
