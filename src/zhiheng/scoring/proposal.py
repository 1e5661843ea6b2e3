"""Proposal: tags, points and methods for a table that has none, each with its reason. Nothing is set here; a person accepts.

The points of a level-1 indicator are the scheme's, moved from levels that the table lacks by the scheme's own rule, and spread
over its rows exactly: shares are whole steps (0.5, else 0.1, else 0.01) by largest remainder, the earlier row first. Rows whose
points are set already keep them; the others share what is left of their level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zhiheng.plan.plan import Indicator, Plan
from zhiheng.scoring.around import around, value_of
from zhiheng.scoring.classifying import Classified, Reason, classify, reason
from zhiheng.scoring.figures import measured
from zhiheng.scoring.observation import number_of
from zhiheng.scoring.rounding import decimal
from zhiheng.scoring.row import NUMERIC, limits, method_for
from zhiheng.scoring.scheme import Move, Scheme
from zhiheng.scoring.spread import apportion
from zhiheng.scoring.trace import printed
from zhiheng.values.direction import Direction, reasoned
from zhiheng.values.value import Achieved, Comparator, Deadline, Missing, Parts, Phrase, Rank, Relative, Tier, Unresolved

EXECUTION = "execution"
STEPS = (("0.5", 1), ("0.1", Fraction(1, 5)), ("0.01", Fraction(1, 50)), ("0.0001", 0))
"""(step of points, least average share for which it is used)."""
SETTINGS = {
    Comparator.GE: "methods.at_least",
    Comparator.GT: "methods.at_least",
    Comparator.LE: "methods.at_most",
    Comparator.LT: "methods.at_most",
    Comparator.BETWEEN: "methods.between",
}
METHOD_CHOICES = (
    "proportional", "reverse_linear", "reverse_ratio", "yes_no", "distance", "nearest_bound", "satisfaction_steps", "banded",
    "deduction", "tiers", "met", "by_hand", "parts",
)  # fmt: skip
"""The methods a row may be given; ``parts`` scores each part by itself. Worded under ``method.`` in texts.toml."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is set of a row already: its level-1 indicator ('' if none), its points (None if none)."""

    level: str = ""
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RowProposal:
    """What is proposed for one row, each with its reason. ``points`` None: nothing can be proposed, the reason says why."""

    index: int
    level: str
    sublevel: str
    level_reason: Reason
    direction: Direction
    direction_reason: str
    points: Decimal | None
    points_reason: Reason
    method: str
    method_reason: Reason


@dataclass(frozen=True, slots=True)
class LevelPoints:
    """A level-1 indicator: the scheme's points (None: left open), those after the moves, and how many rows it has."""

    key: str
    zh: str
    en: str
    fixed: Decimal | None
    points: Decimal | None
    rows: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """The whole proposal. ``expected`` is what the rows must sum to: 100 less the execution rate. ``moves`` tell where the points
    of absent levels went, ``stranded`` which absent levels keep points that nobody gets.
    """

    rows: tuple[RowProposal, ...]
    levels: tuple[LevelPoints, ...]
    moves: tuple[Move, ...]
    stranded: tuple[str, ...]
    execution: Decimal
    expected: Decimal


def expected_points(scheme: Scheme) -> tuple[Decimal, Decimal]:
    """(points of the execution rate, points that the rows must sum to). Together they are 100."""
    execution = scheme.weight(EXECUTION) or Fraction(0)
    return decimal(execution), decimal(100 - execution)


def propose(plan: Plan, scheme: Scheme, kept: Mapping[int, Kept] | None = None, usual: Mapping[int, Decimal] | None = None) -> Proposal:
    """What the tool proposes for ``plan`` under ``scheme``.

    ``kept`` (position of the row → what is set) is taken as it is; ``usual`` gives the library's usual points of rows.
    """
    kept, usual = kept or {}, usual or {}
    classified = [classify(row, scheme) for row in plan.indicators]
    in_effect = [kept[index].level if index in kept and kept[index].level else each.level for index, each in enumerate(classified)]
    absent = frozenset(level.key for level in scheme.levels) - set(in_effect) - {EXECUTION}
    by_level = scheme.weights(absent)
    points = points_of(plan.indicators, scheme, in_effect, by_level, {i: each.points for i, each in kept.items()}, usual)
    rows = tuple(proposed(index, row, plan, scheme, classified[index], points[index]) for index, row in enumerate(plan.indicators))
    execution, expected = expected_points(scheme)
    levels = tuple(
        LevelPoints(
            level.key,
            level.zh,
            level.en,
            _decimal(scheme.weight(level.key)),
            Decimal(0) if level.key in absent and level.key not in by_level else _decimal(by_level.get(level.key)),
            in_effect.count(level.key),
        )
        for level in scheme.levels
        if level.key != EXECUTION
    )
    stranded = tuple(level.key for level in levels if level.key in absent and level.key in by_level)
    return Proposal(rows, levels, scheme.moves(absent), stranded, execution, expected)


def _decimal(number: Fraction | None) -> Decimal | None:
    return None if number is None else decimal(number)


def proposed(
    index: int, row: Indicator, plan: Plan, scheme: Scheme, classified: Classified, points: tuple[Decimal | None, Reason]
) -> RowProposal:
    """All that is proposed for one row."""
    way, why = reasoned(row.name.text, value_of(row.target) or Missing())
    method, method_why = method_of(plan, row, scheme)
    return RowProposal(index, classified.level, classified.sublevel, classified.reason, way, why, *points, method, method_why)


