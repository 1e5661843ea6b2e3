"""From round to round: what an indicator stood at, what the months since added, a fall, a value carried because nothing newer is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from zhiheng.monitoring.series import Entry, Period, Series, Sort, series
from zhiheng.values.value import Quantity
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRow
from zhiheng_web.evaluation.monitoring.judging import Judged


@dataclass(frozen=True, slots=True)
class Step:
    """One round of an indicator. ``added`` is what its months added (None: not known); ``jointly`` then what came since ``since``."""

    round: str
    last: date
    value: Decimal | None
    shown_zh: str
    shown_en: str
    unit: str
    added: Decimal | None
    jointly: Decimal | None
    since: date | None
    fell: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """The rounds of an indicator up to one of them. ``carried``: this round has no figure, that of an earlier one is the last known."""

    steps: tuple[Step, ...]
    running: bool
    carried: Step | None
    reached: tuple[tuple[date, Fraction], ...]

    @property
    def now(self) -> Step:
        """The round that is looked at."""
        return self.steps[-1]


def progress_of(report: MonitoringReport, judged: Collection[Judged]) -> Mapping[UUID, Progress]:
    """Row → its way through the rounds of the year, each a running total of its own, never added up. One query."""
    earlier = MonitoringRow.objects.filter(
        report__table=report.table_id, report__round__year=report.round.year, report__round__last__lt=report.round.last,
        indicator__in=[one.row.indicator_id for one in judged],
    )  # fmt: skip
    before: dict[UUID, list[MonitoringRow]] = {}
    for row in earlier.select_related("report__round").order_by("report__round__last"):
        before.setdefault(row.indicator_id, []).append(row)
    found = {}
    for one in judged:
        one.row.report = report
        found[one.row.pk] = _progress(one, [*before.get(one.row.indicator_id, []), one.row])
    return found


def _progress(one: Judged, rows: Sequence[MonitoringRow]) -> Progress:
    entries = [
        Entry(Period(row.report.round.first, row.report.round.last), row.value, row.report.known_at, number)
        for number, row in enumerate(rows)
    ]
    way: Series = series(Sort.RUNNING if one.running else Sort.LEVEL, entries)
    added = {increment.period: increment for increment in way.increments()}
    fallen = {later.period for _, later in way.falls()}
    steps = tuple(
        Step(
            row.report.round.name, row.report.round.last, row.value, row.shown_zh, row.shown_en, row.unit, added[entry.period].value,
            added[entry.period].jointly, added[entry.period].since, entry.period in fallen,
        )
        for row, entry in zip(rows, entries, strict=True)
        if entry.period in added
    )  # fmt: skip
    last = rows[-1].report.round.last
    standing = way.at(last, last)
    carried = next((step for step in steps if step.last == standing.of.last), None) if standing is not None and standing.carried else None
    return Progress(steps, one.running, carried, tuple(_reached(one, rows)))


def _reached(one: Judged, rows: Sequence[MonitoringRow]) -> list[tuple[date, Fraction]]:
    """What share of the target in force now each round had reached; none where target or figure is no plain number."""
    target = one.target
    if not isinstance(target, Quantity) or target.amount <= 0:
        return []
    return [(row.report.round.last, Fraction(row.value) / Fraction(target.amount)) for row in rows if row.value is not None]
