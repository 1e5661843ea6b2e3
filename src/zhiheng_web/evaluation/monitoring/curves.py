"""Along which curve an indicator's target falls due in a year: its own milestones, the due day of its parts, else the policy's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Min

from zhiheng.monitoring.curve import Between, Curve, linear, milestones, month_end, once
from zhiheng.monitoring.policy import Policy
from zhiheng.values.value import Deadline
from zhiheng_web.evaluation.models import Milestone
from zhiheng_web.evaluation.monitoring.observing import target_of
from zhiheng_web.planning.models import BudgetChange, BudgetLine, IndicatorRow, PartRow, PerformanceTable, TableVersion
from zhiheng_web.wording import Text

SET = Text("自设进度节点", "milestones of its own")
ONCE = Text("按完成时限一次到期", "due at once by its date")
LINEAR = Text("按月均摊", "equal months")
YEAR_END = Text("年底一次到期", "all due at the end of the year")
FROM_MONTH = Text("自 {month} 月起按月均摊（年中新增）", "equal months from month {month} on (added in mid-year)")


@dataclass(frozen=True, slots=True)
class Along:
    """A curve and where it comes from. ``own``: somebody set it."""

    curve: Curve
    origin: Text
    own: bool = False


def curve_json(along: Along) -> dict[str, Any]:
    """A curve as it is kept with the row that was judged along it. Shares are exact."""
    curve = along.curve
    points = [[on.isoformat(), str(share)] for on, share in curve.points]
    return {"year": curve.year, "between": curve.between, "points": points, "origin": [along.origin.zh, along.origin.en], "own": along.own}


def curve_from(kept: Mapping[str, Any]) -> Along:
    """The curve that :func:`curve_json` kept."""
    points = tuple((date.fromisoformat(on), Fraction(share)) for on, share in kept["points"])
    return Along(Curve(kept["year"], points, kept["between"]), Text(*kept["origin"]), kept["own"])


def curves_of(rows: Collection[IndicatorRow], table: PerformanceTable, policy: Policy) -> dict[UUID, Along]:
    """Indicator → its curve in the year of the table. Five queries at most, however many rows."""
    year = table.year
    own: dict[UUID, list[tuple[date, Decimal]]] = {}
    points = Milestone.objects.filter(indicator__in=[row.indicator_id for row in rows], year=year).order_by("on")
    for indicator, on, share in points.values_list("indicator_id", "on", "share"):
        own.setdefault(indicator, []).append((on, share))
    dues: dict[UUID, list[date]] = {}
    for row, due in PartRow.objects.filter(indicator_row__in=rows, due_on__isnull=False).values_list("indicator_row_id", "due_on"):
        dues.setdefault(row, []).append(due)
    begun = begins(rows, table)
    return {
        row.indicator_id: _along(row, own.get(row.indicator_id, ()), dues.get(row.pk, ()), begun[row.indicator_id], policy, year)
        for row in rows
    }


def _along(row: IndicatorRow, own: Sequence[tuple[date, Decimal]], dues: Sequence[date], month: int, policy: Policy, year: int) -> Along:
    if own:
        return Along(milestones(year, own, between(policy)), SET, own=True)
    inside = sorted(day for day in dues if day.year == year)
    if inside:
        return Along(by_days(inside, year), ONCE)
    target = target_of(row, year)
    if isinstance(target, Deadline):
        return Along(once(last_day(target, year), year), ONCE)
    if month > 1:
        return Along(linear(year, month), FROM_MONTH.with_(month=month))
    curve = policy.curve(year)
    return Along(curve, LINEAR if curve.between == "linear" else YEAR_END)


def between(policy: Policy) -> Between:
    """What is due between two milestones under a policy."""
    return "linear" if policy.word("curve.between") == "linear" else "step"


def by_days(days: Sequence[date], year: int) -> Curve:
    """Parts that fall due one after the other: each an equal share of the whole."""
    count = len(days)
    return milestones(year, {day: Fraction(number, count) for number, day in enumerate(days, start=1)}.items())


def last_day(target: Deadline, year: int) -> date:
    """The last day of the year that a date allows; one outside the year is due at its end."""
    if target.year not in (None, year):
        return date(year, 12, 31)
    month = target.month or (target.quarter * 3 if target.quarter else target.half * 6 if target.half else 12)
    end = month_end(year, month)
    return end.replace(day=min(target.day, end.day)) if target.day and target.month else end


def begins(rows: Collection[IndicatorRow], table: PerformanceTable) -> dict[UUID, int]:
    """Indicator → the month from which its target runs: January, but for what was added in mid-year (年中新增, pitfall 45).

    A project whose money came only by an adjustment begins with it; a row that no first approval had begins with its adjustment.
    """
    start = begun_in(table)
    versions = TableVersion.objects.filter(table=table, in_force_from__isnull=False)
    first = versions.order_by("in_force_from").values_list("in_force_from", flat=True).first()
    since = dict(
        IndicatorRow.objects.filter(version__in=versions, indicator__in=[row.indicator_id for row in rows])
        .order_by()
        .values_list("indicator_id")
        .annotate(since=Min("version__in_force_from"))
    )
    found = {}
    for row in rows:
        held = since.get(row.indicator_id)
        later = held.month if held is not None and first is not None and held > first and held.year == table.year else 1
        found[row.indicator_id] = max(start, later)
    return found


def begun_in(table: PerformanceTable) -> int:
    """The month in which a project got its first money, where it had none at the start of the year. At most two queries."""
    if table.project_id is None:
        return 1
    lines = list(BudgetLine.objects.filter(project=table.project_id, year=table.year).values_list("pk", "initial"))
    if not lines or any(initial for _, initial in lines):
        return 1
    first = BudgetChange.objects.filter(line__in=[pk for pk, _ in lines], amount__gt=0).aggregate(first=Min("on"))["first"]
    return first.month if first is not None else 1


def preset(kind: str, year: int, *, month: int = 12, last: Iterable[tuple[date, Decimal]] = ()) -> list[tuple[date, Decimal]]:
    """Points of a curve that people begin from: ``quarter``, ``once`` in a month, ``carry`` what held last year; no points: linear."""
    if kind == "once":
        return [(month_end(year, month), Decimal(1))]
    if kind == "quarter":
        return [(month_end(year, quarter * 3), Decimal(quarter) / 4) for quarter in (1, 2, 3, 4)]
    if kind == "carry":
        return [(moved(on, year), share) for on, share in last]
    return []


def moved(on: date, year: int) -> date:
    """The same day in another year; an end of February stays the end of February."""
    if (on + timedelta(days=1)).day == 1:
        return month_end(year, on.month)
    return on.replace(year=year)


def by_months(curve: Curve) -> Mapping[int, Fraction]:
    """The share due by the end of each month."""
    return {month: curve.share(month_end(curve.year, month)) for month in range(1, 13)}
