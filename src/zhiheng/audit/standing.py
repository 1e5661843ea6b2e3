"""How a target stands to a value of the years before: which is better, and by how much.

Only what can be compared is compared: the same unit, both of them numbers. Where a number is written inexactly (约100, 20余家)
the comparison holds only if it holds for every number it may mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zhiheng.audit.wording import says_nothing
from zhiheng.plan.plan import Figure, Indicator
from zhiheng.values.direction import Direction, by_name, direction
from zhiheng.values.units import unit as known_unit
from zhiheng.values.value import (
    Cadence,
    Comparator,
    Coverage,
    Every,
    Missing,
    NotApplicable,
    NotDue,
    NotOrganised,
    Parts,
    PeriodUnit,
    Quantity,
    Rank,
    Ratio,
    Relative,
    Value,
)

ABOUT = Fraction(1, 20)
"""What 约 and 左右 allow either way."""

PERCENT = "rate"
"""The family of %, ‰, 成, 倍; their base is 1 %."""
PLACE = "名次"
PER_YEAR = {
    PeriodUnit.MONTH: 12,
    PeriodUnit.QUARTER: 4,
    PeriodUnit.HALF_YEAR: 2,
    PeriodUnit.YEAR: 1,
    PeriodUnit.TEN_DAYS: 36,
    PeriodUnit.WEEK: 52,
}
"""How many of each period a year has; days and working days depend on the calendar and are left out."""

GROWTH = ("增长", "增幅", "增速", "增加率", "提高率", "下降率", "降低率", "降幅")
SHORTER_IS_BETTER = ("办理", "办结", "审批", "响应", "等待", "时限", "耗时", "周转", "处理", "受理")
TIME = ("天", "日", "工作日", "小时", "分钟", "周", "月", "个月", "年")


@dataclass(frozen=True, slots=True)
class Level:
    """What a figure amounts to: at least ``low`` and at most ``high`` (None: no end), in a base unit ('' when bare).

    ``qualifier`` narrows what is counted (省级以上, 净增).
    """

    low: Fraction | None
    high: Fraction | None
    unit: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A target beside an earlier value, in one unit. ``falling``: lower is better."""

    target: Fraction
    before: Fraction
    falling: bool

    @property
    def worse(self) -> bool:
        """The target asks for less than was reached."""
        return self.target > self.before if self.falling else self.target < self.before

    @property
    def gap(self) -> Fraction | None:
        """By how much of the earlier value the target is worse; None when that was 0."""
        return abs(self.target - self.before) / abs(self.before) if self.before else None


def stated(figure: Figure | None) -> bool:
    """A value stands there: neither blank nor one of the states without a figure."""
    if figure is None or says_nothing(figure):
        return False
    return not isinstance(figure.reading.value, Missing | NotDue | NotApplicable | NotOrganised)


def standing(row: Indicator, figure: Figure | None) -> Standing | None:
    """The target of a row beside ``figure``; None where the two cannot be compared, or where it is not sure how they stand."""
    if row.target is None or figure is None or not stated(row.target) or not stated(figure):
        return None
    target, before = level(row.target.reading.value, row.name.text), level(figure.reading.value, row.name.text)
    if target is None or before is None or not comparable(target, before):
        return None
    lower = falling(row)
    if lower is None:
        return None
    aim = asked(row.target.reading.value, target, lower)
    reached = before.high if lower else before.low
    if aim is None or reached is None:
        return None
    return in_one_scale(aim, target.unit, reached, before.unit, lower)


def comparable(first: Level, second: Level) -> bool:
    """One unit, or a bare number beside one with unit: in one row both count the same. Two different qualifiers do not."""
    if first.unit != second.unit and "" not in (first.unit, second.unit):
        return False
    return first.qualifier == second.qualifier or not first.qualifier or not second.qualifier


def asked(value: Value, target: Level, lower: bool) -> Fraction | None:
    """The most favourable number that a target can be taken to ask for."""
    if isinstance(value, Quantity | Cadence) and value.op not in (Comparator.ABOUT, Comparator.BETWEEN):
        return target.low if target.low is not None else target.high
    return target.low if lower else target.high


