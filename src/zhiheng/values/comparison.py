"""Two values beside each other: can they be compared, do they say the same, is one met by the other.

Exact: decimals and fractions, no division. What a machine cannot decide is None, never a guess. Sources: rules 6.4 R03-R08,
7.1 (usual reading, not checked against the text); pitfalls 14-18, 23, 50.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Context, Decimal
from fractions import Fraction

from zhiheng.values import units
from zhiheng.values.direction import Direction
from zhiheng.values.meeting import decided
from zhiheng.values.units import Unit
from zhiheng.values.value import (
    Cadence,
    Comparator,
    Every,
    Parts,
    PeriodUnit,
    Quantity,
    Ratio,
    Unresolved,
    Value,
)

EXACT = Context(prec=200)
PER_YEAR: dict[PeriodUnit, int] = {
    PeriodUnit.DAY: 365,
    PeriodUnit.WEEK: 52,
    PeriodUnit.TEN_DAYS: 36,
    PeriodUnit.MONTH: 12,
    PeriodUnit.QUARTER: 4,
    PeriodUnit.HALF_YEAR: 2,
    PeriodUnit.YEAR: 1,
}
"""How often a period comes in a year, as offices count (rules 7.2 form 9: 2周/次 is 26 a year). Working days have no count."""

_NONE = Unit("", "", "", Fraction(1))


def comparable(a: Value, b: Value) -> tuple[Decimal, Decimal] | None:
    """The two figures in one unit, or None where they have none in common.

    With equal units the amounts as written; else both in a unit that divides both exactly. A bare number compares with
    anything of which it may be the number; a bare number up to 1 does not compare with a percentage (0.346 or 34.6).
    """
    if isinstance(a, Unresolved) or isinstance(b, Unresolved):
        return _in_every_reading(a, b)
    a, b = _number_in_words(a), _number_in_words(b)
    if isinstance(a, Ratio) and isinstance(b, Ratio):
        if a.second <= 0 or b.second <= 0:
            return None
        return EXACT.multiply(a.first, b.second), EXACT.multiply(b.first, a.second)
    first, second = _figure(a), _figure(b)
    if first is None or second is None:
        return None
    if first.qualifier and second.qualifier and first.qualifier != second.qualifier:
        return None
    scaled = _one_unit(first, second)
    return _one_period(first.per, second.per, *scaled) if scaled is not None else None


def _number_in_words(value: Value) -> Value:
    """The number of a cell whose measures share one (组织对接次数/对接企业数10)."""
    if isinstance(value, Parts) and value.shared and value.parts[-1].value is not None:
        return value.parts[-1].value
    return value


def _in_every_reading(a: Value, b: Value) -> tuple[Decimal, Decimal] | None:
    """An open reading compares where all its readings give the same pair."""
    pairs = [comparable(one, other) for one, other in _readings(a, b)]
    return pairs[0] if pairs and all(pair == pairs[0] for pair in pairs) else None


def _readings(a: Value, b: Value) -> list[tuple[Value, Value]]:
    """The pairs of readings that two cells may have together. Cells open for one reason read alike (100 beside 98)."""
    firsts = a.candidates if isinstance(a, Unresolved) else (a,)
    seconds = b.candidates if isinstance(b, Unresolved) else (b,)
    alike = isinstance(a, Unresolved) and isinstance(b, Unresolved) and a.reason == b.reason and len(firsts) == len(seconds)
    return list(zip(firsts, seconds, strict=True)) if alike else [(one, other) for one in firsts for other in seconds]


def _figure(value: Value) -> Quantity | None:
    if isinstance(value, Cadence):
        return Quantity(value.amount, value.unit, value.op, None, value.every)
    return value if isinstance(value, Quantity) and value.upper is None else None


def _one_unit(a: Quantity, b: Quantity) -> tuple[Decimal, Decimal] | None:
    if a.unit == b.unit:
        return a.amount, b.amount
    first, second = units.unit(a.unit) if a.unit else _NONE, units.unit(b.unit) if b.unit else _NONE
    if first is None or second is None:
        return (a.amount, b.amount) if not a.unit or not b.unit else None
    if first.family == second.family:
        return _scaled(a.amount, b.amount, first.factor / second.factor)
    if first.family and second.family:
        return None
    bare = a if not first.family else b
    if (first if second.family else second).dimension == "" and first.dimension != second.dimension and bare.unit:
        return _scaled(a.amount, b.amount, first.factor / second.factor)
    other = second if not first.family else first
    if other.dimension == "rate" and 0 < abs(bare.amount) <= 1:
        return None
    return a.amount, b.amount


def _scaled(a: Decimal, b: Decimal, ratio: Fraction) -> tuple[Decimal, Decimal]:
    """Both amounts in one unit, where the first unit is ``ratio`` times the second."""
    return EXACT.multiply(a, Decimal(ratio.numerator)), EXACT.multiply(b, Decimal(ratio.denominator))


def _one_period(a: Every | None, b: Every | None, first: Decimal, second: Decimal) -> tuple[Decimal, Decimal] | None:
    """Amounts per period on one footing. A figure without a period is one of the year."""
    if a == b:
        return first, second
    yearly = Every(units.ONE, PeriodUnit.YEAR)
    one, other = a or yearly, b or yearly
    if one.unit is not other.unit and (one.unit not in PER_YEAR or other.unit not in PER_YEAR):
        return None
    if (a is None or b is None) and one != other:
        return None
    often, seldom = (PER_YEAR[one.unit], PER_YEAR[other.unit]) if one.unit is not other.unit else (1, 1)
    return (
        EXACT.multiply(first, EXACT.multiply(Decimal(often), other.count)),
        EXACT.multiply(second, EXACT.multiply(Decimal(seldom), one.count)),
    )


def equal_meaning(a: Value, b: Value) -> bool:
    """Whether two values say the same in different words: 20万平方米 and 200000平方米, 8篇 (每月) and 每月8篇."""
    if a == b:
        return True
    if isinstance(a, Quantity) and isinstance(b, Quantity) and a.upper is not None and b.upper is not None:
        low = equal_meaning(_edge(a, a.amount), _edge(b, b.amount))
        return low and a.bounds == b.bounds and equal_meaning(_edge(a, a.upper), _edge(b, b.upper))
    first, second = _figure(a), _figure(b)
    if first is None or second is None:
        return isinstance(a, Ratio) and isinstance(b, Ratio) and a.op is b.op and _equal_pair(comparable(a, b))
    if first.op is not second.op or first.qualifier != second.qualifier or bool(first.unit) != bool(second.unit):
        return False
    return _equal_pair(comparable(first, second))


def _edge(value: Quantity, amount: Decimal) -> Quantity:
    return replace(value, amount=amount, op=Comparator.EQ, upper=None, bounds="[]")


def _equal_pair(pair: tuple[Decimal, Decimal] | None) -> bool:
    return pair is not None and pair[0] == pair[1]


def meets(target: Value, actual: Value, direction: Direction | None = None, year: int | None = None) -> bool | None:
    """Whether ``actual`` meets ``target``, by the target's comparator; None where a machine cannot decide.

    ``direction`` decides for a bare number (60家 against 160家): without it only an equal figure meets it for sure.
    ``year`` is the budget year, for dates that name none. An open reading is decided where all its readings agree.
    """
    if isinstance(target, Unresolved) or isinstance(actual, Unresolved):
        answers = {meets(one, other, direction, year) for one, other in _readings(target, actual)}
        return answers.pop() if len(answers) == 1 else None
    return decided(target, actual, direction, year, comparable)
