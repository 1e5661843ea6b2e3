"""The target in force on a day: the past is judged by the target that held then, and every old target stays readable."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from zhiheng.plan.procedure import ONCE_APPROVED, State
from zhiheng_web.planning.models import Indicator, IndicatorRow, PerformanceTable

ORDER = Case(
    When(version__table__kind=PerformanceTable.Kind.DEPARTMENT, then=Value(0)),
    When(version__table__kind=PerformanceTable.Kind.UNIT, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)
"""Where an indicator stands in several tables: the department's first."""


def rows_on(day: date) -> QuerySet[IndicatorRow]:
    """The rows of the versions in force on ``day``: those of its year, from their first day to before the day they were replaced.

    Where nothing was approved for the year, what was declared as history stands for it.
    """
    approved = Q(version__state__in=ONCE_APPROVED, version__in_force_from__lte=day) & (
        Q(version__in_force_until__isnull=True) | Q(version__in_force_until__gt=day)
    )
    history = Q(version__state=State.DECLARED_HISTORY.value)
    rows = IndicatorRow.objects.filter(approved | history, version__table__year=day.year)
    declared = Case(When(history, then=Value(1)), default=Value(0), output_field=IntegerField())
    return rows.annotate(declared=declared, order=ORDER).select_related("version__table").order_by("declared", "order", "-version__number")


def targets_on(indicators: Collection[Indicator | UUID], day: date, table: PerformanceTable | None = None) -> dict[UUID, IndicatorRow]:
    """The row with the target in force on ``day`` of each indicator that has one. One query."""
    rows = rows_on(day).filter(indicator__in=indicators)
    if table is not None:
        rows = rows.filter(version__table=table)
    found: dict[UUID, IndicatorRow] = {}
    for row in rows:
        found.setdefault(row.indicator_id, row)
    return found


def target_on(indicator: Indicator | UUID, day: date, table: PerformanceTable | None = None) -> IndicatorRow | None:
    """The row with the target of an indicator in force on ``day``; None if there was none. One query."""
    return next(iter(targets_on([indicator], day, table).values()), None)
