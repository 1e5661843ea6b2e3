"""Evaluations: the list that a viewer sees, and what the form of a new one offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhiheng.evaluation.index_system import IndexSystem, system
from zhiheng.plan.procedure import Role
from zhiheng_web.evaluation.evaluating.lookup import KINDS
from zhiheng_web.evaluation.evaluating.steps import DONE, STATES, TONES, State
from zhiheng_web.evaluation.models import Evaluation
from zhiheng_web.evaluation.policies.evaluations import (
    ORGANISERS,
    memberships,
    open_engagements,
    organises,
    own_seats,
    visible_evaluations,
)
from zhiheng_web.organisation.authority import authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.planning.policies import READERS, visible_tables
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One evaluation of the list. ``waits``: it waits for something of the viewer's."""

    evaluation: Evaluation
    state: Text
    tone: str
    kind: Text
    waits: bool
    late: bool

    @property
    def total(self) -> Decimal | None:
        """The total, once it is accepted."""
        return self.evaluation.total


@dataclass(frozen=True, slots=True)
class EvaluationList:
    """The evaluations of a year. ``plans``: the viewer may plan one; ``outside``: he is an agency's."""

    year: int | None
    years: tuple[int, ...]
    lines: tuple[EvaluationLine, ...]
    plans: bool
    outside: bool
    member: bool


def evaluations(viewer: Viewer, year: int | None = None) -> EvaluationList:
    """The evaluations that a viewer sees, the newest year first."""
    authorise_menu(viewer, "evaluation.see_evaluations")
    seen = visible_evaluations(viewer)
    years = tuple(seen.order_by("-table__year").values_list("table__year", flat=True).distinct())
    chosen = year if year in years else (years[0] if years else None)
    rows = list(seen.filter(table__year=chosen).select_related("table__unit__department", "table__project", "organiser"))
    undeclared = set(open_engagements(viewer).filter(declared_at__isnull=True).values_list("evaluation", flat=True))
    marks = set(own_seats(viewer).filter(handed_in_at__isnull=True).values_list("evaluation", flat=True))
    today = viewer.today()
    lines = tuple(
        EvaluationLine(
            row, STATES[row.state], TONES.get(row.state, ""), KINDS[Evaluation.Kind(row.kind)], _waits(viewer, row, undeclared, marks),
            row.due_on < today and row.state not in DONE,
        )
        for row in rows
    )  # fmt: skip
    outside = not viewer.holds(READERS)
    return EvaluationList(chosen, years, lines, viewer.holds(ORGANISERS), outside, outside and memberships(viewer).exists())


def _waits(viewer: Viewer, row: Evaluation, undeclared: set[UUID], marks: set[UUID]) -> bool:
    if row.pk in undeclared or (row.pk in marks and row.state == State.SCORING):
        return True
    organiser = {State.PLANNED, State.REPLIED, State.CHECKED}
    return row.state in organiser and organises(viewer, row)


@dataclass(frozen=True, slots=True)
class Planning:
    """What the form of a new evaluation offers: kinds, tables, index systems.

    The tables are those of one year, of a department where one was asked for; ``years`` and ``departments`` are what there is to ask for.
    """

    kinds: tuple[tuple[str, Text], ...]
    tables: tuple[PerformanceTable, ...]
    systems: tuple[IndexSystem, ...]
    years: tuple[int, ...]
    year: int | None
    departments: tuple[tuple[UUID, str], ...]


def planning(
    viewer: Viewer, names: Sequence[str], year: int | None = None, department: UUID | None = None, table: UUID | None = None
) -> Planning:
    """What the viewer may plan, of one year and of one department where that is asked; ``table`` is asked for by itself."""
    authorise_menu(viewer, "evaluation.plan_evaluation")
    kinds = []
    if viewer.holds({Role.PERFORMANCE_OFFICER}):
        kinds.append((Evaluation.Kind.DEPARTMENT.value, KINDS[Evaluation.Kind.DEPARTMENT]))
    if viewer.holds({Role.FINANCE_PERFORMANCE}):
        kinds.append((Evaluation.Kind.FINANCE.value, KINDS[Evaluation.Kind.FINANCE]))
    seen = visible_tables(viewer)
    years = tuple(seen.order_by("-year").values_list("year", flat=True).distinct())
    asked = seen.filter(pk=table).values_list("year", "unit__department").first() if table is not None else None
    if asked is not None:
        year, department = asked
    over = [one for one in years if one < viewer.today().year] or list(years)
    chosen = year if year in years else (over[0] if over else None)
    of_year = list(
        seen.filter(year=chosen)
        .select_related("unit__department", "project")
        .order_by("unit__department__code", "unit__code", "kind", "project__code")
    )
    departments = {one.unit.department_id: one.unit.department.name for one in of_year}
    tables = [one for one in of_year if department not in departments or one.unit.department_id == department]
    systems = tuple(system(name) for name in names)
    return Planning(tuple(kinds), tuple(tables), systems, years, chosen, tuple(departments.items()))
