"""Bare views: no policy, no charts, no frame; the rows and columns of the page and a plain template.

Of the two columns that the page works out, the change and the course, they show the figures that these are made of.
"""

from typing import Any
from uuid import UUID

from django.db.models import Count, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhiheng_web.planning.models import FindingRow, IndicatorRow, TableVersion

PAGE = 50
COLUMNS = (
    "pk", "indicator", "duty_row__name", "name", "target_text", "mean_text", "last_year_text", "target_value", "last_year_value",
)  # fmt: skip


def table(request: HttpRequest, version: UUID) -> HttpResponse:
    rows = list(IndicatorRow.objects.filter(version=version).order_by("position").values(*COLUMNS))
    errors, warnings = (counted(FindingRow, "row", version=version, severity=severity) for severity in ("error", "warning"))
    for row in rows:
        row["errors"], row["warnings"] = errors.get(row["pk"], 0), warnings.get(row["pk"], 0)
    return render(request, "bare/table.html", {"rows": rows})


def departments(request: HttpRequest, year: int) -> HttpResponse:
    found = TableVersion.objects.filter(table__year=year, state="approved", table__project=None)
    rows = list(found.select_related("table__unit__department").order_by("table__unit__department__code")[:PAGE])
    indicators = counted(IndicatorRow, "version", version__in=rows)
    errors, warnings = (counted(FindingRow, "version", version__in=rows, severity=severity) for severity in ("error", "warning"))
    for row in rows:
        row.indicators, row.errors, row.warnings = indicators.get(row.pk, 0), errors.get(row.pk, 0), warnings.get(row.pk, 0)
    return render(request, "bare/departments.html", {"rows": rows, "count": found.count()})


def counted(model: type[Model], by: str, **only: Any) -> dict[UUID, int]:
    return dict(model.objects.filter(**only).order_by().values_list(by).annotate(Count("pk")))
