"""Declared figures of indicators year by year: what each year's table says was achieved, and what the next one says of it.

Until the ledgers come these are the only actual values there are. A year of which no table says anything is missing, not zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import F

from zhiheng.plan.procedure import SETTLED
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import IndicatorRow, TableVersion
from zhiheng_web.planning.policies import visible_versions
from zhiheng_web.wording import Text

"""Of a past year only what was approved or declared as history speaks."""
COUNTED = frozenset({"number", "percent", "money", "duration", "count_per_period"})
"""Kinds of values that have one figure to draw."""
PAST = ("indicator_id", "year", "table", "actual_text", "actual_value", "last_year_text", "last_year_value")
"""What a past year's row says of its own year and of the one before."""


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


def declared(viewer: Viewer, version: TableVersion, rows: Sequence[Any]) -> dict[UUID, dict[int, Declared]]:
    """What is declared of the indicators of ``rows``, rows of ``version``, for the years before its own. One query.

    A year's own table comes before what a later one says of it as 上年值. The tables are those that the viewer sees and that were
    approved or declared as history; ``version`` itself speaks of last year too, in whatever state it is.
    """
    before = version.table.year
    settled = visible_versions(viewer).filter(state__in=SETTLED, table__year__lt=before).exclude(table__kind="project").order_by()
    of = (
        [row.indicator_id for row in rows] if len(rows) < 5 else IndicatorRow.objects.filter(version=version).order_by().values("indicator")
    )
    past = IndicatorRow.objects.filter(version__in=settled.values("pk"), indicator__in=of).order_by()
    found: dict[UUID, dict[int, Declared]] = {}
    later: list[tuple[UUID, Declared]] = []
    for one in past.annotate(year=F("version__table__year"), table=F("version__table")).values_list(*PAST, named=True):
        if one.actual_text and one.actual_text.strip():
            said = Declared(one.year, one.actual_text, figure_of(one.actual_value), _of_year(one.year), one.table)
            found.setdefault(one.indicator_id, {})[one.year] = said
        later += _last_year(one, one.year, one.table)
    for row in rows:
        later += _last_year(row, before, version.table_id)
    for indicator, said in later:
        found.setdefault(indicator, {}).setdefault(said.year, said)
    return found


def _last_year(row: Any, year: int, table: UUID) -> list[tuple[UUID, Declared]]:
    """What a row says of the year before its own, if anything."""
    words = row.last_year_text
    if not words or not words.strip():
        return []
    return [(row.indicator_id, Declared(year - 1, words, figure_of(row.last_year_value), _of_last_year(year), table))]


@lru_cache(maxsize=64)
def _of_year(year: int) -> Text:
    return Text("{year}年表“实际完成值”", "“Actual” of the {year} table").with_(year=year)


@lru_cache(maxsize=64)
def _of_last_year(year: int) -> Text:
    return Text("{year}年表“上年值(实际完成)”", "“Last year” of the {year} table").with_(year=year)
