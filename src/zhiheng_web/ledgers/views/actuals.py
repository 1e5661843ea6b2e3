"""Pages of actual values: a table's, and one indicator's with the entries behind it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from zhiheng_web.ledgers.queries.actuals_page import actuals_page, tables_seen
from zhiheng_web.ledgers.queries.indicator_actual import actual_page
from zhiheng_web.ledgers.views.registers_entry import day_of


@require_GET
def actuals_now(request: HttpRequest) -> HttpResponse:
    """The tables to choose from; the only one at once."""
    versions = tables_seen(request.viewer)
    if len(versions) == 1:
        return redirect("ledgers:actuals", versions[0].table_id)
    return render(request, "ledgers/actuals/tables.html", {"versions": versions})


@require_GET
def actuals(request: HttpRequest, table: UUID) -> HttpResponse:
    """All indicators of a table with their actual values."""
    asked = request.GET
    page = actuals_page(request.viewer, table, day_of(asked.get("on", "")), day_of(asked.get("known", "")))
    return render(request, "ledgers/actuals/table.html", {"page": page, "bar_year": page.table.year})


@require_GET
def actual(request: HttpRequest, table: UUID, indicator: UUID) -> HttpResponse:
    """One indicator: its value, how it came about, and the entries behind it."""
    asked = request.GET
    days = day_of(asked.get("on", "")), day_of(asked.get("known", ""))
    number = int(asked["page"]) if asked.get("page", "").isdecimal() and len(asked["page"]) < 7 else 1
    page = actual_page(
        request.viewer, table, indicator, *days, asked.get("part", ""), asked.get("reason", ""), asked.get("month", ""), number
    )
    query = asked.copy()
    query.pop("page", None)
    return render(request, "ledgers/actuals/actual.html", {"page": page, "query": query.urlencode(), "bar_year": page.table.year})
