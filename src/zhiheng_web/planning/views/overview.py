"""Pages to look at: the tables, the year at a glance, a version on its form, an indicator, all departments."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhiheng.plan.procedure import EDITABLE, State
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.circulation.standing import holders_of
from zhiheng_web.planning.derived import derived_of, is_derived
from zhiheng_web.planning.models import PerformanceTable, TableVersion
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.queries.departments import departments_page, departments_year
from zhiheng_web.planning.queries.indicator import indicator_page
from zhiheng_web.planning.queries.overview import table_glance, tables_of
from zhiheng_web.planning.queries.reading import version_page
from zhiheng_web.planning.queries.tables import table_version
from zhiheng_web.planning.views.departments_file import departments_file
from zhiheng_web.ui.exporting import FILES
from zhiheng_web.wording import Text

ORDERS = {"code": Text("编码", "Code"), "name": Text("名称", "Name"), "money": Text("预算总额", "Budget"), "state": Text("状态", "State")}


def tables(request: HttpRequest) -> HttpResponse:
    """The tables that the viewer sees."""
    asked = request.GET
    year = int(asked["year"]) if asked.get("year", "").isdecimal() else None
    state = asked.get("state", "") if asked.get("state") in set(State) else ""
    lines, years = tables_of(request.viewer, year=year, kind=asked.get("kind", ""), state=state)
    context = {
        "lines": lines,
        "years": years,
        "year": year,
        "kinds": PerformanceTable.Kind.values,
        "kind": asked.get("kind", ""),
        "states": [one.value for one in State],
        "state": state,
        "may_import": may(request.viewer, "planning.import_table", None),
        "may_generate": may(request.viewer, "planning.generate_table", None),
    }
    return render(request, "planning/overview/tables.html", context)


def table(request: HttpRequest, table: UUID) -> HttpResponse:
    """The year at a glance."""
    glance = table_glance(request.viewer, table)
    context = {"glance": glance, "versions": glance.versions[::-1], "bar_year": glance.table.year, **_steps(request.viewer, glance.version)}
    context["derives"] = is_derived()
    return render(request, "planning/overview/table.html", context)


def derived(request: HttpRequest, table: UUID) -> HttpResponse:
    """What ledgers say of a table's indicators, for the places that its page keeps: asked for once the page stands."""
    version = table_version(request.viewer, table)
    return render(request, "planning/overview/derived.html", {"derived": derived_of(request.viewer, version)})


def version(request: HttpRequest, version: UUID) -> HttpResponse:
    """A version on its official form, for reading."""
    page = version_page(request.viewer, version)
    return render(request, "planning/overview/version.html", {"page": page, **_steps(request.viewer, page.version)})


def indicator(request: HttpRequest, table: UUID, indicator: UUID) -> HttpResponse:
    """One indicator of a table."""
    page = indicator_page(request.viewer, table, indicator)
    keeps = may(request.viewer, "planning.keep_library_indicator", scope_of(page.table))
    duty = page.row.duty_row.duty_id if page.row.duty_row else None
    talks = may(request.viewer, "tasks.write_message", scope_of(page.table, duty))
    context = {"page": page, "may_keep_library": keeps, "may_discuss": talks, **_steps(request.viewer, page.version)}
    context["derived"] = derived_of(request.viewer, page.version, [indicator]).values.get(indicator)
    return render(request, "planning/overview/indicator.html", context)


def departments(request: HttpRequest) -> HttpResponse:
    """All departments of a year; ``export`` gives what the filter lets through as a file."""
    asked = request.GET
    totals = departments_year(request.viewer, int(asked["year"]) if asked.get("year", "").isdecimal() else None)
    search, state, order = asked.get("search", "").strip()[:100], asked.get("state", ""), asked.get("order", "code")
    number = int(asked["page"]) if asked.get("page", "").isdecimal() else 1
    export = asked.get("export", "")
    if totals is None:
        return render(request, "planning/overview/departments.html", {"totals": None})
    size = {"size": None} if export in FILES else {}
    page = departments_page(totals, search=search, state=state, order=order, page=number, **size)
    if export in FILES:
        return departments_file(export, totals.year, page)
    query = asked.copy()
    query.pop("page", None)
    context = {"totals": totals, "page": page, "search": search, "state": state, "order": order, "orders": ORDERS}
    context |= {"query": query.urlencode(), "previous": page.page - 1, "next": page.page + 1}
    return render(request, "planning/overview/departments.html", context)


def _steps(viewer: Viewer, version: TableVersion) -> dict[str, Any]:
    """Which ways on from a version its page offers."""
    scope, editable = scope_of(version.table), State(version.state) in EDITABLE
    return {
        "may_edit": editable and may(viewer, "planning.edit_cells", None),
        "may_weigh": editable and may(viewer, "planning.set_weights", scope),
        "may_divide": editable and may(viewer, "planning.divide_indicator", scope),
        "may_adjust": version.state == State.APPROVED.value and may(viewer, "planning.adjust_table", _with_offices(version, scope)),
    }


def _with_offices(version: TableVersion, scope: Scope) -> Scope:
    """The scope with the offices that hold the version's duties: an office proposes an adjustment of its own rows."""
    return replace(scope, offices=frozenset(office for office in holders_of([version])[version.pk] if office is not None))
