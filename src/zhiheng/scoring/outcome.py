"""What scoring one row can end in: points, a range that a person must judge within, or a reason why there is neither."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zhiheng.scoring.methods.given import NotScored, Result
from zhiheng.scoring.rounding import Rounding, decimal
from zhiheng.scoring.trace import Step


@dataclass(frozen=True, slots=True)
class Points:
    """Points by a named method: ``exact`` before rounding, ``met`` and raw ``rate`` as the method found them."""

    method: str
    exact: Fraction
    met: bool
    rate: Fraction | None
    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, method: str, result: Result, *before: Step) -> Points:
        """The points of a method's result, with the steps that led to it."""
        return cls(method, result.exact, result.met, result.rate, (*before, *result.steps), result.notes)


@dataclass(frozen=True, slots=True)
class Judged:
    """人工判定: points between ``low`` and ``high``; ``closed`` tells whether ``high`` itself may be given."""

    method: str
    low: Fraction
    high: Fraction
    closed: bool
    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()

    def holds(self, points: Fraction) -> bool:
        """Whether points given by a person lie in the range."""
        return self.low <= points < self.high or (self.closed and points == self.high)


Outcome = Points | Judged | NotScored


def rounded(points: Points, weight: Fraction, rounding: Rounding, full: str) -> Decimal:
    """The points as they are printed.

    Full points and none are exact and never rounded. Where the scheme keeps full points for targets that were met
    (``met_only``), 9.998 of 10 becomes 9.99 and not 10.00.
    """
    if points.exact in (0, weight):
        return decimal(points.exact)
    figure = rounding.apply(points.exact)
    if full == "met_only" and not points.met and points.exact < weight <= figure:
        return rounding.below(weight)
    return figure


__all__ = ["Judged", "NotScored", "Outcome", "Points", "Result", "rounded"]
