"""Pace: how an indicator stands on a day of the year, whatever its target and whatever was observed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

from zhiheng.monitoring.curve import Curve, month_end
from zhiheng.monitoring.judgement import Judgement, noted
from zhiheng.monitoring.lamp import Lamp, worst
from zhiheng.monitoring.policy import Policy
from zhiheng.monitoring.standing import Around, adds_up, numeric, refused, with_note
from zhiheng.scoring.figures import measured
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
)
from zhiheng.scoring.outcome import NotScored
from zhiheng.scoring.relation import Bound, bound_of, moved_as_asked
from zhiheng.scoring.row import NUMERIC, unusable
from zhiheng.scoring.trace import Step, step
from zhiheng.scoring.words import claims, met, tier_of
from zhiheng.values.value import (
    Achieved,
    Cadence,
    Deadline,
    Parts,
    Phrase,
    Quantity,
    Ratio,
    Relative,
    Tier,
    Unresolved,
    Value,
)
from zhiheng.values.value import Missing as Blank
from zhiheng.values.value import NotApplicable as Inapplicable
from zhiheng.values.value import NotDue as Awaited
from zhiheng.values.value import NotOrganised as Unorganised


def judge(
    target: Value | None,
    actual: Observation,
    curve: Curve,
    day: date,
    policy: Policy,
    *,
    cumulative: bool = True,
    tier: int | None = None,
    name: str = "",
    benchmark: Value | None = None,
) -> Judgement:
    """The lamp of one indicator on ``day`` and why.

    ``cumulative``: the actual is a running total of the year (else a level, a rate or a last value, which no curve divides).
    ``tier`` 1-3 is how a person judged a target in words; without it such a target has no lamp. ``name`` is the indicator's,
    which may say that less is better; ``benchmark`` what a relative target is measured against.
    """
    return observed(target, actual, Around(curve, day, policy, cumulative, tier, name, benchmark))


def observed(target: Value | None, actual: Observation, around: Around) -> Judgement:
    """The lamp of what was observed."""
    bare = without_figure(target, actual, around)
    if bare is not None:
        return bare
    match actual:
        case Rated(given):
            return in_tier(given, around)
        case InParts(parts):
            return in_parts(target, parts, around)
        case Reported(Parts(parts=several, shared=False)):
            each = tuple(Reported(part.value) if part.value is not None else Missing() for part in several)
            return in_parts(target, each, around)
        case Provisional():
            return provisional(target, actual, around)
        case Counted(numerator, denominator):
            if not 0 <= numerator <= denominator:
                return refused(NotScored("above_denominator", (("numerator", str(numerator)), ("denominator", str(denominator)))))
            return beside(target, Ratio(numerator, denominator), around)
        case Reported(value, benchmark):
            return beside(target, value, replace(around, benchmark=benchmark or around.benchmark))
        case _:
            return beside(target, Quantity(Decimal(0)), around)


def without_figure(target: Value | None, actual: Observation, around: Around) -> Judgement | None:
    """A state without a figure is never coloured (pitfalls 3, 5, 8, 9); None where there is a figure.

    A target in words that a person has judged needs no figure.
    """
    match actual:
        case Missing() | Reported(Blank()):
            if around.tier is not None and target is not None and not isinstance(target, (*NUMERIC, Parts, Unresolved)):
                return in_tier(around.tier, around)
            begun = around.share > 0
            return none("missing", step("missing_figure")) if begun else none("not_begun", step("not_begun"))
        case NotDue() | Reported(Awaited()):
            return none("not_due", step("not_due"))
        case NothingDue() | Counted(denominator=0) | Reported(Inapplicable()):
            return none("nothing_due", step("nothing_due"))
        case NotOrganised(document) if document:
            return none("not_organised", step("not_organised_by", document=document))
        case NotOrganised() | Reported(Unorganised()):
            return with_note(none("not_organised", step("not_organised")), "document_missing")
        case _:
            return None


def provisional(target: Value | None, actual: Provisional, around: Around) -> Judgement:
    """The newest edition that is out, marked 暂定. A benchmark of another edition is no benchmark for it."""
    if actual.benchmark is not None and actual.benchmark_edition not in ("", actual.edition):
        return refused(NotScored("editions_differ", (("actual", actual.edition), ("benchmark", actual.benchmark_edition))))
    found = beside(target, actual.value, replace(around, benchmark=actual.benchmark or around.benchmark))
    return with_note(replace(found, steps=(step("provisional", edition=actual.edition), *found.steps)), "provisional")


def none(note: str, *steps: Step) -> Judgement:
    """No lamp, and why."""
    return Judgement(Lamp.NONE, steps=steps, notes=(note,))


def beside(target: Value | None, actual: Value, around: Around) -> Judgement:
    """The lamp of a value against a target."""
    if target is None:
        return refused(NotScored("target_missing"))
    if isinstance(target, Unresolved) or isinstance(actual, Unresolved):
        return in_every_reading(target, actual, around)
    target, actual = in_one(target), in_one(actual)
    unfit = unusable(target, "target") or unusable(actual, "actual")
    if unfit is not None:
        return refused(unfit)
    if (said := tier_of(actual)) is not None:
        return in_tier(said, around)
    if isinstance(target, Relative):
        return relative(target, actual, around)
    if isinstance(target, NUMERIC) and isinstance(actual, NUMERIC):
        pacing = not isinstance(actual, Cadence)  # so many a month is a rate, whatever it is held against
        return numeric(target, actual, replace(around, cumulative=around.cumulative and pacing))
    if around.tier is not None:
        return in_tier(around.tier, around)
    return worded(target, actual, around)


def in_one(value: Value) -> Value:
    """The number of a cell whose measures share one (组织对接次数/对接企业数10)."""
    if isinstance(value, Parts) and value.shared and value.parts[-1].value is not None:
        return value.parts[-1].value
    return value


def in_every_reading(target: Value, actual: Value, around: Around) -> Judgement:
    """An open reading has a lamp where all its readings have the same."""
    targets = target.candidates if isinstance(target, Unresolved) else (target,)
    actuals = actual.candidates if isinstance(actual, Unresolved) else (actual,)
    alike = isinstance(target, Unresolved) and isinstance(actual, Unresolved) and target.reason == actual.reason
    pairs = list(zip(targets, actuals, strict=True)) if alike and len(targets) == len(actuals) else list(product(targets, actuals))
    found = [beside(one, other, around) for one, other in pairs]
    if found and len({each.lamp for each in found}) == 1 and found[0].lamp is not Lamp.NONE:
        return found[0]
    return refused(NotScored("target_unresolved" if isinstance(target, Unresolved) else "actual_unresolved"))


def in_tier(tier: int, around: Around) -> Judgement:
    """The lamp that the policy gives to a qualitative tier."""
    lamp = around.policy.tier_lamp(tier)
    if lamp is None:
        return refused(NotScored("tier_unknown", (("tier", str(tier)),)))
    return Judgement(lamp, steps=(step(f"tier_{tier}"), step("lamp", lamp=f"lamp.{lamp}")))


def relative(target: Relative, actual: Value, around: Around) -> Judgement:
    """A target measured against another figure. A change of a running total is paced, the level of another is not."""
    if target == actual:
        return reached(True, around)
    if not isinstance(actual, (Relative, *NUMERIC)):
        return in_tier(around.tier, around) if around.tier is not None else worded(target, actual, around)
    if target.change and target.amount is None:
        moved = moved_as_asked(target, actual, around.benchmark)
        return refused(moved) if isinstance(moved, NotScored) else reached(moved, around)
    bound = bound_of(target, actual, around.benchmark)
    if not isinstance(bound, Bound):
        return refused(bound)
    running = around.cumulative and bool(target.change) and not isinstance(actual, Relative)
    found = numeric(bound.target, bound.actual, replace(around, cumulative=running and adds_up(bound.target, measured(bound.target))))
    return replace(found, steps=(*bound.steps, *found.steps))


def reached(said: bool, around: Around) -> Judgement:
    """Green for what was met; for what was not, no lamp before all of it is due, then red."""
    if said:
        return Judgement(Lamp.GREEN, steps=(step("target_met"),))
    if around.share < 1:
        return none("open", step("open", day=around.day))
    return Judgement(Lamp.RED, steps=(step("target_missed"),))


def worded(target: Value, actual: Value, around: Around) -> Judgement:
    """A target in words, a date, a rank, a grade, 完成. What no machine can compare waits for a person."""
    said = met(target, actual, around.curve.year)
    if isinstance(target, Deadline):
        return dated(target, actual, said, around)
    if said is None or (said is False and isinstance(target, Tier | Phrase)):
        claim = claims(actual)
        return none("by_hand", step("by_hand" if claim is None else "claim_met" if claim else "claim_missed"))
    if isinstance(target, Achieved):
        return reached(said, around)
    return Judgement(Lamp.GREEN if said else Lamp.RED, steps=(step("target_met" if said else "target_missed"),))


def dated(target: Deadline, actual: Value, said: bool | None, around: Around) -> Judgement:
    """A date to keep: green when kept, red when passed; before it what is not done has no lamp."""
    if said is not None:
        return Judgement(Lamp.GREEN if said else Lamp.RED, steps=(step("date_kept" if said else "date_passed"),))
    last = last_day(target, around.curve.year)
    claim = claims(actual)
    if claim is None:
        return none("by_hand", step("by_hand"))
    if claim:
        return (
            Judgement(Lamp.GREEN, steps=(step("date_kept"),)) if around.day <= last else none("by_hand", step("claim_undated", last=last))
        )
    if around.day <= last:
        return none("open", step("open", day=around.day))
    return Judgement(Lamp.RED, steps=(step("date_passed"),))


def last_day(target: Deadline, year: int) -> date:
    """The last day that a date allows: 9月底前 the 30th, 上半年 the end of June."""
    year = target.year if target.year is not None else year
    if target.quarter is not None:
        return month_end(year, target.quarter * 3)
    if target.half is not None:
        return month_end(year, target.half * 6)
    month = target.month or 12
    end = month_end(year, month)
    return end.replace(day=min(target.day, end.day)) if target.day is not None and target.month is not None else end


def in_parts(target: Value | None, parts: Sequence[Observation], around: Around) -> Judgement:
    """The weakest part decides. One that was not reported leaves the whole without a good lamp, never with a better one."""
    if not isinstance(target, Parts) or target.shared:
        return refused(NotScored("target_parts"))
    if len(parts) != len(target.parts):
        return refused(NotScored("parts_differ", (("target", str(len(target.parts))), ("actual", str(len(parts))))))
    found = [observed(part.value, actual, around) for part, actual in zip(target.parts, parts, strict=True)]
    steps: list[Step] = []
    for part, each in zip(target.parts, found, strict=True):
        steps += (step("part", name=part.name), *each.steps)
    lamp = worst(each.lamp for each in found)
    notes = noted(note for each in found for note in each.notes)
    unknown = any(note in ("missing", "not_judged", "by_hand") for note in notes)
    if unknown and lamp not in (Lamp.RED, Lamp.YELLOW):
        return Judgement(Lamp.NONE, steps=(*steps, step("incomplete")), notes=(*notes, "incomplete"))
    return Judgement(lamp, steps=(*steps, step("weakest", lamp=f"lamp.{lamp}")), notes=(*notes, "incomplete") if unknown else notes)
