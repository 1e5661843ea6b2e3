"""What an observation is worth: figures by the row's method, states by the scheme's data, never by accident."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from zhiheng.scoring.around import Around
from zhiheng.scoring.observation import (
    Counted,
    InParts,
    Missing,
    NotDue,
    NothingDue,
    NotOrganised,
    Observation,
    Provisional,
    Rated,
    Reported,
    Zero,
)
from zhiheng.scoring.outcome import Judged, NotScored, Outcome, Points
from zhiheng.scoring.parts import joined, part_weight
from zhiheng.scoring.row import attain
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.trace import Step, step
from zhiheng.values.value import Parts, Quantity, Ratio, Value


def settled(actual: Observation) -> Observation:
    """A rate with nothing due is 无应办事项."""
    return NothingDue() if isinstance(actual, Counted) and actual.denominator == 0 else actual


def rule_of(actual: Observation, scheme: Scheme) -> str:
    """What the scheme does with a state: spread, full, manual; "" for figures and for a state that is not proven."""
    match actual:
        case NothingDue():
            return scheme.word("states.nothing_due")
        case NotOrganised(document) if document or scheme.word("states.document") == "optional":
            return scheme.word("states.not_organised")
        case _:
            return ""


def outcome_of(target: Value | None, actual: Observation, weight: Fraction, scheme: Scheme, around: Around) -> Outcome:
    """The outcome of a row (or of one of its parts) for what was observed."""
    match actual:
        case Missing():
            return Points("missing", Fraction(0), False, None, (step("missing", weight=weight),), ("missing",))
        case NotDue():
            return Judged("not_due", Fraction(0), weight, True, (step("not_due", weight=weight),), ("not_due",))
        case NothingDue() | NotOrganised():
            return by_rule(actual, weight, scheme)
        case _ if target is None:
            return NotScored("target_missing")
        case InParts(parts):
            return in_parts(target, parts, weight, scheme, around)
        case Provisional():
            return provisional(target, actual, weight, scheme, around)
        case Rated():
            return rated(actual, weight, scheme)
        case Counted(numerator, denominator):
            if numerator > denominator or numerator < 0:
                return NotScored("above_denominator", (("numerator", str(numerator)), ("denominator", str(denominator))))
            return attain(target, Ratio(numerator, denominator), weight, scheme, around)
        case Zero():
            return attain(target, Quantity(Decimal(0)), weight, scheme, around)
        case Reported(value, given):
            return attain(target, value, weight, scheme, replace(around, benchmark=given if given is not None else around.benchmark))


def by_rule(actual: NothingDue | NotOrganised, weight: Fraction, scheme: Scheme) -> Outcome:
    """Points of a state in which there was nothing to do."""
    name = "nothing_due" if isinstance(actual, NothingDue) else "not_organised"
    said: tuple[Step, ...] = (step(name),)
    if isinstance(actual, NotOrganised) and actual.document:
        said = (step("not_organised_by", document=actual.document),)
    match rule_of(actual, scheme):
        case "full":
            return Points("state_full", weight, True, None, (*said, step("state_full", weight=weight)))
        case "manual":
            return Judged("state_manual", Fraction(0), weight, True, (*said, step("state_manual", weight=weight)))
        case "spread":
            return Points("left", Fraction(0), False, None, (*said, step("left")))
        case _:
            return Points("missing", Fraction(0), False, None, (*said, step("document_missing", weight=weight)), ("document_missing",))


def provisional(target: Value, actual: Provisional, weight: Fraction, scheme: Scheme, around: Around) -> Outcome:
    """Points on the newest edition that is out. A benchmark of another edition is no benchmark for it."""
    if actual.benchmark is not None and actual.benchmark_edition not in ("", actual.edition):
        return NotScored("editions_differ", (("actual", actual.edition), ("benchmark", actual.benchmark_edition)))
    surroundings = replace(around, benchmark=actual.benchmark if actual.benchmark is not None else around.benchmark)
    outcome = attain(target, actual.value, weight, scheme, surroundings)
    if isinstance(outcome, NotScored):
        return outcome
    return replace(outcome, steps=(step("provisional", edition=actual.edition), *outcome.steps), notes=("provisional", *outcome.notes))


def rated(actual: Rated, weight: Fraction, scheme: Scheme) -> Outcome:
    """Points given by a person, held to the range of the tier they name."""
    bands = scheme.bands("tiers.bands")
    if not 1 <= actual.tier <= len(bands):
        return NotScored("tier_unknown", (("tier", str(actual.tier)),))
    bound, ceiling = bands[actual.tier - 1]
    points = Fraction(actual.points)
    within = Judged("tiers", bound * weight, Fraction(ceiling) * weight, actual.tier == 1, ())
    if not within.holds(points):
        return NotScored("rated_outside", (("points", str(actual.points)), ("tier", str(actual.tier))))
    said = step("rated", tier=actual.tier, low=within.low, high=within.high, points=points)
    return Points("tiers", points, actual.tier == 1, None, (said,))


def in_parts(target: Value, parts: tuple[Observation, ...], weight: Fraction, scheme: Scheme, around: Around) -> Outcome:
    """A row of several measures: each by its own target, joined by the rule of the scheme or of the indicator."""
    if not isinstance(target, Parts) or target.shared:
        return NotScored("target_parts")
    if len(parts) != len(target.parts):
        return NotScored("parts_differ", (("target", str(len(target.parts))), ("actual", str(len(parts)))))
    join = around.rule.join if around.rule and around.rule.join else scheme.word("parts.join")
    each = part_weight(join, weight, len(parts))
    outcomes = [outcome_of(part.value, actual, each, scheme, around) for part, actual in zip(target.parts, parts, strict=True)]
    return joined(join, outcomes, [part.name for part in target.parts], weight)