def in_one_scale(aim: Fraction, unit: str, reached: Fraction, other: str, lower: bool) -> Standing | None:
    """A bare number beside a percentage counts per cent; one up to 1 may be a share as well, and nothing decides."""
    if unit != other and PERCENT in (unit, other):
        bare = aim if unit != PERCENT else reached
        if 0 < bare <= 1:
            return None
    return Standing(aim, reached, lower)


def level(value: Value, name: str = "") -> Level | None:
    """The value as a number with its unit; None for words and for what is no level of its own (1:3, 应做尽做)."""
    match value:
        case Coverage() | Ratio():
            return None
        case Rank(place):
            return Level(Fraction(place), Fraction(place), PLACE)
        case Relative(change=change, amount=amount, unit=unit) if change and amount is not None:
            if unit == "%" and change == "up" and any(word in name for word in GROWTH):
                return Level(Fraction(amount), Fraction(amount), PERCENT)
            return Level(Fraction(amount), Fraction(amount), f"{change} {unit}")
        case Parts(parts):
            levels = {level(part.value, name) for part in parts if part.value is not None}
            return levels.pop() if len(levels) == 1 else None
    return number(value)


def number(value: Value) -> Level | None:
    """A number, or so many per period, in its base unit: 25.81万平方米 → 258100 平方米, 每月8篇 → 96 篇 a year."""
    match value:
        case Quantity(amount, unit, _, upper, per):
            base, factor = base_unit(unit)
            top = None if upper is None else Fraction(upper) * factor
            return bounded(Fraction(amount) * factor, top, base + period(per), value)
        case Cadence(amount, unit, every) if every.unit in PER_YEAR and every.count:
            base, factor = base_unit(unit)
            return bounded(Fraction(amount) * factor * PER_YEAR[every.unit] / Fraction(every.count), None, base, value)
        case _:
            return None


def base_unit(name: str) -> tuple[str, Fraction]:
    """(what compares with this unit, how many of its base one is). A unit that the lexicon lacks stands for itself."""
    found = known_unit(name)
    return (name, Fraction(1)) if found is None else (found.family, found.factor)


def period(per: Every | None) -> str:
    """A rate per period is a unit of its own, but for the year: every figure of the table is a year's."""
    return "" if per is None or (per.unit is PeriodUnit.YEAR and per.count == 1) else f"/{per.count}{per.unit.value}"


def bounded(amount: Fraction, upper: Fraction | None, unit: str, value: Quantity | Cadence) -> Level:
    """The ends of a number as written."""
    qualifier = value.qualifier if isinstance(value, Quantity) else ""
    match value.op:
        case Comparator.GE | Comparator.GT:
            return Level(amount, None, unit, qualifier)
        case Comparator.LE | Comparator.LT:
            return Level(None, amount, unit, qualifier)
        case Comparator.ABOUT:
            return Level(amount * (1 - ABOUT), amount * (1 + ABOUT), unit, qualifier)
        case _:
            return Level(amount, amount if upper is None else upper, unit, qualifier)


def falling(row: Indicator) -> bool | None:
    """Whether lower is better, by the target's comparator and the indicator's name; None where neither tells."""
    if row.target is None:
        return None
    value = row.target.reading.value
    if isinstance(value, Rank):
        return True
    comparator = getattr(value, "op", Comparator.EQ)
    if comparator in (Comparator.LE, Comparator.LT):
        return True
    if comparator in (Comparator.GE, Comparator.GT):
        return False
    if isinstance(value, Quantity) and value.unit in TIME and not value.per:
        return True if any(word in row.name.text for word in SHORTER_IS_BETTER) else None
    if isinstance(value, Quantity) and (not value.amount or value.upper is not None):  # neither a bare 0 nor a range shows one
        return by_name(row.name.text)[0] is Direction.FALLING
    return direction(row.name.text, value) is Direction.FALLING
