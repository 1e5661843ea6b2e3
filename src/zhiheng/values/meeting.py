"""Whether a result meets a target, form by form.

A bound is the set of figures that meet it, a result the set of figures it may be (200余人: 200 or more): the target is met
when all of them do, missed when none does, open when some do.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal

from zhiheng.values.direction import Direction
from zhiheng.values.tiers import SCALES
from zhiheng.values.value import (
    Achieved,
    Cadence,
    Comparator,
    Coverage,
    Deadline,
    Every,
    Part,
    Parts,
    PeriodUnit,
    Phrase,
    Quantity,
    Rank,
    Ratio,
    Relative,
    Tier,
    Value,
)

Compare = Callable[[Value, Value], tuple[Decimal, Decimal] | None]
EQ, GE, GT, LE, LT, ABOUT = Comparator.EQ, Comparator.GE, Comparator.GT, Comparator.LE, Comparator.LT, Comparator.ABOUT
EXACT = Context(prec=200)
TOLERANCE = Decimal("0.05")
"""约, 左右 allow 5 % either way (rules 7.1, a default of this product)."""
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Span:
    """A set of numbers between two ends; None: no end on that side. ``left``, ``right``: whether the end belongs to it."""

    low: Decimal | None
    high: Decimal | None
    left: bool = True
    right: bool = True

    def within(self, other: Span) -> bool | None:
        """True: all of it in ``other``; False: none; None: some."""
        if self._above(other) or other._above(self):
            return False
        return True if self._starts_in(other) and self._ends_in(other) else None

    def _starts_in(self, other: Span) -> bool:
        if other.low is None or self.low is None:
            return other.low is None
        return self.low > other.low or (self.low == other.low and (other.left or not self.left))

    def _ends_in(self, other: Span) -> bool:
        if other.high is None or self.high is None:
            return other.high is None
        return self.high < other.high or (self.high == other.high and (other.right or not self.right))

    def _above(self, other: Span) -> bool:
        """Whether all of it lies above all of ``other``."""
        if self.low is None or other.high is None:
            return False
        return self.low > other.high or (self.low == other.high and not (self.left and other.right))


def span(amount: Decimal, op: Comparator, upper: Decimal | None = None, bounds: str = "[]") -> Span:
    """The numbers that a comparator and a figure allow."""
    if upper is not None:
        return Span(amount, upper, bounds[0] == "[", bounds[1] == "]")
    if op is ABOUT:
        slack = EXACT.multiply(abs(amount), TOLERANCE)
        return Span(EXACT.subtract(amount, slack), EXACT.add(amount, slack))
    if op in (GE, GT):
        return Span(amount, None, op is GE)
    if op in (LE, LT):
        return Span(None, amount, True, op is LE)
    return Span(amount, amount)


def decided(target: Value, actual: Value, direction: Direction | None, year: int | None, compare: Compare) -> bool | None:
    """Whether ``actual`` meets ``target``; None where that cannot be decided."""
    claim = _claimed(target, actual)
    if claim is not None:
        return claim
    match target:
        case Quantity():
            return _quantity(target, actual, direction, compare)
        case Cadence():
            return _cadence(target, actual, direction, compare)
        case Ratio():
            pair = compare(target, actual) if isinstance(actual, Ratio) else None
            return _figures(target.op, actual.op, pair, direction) if pair is not None and isinstance(actual, Ratio) else None
        case Deadline():
            return _date(target, actual, year)
        case Coverage():
            return _covered(target, actual)
        case Achieved():
            return _achieved(target, actual)
        case Tier():
            return _tier(target, actual)
        case Rank():
            return _rank(target, actual)
        case Relative():
            return _relative(target, actual)
        case Parts():
            return _parts(target, actual, direction, year, compare)
        case _:
            return None


def _claimed(target: Value, actual: Value) -> bool | None:
    """A tier of the self-evaluation form says itself whether a target without a figure was reached."""
    if not isinstance(actual, Tier) or actual.scale != "attainment" or actual.op is not EQ:
        return None
    if not isinstance(target, Phrase | Coverage | Achieved | Deadline | Tier) or isinstance(target, Tier) and target.scale == "attainment":
        return None
    rank = SCALES["attainment"].rank(actual.level)
    return None if rank is None or rank == 1 else rank == 0


def _figures(op: Comparator, reported: Comparator, pair: tuple[Decimal, Decimal], direction: Direction | None) -> bool | None:
    aim, reached = pair
    found = span(reached, reported)
    if op is not EQ:
        return found.within(span(aim, op))
    if direction is Direction.RISING:
        return found.within(Span(aim, None))
    if direction is Direction.FALLING:
        return found.within(Span(None, aim))
    answer = found.within(Span(aim, aim))
    return answer if answer or direction is Direction.EQUAL else None


def _quantity(target: Quantity, actual: Value, direction: Direction | None, compare: Compare) -> bool | None:
    if target.upper is not None:
        return _in_range(target, actual, compare)
    if isinstance(actual, Quantity) and actual.upper is not None:
        low = _figures(target.op, EQ, pair, direction) if (pair := compare(target, _plain(actual, actual.amount))) else None
        high = _figures(target.op, EQ, pair, direction) if (pair := compare(target, _plain(actual, actual.upper))) else None
        return low if low is high and "(" not in actual.bounds and ")" not in actual.bounds else None
    if not isinstance(actual, Quantity | Cadence):
        return None
    pair = compare(target, actual)
    return _figures(target.op, actual.op, pair, direction) if pair is not None else None


def _plain(value: Quantity, amount: Decimal) -> Quantity:
    return replace(value, amount=amount, upper=None, op=EQ, bounds="[]")


def _in_range(target: Quantity, actual: Value, compare: Compare) -> bool | None:
    if not isinstance(actual, Quantity) or target.upper is None:
        return None
    ends = (actual.amount, actual.amount if actual.upper is None else actual.upper)
    lows = [compare(_plain(target, target.amount), _plain(actual, end)) for end in ends]
    highs = [compare(_plain(target, target.upper), _plain(actual, end)) for end in ends]
    if None in lows or None in highs:
        return None
    (low, first), (high, second) = lows[0] or (HUNDRED, HUNDRED), highs[1] or (HUNDRED, HUNDRED)
    found = Span(first, second, actual.bounds[0] == "[", actual.bounds[1] == "]") if actual.upper is not None else span(first, actual.op)
    return found.within(Span(low, high, target.bounds[0] == "[", target.bounds[1] == "]"))


def _cadence(target: Cadence, actual: Value, direction: Direction | None, compare: Compare) -> bool | None:
    """Every period must hold enough, which a yearly total cannot show; too small a total shows that it did not."""
    pair = compare(target, actual) if isinstance(actual, Cadence | Quantity) else None
    if pair is None or not isinstance(actual, Cadence | Quantity):
        return None
    every = actual.every if isinstance(actual, Cadence) else actual.per
    answer = _figures(target.op, actual.op, pair, direction or (Direction.RISING if target.op is EQ else None))
    if not answer or every is None or every == target.every or _divides(every, target):
        return answer
    return True if _surely(actual.amount, actual.op, every, target) else None


_SHORTEST = {PeriodUnit.MONTH: 28, PeriodUnit.QUARTER: 90, PeriodUnit.HALF_YEAR: 181, PeriodUnit.YEAR: 365}
"""Days of the shortest calendar period of each kind."""
_LENGTH = {PeriodUnit.DAY: 1, PeriodUnit.WEEK: 7}


def _surely(amount: Decimal, op: Comparator, every: Every, target: Cadence) -> bool:
    """Whether the whole weeks or days inside even the shortest period hold enough (每周1次 for 每月1次)."""
    if every.unit not in _LENGTH or target.every.unit not in _SHORTEST or target.op not in (EQ, GE) or op not in (EQ, GE, GT):
        return False
    length = every.count * _LENGTH[every.unit]
    whole = (target.every.count * _SHORTEST[target.every.unit] - length + 1) // length
    return whole > 0 and whole * amount >= target.amount


def _divides(every: object, target: Cadence) -> bool:
    """Whether each of the target's periods is made of whole periods of the result."""
    months = {"月": 1, "季度": 3, "半年": 6, "年": 12}
    days = {"日": 1, "周": 7}
    unit, count = getattr(every, "unit", None), getattr(every, "count", Decimal(0))
    for length in (months, days):
        if unit in length and target.every.unit in length and count > 0:
            return (target.every.count * length[target.every.unit]) % (count * length[unit]) == 0
    return False


