"""The points of a self-evaluation with the library's proposal: a table without points gets them here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhiheng.scoring.proposal import Kept, expected_points, propose
from zhiheng.scoring.scheme import Scheme
from zhiheng_web.evaluation.loading import filled, self_evaluation_for
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationRow
from zhiheng_web.evaluation.policies.self_evaluation import table_scope
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class PointsLine:
    """One row: what is set, what was approved, what is proposed and why."""

    row: SelfEvaluationRow
    approved: Decimal | None
    proposed: Decimal | None
    reason: Text


@dataclass(frozen=True, slots=True)
class PointsPage:
    """All rows. ``expected`` is what they must sum to; ``execution`` what the execution rate has."""

    evaluation: SelfEvaluation
    scheme: Scheme
    lines: tuple[PointsLine, ...]
    total: Decimal
    expected: Decimal
    execution: Decimal
    editable: bool

    @property
    def rest(self) -> Decimal:
        """What is missing (below 0: too much)."""
        return self.expected - self.total

    @property
    def blank(self) -> bool:
        """Whether rows without points have a proposal."""
        return any(line.row.points is None and line.proposed is not None for line in self.lines)


def points_page(viewer: Viewer, pk: UUID) -> PointsPage:
    """The page of points. Its queries do not grow with the rows."""
    authorise_menu(viewer, "evaluation.see_self_evaluations")
    evaluation = self_evaluation_for(viewer, pk)
    held = filled(evaluation)
    kept = {index: Kept(held.loaded.rows[index].level_1, row.points) for index, row in enumerate(held.rows)}
    proposal = propose(held.ground.table.plan, held.scheme, kept)
    execution, expected = expected_points(held.scheme)
    lines = tuple(
        PointsLine(row, held.approved[index], each.points, Text(each.points_reason.text("zh"), each.points_reason.text("en")))
        for index, (row, each) in enumerate(zip(held.rows, proposal.rows, strict=True))
    )
    total = sum((row.points for row in held.rows if row.points is not None), Decimal(0))
    editable = held.open and may(viewer, "evaluation.set_points", table_scope(evaluation.table))
    return PointsPage(evaluation, held.scheme, lines, total, expected, execution, editable)


def proposed_points(viewer: Viewer, pk: UUID) -> dict[UUID, Decimal]:
    """The proposed points of the rows that have none."""
    page = points_page(viewer, pk)
    return {line.row.pk: line.proposed for line in page.lines if line.row.points is None and line.proposed is not None}
