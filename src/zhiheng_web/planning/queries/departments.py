"""The year of all departments: what the finance bureau looks through. The cost does not grow with the departments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.urls import reverse

from zhiheng.audit.finding import Severity
from zhiheng.plan.procedure import FINANCE_ROLES, STATE_NAMES, State
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import FindingRow, IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.policies import finance_sight
from zhiheng_web.planning.queries.chosen import RANK
from zhiheng_web.wording import Text

PAGE = 50
ORDERS = {
    "code": ("department_code", "unit_kind", "unit_code", "kind", "pk"),
    "name": ("department_name", "unit_kind", "unit_code", "kind", "pk"),
    "money": (F("total").desc(nulls_last=True), "department_code", "pk"),
    "state": ("state", "department_code", "pk"),
}
"""By which column the list can stand."""
MOST_VERSIONS = 100_000
"""More than a table has: the number of a version is a small integer."""
COLUMNS = {
    "department_code": F("table__unit__department__code"),
    "department_name": F("table__unit__department__name"),
    "unit_name": F("table__unit__name"),
    "unit_code": F("table__unit__code"),
    "unit_kind": F("table__unit__kind"),
    "kind": F("table__kind"),
}


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many tables stand in one state, with their money."""

    state: str
    text: Text
    tables: int
    money: Decimal


@dataclass(frozen=True, slots=True)
class DepartmentsYear:
    """A year of all departments in totals. Money in 元; ``without_money`` counts tables that declare no amount."""

    year: int
    years: Sequence[int]
    tables: int
    money: Decimal
    without_money: int
    states: Sequence[StateCount]
    versions: QuerySet[TableVersion] = field(repr=False, compare=False)
    """The versions that are counted: what a page lists a part of."""


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """One table of one unit in the list."""

    address: str
    table: UUID
    code: str
    department: str
    unit: str
    unit_kind: str
    kind: str
    state: str
    number: int
    total: Decimal | None
    fiscal: Decimal | None
    project: Decimal | None
    indicators: int
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class DepartmentsPage:
    """A page of the list with what the filter lets through in all."""

    lines: Sequence[DepartmentLine]
    found: int
    money: Decimal
    page: int
    pages: int


def _of_year(viewer: Viewer, year: int) -> QuerySet[TableVersion]:
    """The versions meant of the year's tables, those of projects apart: the ones that no other visible one comes before."""
    seen = TableVersion.objects.filter(finance_sight(viewer)).annotate(place=RANK * MOST_VERSIONS + F("number")).order_by()
    before = seen.filter(table=OuterRef("table"), place__gt=OuterRef("place"))
    return seen.filter(~Exists(before), ~Q(table__kind=PerformanceTable.Kind.PROJECT), table__year=year)


def _years(viewer: Viewer) -> list[int]:
    """The years of which the finance bureau sees some table."""
    seen = TableVersion.objects.filter(finance_sight(viewer))
    return list(seen.order_by("-table__year").values_list("table__year", flat=True).distinct())


def departments_year(viewer: Viewer, year: int | None = None) -> DepartmentsYear | None:
    """The totals of a year, the newest if none is said; None where the viewer sees no table at all. Two queries."""
    years = _years(viewer)
    chosen = year if year is not None else years[0] if years else None
    if chosen is None:
        return None
    versions = _of_year(viewer, chosen)
    grouped = (
        versions.values("state")
        .annotate(tables=Count("pk"), money=Sum("total"), known=Count("total"))
        .values_list("state", "tables", "money", "known")
    )
    rows = {state: (tables, money or Decimal(0), known) for state, tables, money, known in grouped}
    tables = sum(row[0] for row in rows.values())
    return DepartmentsYear(
        year=chosen,
        years=years,
        tables=tables,
        money=sum((row[1] for row in rows.values()), Decimal(0)),
        without_money=tables - sum(row[2] for row in rows.values()),
        states=[StateCount(state.value, Text(*STATE_NAMES[state]), *rows[state][:2]) for state in State if state in rows],
        versions=versions,
    )


def departments_page(
    totals: DepartmentsYear,
    *,
    search: str = "",
    state: str = "",
    order: str = "code",
    page: int = 1,
    size: int | None = PAGE,
) -> DepartmentsPage:
    """One page of the tables of a year. Three or four queries however many there are. ``size`` None: all, for a file."""
    chosen = totals.versions
    if search:
        within = ("department__name", "department__code", "name", "code")
        chosen = chosen.filter(_any([Q(**{f"table__unit__{path}__icontains": search}) for path in within]))
    if state:
        chosen = chosen.filter(state=state)
    found, money = _found(chosen, totals, search, state)
    length = size or max(found, 1)
    pages = max(1, -(-found // length))
    page = min(max(1, page), pages)
    listed = chosen.annotate(**{name: path for name, path in COLUMNS.items() if name != "kind"}, table_kind=F("table__kind"))
    keys = ["table_kind" if key == "kind" else key for key in ORDERS.get(order, ORDERS["code"])]
    rows = list(
        listed.order_by(*keys).values_list(
            "pk",
            "table_id",
            "department_code",
            "department_name",
            "unit_name",
            "unit_kind",
            "table_kind",
            "state",
            "number",
            "total",
            "fiscal",
            "project",
            named=True,
        )[(page - 1) * length : page * length]
    )
    keys_of_rows = [row.pk for row in rows]
    indicators = _counted(IndicatorRow.objects.filter(version__in=keys_of_rows).order_by().values("version").annotate(n=Count("pk")))
    severe = _severities(keys_of_rows)
    base = reverse("planning:tables")
    lines = [
        DepartmentLine(
            f"{base}{row.table_id}/",
            row.table_id,
            row.department_code,
            row.department_name,
            row.unit_name,
            row.unit_kind,
            row.table_kind,
            row.state,
            row.number,
            row.total,
            row.fiscal,
            row.project,
            indicators.get(row.pk, 0),
            severe.get((row.pk, Severity.ERROR.value), 0),
            severe.get((row.pk, Severity.WARNING.value), 0),
        )
        for row in rows
    ]
    return DepartmentsPage(lines, found, money, page, pages)


def _found(chosen: QuerySet[TableVersion], totals: DepartmentsYear, search: str, state: str) -> tuple[int, Decimal]:
    """How many tables the filter lets through, and their money: asked of the database only where a search narrows it."""
    if search:
        counted = chosen.order_by().aggregate(found=Count("pk"), money=Sum("total"))
        return counted["found"], counted["money"] or Decimal(0)
    if state:
        return next(((one.tables, one.money) for one in totals.states if one.state == state), (0, Decimal(0)))
    return totals.tables, totals.money


def _any(conditions: Sequence[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def _counted(rows: QuerySet) -> dict[UUID, int]:
    return {row["version"]: row["n"] for row in rows}


def _severities(versions: Sequence[UUID]) -> dict[tuple[UUID, str], int]:
    """The kept findings of the versions by severity. One query."""
    rows = FindingRow.objects.filter(version__in=versions).order_by().values_list("version", "severity").annotate(n=Count("pk"))
    return {(version, severity): number for version, severity, number in rows}


def is_finance(viewer: Viewer) -> bool:
    """Whether the viewer looks through all departments."""
    return viewer.holds(FINANCE_ROLES)
