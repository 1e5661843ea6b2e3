"""扣分: full points within the limit, then so many off for each whole step beyond it, not below the floor."""

from __future__ import annotations

from zhiheng.scoring.methods.given import Given, Result
from zhiheng.scoring.trace import step


def deduction(given: Given) -> Result:
    """在职人员控制率: up to ``full`` all points; each whole ``step`` above it takes ``per_step`` points; never below ``floor``.

    每超过一个百分点 counts whole percentage points: 102.4 % is two points above 100 %.
    """
    weight, actual = given.weight, given.actual
    full, size, loss = given.numbers["full"] / given.share, given.numbers["step"] / given.share, given.numbers["per_step"]
    floor = min(given.numbers.get("floor", weight * 0), weight)
    rate = actual / full if full else None
    if actual <= full:
        return Result(weight, True, rate, (step("deduction_none", actual=actual, full=full, weight=weight, unit=given.unit),))
    count = (actual - full) // size
    points = max(weight - count * loss, floor)
    text = step(
        "deduction", actual=actual, full=full, count=count, per_step=loss, floor=floor, weight=weight, unit=given.unit, points=points
    )
    return Result(points, False, rate, (text,))
