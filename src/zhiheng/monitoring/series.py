"""Series: what was reported of one indicator, period by period, and what may be made of it.

A running total is never summed, an amount of a period is never carried forward, a level is neither. What is not known stays
unknown: a missing month makes no zero and no difference across it (pitfalls 30-45).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from zhiheng.monitoring.curve import month_end

DAY = timedelta(days=1)


class Sort(StrEnum):
    """What a reading is: a running total since the start of the year, the amount of its own period, or a level on its last day."""

    RUNNING = "running"
    AMOUNT = "amount"
    LEVEL = "level"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    def holds(self, other: Period) -> bool:
        """Whether ``other`` lies within this one."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


def month(year: int, number: int) -> Period:
    """A month of a calendar year, which is the fiscal year."""
    return Period(date(year, number, 1), month_end(year, number))


def quarter(year: int, number: int) -> Period:
    """A quarter, 1 to 4."""
    return Period(date(year, number * 3 - 2, 1), month_end(year, number * 3))


def half(year: int, number: int) -> Period:
    """上半年 1, 下半年 2."""
    return Period(date(year, number * 6 - 5, 1), month_end(year, number * 6))


@dataclass(frozen=True, slots=True)
class Entry:
    """One approved report of a period. ``value`` None: reported as not known. ``number`` is its place in the register, which
    decides between two that were approved at one instant. ``by`` is who reported; it never splits a series.
    """

    period: Period
    value: Decimal | None
    approved: datetime
    number: int = 0
    by: str = ""


@dataclass(frozen=True, slots=True)
class Increment:
    """What was added in one period; None where it is not known. ``jointly`` is then what the periods since ``since`` added together."""

    period: Period
    value: Decimal | None
    jointly: Decimal | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """``value`` of the year up to a day, as far as ``missing`` periods are known to be lacking. ``conflicts`` are periods whose
    whole and parts disagree, or that overlap without one holding the other; then there is no value that can be trusted.
    """

    value: Decimal | None
    missing: tuple[Period, ...] = ()
    conflicts: tuple[Period, ...] = ()

    @property
    def complete(self) -> bool:
        """Nothing is lacking and nothing disagrees."""
        return self.value is not None and not self.missing and not self.conflicts


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands at a day: ``carried`` tells that it is an earlier period's value, not one reported for this day."""

    value: Decimal
    of: Period
    carried: bool


