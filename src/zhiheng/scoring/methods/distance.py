"""Points by distance covered: (A-S)/(T-S)·w, from where the indicator started to where it should come."""

from __future__ import annotations

from fractions import Fraction

from zhiheng.scoring.methods.given import RISING, Given, NotScored, Result, clipped
from zhiheng.scoring.trace import step


def distance(given: Given) -> Result | NotScored:
    """The share of the way from start to target, for rising and falling indicators alike.

    A rise from 33 to 34 that stayed at 33 has covered nothing, though 33/34 is 97 %. Where the start already lay at or
    beyond the target there is no way to measure: kept is full, slipped is nothing.
    """
    weight, target, actual, start = given.weight, given.target, given.actual, given.start
    if start is None:
        return NotScored("start_missing")
    rate = (actual - start) / (target - start) if target != start else None
    figures = {"start": start, "actual": actual, "target": target, "weight": weight, "unit": given.unit}
    already = start >= target if given.op in RISING else start <= target
    reached = actual >= target if given.op in RISING else actual <= target
    if reached:
        notes = () if given.met else ("limit_only",)
        return Result(weight, given.met, rate, (step("kept" if already else "distance_full", **figures),), notes)
    if already:
        return Result(Fraction(0), False, rate, (step("slipped", **figures),))
    points = weight * clipped((actual - start) / (target - start))
    return Result(points, False, rate, (step("distance", **figures, points=points),))
