"""Spots: every cell of a table in which words stand, with what is needed to point at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhiheng.audit.rule import Case, Hit
from zhiheng.plan.plan import Cell, Figure, Indicator, Plan

ROW_FIELDS = (
    "name",
    "definition",
    "target",
    "references.planned",
    "references.standard",
    "references.standard_source",
    "references.mean",
    "references.last_year",
    "references.history_source",
    "remark",
    "activity",
    "project",
    "actual",
    "weight",
    "points",
    "reason",
    "rule",
    "forecast",
)
"""Attributes of an indicator that are cells, in the order of the forms."""

HEAD_FIELDS = ("department", "project", "unit", "strategic_goal", "grade")
AMOUNTS = ("total", "fiscal", "other", "basic", "project")


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell: the field it is, the index of its indicator (None in the head), its text."""

    field: str
    index: int | None
    cell: Cell | Figure
    text: str

    def hit(self, case: Case, **parameters: object) -> Hit:
        """A hit on this cell."""
        if self.index is not None:
            return case.at(self.index, self.field, self.cell, **parameters)
        return case.whole(self.field, self.cell, **parameters)


def part(row: Indicator, field: str) -> Cell | Figure | None:
    """The cell of a row that a field names (target, references.mean)."""
    found: object = row
    for name in field.split("."):
        found = getattr(found, name)
    return found if isinstance(found, Cell | Figure) else None


def spots(plan: Plan) -> Iterator[Spot]:
    """The cells of a table, head first. The notes below a table (填报人, 联系电话) are one spot, for they belong together."""
    for field, cell in head(plan):
        if cell is not None:
            yield Spot(field, None, cell, cell.text)
    for index, row in enumerate(plan.indicators):
        for field in ROW_FIELDS:
            found = part(row, field)
            if found is not None:
                yield Spot(field, index, found, found.text)
    if plan.notes:
        yield Spot("notes", None, plan.notes[0][1], " ".join(f"{label.text}：{cell.text}" for label, cell in plan.notes))


def head(plan: Plan) -> Iterator[tuple[str, Cell | None]]:
    """The cells above and beside the indicators: head, goals, duties."""
    yield from ((field, getattr(plan, field)) for field in HEAD_FIELDS)
    yield from (("goals", cell) for goal in plan.goals for cell in (goal.expected, goal.actual))
    yield from (("duties", cell) for duty in plan.duties for cell in (duty.name, duty.objective))
