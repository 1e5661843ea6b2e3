"""预算执行率: min(w, B/A·w) of the adjusted annual budget, A 全年预算数 and B 全年执行数."""

from __future__ import annotations

from fractions import Fraction

from zhiheng.scoring.methods.given import NotScored, Result
from zhiheng.scoring.trace import step


def execution(budget: Fraction, executed: Fraction, weight: Fraction, zero_budget: str, over: str = "cap") -> Result | NotScored:
    """Points for spending ``executed`` of ``budget``.

    Spending above the budget gets full points and is noted (``over`` ``uncapped`` lets it exceed, as some systems did). A budget of 0
    has no rate: not scored (``undefined``; ``leave``, see scoring.funds), ``full`` or ``zero`` by the scheme. Negative amounts are refused.
    """
    if budget < 0 or executed < 0:
        return NotScored("negative_amount")
    if budget == 0:
        if zero_budget in ("undefined", "leave"):
            return NotScored("zero_budget")
        full = zero_budget == "full"
        text = step("zero_budget_full" if full else "zero_budget_zero", weight=weight)
        return Result(weight if full else Fraction(0), full, None, (text,), ("zero_budget",))
    rate = executed / budget
    figures = {"executed": executed, "budget": budget, "weight": weight}
    if executed > budget:
        points = weight if over == "cap" else weight * rate
        text = step("overspent" if over == "cap" else "overspent_uncapped", **figures, points=points)
        return Result(points, False, rate, (text,), ("overspent",))
    points = weight * rate
    return Result(points, executed == budget, rate, (step("execution", **figures, points=points),))
