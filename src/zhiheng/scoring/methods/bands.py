"""Points by band: the band that the figure falls into says what share of the points it gets."""

from __future__ import annotations

from fractions import Fraction

from zhiheng.scoring.methods.given import Given, NotScored, Result
from zhiheng.scoring.scheme import Bands
from zhiheng.scoring.trace import step


def share_of(bands: Bands, figure: Fraction) -> tuple[Fraction, Fraction]:
    """(lower bound, share) of the half-open band that holds ``figure``; below the last bound the last band holds."""
    for bound, share in bands:
        if figure >= bound:
            return bound, Fraction(share)
    bound, share = bands[-1]
    return bound, Fraction(share)


def satisfaction_steps(given: Given) -> Result:
    """Satisfaction by bands of the rate itself: 90 % and more full, 80 to 90 % 8/10, 60 to 80 % 5/10, less 0.

    The target plays no part in the points; whether it was met is still said.
    """
    figure = given.actual * given.share
    bound, share = share_of(given.bands, figure)
    points = given.weight * share
    text = step(
        "satisfaction_steps", actual=figure * 100, bound=bound * 100, share=share, weight=given.weight, unit=given.unit, points=points
    )
    rate = given.actual / given.target if given.target else None
    return Result(points, given.met, rate, (text,))


def banded(given: Given) -> Result | NotScored:
    """Points by bands of A/T."""
    if given.target <= 0:
        return NotScored("ratio_of_negative")
    rate = given.actual / given.target
    bound, share = share_of(given.bands, rate)
    points = given.weight * share
    text = step("banded", rate=rate * 100, bound=bound * 100, share=share, weight=given.weight, unit=given.unit, points=points)
    return Result(points, given.met, rate, (text,))


def nearest_bound(given: Given) -> Result:
    """A range: full inside it; outside, by the shortfall from the nearer bound in proportion to that bound."""
    weight, low, actual = given.weight, given.target, given.actual
    high = given.upper if given.upper is not None else low
    if low <= actual <= high:
        notes = () if given.met else ("limit_only",)
        return Result(
            weight, given.met, Fraction(1), (step("inside", actual=actual, low=low, high=high, weight=weight, unit=given.unit),), notes
        )
    bound = low if actual < low else high
    if bound == 0:
        return Result(Fraction(0), False, None, (step("outside_zero", actual=actual, low=low, high=high, weight=weight, unit=given.unit),))
    rate = 1 - abs(actual - bound) / abs(bound)
    points = weight * min(max(rate, Fraction(0)), Fraction(1))
    text = step("outside", actual=actual, low=low, high=high, bound=bound, weight=weight, unit=given.unit, points=points)
    return Result(points, False, rate, (text,))
