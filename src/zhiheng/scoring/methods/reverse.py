"""Falling indicators: cost, accidents, days. Full points up to the limit, fewer beyond it."""

from __future__ import annotations

from fractions import Fraction

from zhiheng.scoring.methods.given import Given, NotScored, Result, clipped
from zhiheng.scoring.trace import step


def within(given: Given) -> Result | None:
    """The full points of an actual that does not lie above the limit."""
    if given.actual > given.target:
        return None
    rate = 1 - (given.actual - given.target) / abs(given.target) if given.target else None
    notes = () if given.met else ("limit_only",)
    text = step("within", actual=given.actual, target=given.target, weight=given.weight, unit=given.unit)
    return Result(given.weight, given.met, rate, (text,), notes)


def reverse_linear(given: Given) -> Result:
    """A ≤ T full; then (1-(A-T)/|T|)·w, which is 0 from 2T on (for T = 0: from anything above 0 on)."""
    full = within(given)
    if full is not None:
        return full
    weight, target, actual = given.weight, given.target, given.actual
    if target == 0:
        return Result(Fraction(0), False, None, (step("above_zero", actual=actual, weight=weight, unit=given.unit),))
    rate = 1 - (actual - target) / abs(target)
    points = weight * clipped(rate)
    text = step("reverse_linear", actual=actual, target=target, weight=weight, unit=given.unit, points=points)
    return Result(points, False, rate, (text,))


def reverse_ratio(given: Given) -> Result | NotScored:
    """A ≤ T full; then T/A·w. A limit below 0 has no such ratio."""
    full = within(given)
    if full is not None:
        return full
    weight, target, actual = given.weight, given.target, given.actual
    if target < 0:
        return NotScored("ratio_of_negative")
    rate = target / actual
    points = weight * rate
    return Result(
        points, False, rate, (step("reverse_ratio", actual=actual, target=target, weight=weight, unit=given.unit, points=points),)
    )
