"""What a budget is on a day, what was paid of it, and the rate between them (预算执行率). Exact; asks the database nothing."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhiheng.scoring.rounding import Mode, Rounding
from zhiheng_web.planning.models import BudgetChange, BudgetLine, TreasuryPayment
from zhiheng_web.wording import Text

NONE = Decimal(0)
TWO_PLACES = Rounding(Mode.HALF_UP, 2)
NO_BUDGET = Text("预算为 0，无法计算执行率", "The budget is 0: there is no rate")
NO_DATA = Text("尚无支付数据", "No payments are known yet")
OVER = Text("支付超过预算", "More was paid than the budget")


@dataclass(frozen=True, slots=True)
class Rate:
    """执行率 = 已支付 ÷ 预算. A budget of 0 has no rate, nor has one of which no payment is known; more than 100 % stays as it is."""

    budget: Decimal
    paid: Decimal | None

    @property
    def fraction(self) -> Fraction | None:
        """The exact rate; None where there is none."""
        if self.paid is None or self.budget == 0:
            return None
        return Fraction(self.paid) / Fraction(self.budget)

    @property
    def percent(self) -> Decimal | None:
        """The rate in per cent, half up to two places: what pages show."""
        return None if self.fraction is None else TWO_PLACES.apply(self.fraction * 100)

    @property
    def words(self) -> Text | None:
        """Why there is no rate, or that it is above 100 %; None for an ordinary one."""
        if self.budget == 0:
            return NO_BUDGET
        if self.paid is None:
            return NO_DATA
        return OVER if self.paid > self.budget else None


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """What per cent ``part`` is of ``whole``, half up to two places; None of nothing."""
    return TWO_PLACES.apply(Fraction(part) / Fraction(whole) * 100) if whole else None


@dataclass(frozen=True, slots=True)
class Spending:
    """One or more budget lines of a year, looked at on a day.

    ``initial`` 年初预算, ``changed`` the adjustments up to the day, ``months`` what was paid in each month that has ended by the
    day. A month that no sheet has told of is absent: it is not 0. ``changes_later`` are adjustments dated after the day.
    """

    day: date
    initial: Decimal = NONE
    changed: Decimal = NONE
    changes_later: Decimal = NONE
    months: tuple[tuple[int, Decimal], ...] = ()

    @property
    def current(self) -> Decimal:
        """全年预算: what it is on the day."""
        return self.initial + self.changed

    @property
    def paid(self) -> Decimal | None:
        """What was paid by the day; None if no month is known."""
        return sum((amount for _, amount in self.months), NONE) if self.months else None

    @property
    def rate(self) -> Rate:
        """The execution rate on the day."""
        return Rate(self.current, self.paid)

    @property
    def remaining(self) -> Decimal:
        """What is left of the budget on the day; below 0 where more was paid."""
        return self.current - (self.paid or NONE)

    @property
    def until(self) -> int | None:
        """The last month of which anything is known."""
        return max((month for month, _ in self.months), default=None)

    def month(self, number: int) -> Decimal | None:
        """What was paid in that month; None: no data."""
        return dict(self.months).get(number)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def spending(lines: Iterable[BudgetLine], changes: Iterable[BudgetChange], payments: Iterable[TreasuryPayment], day: date) -> Spending:
    """The lines with what belongs to them, on ``day``. Each line, change and payment counts once, however often it is given.

    Payments that a later import replaced do not count. All lines are of one year.
    """
    own = {line.pk: line for line in lines}
    mine = {change.pk: change for change in changes if change.line_id in own}.values()
    months: dict[int, Decimal] = {}
    for payment in {row.pk: row for row in payments if row.line_id in own and row.replaced_by_id is None}.values():
        if last_day(own[payment.line_id].year, payment.month) <= day:
            months[payment.month] = months.get(payment.month, NONE) + payment.amount
    return Spending(
        day,
        sum((line.initial for line in own.values()), NONE),
        sum((change.amount for change in mine if change.on <= day), NONE),
        sum((change.amount for change in mine if change.on > day), NONE),
        tuple(sorted(months.items())),
    )


def known_until(lines: Iterable[BudgetLine], payments: Iterable[TreasuryPayment], day: date) -> int | None:
    """The last month up to which every unit's payments are known; None where none are. Each unit imports a sheet of its own.

    A unit of which nothing at all is known is left out: that it has no data is said where its own money stands.
    """
    own = list(lines)
    units = {line.unit_id for line in own}
    known = list(payments)
    found = [spending([line for line in own if line.unit_id == unit], (), known, day).until for unit in units]
    return min((month for month in found if month is not None), default=None)


def day_of(year: int, today: date, asked: date | None = None) -> date:
    """The day on which a year's money is looked at: the one asked for, else the end of this month or, for a past year, of the year."""
    if asked is not None:
        return asked
    return min(date(year, 12, 31), last_day(today.year, today.month)) if today.year >= year else date(year, 12, 31)


def by_line(rows: Sequence[BudgetChange] | Sequence[TreasuryPayment]) -> dict[object, list]:
    """Changes or payments by the line they belong to."""
    found: dict[object, list] = {}
    for row in rows:
        found.setdefault(row.line_id, []).append(row)
    return found
