"""Declared figures of indicators year by year: what each year's table says was achieved, and what the next one says of it.

Until the ledgers come these are the only actual values there are. A year of which no table says anything is missing, not zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiheng.plan.procedure import State
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import IndicatorRow, PerformanceTable
from zhiheng_web.planning.policies import visible_versions
from zhiheng_web.wording import Text

SETTLED = (State.APPROVED.value, State.DECLARED_HISTORY.value)
"""Of a past year only what was approved or declared as history speaks."""
COUNTED = frozenset({"number", "percent", "money", "duration", "count_per_period"})
"""Kinds of values that have one figure to draw."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with what it is counted in. Two figures can be drawn on one axis only if their ``measure`` is the same."""

    amount: Decimal
    unit: str
    measure: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """What was declared for one year: the words as published, their figure if they have one, and where they stand."""

    year: int
    words: str
    figure: Figure | None
    source: Text
    table: UUID


def figure_of(value: Any) -> Figure | None:
    """The one figure of a typed value (the library's canonical form); None for words, ranges, parts and what is missing."""
    if not isinstance(value, dict) or value.get("kind") not in COUNTED or "value2" in value or not isinstance(value.get("value"), str):
        return None
    period = value.get("period") or {}
    unit = value.get("unit", "") or ""
    return Figure(Decimal(value["value"]), unit, (unit, str(period.get("count", "")), str(period.get("unit", ""))))


def declared(viewer: Viewer, indicators: Iterable[UUID], version: UUID | None, before: int) -> dict[UUID, dict[int, Declared]]:
    """What the tables that the viewer sees declare of each indicator for the years before ``before``. One query.

    A year's own table comes before what the next year's table says of it. ``version`` is the one being looked at: it
    speaks of last year too, in whatever state it is.
    """
    settled = visible_versions(viewer).filter(state__in=SETTLED, table__year__lte=before).values("pk")
    rows = IndicatorRow.objects.filter(indicator__in=list(indicators), version__in=settled)
    if version is not None:
        rows = rows | IndicatorRow.objects.filter(version=version)
    told = rows.exclude(version__table__kind=PerformanceTable.Kind.PROJECT).values_list(
        "indicator_id",
        "version_id",
        "version__table__year",
        "version__table_id",
        "actual_text",
        "actual_value",
        "last_year_text",
        "last_year_value",
    )
    found: dict[UUID, dict[int, Declared]] = {}
    later: list[tuple[UUID, Declared, bool]] = []
    for indicator, of, year, table, actual, actual_value, last, last_value in told:
        if actual and actual.strip() and year < before:
            source = Text("{year}年表“实际完成值”", "“Actual” of the {year} table").with_(year=year)
            found.setdefault(indicator, {})[year] = Declared(year, actual, figure_of(actual_value), source, table)
        if last and last.strip() and year - 1 < before:
            source = Text("{year}年表“上年值(实际完成)”", "“Last year” of the {year} table").with_(year=year)
            later.append((indicator, Declared(year - 1, last, figure_of(last_value), source, table), of == version))
    for indicator, one, _ in sorted(later, key=lambda entry: entry[2]):
        found.setdefault(indicator, {}).setdefault(one.year, one)
    return found