@dataclass(frozen=True, slots=True)
class Series:
    """Readings of one indicator, the last approved of each period, by the end of the period. Made by :func:`series`.

    ``start`` is the baseline of a running total that begins above 0: it is no part of what the year added. ``begins`` is the day
    from which the indicator exists (a project added in mid-year lacks nothing before it). ``replaced`` are the earlier reports.
    """

    sort: Sort
    entries: tuple[Entry, ...]
    replaced: tuple[Entry, ...] = ()
    start: Decimal = Decimal(0)
    begins: date | None = None

    def latest(self, on: date | None = None) -> Entry | None:
        """The last known reading up to a day: by the end of its period, then by approval, then by number."""
        known = [entry for entry in self.entries if entry.value is not None and (on is None or entry.period.last <= on)]
        return known[-1] if known else None

    def at(self, day: date, today: date) -> Shown | None:
        """What a page shows at the end of a period. An earlier value is carried and marked; a future day stays empty.

        An amount is not carried: a month without report added nothing that is known.
        """
        found = self.latest(day)
        if day > today or found is None or found.value is None:
            return None
        carried = found.period.last < day
        return None if carried and self.sort is Sort.AMOUNT else Shown(found.value, found.period, carried)

    def increments(self) -> tuple[Increment, ...]:
        """What each period added. Of a running total it is known only beside a known neighbour: 10, –, 30 added 10, ? and ?."""
        if self.sort is Sort.AMOUNT:
            return tuple(Increment(entry.period, entry.value) for entry in self.entries)
        found: list[Increment] = []
        before, since = (self.start if self.sort is Sort.RUNNING else None), None
        adjoining = True
        previous: Period | None = None
        for entry in self.entries:
            beside = adjoining and (previous is None or previous.last + DAY >= entry.period.first)
            if entry.value is None:
                found.append(Increment(entry.period, None))
                adjoining = False
            elif before is not None and beside:
                found.append(Increment(entry.period, entry.value - before))
                before, since, adjoining = entry.value, entry.period.last, True
            else:
                jointly = entry.value - before if before is not None else None
                found.append(Increment(entry.period, None, jointly, since))
                before, since, adjoining = entry.value, entry.period.last, True
            previous = entry.period
        return tuple(found)

    def total(self, on: date | None = None) -> Total:
        """The year's figure up to a day: the last of running totals and levels, the sum of amounts.

        Amounts of months, quarters and half-years may stand mixed: of a period and its parts the whole counts once.
        """
        if self.sort is not Sort.AMOUNT:
            found = self.latest(on)
            if found is None or found.value is None:
                return Total(None)
            base = self.start if self.sort is Sort.RUNNING else Decimal(0)
            return Total(found.value - base)
        entries = [entry for entry in self.entries if on is None or entry.period.last <= on]
        known = [entry for entry in entries if entry.value is not None]
        if not known:
            return Total(None, tuple(entry.period for entry in entries))
        outer = [entry for entry in known if not any(other is not entry and other.period.holds(entry.period) for other in known)]
        conflicts = [one.period for one, other in pairwise(outer) if one.period.meets(other.period)]
        conflicts += [entry.period for entry in outer if contradicted(entry, known)]
        value = sum((entry.value for entry in outer if entry.value is not None), Decimal(0))
        return Total(None if conflicts else value, self.gaps(outer), tuple(conflicts))

    def gaps(self, entries: Sequence[Entry]) -> tuple[Period, ...]:
        """The days of the year, up to the last reported, that no reading covers."""
        lacking: list[Period] = []
        expected = self.begins or date(entries[0].period.last.year, 1, 1)
        for entry in sorted(entries, key=lambda each: each.period):
            if entry.period.first > expected:
                lacking.append(Period(expected, entry.period.first - DAY))
            expected = max(expected, entry.period.last + DAY)
        return tuple(lacking)

    def falls(self) -> tuple[tuple[Entry, Entry], ...]:
        """Running totals that are lower than the one before: a mistake, or a correction that needs a word."""
        if self.sort is not Sort.RUNNING:
            return ()
        known = [entry for entry in self.entries if entry.value is not None]
        return tuple((one, other) for one, other in pairwise(known) if (other.value or Decimal(0)) < (one.value or Decimal(0)))


def series(sort: Sort, entries: Iterable[Entry], start: Decimal = Decimal(0), begins: date | None = None) -> Series:
    """The series of approved reports in any order. Of two for the same period the later approved holds, the earlier is kept."""
    ordered = sorted(entries, key=lambda entry: (entry.period.last, entry.period.first, entry.approved, entry.number))
    holding: dict[Period, Entry] = {}
    replaced: list[Entry] = []
    for entry in ordered:
        if entry.period in holding:
            replaced.append(holding[entry.period])
        holding[entry.period] = entry
    return Series(sort, tuple(holding.values()), tuple(replaced), start, begins)


def contradicted(whole: Entry, known: Sequence[Entry]) -> bool:
    """Whether the parts of a period cover it without gap and sum to something else."""
    parts = sorted(
        (entry for entry in known if entry is not whole and whole.period.holds(entry.period)),
        key=lambda entry: (entry.period.first, -entry.period.last.toordinal()),
    )
    at, total = whole.period.first, Decimal(0)
    for part in parts:
        if part.period.first != at:
            continue
        at, total = part.period.last + DAY, total + (part.value or Decimal(0))
    return bool(parts) and at == whole.period.last + DAY and total != whole.value


def target_of(sort: Sort, targets: Iterable[tuple[Period, Decimal]]) -> Decimal | None:
    """The year's target that targets of periods make: the last one of running totals and levels, the sum of amounts.

    Several reports in a period do not multiply its target: a period counts once. Where the year has a target of its own, that
    one holds and nothing is derived (pitfalls 31, 37, 38).
    """
    each = dict(sorted(targets))
    if not each:
        return None
    return sum(each.values(), Decimal(0)) if sort is Sort.AMOUNT else each[max(each, key=lambda period: (period.last, period.first))]
