"""The tables of the years before: what the rules that look over the years (D07, R05) hold a table against.

Of the same unit and kind, or of the same project, the version that was approved last in each of the two years before; where nothing was
approved, what was declared as history. What is still open in an earlier year is no table yet.
"""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from zhiheng.plan.plan import Plan
from zhiheng.plan.procedure import ONCE_APPROVED, OPEN, State
from zhiheng_web.planning.models import PerformanceTable, TableVersion

BACK = 2
"""Years that the library looks back: with this one they make three running."""
SETTLED = ONCE_APPROVED | {State.DECLARED_HISTORY}


def earlier_plans(table: PerformanceTable) -> tuple[Plan, ...]:
    """The plans of the years before, newest first. One query, and four for each version that this process has not read yet."""
    before = of_years(table, range(table.year - BACK, table.year)).filter(state__in=SETTLED).select_related("table")
    chosen: dict[int, TableVersion] = {}
    for version in sorted(before, key=lambda one: (one.state != State.DECLARED_HISTORY, one.number)):
        chosen[version.table.year] = version
    return tuple(plan_of(chosen[year]) for year in sorted(chosen, reverse=True))


def later_versions(table: PerformanceTable) -> QuerySet[TableVersion]:
    """The open versions of the years after that are held against this table."""
    return of_years(table, range(table.year + 1, table.year + BACK + 1)).filter(state__in=OPEN)


def of_years(table: PerformanceTable, years: range) -> QuerySet[TableVersion]:
    """The versions of the same unit and kind, or project, in these years."""
    versions = TableVersion.objects.filter(table__kind=table.kind, table__year__in=list(years))
    if table.project_id is not None:
        return versions.filter(table__project=table.project_id)
    return versions.filter(table__unit=table.unit_id, table__project__isnull=True)


def plan_of(version: TableVersion) -> Plan:
    """What a settled version says. It never changes, so one that has its digest is read once in a process."""
    return _frozen(version.pk, version.digest) if version.digest else _read(version.pk)


@lru_cache(maxsize=32)
def _frozen(version: UUID, digest: str) -> Plan:  # noqa: ARG001 - the digest tells one text from another
    return _read(version)


def _read(pk: UUID) -> Plan:
    from zhiheng_web.planning.versions import load

    return load(TableVersion.objects.select_related("table").get(pk=pk)).table.plan
