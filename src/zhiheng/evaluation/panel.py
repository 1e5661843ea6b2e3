"""The panel (评审组): what the marks of several evaluators amount to, item by item and as a total.

A mark is points, or that the item does not apply (不适用). One high and one low mark are left out only where there are enough marks
(``trim_from``, by default 5), the mean is that of the marks that are left; an item that applies for nobody leaves the total with its
points. Marks of an evaluator who declared a conflict do not count and stay in the trace. Everything is an exact fraction; each figure
is rounded once, from the exact one, where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from zhiheng.scoring.rounding import Rounding
from zhiheng.scoring.setting import Bands


class Fate(StrEnum):
    """What became of a mark."""

    COUNTED = "counted"  # in the mean
    HIGHEST = "highest"  # left out as the highest (去掉最高分)
    LOWEST = "lowest"  # left out as the lowest (去掉最低分)
    NOT_APPLICABLE = "not_applicable"  # says that the item does not apply
    VOIDED = "voided"  # of an evaluator with a conflict of interests


@dataclass(frozen=True, slots=True)
class Rule:
    """How marks are put together.

    ``trim_from``: the number of marks from which one high and one low are left out. ``hearing``: the part of the item's points by which
    the highest and the lowest mark may differ; beyond it the item is heard (复议). ``bands`` of the grade are half-open, in per cent.
    """

    trim_from: int
    hearing: Fraction
    rounding: Rounding
    bands: Bands


@dataclass(frozen=True, slots=True)
class Mark:
    """What one evaluator gives one item. ``points`` None: it does not apply. ``voided``: he declared a conflict."""

    evaluator: str
    points: Fraction | None
    voided: bool = False


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What the marks of one item amount to.

    ``exact`` None: it leaves the total (``applies`` False: all say that it does not apply; True: nobody has marked it yet). ``points``
    is ``exact`` rounded. ``apart`` is how far the highest and the lowest of the marks that stand differ, ``hearing`` whether too far.
    """

    full: Fraction
    exact: Fraction | None
    points: Decimal | None
    applies: bool
    apart: Fraction
    hearing: bool
    fates: tuple[tuple[str, Fraction | None, Fate], ...]


@dataclass(frozen=True, slots=True)
class Total:
    """What the items sum to.

    ``exact`` is the sum over the points that could be had, times all points of the system; None while an item has no mark or where
    nothing could be had. ``ceiling`` is the points that could be had. ``grade`` is judged on the exact share.
    """

    exact: Fraction | None
    points: Decimal | None
    ceiling: Fraction
    grade: str


class MarkError(ValueError):
    """A mark that cannot be: below 0, above the points of the item, or two of one evaluator."""


def result(full: Fraction, marks: Sequence[Mark], rule: Rule) -> ItemResult:
    """The result of one item with ``full`` points. The order of the marks does not matter."""
    ordered = sorted(marks, key=lambda mark: mark.evaluator)
    if len({mark.evaluator for mark in ordered}) != len(ordered):
        raise MarkError("an evaluator has marked the item twice")
    if any(mark.points is not None and not 0 <= mark.points <= full for mark in ordered):
        raise MarkError(f"a mark must lie between 0 and {full}")
    standing = {mark.evaluator: mark.points for mark in ordered if not mark.voided and mark.points is not None}
    left_out = trimmed(standing, rule.trim_from)
    fates = tuple((mark.evaluator, mark.points, fate(mark, left_out)) for mark in ordered)
    counted = [points for _, points, what in fates if what is Fate.COUNTED and points is not None]
    exact = sum(counted, Fraction(0)) / len(counted) if counted else None
    apart = max(standing.values()) - min(standing.values()) if standing else Fraction(0)
    applies = bool(standing) or all(mark.voided for mark in ordered)
    points = None if exact is None else rule.rounding.apply(exact)
    return ItemResult(full, exact, points, applies, apart, apart > full * rule.hearing, fates)


def trimmed(standing: Mapping[str, Fraction], trim_from: int) -> Mapping[str, Fate]:
    """Whose marks are left out: one of the highest and one of the lowest, where there are enough. Among equals the first and the last."""
    if len(standing) < max(trim_from, 3):  # of two, nothing would be left
        return {}
    ordered = sorted(standing, key=lambda evaluator: (standing[evaluator], evaluator))
    return {ordered[0]: Fate.LOWEST, ordered[-1]: Fate.HIGHEST}


def fate(mark: Mark, left_out: Mapping[str, Fate]) -> Fate:
    """What becomes of a mark."""
    if mark.voided:
        return Fate.VOIDED
    return Fate.NOT_APPLICABLE if mark.points is None else left_out.get(mark.evaluator, Fate.COUNTED)


def total(items: Iterable[ItemResult], rule: Rule) -> Total:
    """The total of all items and its grade. Rounded once, from the exact sum; the grade looks at the exact share, never at a figure."""
    known = tuple(items)
    whole = sum((item.full for item in known), Fraction(0))
    ceiling = sum((item.full for item in known if item.applies), Fraction(0))
    if not ceiling or any(item.applies and item.exact is None for item in known):
        return Total(None, None, ceiling, "")
    share = sum((item.exact for item in known if item.exact is not None), Fraction(0)) / ceiling
    return Total(share * whole, rule.rounding.apply(share * whole), ceiling, grade(share, rule.bands))


def grade(share: Fraction, bands: Bands) -> str:
    """The grade of a share of the points that could be had, by half-open bands in per cent: 89.995 is not yet 90."""
    return next(name for bound, name in bands if share * 100 >= bound)
