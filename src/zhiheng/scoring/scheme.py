"""Scheme: the year's rules for giving points, as immutable data.

What sources disagree on (weights, tree, formulas, tiers, bands, rounding, what a state is worth) is a setting here and
never code. Each setting carries its wording, the document it rests on and how far that was checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from zhiheng.scoring.rounding import ROUNDINGS, Rounding
from zhiheng.scoring.setting import Bands, Configured, Setting

__all__ = ["GRADE_NAMES", "Bands", "Level", "Move", "RowRule", "Scheme", "Setting", "Sublevel"]

GRADE_NAMES = {"优": "Excellent", "良": "Good", "中": "Fair", "差": "Poor"}
"""等级 of a total in English (财预〔2020〕10号). A scheme may name its bands otherwise; such a name stands in both languages."""


@dataclass(frozen=True, slots=True)
class Sublevel:
    """A level-2 indicator of a tree: 数量指标. ``words`` are what a table may write for it."""

    key: str
    zh: str
    en: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level-1 indicator of a tree: 产出指标. ``words`` are what a table may write for it, ``below`` its level-2 indicators."""

    key: str
    zh: str
    en: str
    words: tuple[str, ...]
    below: tuple[Sublevel, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """``points`` of the level ``absent`` go to the level ``to``, by the rule of the scheme that ``basis`` names."""

    absent: str
    to: str
    points: Fraction
    basis: str


@dataclass(frozen=True, slots=True)
class RowRule:
    """What a scheme says of one indicator by name: where it stands, its points, its own method and numbers.

    ``weight`` None: the table gives it. ``formula`` is what the indicator measures, for the reader. ``numbers`` are the
    settings of the method (full, step, per_step, floor, start…), ``join`` how its parts are joined.
    """

    name: str
    en: str
    path: tuple[str, ...]
    basis: str
    status: str
    formula: str = ""
    weight: Fraction | None = None
    method: str = ""
    join: str = ""
    numbers: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scheme(Configured):
    """A whole scheme. ``start`` is the day from which its basis holds; ``levels`` is its tree of level-1 indicators."""

    name: str
    zh: str
    en: str
    basis: str
    status: str
    start: date
    levels: tuple[Level, ...]
    settings: Mapping[str, Setting]
    rows: Mapping[str, RowRule]

    @property
    def rounding(self) -> Rounding:
        """How a row's points are rounded (or the total's, see ``rounding.where``)."""
        return ROUNDINGS[self.word("rounding.points")]

    def weight(self, level: str) -> Fraction | None:
        """The points of a level-1 indicator (``execution`` for 预算执行率); None where the scheme leaves them open."""
        key = f"weights.{level}"
        return self.number(key) if key in self.settings else None

    def weights(self, absent: frozenset[str] = frozenset()) -> dict[str, Fraction]:
        """The points of all level-1 indicators that the scheme fixes.

        The points of an ``absent`` level go where the scheme says (满意度 → 效益); where it names no level, or one that is
        absent too, they stay where they are.
        """
        fixed = {level.key: weight for level in self.levels if (weight := self.weight(level.key)) is not None}
        for move in self.moves(absent):
            fixed[move.absent] -= move.points
            fixed[move.to] += move.points
            if not fixed[move.absent]:
                del fixed[move.absent]
        return fixed

    def moves(self, absent: frozenset[str]) -> tuple[Move, ...]:
        """Where the points of the absent levels go, in the order of the tree."""
        fixed = {level.key: weight for level in self.levels if (weight := self.weight(level.key)) is not None}
        found = []
        for key in (level.key for level in self.levels if level.key in absent and level.key in fixed):
            rule = self.settings.get(f"weights.{key}_to")
            if rule is None:
                continue
            heirs = [(rule.value, fixed[key])] if isinstance(rule.value, str) else [(to, Fraction(part)) for to, part in rule.value]
            found += [Move(key, to, part, rule.basis) for to, part in heirs if to in fixed and to not in absent]
        return tuple(found)

    def level(self, category: tuple[str, ...]) -> Level | None:
        """The level-1 indicator that a row's category names, by the words of the tree; None if none or several do."""
        for text in category:
            found = [level for level in self.levels if any(word in text for word in level.words)]
            if len(found) == 1:
                return found[0]
        return None

    def row(self, name: str) -> RowRule | None:
        """What the scheme says of the indicator of that name."""
        return self.rows.get(name.strip())

    def grade(self, share: Fraction) -> str:
        """The grade of a total, given as its share of the points that could be had.

        Bands are half-open and judged on the exact figure: 89.995 of 100 is 良, though two places print it as 90.00.
        """
        return next(name for bound, name in self.bands("grades.bands") if share * 100 >= bound)
