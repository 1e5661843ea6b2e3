"""Actual values of earlier years as they are stored: in self-evaluations, and as last year's value in the table of the year after."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from zhiheng.plan.procedure import SETTLED
from zhiheng.values import canonical
from zhiheng.values.value import Missing, Unresolved
from zhiheng_web.planning.generating import Stored
from zhiheng_web.planning.models import IndicatorRow


def stored_actuals(indicators: Iterable[UUID], years: Iterable[int]) -> dict[UUID, dict[int, Stored]]:
    """Indicator → year → the actual stored for it. One query.

    An actual of the year itself (a self-evaluation) goes before what the table of the year after says of it; of two of a kind
    the later version holds. Values that differ are named.
    """
    wanted = set(years)
    rows = IndicatorRow.objects.filter(
        indicator__in=set(indicators), version__state__in=SETTLED, version__table__year__in=wanted | {year + 1 for year in wanted}
    ).select_related("version__table")
    found: dict[UUID, dict[int, list[tuple[int, int, Stored]]]] = {}
    for order, row in enumerate(sorted(rows, key=lambda row: (row.version.table.year, row.version.number))):
        for rank, stored in _of(row):
            if stored.year in wanted:
                found.setdefault(row.indicator_id, {}).setdefault(stored.year, []).append((rank, -order, stored))
    return {indicator: {year: _first(kept) for year, kept in by_year.items()} for indicator, by_year in found.items()}


def _of(row: IndicatorRow) -> Iterable[tuple[int, Stored]]:
    """What one row says: the actual of its own year, and last year's value."""
    year = row.version.table.year
    if row.actual_text and (reading := _reading(row.actual_text, row.actual_value)) is not None:
        yield 0, Stored(year, reading, f"{year}年绩效自评表实际完成值")
    if row.last_year_text and (reading := _reading(row.last_year_text, row.last_year_value)) is not None:
        source = f"（{row.history_source}）" if row.history_source else ""
        yield 1, Stored(year - 1, reading, f"{year}年绩效目标表所列上年值{source}")


def _reading(text: str, value: dict[str, object] | None) -> canonical.Reading | None:
    """The stored reading; None where nothing was given or it was never settled."""
    reading = canonical.from_json({"text": text, **(value or {"kind": "text", "words": text})})
    return None if isinstance(reading.value, Missing | Unresolved) else reading


def _first(kept: list[tuple[int, int, Stored]]) -> Stored:
    """What goes before the others, with those that differ from it."""
    first, *rest = (stored for _, _, stored in sorted(kept, key=lambda item: item[:2]))
    others = dict.fromkeys(f"{other.reading.text}（{other.source}）" for other in rest if other.reading.value != first.reading.value)
    return Stored(first.year, first.reading, first.source, tuple(others))
