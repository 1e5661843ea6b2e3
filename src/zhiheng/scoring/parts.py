"""Parts: an indicator whose target holds several measures, each scored by itself, and the rule that joins them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from zhiheng.scoring.outcome import Judged, NotScored, Outcome, Points
from zhiheng.scoring.trace import Step, step


def part_weight(join: str, weight: Fraction, count: int) -> Fraction:
    """The points each part is scored with: an equal share where the parts are added up, else those of the whole row."""
    return weight / count if join == "sum" else weight


def joined(join: str, outcomes: Sequence[Outcome], names: Sequence[str], weight: Fraction) -> Outcome:
    """The outcome of the row.

    ``all``: full points only if every part was met, else none. ``any``: the best part counts. ``weakest``: the worst part
    counts. ``sum``: the points are divided equally among the parts and added up. A part that cannot be scored stops the row.
    """
    ranges: list[tuple[Fraction, Fraction]] = []
    steps: list[Step] = []
    for name, outcome in zip(names, outcomes, strict=True):
        if isinstance(outcome, NotScored):
            return NotScored("part_not_scored", (*outcome.parameters, ("part", name), ("reason", f"reason.{outcome.reason}")))
        low, high = (outcome.exact, outcome.exact) if isinstance(outcome, Points) else (outcome.low, outcome.high)
        steps += (step("part", name=name), *outcome.steps)
        ranges.append((low, high))
    low, high = ends(join, outcomes, ranges, weight)
    notes = tuple(dict.fromkeys(note for outcome in outcomes if not isinstance(outcome, NotScored) for note in outcome.notes))
    steps.append(step(f"join_{join}", low=low, high=high))
    if low != high:
        return Judged(f"parts_{join}", low, high, True, tuple(steps), notes)
    met = [isinstance(outcome, Points) and outcome.met for outcome in outcomes]
    return Points(f"parts_{join}", low, any(met) if join == "any" else all(met), None, tuple(steps), notes)


def ends(
    join: str, outcomes: Sequence[Outcome], ranges: Sequence[tuple[Fraction, Fraction]], weight: Fraction
) -> tuple[Fraction, Fraction]:
    """(least, most) points of the row."""
    lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
    match join:
        case "all":
            if any(isinstance(outcome, Points) and not outcome.met for outcome in outcomes):
                return Fraction(0), Fraction(0)
            return (Fraction(0) if any(isinstance(outcome, Judged) for outcome in outcomes) else weight), weight
        case "any":
            return max(lows), max(highs)
        case "sum":
            return sum(lows, Fraction(0)), sum(highs, Fraction(0))
        case _:
            return min(lows), min(highs)
