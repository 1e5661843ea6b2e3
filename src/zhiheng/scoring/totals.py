"""What the rows of a published table add up to: points, level-1 indicators, the total and its grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zhiheng.plan.place import Place
from zhiheng.plan.plan import Plan
from zhiheng.scoring.funds import total_fund
from zhiheng.scoring.observation import number_of
from zhiheng.scoring.rounding import Rounding, decimal
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.scheme_file import names
from zhiheng.scoring.scheme_file import scheme as shipped


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A total: as published, as the sum of the published rows, and as recomputed (None where a row is not known).

    ``rounded`` tells that the published total is the sum rounded in the way of the table.
    """

    published: Decimal | None
    summed: Decimal | None
    expected: Decimal | None
    place: Place = Place()
    rounded: bool = False

    @property
    def differs(self) -> bool:
        """Whether the published total is not the sum of the published rows."""
        return self.published is not None and self.summed is not None and self.published != self.summed and not self.rounded


@dataclass(frozen=True, slots=True)
class LevelCheck:
    """The points of a level-1 indicator in the table and in the scheme."""

    key: str
    zh: str
    en: str
    published: Decimal
    expected: Decimal

    @property
    def differs(self) -> bool:
        """Whether the table gives the level other points than the scheme."""
        return self.published != self.expected


@dataclass(frozen=True, slots=True)
class GradeCheck:
    """The grade as published and the band in which the published total falls.

    ``explained_by`` names the shipped schemes by whose bands the published grade would be right.
    """

    published: str
    expected: str
    total: Decimal
    place: Place = Place()
    explained_by: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the published grade is not the band of the published total."""
        return self.published != self.expected


def sum_of(figures: Sequence[Decimal | None]) -> Decimal | None:
    """The exact sum; None if one of them is not known or there is none."""
    known = [figure for figure in figures if figure is not None]
    if len(known) != len(figures) or not known:
        return None
    return decimal(sum((Fraction(figure) for figure in known), Fraction(0)))


def total_check(plan: Plan, rows: Sequence[tuple[Decimal | None, Decimal | None, Decimal | None]], rounding: Rounding) -> TotalCheck:
    """``rows`` as (published, recomputed, points). Lines without points add what they were given, and nothing if nothing."""
    published = number_of(plan.total_points)
    summed = sum_of([given if given is not None or weight is not None else Decimal(0) for given, _, weight in rows])
    expected = sum_of([again for _, again, _ in rows])
    way = summed is not None and published is not None and rounding.apply(Fraction(summed)) == published
    place = plan.total_points.place if plan.total_points is not None else plan.place
    return TotalCheck(published, summed, expected, place, rounded=way)


def weight_check(plan: Plan, weights: Sequence[Decimal | None]) -> TotalCheck:
    """分值: their sum should be exactly 100 (``expected``), and be the total of points where the form prints one."""
    known = [weight for weight in weights if weight is not None]
    place = plan.total_weight.place if plan.total_weight is not None else plan.place
    printed = number_of(plan.total_weight)
    return TotalCheck(printed, sum_of(known), Decimal(100), place)


def level_sums(plan: Plan, scheme: Scheme) -> dict[str, Fraction] | None:
    """The points of each level-1 indicator of the scheme's tree; None where a row's category names no level of that tree."""
    sums: dict[str, Fraction] = {}
    for row in plan.indicators:
        weight = number_of(row.weight)
        if weight is None:
            continue
        level = scheme.level(row.category)
        if level is None:
            return None
        sums[level.key] = sums.get(level.key, Fraction(0)) + Fraction(weight)
    fund = total_fund(plan)
    own = number_of(fund.points) if fund is not None else None
    return sums if own is None else {**sums, "execution": Fraction(own)}


def level_checks(plan: Plan, scheme: Scheme) -> tuple[LevelCheck, ...]:
    """The level-1 points of the table beside those of the scheme; levels that the table does not have are left out.

    A row whose category names no level of the scheme's tree leaves the question open: then there is nothing to compare.
    """
    sums = level_sums(plan, scheme)
    if sums is None:
        return ()
    fixed = scheme.weights(frozenset(level.key for level in scheme.levels) - set(sums))
    return tuple(
        LevelCheck(level.key, level.zh, level.en, decimal(sums[level.key]), decimal(fixed[level.key]))
        for level in scheme.levels
        if level.key in sums and level.key in fixed
    )


def suits(plan: Plan, scheme: Scheme, general: Scheme) -> bool:
    """Whether a table can have been scored by a scheme, as far as its form shows.

    The points of the execution rate must be the scheme's, and a scheme with a tree other than the general one must find all
    its levels in the table (but for those whose points go elsewhere when absent).
    """
    sums = level_sums(plan, scheme)
    execution = scheme.weight("execution")
    if sums is not None and execution is not None and sums.get("execution", execution) != execution:
        return False
    if scheme.levels == general.levels:
        return True
    if sums is None:
        return False
    absent = frozenset(level.key for level in scheme.levels) - set(sums)
    return absent <= {key for key in absent if f"weights.{key}_to" in scheme.settings}


def form_fit(plan: Plan, scheme: Scheme) -> int:
    """How many levels of the form have the points of a scheme.

    The grade is no evidence: bands chosen by it would make every grade right.
    """
    return sum(not level.differs for level in level_checks(plan, scheme))


def grade_check(plan: Plan, scheme: Scheme) -> GradeCheck | None:
    """The published grade against the band of the published total; None where the form has no grade or no total.

    A grade that is no word of the scheme's bands is kept as it stands and differs.
    """
    total = number_of(plan.total_points)
    if plan.grade is None or not plan.grade.text.strip() or total is None:
        return None
    text = plan.grade.text.strip()
    words = [word for _, word in scheme.bands("grades.bands") if text.startswith(word)]
    published, share = words[0] if len(words) == 1 else text, Fraction(total) / 100
    others = tuple(name for name in names() if shipped(name).grade(share) == published)
    expected = scheme.grade(share)
    return GradeCheck(published, expected, total, plan.grade.place, others if published != expected else ())
