"""Numbers beside numbers on a day: which arithmetic a target calls for, and the lamp that it gives.

Only a running total of the year is paced. A rate, a share, a level or a last value is held against its whole target on every
day (pitfall 40); a limit that must not be passed stands in full as well, and what lies below it is green (pitfall 13).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhiheng.monitoring.curve import Curve
from zhiheng.monitoring.judgement import Judgement, shown
from zhiheng.monitoring.lamp import Lamp
from zhiheng.monitoring.policy import Policy
from zhiheng.scoring.figures import PROPORTION, Amount, measured, op_of, span
from zhiheng.scoring.outcome import NotScored
from zhiheng.scoring.setting import Bands
from zhiheng.scoring.trace import Step, printed, step
from zhiheng.values.direction import reasoned
from zhiheng.values.units import unit as unit_of
from zhiheng.values.value import Cadence, Comparator, Coverage, PeriodUnit, Quantity, Ratio, Value

FALLING = (Comparator.LE, Comparator.LT)
STOCKS = ("总数", "总量", "存量", "保有量")
UNPACED = frozenset({"rate", "points", "multiple", "score", "clock", "calendar", "workdays", "concentration", "sound", "temperature"})
"""Dimensions whose figures do not add up over the year."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a judgement: the curve, the day, the policy, whether the actual is a running total, its name.

    ``benchmark`` is what a relative target is measured against, ``tier`` 1-3 how a person judged a target in words.
    """

    curve: Curve
    day: date
    policy: Policy
    cumulative: bool = True
    tier: int | None = None
    name: str = ""
    benchmark: Value | None = None

    @property
    def share(self) -> Fraction:
        """What is due by the day."""
        return self.curve.share(self.day)


@dataclass(frozen=True, slots=True)
class Row:
    """One target and one exact actual in its unit. ``paced``: the actual is a running total of the year."""

    target: Fraction
    actual: Fraction
    op: Comparator
    unit: str
    paced: bool
    upper: Fraction | None = None
    bounds: str = "[]"


def refused(reason: NotScored) -> Judgement:
    """No lamp, because the two cannot be compared; the step says why in the words of scoring."""
    return Judgement(Lamp.NONE, steps=(Step(f"reason.{reason.reason}", reason.parameters),), notes=("not_judged",))


def numeric(target: Value, actual: Value, around: Around) -> Judgement:
    """The lamp of a number against a number. Of an inexact actual (200余家) the worse of its two ends."""
    amount = measured(target)
    if amount is None:
        return refused(NotScored("target_no_number"))
    within = span(actual, amount, around.policy.number("lamps.tolerance") or Fraction(0))
    if isinstance(within, NotScored):
        return refused(within)
    row = Row(
        amount.amount,
        within.low,
        direction(target, around),
        "" if amount.unit == PROPORTION else amount.unit,
        around.cumulative and adds_up(target, amount) and adds_up(actual, measured(actual)),
        amount.upper,
        target.bounds if isinstance(target, Quantity) else "[]",
    )
    found = judged(row, around)
    if within.exact or row.op not in (*FALLING, Comparator.BETWEEN):
        return found if within.exact else with_note(found, "inexact")
    top = within.high if within.high is not None else max(row.target, row.upper or row.target, within.low) + 1
    other = judged(Row(row.target, top, row.op, row.unit, row.paced, row.upper, row.bounds), around)
    return with_note(min(found, other, key=lambda each: list(Lamp).index(each.lamp)), "inexact")


def with_note(found: Judgement, code: str) -> Judgement:
    """The judgement with one more note."""
    return Judgement(found.lamp, found.expected, found.due, found.ratio, found.attainment, found.steps, (*found.notes, code))


def direction(target: Value, around: Around) -> Comparator:
    """How the actual must stand to the target; a number without sign falls only where the indicator's name says so."""
    op = op_of(target)
    if op in (Comparator.EQ, Comparator.ABOUT):
        falls = bool(around.name) and reasoned(around.name, target)[1].startswith("name_falling")
        return Comparator.LE if falls else Comparator.EQ
    return op