def _days(value: Deadline, year: int | None) -> tuple[date | None, date | None]:
    """First and last day that a date may be; a deadline has no first."""
    y = value.year if value.year is not None else year if year is not None else 2000
    if not 1 <= y <= 9999:
        return None, None
    first, last = 1, 12
    if value.month is not None:
        first = last = value.month
    elif value.quarter is not None:
        first, last = value.quarter * 3 - 2, value.quarter * 3
    elif value.half is not None:
        first, last = value.half * 6 - 5, value.half * 6
    end = date(y, last, min(value.day or 31, monthrange(y, last)[1]))
    begin = end if value.day is not None and value.month is not None else date(y, first, 1)
    return (None if value.op is LE and value.quarter is None and value.half is None else begin), end


def _date(target: Deadline, actual: Value, year: int | None) -> bool | None:
    """Done by the last day that the target allows."""
    if not isinstance(actual, Deadline) or year is None and (target.year is None) != (actual.year is None):
        return None
    _, due = _days(target, year)
    begun, done = _days(actual, year)
    if due is None or done is None:
        return None
    if done <= due:
        return True
    return False if begun is not None and begun > due else None


def _share(actual: Value) -> bool | None:
    """Whether a rate says that all was done."""
    if not isinstance(actual, Quantity) or actual.unit != "%" or actual.upper is not None:
        return None
    if actual.amount == HUNDRED and actual.op in (EQ, GE):
        return True
    return False if actual.amount < HUNDRED and actual.op in (EQ, LE, LT) else None


