"""How much was done as a whole, whatever of it is public: what the narrative must say does not shrink when something is withheld.

开展自评的项目个数 and 涉及资金 are of the same projects. What is left out or withheld is counted, and the narrative says how many of them
are public (本次公开其中N个). Money that is itself withheld is in no sum: with the others public, the sum would tell it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.publication.building.gathering import Source
from zhiheng_web.publication.content.shape import Content


@dataclass(frozen=True, slots=True)
class ProjectDone:
    """One project's table of the package, left out or not. ``evaluated``: its self-evaluation is accepted. Amounts in 元, None: none known.
    ``initial`` is the budget at the beginning of the year, which alone can be set against the goal table's: a change is in one only.

    ``of_funds``: the amounts are those of 资金执行情况, else of the goal table.
    """

    slug: str
    evaluated: bool
    budget: Decimal | None = None
    spent: Decimal | None = None
    initial: Decimal | None = None
    of_funds: bool = False

    def closed(self, content: Content) -> bool:
        """Whether its money is withheld, or all of it."""
        return content.withheld(f"{self.slug}/{'funds' if self.of_funds else 'money'}") is not None


@dataclass(frozen=True, slots=True)
class Extent:
    """What a package is about: its tables, projects, indicators, evaluations and uses of results, those not public as well."""

    tables: int
    projects: tuple[ProjectDone, ...]
    indicators: int
    evaluations: int = 0
    uses: int = 0

    @property
    def evaluated(self) -> tuple[ProjectDone, ...]:
        """The projects with a self-evaluation."""
        return tuple(one for one in self.projects if one.evaluated)


def extent_of(sources: Sequence[Source], evaluations: int, uses: int) -> Extent:
    """The extent of a package by its rows. No query."""
    projects = tuple(_project(one) for one in sources if one.table.kind == PerformanceTable.Kind.PROJECT)
    return Extent(len(sources), projects, sum(len(one.rows) for one in sources), evaluations, uses)


def _project(source: Source) -> ProjectDone:
    funds, total = source.funds, source.version.total
    initial = _sum([one.initial for one in funds])
    if source.evaluation is None:
        return ProjectDone(source.slug, False, total, None, total)
    return ProjectDone(
        source.slug, True, _sum([one.budget for one in funds]), _sum([one.executed for one in funds]),
        total if initial is None else initial, bool(funds),
    )  # fmt: skip


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known else None