def adds_up(value: Value, amount: Amount | None) -> bool:
    """Whether figures like this one add up over the year: counts, money, areas; no rates, no unit prices, no stocks."""
    match value:
        case Ratio() | Coverage():
            return False
        case Cadence():  # 每月8篇 as a target is 96 in the year; as an actual it is a rate
            return True
        case Quantity(per=per) if per is not None and not (per.unit is PeriodUnit.YEAR and per.count == 1):
            return False
        case Quantity(qualifier=qualifier) if any(word in qualifier for word in STOCKS):
            return False
    unit = amount.unit if amount is not None else ""
    known = unit_of(unit) if unit else None
    return "/" not in unit and (known is None or known.dimension not in UNPACED)


def judged(row: Row, around: Around) -> Judgement:
    """The lamp of one exact actual."""
    if row.op is Comparator.BETWEEN and row.upper is not None:
        return in_range(row, around)
    if row.target == 0:
        return zero_target(row, around)
    if row.op in FALLING:
        return falling(row, around)
    return rising(row, around)


def zero_target(row: Row, around: Around) -> Judgement:
    """A target of 0 has no ratio: green at 0, else red; by its sign where the policy says so."""
    reached = row.actual == 0 or (row.op in FALLING and row.actual < 0)
    if around.policy.word("lamps.zero_target") == "as_written":
        reached = row.actual <= 0 if row.op in FALLING else row.actual >= 0
    lamp = Lamp.GREEN if reached else Lamp.RED
    return Judgement(lamp, steps=(step("zero_target", actual=row.actual, unit=row.unit, lamp=f"lamp.{lamp}"),), notes=("zero_target",))


def falling(row: Row, around: Around) -> Judgement:
    """Less is better: green up to the limit, red above it; a policy may add yellow above the pace of a running total."""
    within = row.actual < row.target if row.op is Comparator.LT else row.actual <= row.target
    attainment = row.actual / row.target if row.target > 0 else None
    figures = {"actual": row.actual, "target": row.target, "unit": row.unit}
    if not within:
        return Judgement(Lamp.RED, None, None, attainment, attainment, (step("above_limit", **figures),))
    due = row.target * around.share
    if around.policy.word("lamps.reverse") == "paced" and row.paced and row.target > 0:
        ratio = row.actual / due if due else None
        lamp = Lamp.YELLOW if row.actual > due else Lamp.GREEN
        said = step("limit_ahead" if row.actual > due else "limit_on_pace", due=due, **figures)
        return Judgement(lamp, around.share, shown(due), ratio, attainment, (due_step(row.target, row.unit, around), said))
    return Judgement(Lamp.GREEN, None, None, attainment, attainment, (step("within_limit", **figures),))


def rising(row: Row, around: Around) -> Judgement:
    """More is better: the actual against what was due by the day, or against the whole target where it is not paced."""
    share, policy = around.share, around.policy
    figures = {"actual": row.actual, "target": row.target, "unit": row.unit}
    if row.target < 0:
        return below_zero(row, around)
    attainment = row.actual / row.target
    due = row.target * share
    expected, shown_due = (share, shown(due)) if row.paced else (None, None)
    said = due_step(row.target, row.unit, around) if row.paced else step("not_paced", **figures)
    blue = policy.number("lamps.whole_blue") if policy.word("lamps.variant") == "whole" else None
    if row.actual == 0 and policy.word("lamps.zero_reported") == "always":
        return Judgement(Lamp.RED, expected, shown_due, Fraction(0), attainment, (said, step("zero_always")), ("zero_reported",))
    if blue is not None and attainment >= blue:
        text = step("whole_blue", attainment=attainment * 100, bound=blue * 100, **figures)
        return Judgement(Lamp.BLUE, expected, shown_due, row.actual / due if due else None, attainment, (said, text), ("far_ahead",))
    if share == 0 and row.actual < row.target:
        return before_it_begins(row, around, attainment)
    base = due if row.paced and share else row.target
    ratio = row.actual / base
    lamp, side, bound = band(policy.bands("lamps.bands"), row.actual, base)
    text = step(f"ratio_{side}", actual=row.actual, base=base, unit=row.unit, ratio=ratio * 100, bound=bound * 100, lamp=f"lamp.{lamp}")
    notes = ("far_ahead",) if lamp is Lamp.BLUE else ("zero_reported",) if row.actual == 0 else ()
    return Judgement(lamp, expected, shown_due, ratio, attainment, (said, text), notes)


