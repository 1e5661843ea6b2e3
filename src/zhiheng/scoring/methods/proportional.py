"""Rising indicators: points in proportion to what was reached of the target, A/T·w, full from the target on."""

from __future__ import annotations

from fractions import Fraction

from zhiheng.scoring.methods.given import Given, Result, clipped
from zhiheng.scoring.trace import step


def proportional(given: Given) -> Result:
    """A ≥ T gives full points, else A/T·w, not below 0.

    A/T is written 1-(T-A)/|T|, which is the same for T > 0 and stays meaningful for a negative target (a balance of at
    least -5). A target of 0 has no proportion: by the scheme only an actual not above 0 gets full points
    (``zero_only``), or every actual that meets it (``met``).
    """
    weight, target, actual = given.weight, given.target, given.actual
    if target == 0:
        full = actual <= 0 if given.zero_target == "zero_only" else given.met
        code = "zero_target_full" if full else "zero_target_none"
        return Result(
            weight if full else Fraction(0), full, None, (step(code, actual=actual, weight=weight, unit=given.unit),), ("zero_target",)
        )
    rate = 1 - (target - actual) / abs(target)
    if actual >= target:
        notes = () if given.met else ("limit_only",)  # >92 reached at exactly 92: the proportion is already whole
        return Result(weight, given.met, rate, (step("reached", actual=actual, target=target, weight=weight, unit=given.unit),), notes)
    points = weight * clipped(rate)
    text = step("proportional", actual=actual, target=target, weight=weight, unit=given.unit, points=points)
    return Result(points, False, rate, (text,))


def yes_no(given: Given) -> Result:
    """直接赋分: full points when met, else none."""
    rate = given.actual / given.target if given.target else None
    code = "direct_full" if given.met else "direct_none"
    points = given.weight if given.met else Fraction(0)
    return Result(points, given.met, rate, (step(code, actual=given.actual, target=given.target, weight=given.weight, unit=given.unit),))
