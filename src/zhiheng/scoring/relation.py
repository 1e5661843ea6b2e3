"""Relative targets: what 达到全省平均水平 or 较上年增长10% asks for in figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from zhiheng.scoring.figures import PERCENT, conversion, measured
from zhiheng.scoring.methods.given import NotScored
from zhiheng.scoring.trace import Step, step
from zhiheng.values.value import Comparator, Quantity, Relative, Value

UPPER = (Comparator.LE, Comparator.LT)


@dataclass(frozen=True, slots=True)
class Bound:
    """A relative target as one in figures, the actual beside it, and the steps that say how it came to be."""

    target: Quantity
    actual: Value
    steps: tuple[Step, ...]


def bound_of(target: Relative, actual: Value, benchmark: Value | None) -> Bound | NotScored:
    """What a relative target that names its size, or asks for the benchmark itself, asks for.

    An actual that is a change itself (增长12%) is held against the change; a level, against the benchmark moved by the
    change. A percentage beside a change in per cent is the change, unless the benchmark is a percentage too.
    """
    if isinstance(actual, Relative):
        return between_changes(target, actual)
    if target.change and target.unit == PERCENT and percentage(actual) and not percentage(benchmark):
        return of_change(target, actual)
    if not isinstance(benchmark, Quantity):
        return NotScored("benchmark_missing", (("base", target.base),))
    moved = moved_by(benchmark, target)
    if isinstance(moved, NotScored):
        return moved
    figures = {"benchmark": Fraction(benchmark.amount), "unit": benchmark.unit, "target": Fraction(moved.amount)}
    return Bound(moved, actual, (step("benchmark", base=target.base, **figures),))


def moved_as_asked(target: Relative, actual: Value, benchmark: Value | None) -> bool | NotScored:
    """Whether there was a change the way a target asks that names no size (较上年增长): any will do, none will not."""
    up = target.change == "up"
    if isinstance(actual, Relative):
        if actual.base != target.base or not actual.change:
            return NotScored("actual_not_comparable")
        return actual.change == target.change and actual.amount != 0
    own, base = measured(actual), measured(benchmark)
    if own is not None and percentage(actual) and not percentage(benchmark):
        return own.amount > 0  # the rate of the change itself
    if own is None or base is None:
        return NotScored("benchmark_missing", (("base", target.base),))
    factor = conversion(own, base)
    if isinstance(factor, NotScored):
        return factor
    level = own.amount * factor
    return level > base.amount if up else level < base.amount


def percentage(value: Value | None) -> bool:
    """Whether a value is a percentage."""
    return isinstance(value, Quantity) and value.unit == PERCENT


def between_changes(target: Relative, actual: Relative) -> Bound | NotScored:
    """A change held against a change of the same kind. One the other way round is a change of less than nothing."""
    if not target.change or not actual.change or target.base != actual.base:
        return NotScored("actual_not_comparable")
    if actual.amount is None:
        return NotScored("change_without_size")
    sign = 1 if target.change == actual.change else -1
    return of_change(target, Quantity(sign * actual.amount, actual.unit, actual.op if sign > 0 else Comparator.EQ))


def of_change(target: Relative, actual: Value) -> Bound:
    """The size of the change as the target: at least so much, or at most where the words set a limit."""
    op = target.op if target.op in UPPER or target.op is Comparator.GT else Comparator.GE
    return Bound(Quantity(target.amount or Decimal(0), target.unit, op), actual, (step("change", base=target.base),))


def moved_by(base: Quantity, target: Relative) -> Quantity | NotScored:
    """The benchmark moved by the change the target asks for: per cent of it, percentage points, or a count.

    A fall of at least so much sets an upper limit, a fall of at most so much a lower one.
    """
    if not target.change:
        return replace(base, op=target.op)
    size = target.amount or Decimal(0)
    sign = -1 if target.change == "down" else 1
    if target.unit == PERCENT and not base.amount:
        return NotScored("base_zero", (("base", target.base),))  # ten per cent more than nothing
    if target.unit == PERCENT:
        amount = base.amount * (100 + sign * size) / 100
    elif target.unit == "个百分点" and base.unit != PERCENT:
        return NotScored("units_differ", (("actual", base.unit), ("target", target.unit)))
    else:
        amount = base.amount + sign * size
    limit = (target.op in UPPER) == (target.change == "up")
    return replace(base, amount=amount, op=Comparator.LE if limit else Comparator.GE)