def below_zero(row: Row, around: Around) -> Judgement:
    """A target below 0 (a balance of at least -5) has no pace: green when met, else by how far the actual falls short."""
    rate = 1 - (row.target - row.actual) / abs(row.target)
    lamp = Lamp.GREEN if row.actual >= row.target else band(around.policy.bands("lamps.bands"), rate, Fraction(1))[0]
    text = step("below_zero", actual=row.actual, target=row.target, unit=row.unit, ratio=rate * 100, lamp=f"lamp.{lamp}")
    return Judgement(lamp, None, None, rate, rate, (text,))


def before_it_begins(row: Row, around: Around, attainment: Fraction) -> Judgement:
    """Nothing is due yet: what was done all the same is green, what was not has no lamp."""
    said = due_step(row.target, row.unit, around)
    if row.actual <= 0:
        return Judgement(Lamp.NONE, Fraction(0), shown(Fraction(0)), None, attainment, (said, step("not_begun")), ("not_begun",))
    text = step("early", actual=row.actual, unit=row.unit)
    return Judgement(Lamp.GREEN, Fraction(0), shown(Fraction(0)), None, attainment, (said, text), ("early",))


def in_range(row: Row, around: Around) -> Judgement:
    """Within its ends green, above them red; below them by the lower end, paced where the actual is a running total."""
    low, high = row.target, row.upper or row.target
    figures = {"actual": row.actual, "low": low, "high": high, "unit": row.unit}
    if row.actual > high or (row.actual == high and row.bounds[1] == ")"):
        return Judgement(Lamp.RED, steps=(step("above_range", **figures),))
    if row.actual > low or (row.actual == low and row.bounds[0] == "["):
        return Judgement(Lamp.GREEN, steps=(step("inside_range", **figures),))
    if low <= 0:
        return Judgement(Lamp.RED, steps=(step("below_range", **figures),))
    found = rising(Row(low, row.actual, Comparator.GE, row.unit, row.paced), around)
    steps = (step("range_by_low", **figures), *found.steps)
    lamp = Lamp.GREEN if found.lamp is Lamp.BLUE else found.lamp
    return Judgement(
        lamp, found.expected, found.due, found.ratio, found.attainment, steps, tuple(n for n in found.notes if n != "far_ahead")
    )


def band(bands: Bands, actual: Fraction, base: Fraction) -> tuple[Lamp, str, Fraction]:
    """(lamp, ``from`` or ``below``, the bound that says so) of ``actual`` against ``base``: 60 % itself is yellow, 80 % green, 120 % blue.

    Compared crosswise, so that no quotient is ever cut. What lies below the last bound stands in the last band.
    """
    for bound, name in bands[:-1]:
        if actual >= bound * base:
            return Lamp(name), "from", bound
    return Lamp(bands[-1][1]), "below", bands[-2][0] if len(bands) > 1 else bands[-1][0]


def portion(share: Fraction) -> str:
    """A share of the year as people say it: 60%, or 7/12 where per cent would not end."""
    text = printed(share * 100)
    return f"{share.numerator}/{share.denominator}" if text.endswith("…") else f"{text}%"


def due_step(target: Fraction, unit: str, around: Around) -> Step:
    """What is due by the day, in figures."""
    return step("due", day=around.day, share=portion(around.share), target=target, due=target * around.share, unit=unit)
