"""All actual values as plain data: what the command line and the open data give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Max

from zhiheng_web.ledgers.measures.actual import actuals, target_rows
from zhiheng_web.ledgers.measures.judging import plain
from zhiheng_web.ledgers.measures.result import SHOWN_ONLY, Actual
from zhiheng_web.ledgers.models import Snapshot
from zhiheng_web.planning.models import IndicatorRow, PerformanceTable


def listing(on: date, known: datetime) -> list[dict[str, Any]]:
    """Every indicator of the tables of that year in their order, with its value, state and what did not count."""
    ranked = IndicatorRow.objects.filter(version__table__year=on.year, removed_at__isnull=True)
    ranked = ranked.filter(version__table__kind=PerformanceTable.Kind.DEPARTMENT)
    indicators = list(dict.fromkeys(ranked.order_by("version__table", "-version__number", "position").values_list("indicator", flat=True)))
    rows = target_rows(indicators, on)
    found = actuals(indicators, on, known, rows)
    taken = Snapshot.objects.filter(indicator__in=indicators, on=on, taken_at__lte=known).order_by("taken_at")
    snapshots = {row.indicator_id: row for row in taken}
    return [_line(rows[one].name, found[one], snapshots.get(one)) for one in indicators if one in rows]


def _line(name: str, actual: Actual, snapshot: Snapshot | None) -> dict[str, Any]:
    part = actual.parts[actual.decisive] if actual.parts else None
    return {
        "indicator": name, "value": None if actual.value is None else plain(actual.value), "state": actual.state.value,
        "measure": part.measure if part else None, "counted": actual.counted,
        "not_counted": [{"reason": reason.value, "count": count} for reason, count in sorted(actual.not_counted.items())],
        "snapshot": str(snapshot.pk) if snapshot else None, "digest": snapshot.digest if snapshot else None,
        "unit": actual.unit, "target": actual.target, "basis": actual.basis_code or None,
        "recorded": actual.recorded, "year": actual.on.year,
        "numerator": plain(part.numerator) if part and part.numerator is not None else None,
        "denominator": plain(part.denominator) if part and part.denominator is not None else None,
        "shown": actual.shown.zh,
        "parts": [
            {
                "code": one.code, "name": one.name.zh, "measure": one.measure, "state": one.state.value, "unit": one.unit,
                "decides": number == actual.decisive, "judged": one.target != SHOWN_ONLY or number == actual.decisive,
                "value": None if one.number is None else plain(one.number), "counted": one.counted, "recorded": one.recorded,
            }
            for number, one in enumerate(actual.parts)
        ],
    }  # fmt: skip


def plan_year() -> int | None:
    """The newest year that a department's table is for; None without one."""
    year: int | None = PerformanceTable.objects.filter(kind=PerformanceTable.Kind.DEPARTMENT).aggregate(newest=Max("year"))["newest"]
    return year
