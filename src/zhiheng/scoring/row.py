"""One row: which method its target calls for, and what that method gives.

The kind of the target decides the method, by the settings of the scheme; what the scheme says of the indicator by name
comes first. A target that no formula covers is never scored in silence: it is judged by a person, or refused with a reason.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

from zhiheng.scoring.around import Around
from zhiheng.scoring.figures import PERCENT, PROPORTION, Amount, Span, conversion, measured, op_of, span
from zhiheng.scoring.methods import METHODS
from zhiheng.scoring.methods.given import Given, Result
from zhiheng.scoring.outcome import Judged, NotScored, Outcome, Points
from zhiheng.scoring.over_achievement import judged as with_over_achievement
from zhiheng.scoring.relation import Bound, bound_of, moved_as_asked
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.trace import Step, step
from zhiheng.scoring.words import claims, met, tier_of
from zhiheng.values.value import (
    Achieved,
    Cadence,
    Comparator,
    Coverage,
    Deadline,
    Missing,
    NotApplicable,
    NotDue,
    NotOrganised,
    Parts,
    Phrase,
    Quantity,
    Ratio,
    Relative,
    Tier,
    Unresolved,
    Value,
)

NUMERIC = (Quantity, Ratio, Cadence, Coverage)


def attain(target: Value, actual: Value, weight: Fraction, scheme: Scheme, around: Around) -> Outcome:
    """What an actual gives against a target, before rounding."""
    if isinstance(target, Unresolved) or isinstance(actual, Unresolved):
        return in_every_reading(target, actual, weight, scheme, around)
    refused = unusable(target, "target") or unusable(actual, "actual")
    if refused is not None:
        return refused
    if (tier := tier_of(actual)) is not None:  # 达成年度指标: the form's own three tiers stand for any kind of target
        return in_tier(tier, weight, scheme, step(f"tier_{tier}"))
    if isinstance(target, Relative):
        return relative(target, actual, weight, scheme, around)
    if isinstance(target, NUMERIC) and isinstance(actual, NUMERIC):
        return numeric(target, actual, weight, scheme, around)
    if isinstance(target, NUMERIC):
        return claimed(actual, weight, scheme)
    return worded(target, actual, weight, scheme, around)


def in_every_reading(target: Value, actual: Value, weight: Fraction, scheme: Scheme, around: Around) -> Outcome:
    """An open reading is scored where all its readings give the same points (100 beside 100: a number or per cent).

    Two cells that are open for the same reason are read alike.
    """
    targets = target.candidates if isinstance(target, Unresolved) else (target,)
    actuals = actual.candidates if isinstance(actual, Unresolved) else (actual,)
    if (
        isinstance(target, Unresolved)
        and isinstance(actual, Unresolved)
        and target.reason == actual.reason
        and len(targets) == len(actuals)
    ):
        pairs = list(zip(targets, actuals, strict=True))
    else:
        pairs = list(product(targets, actuals))
    outcomes = [attain(one, other, weight, scheme, around) for one, other in pairs]
    if outcomes and not isinstance(outcomes[0], NotScored) and len({points_of(outcome) for outcome in outcomes}) == 1:
        return outcomes[0]
    return NotScored("target_unresolved" if isinstance(target, Unresolved) else "actual_unresolved")


def points_of(outcome: Outcome) -> tuple[object, ...]:
    """What two outcomes must share to be the same points."""
    match outcome:
        case Points(exact=exact, met=met_):
            return (exact, met_)
        case Judged(low=low, high=high, closed=closed):
            return (low, high, closed)
        case NotScored(reason):
            return (reason,)


def unusable(value: Value, side: str) -> NotScored | None:
    """Why a cell cannot be scored at all."""
    match value:
        case Missing():
            return NotScored(f"{side}_missing")
        case NotApplicable() | NotDue() | NotOrganised():
            return NotScored(f"{side}_state")
        case Parts():
            return NotScored(f"{side}_parts")
        case _:
            return None


def numeric(target: Value, actual: Value, weight: Fraction, scheme: Scheme, around: Around) -> Outcome:
    """Points of a number against a number."""
    amount = measured(target)
    if amount is None:
        return NotScored("target_no_number")
    within = span(actual, amount, scheme.number("methods.tolerance") or Fraction(0))
    if isinstance(within, NotScored):
        return within
    op, low, high = limits(target, amount, scheme)
    method, note = method_for(op, amount.unit, scheme, around)
    given = Given(
        weight=weight,
        target=low,
        actual=within.low,
        op=Comparator.LE if note == "falling_by_name" else op,
        upper=high,
        bounds=target.bounds if isinstance(target, Quantity) else "[]",
        start=start_in(amount, around),
        numbers=around.rule.numbers if around.rule else {},
        bands=scheme.bands("satisfaction.bands" if method == "satisfaction_steps" else "banded.bands"),
        zero_target=scheme.word("methods.zero_target"),
        unit="" if amount.unit == PROPORTION else amount.unit,
        share=amount.share,
    )
    before = (step(note),) if note and low else ()  # a target of 0 says its own direction
    if within.exact:
        return one(method, given, scheme, before)
    return between(method, given, within, scheme, before)


def limits(target: Value, amount: Amount, scheme: Scheme) -> tuple[Comparator, Fraction, Fraction | None]:
    """(comparator, lower limit, upper limit). About 100 is a range of what the scheme allows to either side."""
    op = op_of(target)
    if op is Comparator.ABOUT:
        margin = abs(amount.amount) * (scheme.number("methods.tolerance") or Fraction(0))
        return Comparator.BETWEEN, amount.amount - margin, amount.amount + margin
    return op, amount.amount, amount.upper


def method_for(op: Comparator, unit: str, scheme: Scheme, around: Around) -> tuple[str, str]:
    """(method, code of a step that says why) for a comparator; what the scheme says of the indicator comes first."""
    if around.rule and around.rule.method:
        return around.rule.method, ""
    if around.satisfaction and unit == PERCENT and scheme.word("methods.satisfaction") != "as_target":
        return scheme.word("methods.satisfaction"), ""
    match op:
        case Comparator.GE | Comparator.GT:
            return scheme.word("methods.at_least"), ""
        case Comparator.LE | Comparator.LT:
            return scheme.word("methods.at_most"), ""
        case Comparator.BETWEEN:
            return scheme.word("methods.between"), ""
        case _ if around.falling:
            return scheme.word("methods.at_most"), "falling_by_name"
        case _:
            return scheme.word("methods.equal"), "equal_rising"


def start_in(target: Amount, around: Around) -> Fraction | None:
    """Where a distance begins, in the unit of the target; None if it is not known in that unit."""
    if around.rule and "start" in around.rule.numbers:
        return around.rule.numbers["start"] / target.share
    own = measured(around.start)
    if own is None or own.label != target.label:
        return None
    factor = conversion(own, target)
    return own.amount * factor if isinstance(factor, Fraction) else None


def one(method: str, given: Given, scheme: Scheme, before: tuple[Step, ...]) -> Points | NotScored:
    """The points of one exact actual."""
    result = METHODS[method](given)
    if isinstance(result, NotScored):
        return result
    result = pass_mark(result, scheme)
    if method in ("proportional", "distance", "banded"):
        result = with_over_achievement(result, given, scheme)
    return Points.of(method, result, *before)


def pass_mark(result: Result, scheme: Scheme) -> Result:
    """及格门槛: below this share of the target there are no points at all."""
    mark = scheme.number("methods.pass_mark")
    if mark is None or result.met or result.rate is None or result.rate >= mark:
        return result
    text = step("below_pass_mark", rate=result.rate * 100, mark=mark * 100)
    return replace(result, exact=Fraction(0), steps=(*result.steps, text))


def between(method: str, given: Given, within: Span, scheme: Scheme, before: tuple[Step, ...]) -> Outcome:
    """The points of an inexact actual: one figure where all it may be gives the same, else a range to judge within."""
    low = one(method, given, scheme, before)
    high = one(method, replace(given, actual=top_of(given, within)), scheme, before)
    if isinstance(low, NotScored):
        return low
    if isinstance(high, NotScored):
        return high
    ends = [low.exact, high.exact]
    if method == "nearest_bound" and given.upper is not None and within.low <= given.upper and top_of(given, within) >= given.target:
        ends.append(given.weight)  # what the actual may be crosses the range
    if method == "reverse_ratio" and within.high is None:
        ends.append(Fraction(0))  # T/A falls without end
    if min(ends) == max(ends):
        notes = tuple(note for note in low.notes if note in high.notes)
        return replace(low, met=low.met and high.met, notes=notes, steps=(*low.steps, step("inexact_same")))
    return Judged(method, min(ends), max(ends), True, (*before, step("inexact", low=min(ends), high=max(ends))))


def top_of(given: Given, within: Span) -> Fraction:
    """The upper end of an inexact actual; an open one lies beyond twice the target, where no formula changes any more."""
    if within.high is not None:
        return within.high
    return max([within.low, 2 * abs(given.target), 2 * abs(given.upper or Fraction(0))]) + 1


def relative(target: Relative, actual: Value, weight: Fraction, scheme: Scheme, around: Around) -> Outcome:
    """A target measured against another figure: what it asks for becomes a target of its own."""
    if target == actual:
        return judged_claim(True, weight, scheme)
    if not isinstance(actual, (Relative, *NUMERIC)):
        return claimed(actual, weight, scheme)
    if target.change and target.amount is None:
        moved = moved_as_asked(target, actual, around.benchmark)
        return moved if isinstance(moved, NotScored) else met_or_missed(target, moved, weight, scheme)
    bound = bound_of(target, actual, around.benchmark)
    if not isinstance(bound, Bound):
        return bound
    outcome = numeric(bound.target, bound.actual, weight, scheme, around)
    return outcome if isinstance(outcome, NotScored) else replace(outcome, steps=(*bound.steps, *outcome.steps))


def worded(target: Value, actual: Value, weight: Fraction, scheme: Scheme, around: Around) -> Outcome:
    """Points of a target in words, a date, a rank, a grade, 完成."""
    said = met(target, actual, around.year)
    if said is None:
        outcome = claimed(actual, weight, scheme)
        return by_hand(weight) if isinstance(outcome, NotScored) else outcome
    if isinstance(target, Tier | Phrase):
        return judged_claim(said, weight, scheme)
    return met_or_missed(target, said, weight, scheme)


def met_or_missed(target: Value, said: bool, weight: Fraction, scheme: Scheme) -> Outcome:
    """Full points for a target that was met; for one that was missed there is no formula, only yes or no or a person."""
    if said:
        return Points("met", weight, True, None, (step("met", weight=weight),))
    if isinstance(target, Achieved) or scheme.word("methods.no_formula") == "zero":
        return Points("yes_no", Fraction(0), False, None, (step("not_met", weight=weight),))
    if isinstance(target, Deadline):
        return Judged("late", Fraction(0), weight, False, (step("late", weight=weight),))
    return Judged("missed", Fraction(0), weight, False, (step("missed", weight=weight),))


def by_hand(weight: Fraction) -> Judged:
    """人工判定: words beside words, which no machine compares."""
    return Judged("by_hand", Fraction(0), weight, True, (step("by_hand", weight=weight),), ("by_hand",))


def claimed(actual: Value, weight: Fraction, scheme: Scheme) -> Outcome:
    """The actual says in words that the target was reached or not, without showing the figure or the date."""
    said = claims(actual)
    if said is None:
        return NotScored("actual_not_comparable")
    return judged_claim(said, weight, scheme)


def judged_claim(said: bool, weight: Fraction, scheme: Scheme) -> Outcome:
    """Words that claim success are judged in the first tier, words that deny it below it."""
    if said:
        return in_tier(1, weight, scheme, step("claim_met"))
    bound = scheme.bands("tiers.bands")[0][0]
    return Judged(
        "tiers", Fraction(0), bound * weight, False, (step("claim_missed"), step("tier_range", low=Fraction(0), high=bound * weight))
    )


def in_tier(tier: int, weight: Fraction, scheme: Scheme, said: Step) -> Outcome:
    """The range of points of a qualitative tier; its upper end belongs to it only in the first."""
    bands = scheme.bands("tiers.bands")
    if not 1 <= tier <= len(bands):
        return NotScored("tier_unknown", (("tier", str(tier)),))
    bound, ceiling = bands[tier - 1]
    low, high = bound * weight, Fraction(ceiling) * weight
    return Judged("tiers", low, high, tier == 1, (said, step("tier_range", low=low, high=high)))
