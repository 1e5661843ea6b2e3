"""Spreading: the points of rows that leave the total go to the other rows of the same duty, and it is shown where."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Redistribution:
    """The ``points`` of the rows ``left``, and what each of the rows ``to`` (index, points) received of them."""

    left: tuple[int, ...]
    points: Fraction
    to: tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """The points each row is scored with (0 for those that left), and how they came to be."""

    weights: tuple[Fraction, ...]
    redistributions: tuple[Redistribution, ...]


def spread(weights: Sequence[Fraction], leaving: frozenset[int], groups: Sequence[Hashable], unit: Fraction) -> Spread:
    """Points of the leaving rows of each group, spread over its other rows in proportion to their points.

    A group that leaves as a whole goes to the rest of the table. The shares are multiples of ``unit`` (the rounding of the
    scheme) by largest remainder, the earlier row first, so that what is shown adds up exactly to what left. Where nobody is
    left to receive, the points leave the total.
    """
    now = [Fraction(0) if index in leaving else weight for index, weight in enumerate(weights)]
    shown: list[Redistribution] = []
    for group in dict.fromkeys(groups[index] for index in sorted(leaving)):
        left = tuple(index for index in sorted(leaving) if groups[index] == group)
        points = sum((weights[index] for index in left), Fraction(0))
        stay = [index for index in range(len(weights)) if index not in leaving and weights[index] > 0]
        heirs = [index for index in stay if groups[index] == group] or stay
        to = apportion(points, [weights[index] for index in heirs], unit)
        for index, share in zip(heirs, to, strict=True):
            now[index] += share
        shown.append(Redistribution(left, points, tuple(zip(heirs, to, strict=True))))
    return Spread(tuple(now), tuple(shown))


def apportion(points: Fraction, keys: Sequence[Fraction], unit: Fraction) -> list[Fraction]:
    """``points`` divided in proportion to ``keys`` in multiples of ``unit``; what is finer than a unit goes to the next in turn."""
    if not keys:
        return []
    whole = sum(keys, Fraction(0))
    ideal = [points * key / whole for key in keys]
    shares = [unit * (share // unit) for share in ideal]
    rest = points - sum(shares, Fraction(0))
    order = sorted(range(len(keys)), key=lambda index: (shares[index] - ideal[index], index))
    for index in order:
        if rest <= 0:
            break
        shares[index] += min(unit, rest)
        rest -= min(unit, rest)
    return shares