def _covered(target: Coverage, actual: Value) -> bool | None:
    if isinstance(actual, Coverage):
        return True if actual.verb == target.verb else None
    return actual.done if isinstance(actual, Achieved) and not actual.norm else _share(actual)


def _achieved(target: Achieved, actual: Value) -> bool | None:
    if isinstance(actual, Achieved):
        if actual.norm and target.norm and actual.norm != target.norm:
            return None
        return actual.done == target.done
    if not target.done:
        return None
    return True if isinstance(actual, Coverage) else _share(actual)


def _tier(target: Tier, actual: Value) -> bool | None:
    """On one scale: as good as the target or better. On a scale without a good end only the same level."""
    if not isinstance(actual, Tier) or actual.scale != target.scale or target.scale not in SCALES or actual.op not in (EQ, GE):
        return None
    scale = SCALES[target.scale]
    aim, reached = scale.rank(target.level), scale.rank(actual.level)
    if aim is None or reached is None:
        return None
    if target.op in (LE, LT) or not scale.oriented and target.op is not EQ:
        return None
    if not scale.oriented:
        return True if aim == reached and actual.op is EQ else None
    met = reached < aim if target.op is GT else reached <= aim
    return True if met else (False if actual.op is EQ else None)


def _rank(target: Rank, actual: Value) -> bool | None:
    if not isinstance(actual, Rank) or actual.scope and target.scope and actual.scope != target.scope:
        return None
    if actual.place <= target.place:
        return True
    return False if actual.op is EQ else None


def _change(value: Relative) -> Span:
    """The change against the base, growth counted positive."""
    if not value.change:
        return span(Decimal(0), value.op)
    rising = value.change == "up"
    if value.amount is None:
        return Span(Decimal(0), None, False) if rising else Span(None, Decimal(0), True, False)
    found = span(value.amount, value.op)
    return found if rising else Span(_negated(found.high), _negated(found.low), found.right, found.left)


def _negated(number: Decimal | None) -> Decimal | None:
    return None if number is None else -number


def _relative(target: Relative, actual: Value) -> bool | None:
    """A change against a change of the same base; a figure needs the base's own figure, which is not here."""
    if not isinstance(actual, Relative) or actual.base != target.base:
        return None
    sized = target.amount is not None and target.amount != 0
    if sized and actual.amount is not None and actual.amount != 0 and actual.unit != target.unit:
        return None
    aim = _change(target)
    if sized and target.op is EQ:
        aim = Span(aim.low, None) if target.change == "up" else Span(None, aim.high)
    return _change(actual).within(aim)


def _parts(target: Parts, actual: Value, direction: Direction | None, year: int | None, compare: Compare) -> bool | None:
    """All parts, each by its own target, in order."""
    if not isinstance(actual, Parts) or target.shared or actual.shared or len(actual.parts) != len(target.parts):
        return None
    if any(one.name and other.name and one.name != other.name for one, other in zip(target.parts, actual.parts, strict=True)):
        return None
    answers = [_part(one, other, direction, year, compare) for one, other in zip(target.parts, actual.parts, strict=True)]
    if False in answers:
        return False
    return None if None in answers else True


def _part(target: Part, actual: Part, direction: Direction | None, year: int | None, compare: Compare) -> bool | None:
    if target.value is None or actual.value is None:
        return None
    return decided(target.value, actual.value, direction, year, compare)
