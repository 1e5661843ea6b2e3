"""Over-achievement: how far above its target an indicator may end before it needs a reason or loses points.

The state sets no formula, only that a target plainly set too low costs points by the degree of deviation; the bands are
data of the scheme, and its default takes nothing off.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from zhiheng.scoring.methods.given import Given, Result
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.trace import step
from zhiheng.values.value import Comparator


def judged(result: Result, given: Given, scheme: Scheme) -> Result:
    """The result with what over-achievement adds: a note above one bound, a deduction above the next.

    Only a target of the kind ≥ or > loses points, min(cap·w, (A/T-bound)·k·w); one written = is noted and keeps its full points.
    """
    if given.op not in (Comparator.GE, Comparator.GT, Comparator.EQ) or result.rate is None or given.target <= 0:
        return result
    explain, limit = scheme.number("over.explain_above"), scheme.number("over.deduct_above")
    if limit is not None and result.rate > limit:
        taken = deduction(result.rate - limit, given, scheme)
        noted = replace(result, notes=(*result.notes, "target_too_low"))
        if not taken:
            return noted
        points = max(result.exact - taken, Fraction(0))
        text = step("over_deducted", rate=result.rate * 100, bound=limit * 100, taken=taken, points=points)
        return replace(noted, exact=points, steps=(*result.steps, text))
    if explain is not None and result.rate > explain:
        return replace(result, notes=(*result.notes, "explain_over"))
    return result


def deduction(excess: Fraction, given: Given, scheme: Scheme) -> Fraction:
    """Points off for an excess over the upper bound."""
    factor, cap = scheme.number("over.factor"), scheme.number("over.cap")
    if not factor or given.op is Comparator.EQ:
        return Fraction(0)
    taken = excess * factor * given.weight
    return taken if cap is None else min(taken, cap * given.weight)
