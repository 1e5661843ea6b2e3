"""What of an evaluation a viewer sees. The one place that says it: pages, files, papers and actions ask here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zhiheng_web.evaluation.evaluating.steps import REPORTED, State
from zhiheng_web.evaluation.models import Engagement, Evaluation, Evaluator
from zhiheng_web.evaluation.policies.evaluations import PAYERS, evaluated_scope, evaluated_scopes, open_engagements, organises, scope_of
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.policies import FILLERS, READERS


@dataclass(frozen=True, slots=True)
class Sight:
    """How a viewer stands to an evaluation.

    ``engagement`` is that of his agency, under way. ``seat`` is his own on the panel, if any.
    """

    organises: bool
    evaluated: bool
    reads: bool
    pays: bool
    engagement: Engagement | None
    seat: Evaluator | None
    state: str
    all_in: bool

    @property
    def engaged(self) -> bool:
        """Whether his agency is engaged and has declared that it has no conflict of interests."""
        return self.engagement is not None and self.engagement.declared_at is not None

    @property
    def terms_only(self) -> bool:
        """Whether he sees the terms and nothing else: an agency or an evaluator from outside before the declaration."""
        inside = self.organises or self.evaluated or self.reads
        if inside:
            return False
        if self.engagement is not None and not self.engaged:
            return True
        return not self.engaged and (self.seat is None or self.seat.declared_at is None)

    @property
    def still_marks(self) -> bool:
        """Whether he is an evaluator who has not handed in: he then sees nobody's marks, names or outcomes but his own."""
        return self.seat is not None and self.seat.handed_in_at is None

    @property
    def sees_terms(self) -> bool:
        """Whether he sees contract and fee."""
        return self.organises or self.engagement is not None or self.pays

    @property
    def sees_materials(self) -> bool:
        """Whether he opens what was handed in."""
        return not self.terms_only and (self.organises or self.evaluated or self.engaged or self.seat is not None)

    @property
    def sees_panel(self) -> bool:
        """Whether he sees who marks."""
        return not self.terms_only and not self.still_marks and (self.organises or self.engaged or self.seat is not None)

    @property
    def sees_marks(self) -> bool:
        """Whether he sees the marks of others: those handed in, and nobody before all are in but who has handed in his own."""
        return self.sees_panel and (self.all_in or (self.seat is not None and not self.still_marks))

    @property
    def sees_results(self) -> bool:
        """Whether he sees what the marks amount to: those at work once all are in, the evaluated with a report, others once accepted."""
        if self.terms_only or self.still_marks:
            return False
        if self.state == State.ACCEPTED:
            return True
        return self.all_in and (self.sees_panel or (self.evaluated and self.state in REPORTED))

    @property
    def sees_reports(self) -> bool:
        """Whether he sees the draft reports."""
        if self.terms_only or self.still_marks:
            return False
        return self.state == State.ACCEPTED or self.organises or self.engaged or self.seat is not None or self.evaluated


def sight_of(viewer: Viewer, evaluation: Evaluation, seats: list[Evaluator] | None = None) -> Sight:
    """How the viewer stands to an evaluation that he may see. ``seats``: its panel, if it is known."""
    panel = list(Evaluator.objects.filter(evaluation=evaluation)) if seats is None else seats
    engagement = open_engagements(viewer).filter(evaluation=evaluation).select_related("agency").first()
    evaluated = viewer.holds(FILLERS, evaluated_scope(evaluation)) if viewer.holds(FILLERS) else False
    return _sight(viewer, evaluation, panel, engagement, evaluated=evaluated)


def sights_of(viewer: Viewer, evaluations: Sequence[Evaluation]) -> dict[UUID, Sight]:
    """How the viewer stands to each of them. Three queries for any number; their tables must be loaded with units and departments."""
    panels: dict[UUID, list[Evaluator]] = {}
    for seat in Evaluator.objects.filter(evaluation__in=evaluations):
        panels.setdefault(seat.evaluation_id, []).append(seat)
    rows = open_engagements(viewer).filter(evaluation__in=evaluations).select_related("agency")
    engagements = {row.evaluation_id: row for row in rows}
    fills = evaluated_scopes(evaluations) if viewer.holds(FILLERS) else {}
    return {
        one.pk: _sight(
            viewer, one, panels.get(one.pk, []), engagements.get(one.pk),
            evaluated=one.pk in fills and viewer.holds(FILLERS, fills[one.pk]),
        )
        for one in evaluations
    }  # fmt: skip


def _sight(viewer: Viewer, evaluation: Evaluation, panel: list[Evaluator], engagement: Engagement | None, *, evaluated: bool) -> Sight:
    account: UUID | None = viewer.account.pk if viewer.account is not None else None
    own = next((one for one in panel if one.account_id == account and one.voided_at is None), None)
    standing = [one for one in panel if one.voided_at is None]
    own_evaluation = evaluation.kind == Evaluation.Kind.DEPARTMENT and evaluation.planned_by_id == account
    return Sight(
        organises=organises(viewer, evaluation),
        evaluated=evaluated and not own_evaluation,
        reads=viewer.holds(READERS, scope_of(evaluation)),
        pays=viewer.holds(PAYERS, scope_of(evaluation)),
        engagement=engagement,
        seat=own,
        state=evaluation.state,
        all_in=bool(standing) and all(one.handed_in_at is not None for one in standing),
    )
