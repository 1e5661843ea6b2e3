"""Which tables report in a round: those it covers that had targets in force on the last day of its data."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from zhiheng.plan.procedure import ONCE_APPROVED, State
from zhiheng_web.evaluation.models import MonitoringRound
from zhiheng_web.planning.models import PerformanceTable, TableVersion

Covers = MonitoringRound.Covers


def covered(found: MonitoringRound) -> Q:
    """The tables of the round's department and year that it looks at: a condition on TableVersion."""
    tables = Q(table__unit__department=found.department_id, table__year=found.year)
    if found.covers == Covers.PROJECTS:
        return tables & Q(table__kind=PerformanceTable.Kind.PROJECT)
    if found.covers == Covers.DEPARTMENT:
        return tables & ~Q(table__kind=PerformanceTable.Kind.PROJECT)
    if found.covers == Covers.CHOSEN:
        return tables & Q(table__in=found.tables or ())
    return tables


def versions_of(found: MonitoringRound) -> list[TableVersion]:
    """Of each covered table the version in force on the round's last day; where none was approved, what was declared as history."""
    day = found.last
    approved = Q(state__in=ONCE_APPROVED, in_force_from__lte=day) & (Q(in_force_until__isnull=True) | Q(in_force_until__gt=day))
    history = Q(state=State.DECLARED_HISTORY.value)
    versions: QuerySet[TableVersion] = TableVersion.objects.filter(covered(found) & (approved | history))
    declared = Case(When(history, then=Value(1)), default=Value(0), output_field=IntegerField())
    ordered = versions.annotate(declared=declared).select_related("table__unit__department", "table__project")
    chosen: dict[object, TableVersion] = {}
    for version in ordered.order_by("declared", "-number"):
        chosen.setdefault(version.table_id, version)
    return sorted(chosen.values(), key=lambda version: (version.table.kind, version.table.unit.code, str(version.table)))


def tables_without(found: MonitoringRound) -> int:
    """Covered tables that have no target in force on the day: they have nothing to report, and the page says so."""
    tables = PerformanceTable.objects.filter(versions__in=TableVersion.objects.filter(covered(found))).distinct().count()
    return tables - len(versions_of(found))


def left_out(found: MonitoringRound, reported: Collection[UUID]) -> list[TableVersion]:
    """The versions of tables that came into force by the round's last day and have no report in it (pitfall 45). One query."""
    return [version for version in versions_of(found) if version.table_id not in reported]
