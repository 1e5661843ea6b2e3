"""What stands around a row and bears on its points."""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng.plan.plan import Figure, Indicator, Plan
from zhiheng.scoring.scheme import RowRule, Scheme
from zhiheng.values.direction import reasoned
from zhiheng.values.value import Relative, Value


@dataclass(frozen=True, slots=True)
class Around:
    """``satisfaction``: the row measures satisfaction. ``falling``: less is better by the indicator's name.

    ``start`` is where a distance begins (last year's value), ``benchmark`` what a relative target is measured against,
    ``year`` the budget year, which completes dates without one, ``rule`` what the scheme says of the indicator by name.
    """

    satisfaction: bool = False
    falling: bool = False
    start: Value | None = None
    benchmark: Value | None = None
    year: int | None = None
    rule: RowRule | None = None


def around(plan: Plan, row: Indicator, scheme: Scheme, benchmark: Value | None = None) -> Around:
    """The surroundings of a row. A target relative to last year is measured against the row's own last year."""
    level = scheme.level(row.category)
    last_year = value_of(row.references.last_year)
    target = value_of(row.target)
    if benchmark is None and isinstance(target, Relative) and target.base == "上年":
        benchmark = last_year
    return Around(
        satisfaction="满意" in row.name.text or (level is not None and level.key == "satisfaction"),
        falling=target is not None and reasoned(row.name.text, target)[1].startswith("name_falling"),
        start=last_year,
        benchmark=benchmark,
        year=plan.year,
        rule=scheme.row(row.name.text),
    )


def value_of(figure: Figure | None) -> Value | None:
    """The value of a cell, None if the form has no such column."""
    return figure.reading.value if figure is not None else None