def points_of(
    rows: Sequence[Indicator],
    scheme: Scheme,
    levels: Sequence[str],
    by_level: Mapping[str, Fraction],
    kept: Mapping[int, Decimal | None],
    usual: Mapping[int, Decimal],
) -> list[tuple[Decimal | None, Reason]]:
    """The points of each row: what is set, what the table or the scheme says, else its share of its level."""
    found: list[tuple[Decimal | None, Reason] | None] = [said(row, scheme) for row in rows]
    taken = [kept.get(index) if kept.get(index) is not None else each[0] if each else None for index, each in enumerate(found)]
    open_total = 100 - sum(by_level.values(), Fraction(0)) - (0 if EXECUTION in by_level else expected_execution(scheme))
    groups = {key: [index for index, level in enumerate(levels) if level == key] for key in dict.fromkeys(levels) if key in by_level}
    if not all(level.key in by_level or level.key == EXECUTION for level in scheme.levels if level.key in levels):
        groups[""] = [index for index, level in enumerate(levels) if level and level not in by_level]
    for key, members in groups.items():
        whole = by_level[key] if key else open_total
        for index, share in shares(members, taken, whole, usual, level_words(scheme, key)).items():
            if found[index] is None:
                found[index] = share
    return [
        (number, reason("points_kept")) if (number := kept.get(index)) is not None else each or (None, reason("points_no_level"))
        for index, each in enumerate(found)
    ]


def expected_execution(scheme: Scheme) -> Fraction:
    """The points of the execution rate, 0 where the scheme has none."""
    return scheme.weight(EXECUTION) or Fraction(0)


def said(row: Indicator, scheme: Scheme) -> tuple[Decimal | None, Reason] | None:
    """The points that the table or the scheme itself gives the row."""
    own = number_of(row.weight)
    if own is not None:
        return own, reason("points_form")
    rule = scheme.row(row.name.text)
    return (decimal(rule.weight), reason("points_scheme")) if rule is not None and rule.weight is not None else None


def level_words(scheme: Scheme, key: str) -> tuple[str, str]:
    """The name of a level in both languages; ('', '') for what the scheme leaves open."""
    return next(((level.zh, level.en) for level in scheme.levels if level.key == key), ("", ""))


def shares(
    members: Sequence[int], taken: Sequence[Decimal | None], whole: Fraction, usual: Mapping[int, Decimal], words: tuple[str, str]
) -> dict[int, tuple[Decimal | None, Reason]]:
    """What each row of a level that has no points yet gets of what is left of the level."""
    waiting = [index for index in members if taken[index] is None]
    rest = whole - sum((Fraction(number) for index in members if (number := taken[index]) is not None), Fraction(0))
    named: dict[str, str | tuple[str, str]] = {"level": words, "points": printed(whole)}
    if not waiting:
        return {}
    if rest <= 0:
        return dict.fromkeys(waiting, (None, reason("points_none_left", **named)))
    step = next(text for text, least in STEPS if rest / len(waiting) >= least)
    known = [usual[index] for index in waiting if usual.get(index)]
    mean = sum(map(Fraction, known), Fraction(0)) / len(known) if known else Fraction(1)
    keys = [Fraction(usual[index]) if usual.get(index) else mean for index in waiting]
    code = "points_usual" if known else "points_even" if words[0] else "points_open"
    why = reason(code, **named, rest=printed(rest), rows=str(len(waiting)), unit=step)
    divided = apportion(rest, keys, Fraction(step))
    return {index: (decimal(share), why) for index, share in zip(waiting, divided, strict=True)}


def method_of(plan: Plan, row: Indicator, scheme: Scheme) -> tuple[str, Reason]:
    """The scoring method that the scheme calls for, and why."""
    rule = scheme.row(row.name.text)
    if rule is not None and rule.method:
        return rule.method, reason("method_scheme_row")
    target = value_of(row.target)
    if isinstance(target, Unresolved):
        found = {method_for_value(plan, row, scheme, candidate) for candidate in target.candidates}
        return found.pop() if len(found) == 1 else ("by_hand", reason("method_open"))
    return method_for_value(plan, row, scheme, target)


def method_for_value(plan: Plan, row: Indicator, scheme: Scheme, target: object) -> tuple[str, Reason]:
    """The method for one reading of the target."""
    near = around(plan, row, scheme)
    if isinstance(target, NUMERIC) and (amount := measured(target)) is not None:
        op = limits(target, amount, scheme)[0]
        method, note = method_for(op, amount.unit, scheme, near)
        if note == "falling_by_name":
            return method, reason("method_falling")
        steps = near.satisfaction and method == scheme.word("methods.satisfaction")
        return method, setting_reason(scheme, "methods.satisfaction" if steps else SETTINGS.get(op, "methods.equal"))
    if isinstance(target, Relative) and not (target.change and target.amount is None):
        return method_for(target.op, "", scheme, near)[0], setting_reason(scheme, SETTINGS.get(target.op, "methods.equal"))
    if isinstance(target, Parts):
        return "parts", reason("method_parts")
    if isinstance(target, Achieved):
        return "yes_no", reason("method_done")
    if isinstance(target, Deadline | Rank | Relative):
        return "met", reason("method_met")
    if isinstance(target, Tier | Phrase):
        return "tiers", reason("method_tiers")
    return "by_hand", reason("method_open")


def setting_reason(scheme: Scheme, key: str) -> Reason:
    """The reason that a setting of the scheme is."""
    setting = scheme.settings[key]
    return reason("method_setting", setting=(setting.zh, setting.en))
