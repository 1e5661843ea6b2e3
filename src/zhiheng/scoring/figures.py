"""Two values as exact numbers in one unit, so that a method can compare them.

The unit is that of the target. What stands in different units is never compared: the answer is then a reason. An actual
written inexactly (200余人, 约500) is a span, and its points are those of both its ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zhiheng.scoring.methods.given import NotScored
from zhiheng.values.comparison import PER_YEAR
from zhiheng.values.units import unit as unit_of
from zhiheng.values.value import Cadence, Comparator, Coverage, Every, PeriodUnit, Quantity, Ratio, Value

PERCENT = "%"
PROPORTION = ":"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a unit as written. ``upper`` is set for a range; ``label`` holds what must be alike to compare (period, level)."""

    amount: Fraction
    unit: str
    upper: Fraction | None = None
    label: str = ""

    @property
    def share(self) -> Fraction:
        """What turns the number into a share of one: 1/100 for per cent."""
        return Fraction(1, 100) if self.unit == PERCENT else Fraction(1)


@dataclass(frozen=True, slots=True)
class Span:
    """What an actual amounts to: from ``low`` to ``high``; one number when it is exact; ``high`` None: no upper end."""

    low: Fraction
    high: Fraction | None

    @property
    def exact(self) -> bool:
        """Whether the actual is one number."""
        return self.low == self.high


def measured(value: Value | None) -> Amount | None:
    """The number that a value is; None for values that are none.

    A table of a year counts its cadences by the year: 每月8篇 is 96篇.
    """
    match value:
        case Quantity(amount, unit, _, upper, per, qualifier):
            return Amount(Fraction(amount), unit, Fraction(upper) if upper is not None else None, period(per) + qualifier)
        case Ratio(first, second) if second:
            return Amount(Fraction(first) / Fraction(second), PROPORTION)
        case Cadence(amount, unit, every) if every.unit in PER_YEAR and every.count:
            return Amount(Fraction(amount) * PER_YEAR[every.unit] / Fraction(every.count), unit)
        case Coverage():
            return Amount(Fraction(100), PERCENT)
        case _:
            return None


def period(per: Every | None) -> str:
    """A recurring period as a label. A figure of the whole year is the plain figure of the year's table."""
    if per is None or (per.unit is PeriodUnit.YEAR and per.count == 1):
        return ""
    return f"/{per.count}{per.unit.value}"


def op_of(value: Value) -> Comparator:
    """How an actual must stand to a value: as written; all that is due means at least 100 %."""
    match value:
        case Quantity(op=op) | Ratio(op=op) | Cadence(op=op):
            return op
        case _:
            return Comparator.GE


def span(actual: Value, target: Amount, tolerance: Fraction) -> Span | NotScored:
    """The actual as a span in the target's unit. A :class:`NotScored` says why it cannot be one."""
    own = measured(actual)
    if own is None:
        return NotScored("actual_no_number")
    if own.label and own.label != target.label:  # what the actual leaves out, its row says
        return NotScored("units_differ", (("actual", own.unit + own.label), ("target", target.unit + target.label)))
    factor = conversion(own, target)
    if isinstance(factor, NotScored):
        return factor
    amount = own.amount * factor
    match op_of(actual) if not isinstance(actual, Coverage) else Comparator.EQ:
        case Comparator.GE | Comparator.GT:
            return Span(amount, None)
        case Comparator.LE | Comparator.LT:
            return Span(min(amount, Fraction(0)), amount)
        case Comparator.ABOUT:
            margin = abs(amount) * tolerance
            return Span(amount - margin, amount + margin)
        case Comparator.BETWEEN:
            return Span(amount, own.upper * factor if own.upper is not None else None)
        case _:
            return Span(amount, amount)


def conversion(own: Amount, target: Amount) -> Fraction | NotScored:
    """The factor from one unit to the other.

    In one row of a form a bare 735 beside 735人次 counts the same thing. Beside a percentage a bare number above 1 counts per
    cent; one up to 1 may be a share or a per cent (0.95, 1), and nothing decides. 0 is 0 in both.
    """
    if own.unit == target.unit:
        return Fraction(1)
    if PERCENT in (own.unit, target.unit) and "" in (own.unit, target.unit):
        bare = own.amount if not own.unit else target.amount
        return NotScored("share_or_percent") if 0 < bare <= 1 else Fraction(1)
    if not own.unit or not target.unit:
        return Fraction(1)
    if own.unit == PROPORTION and target.unit == PERCENT:  # 3/4 is 75 %
        return Fraction(100)
    from_, to = unit_of(own.unit), unit_of(target.unit)
    if from_ is None or to is None or from_.family != to.family:
        return NotScored("units_differ", (("actual", own.unit), ("target", target.unit)))
    return from_.factor / to.factor
