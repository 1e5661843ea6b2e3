"""Declared figures of indicators year by year: what each year's table says was achieved, and what the next one says of it.

Until the ledgers come these are the only actual values there are. A year of which no table says anything is missing, not zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from zhiheng.plan.procedure import State
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import IndicatorRow, TableVersion
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


def declared(viewer: Viewer, indicators: Iterable[UUID], version: TableVersion) -> dict[UUID, dict[int, Declared]]:
    """What the tables that the viewer sees declare of each indicator for the years before that of ``version``. Two queries.

    A year's own table comes before what a later table says of it as 上年值. ``version`` itself speaks of last year too, in
    whatever state it is.
    """
    before, wanted = version.table.year, set(indicators)
    columns = (
        "indicator_id",
        "version__table__year",
        "version__table_id",
        "actual_text",
        "actual_value",
        "last_year_text",
        "last_year_value",
    )
    own = IndicatorRow.objects.filter(version=version).order_by()
    settled = visible_versions(viewer).filter(state__in=SETTLED, table__year__lt=before).exclude(table__kind="project").order_by()
    past = IndicatorRow.objects.filter(version__in=settled.values("pk"), indicator__in=own.values("indicator")).order_by()
    found: dict[UUID, dict[int, Declared]] = {}
    later: list[tuple[UUID, Declared]] = []
    for rows in (past.values_list(*columns), own.values_list(*columns)):
        for indicator, year, table, actual, actual_value, last, last_value in rows:
            if indicator not in wanted:
                continue
            if actual and year < before and actual.strip():
                source = Text("{year}年表“实际完成值”", "“Actual” of the {year} table").with_(year=year)
                found.setdefault(indicator, {})[year] = Declared(year, actual, figure_of(actual_value), source, table)
            if last and last.strip():
                later.append((indicator, Declared(year - 1, last, figure_of(last_value), _of_last_year(year), table)))
    for indicator, one in later:
        found.setdefault(indicator, {}).setdefault(one.year, one)
    return found


@lru_cache(maxsize=64)
def _of_last_year(year: int) -> Text:
    return Text("{year}年表“上年值(实际完成)”", "“Last year” of the {year} table").with_(year=year)
