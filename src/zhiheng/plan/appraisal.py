"""The review of a table by its four contents (完整性、相关性、适当性、可行性): items, points, grades.

Items and their names are data here; how many points an item carries and where a grade begins are parameters
(``zhiheng.parameters``, family ``appraisal``), remembered from 财预〔2015〕88号 and not checked against its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhiheng.plan.procedure import Grade

CONTENTS: dict[str, tuple[str, str]] = {
    "completeness": ("完整性", "Completeness"),
    "relevance": ("相关性", "Relevance"),
    "adequacy": ("适当性", "Adequacy"),
    "feasibility": ("可行性", "Feasibility"),
}
"""The four contents of the review in order."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a content: ``code`` is also the name of its parameter in the family ``appraisal``."""

    code: str
    content: str
    zh: str
    en: str


ITEMS: tuple[Item, ...] = (
    Item("form", "completeness", "规范完整性", "Complete by the form"),
    Item("clarity", "completeness", "明确清晰性", "Definite and clear"),
    Item("goal_relevance", "relevance", "目标相关性", "Goals follow from the duties"),
    Item("indicator_soundness", "relevance", "指标科学性", "Indicators are sound"),
    Item("reasonableness", "adequacy", "绩效合理性", "Results are reasonable"),
    Item("money_match", "adequacy", "资金匹配性", "Results match the money"),
    Item("achievability", "feasibility", "实现可能性", "Can be achieved"),
    Item("conditions", "feasibility", "条件充分性", "Conditions are met"),
)
GRADES = (Grade.EXCELLENT, Grade.GOOD, Grade.FAIR, Grade.POOR)
"""From best to worst."""


@dataclass(frozen=True, slots=True)
class Appraisal:
    """How a table is appraised in a year: the full points of each item and the lower bounds of 优, 良 and 中.

    Each band holds its lower bound and stops before the next: with 90, 80, 60 a total of 89.5 is 良, 60 is 中, 59.99 is 差.
    """

    full: Mapping[str, Decimal]
    bounds: tuple[Decimal, Decimal, Decimal]

    @property
    def most(self) -> Decimal:
        """The points of all items together."""
        return sum(self.full.values(), Decimal(0))

    def grade_of(self, total: Decimal) -> Grade:
        """The grade of a total. The bounds are out of 100: where the items make another sum, the total is taken in proportion."""
        for grade, bound in zip(GRADES, self.bounds, strict=False):
            if total * 100 >= bound * self.most:
                return grade
        return Grade.POOR

    def total_of(self, points: Mapping[str, Decimal]) -> Decimal | None:
        """The total of the items' points; None while an item has none: an item left out is not an item of 0."""
        return sum(points.values(), Decimal(0)) if set(points) == set(self.full) else None

    def faults(self, points: Mapping[str, Decimal]) -> tuple[str, ...]:
        """The items whose points are none of the scheme, negative or above their full points."""
        return tuple(item for item, value in points.items() if item not in self.full or not 0 <= value <= self.full[item])


def appraisal(texts: Mapping[str, str], bounds: Sequence[str]) -> Appraisal:
    """The appraisal of the parameters' texts: full points by item, and the three bounds from 优 down.

    Bounds that do not fall are the caller's mistake: ValueError.
    """
    excellent, good, fair = (Decimal(bound) for bound in bounds)
    if not 100 >= excellent > good > fair > 0:
        raise ValueError(f"bounds of grades must fall: {', '.join(bounds)}")
    return Appraisal({item.code: Decimal(texts[item.code]) for item in ITEMS}, (excellent, good, fair))


def worst(grades: Iterable[Grade]) -> Grade:
    """The grade of a review by ticks without points: a table is as good as the worst of its items."""
    return max(grades, key=GRADES.index)
