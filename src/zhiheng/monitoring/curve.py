"""Curve: what share of the year's target is due by a day.

A year divided by twelve is wrong for what happens once (编辑科技年鉴 1次, in November) or in seasons: an indicator may have
milestones of its own (进度节点). Shares are exact.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from zhiheng.monitoring.wording import word
from zhiheng.scoring.trace import printed

Between = Literal["step", "linear"]
"""What is due between two milestones: still the earlier one's share (step), or a part of the way to the next (linear)."""


class CurveError(ValueError):
    """Milestones that are no curve. ``code`` is a key of texts.toml ``[curve]``, filled by ``parameters``."""

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = {name: printed(value) for name, value in parameters.items()}

    def text(self, language: str = "zh") -> str:
        """What is wrong and what to do, as a sentence."""
        return word(f"curve.{self.code}", language, **self.parameters)

    def __str__(self) -> str:
        return self.text("en")


@dataclass(frozen=True, slots=True)
class Curve:
    """Milestones (day, share of the year's target due by its end) in order of time, never falling, the last of them 1.

    Made by :func:`linear`, :func:`once` and :func:`milestones`, which check that.
    """

    year: int
    points: tuple[tuple[date, Fraction], ...]
    between: Between = "step"

    def share(self, day: date) -> Fraction:
        """What is due by the end of ``day``: 0 before the year (and, in steps, before the first milestone), 1 after the last."""
        begun, before = date(self.year, 1, 1) - timedelta(days=1), Fraction(0)
        for on, share in self.points:
            if on > day:
                if self.between == "step" or day <= begun:
                    return before
                return before + (share - before) * Fraction((day - begun).days, (on - begun).days)
            begun, before = on, share
        return before

    def next(self, day: date) -> tuple[date, Fraction] | None:
        """The first milestone after ``day``; None when all are past."""
        return next((point for point in self.points if point[0] > day), None)


def linear(year: int, first_month: int = 1, last_month: int = 12) -> Curve:
    """Equal parts for every month from ``first_month`` to ``last_month``, both whole; within a month by days.

    By the end of July 7/12 of the year. What began in mid-year has a target for those months only: from July on, 1/6 by
    the end of July.
    """
    if not 1 <= first_month <= last_month <= 12:
        raise CurveError("months", first=first_month, last=last_month)
    count = last_month - first_month + 1
    points = [(month_end(year, first_month + done - 1), Fraction(done, count)) for done in range(1, count + 1)]
    if first_month > 1:
        points.insert(0, (month_end(year, first_month - 1), Fraction(0)))
    return Curve(year, tuple(points), "linear")


def once(due_on: date, year: int) -> Curve:
    """What is done once: nothing is due before ``due_on``, all of it from then on."""
    return milestones(year, [(due_on, Fraction(1))])


def milestones(year: int, pairs: Iterable[tuple[date, Fraction | Decimal | int]], between: Between = "step") -> Curve:
    """The curve through (day, share) in any order. :class:`CurveError` says what is wrong with them.

    Refused: no milestone, a day outside the year or twice, a share below 0 or above 1, a share lower than an earlier one, a
    last share that is not 1.
    """
    points = sorted(((day, Fraction(share)) for day, share in pairs), key=lambda point: point[0])
    if not points:
        raise CurveError("empty", year=year)
    for day, share in points:
        if day.year != year:
            raise CurveError("outside_year", day=day, year=year)
        if share < 0:
            raise CurveError("below_zero", day=day, share=share * 100)
        if share > 1:
            raise CurveError("above_one", day=day, share=share * 100)
    for (earlier, before), (later, after) in pairwise(points):
        if earlier == later:
            raise CurveError("twice", day=later)
        if after < before:
            raise CurveError("falling", earlier=earlier, before=before * 100, later=later, after=after * 100)
    if points[-1][1] != 1:
        raise CurveError("not_whole", day=points[-1][0], share=points[-1][1] * 100)
    return Curve(year, tuple(points), between)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])
