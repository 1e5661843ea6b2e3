"""确认事前绩效评估: another person than the assessor confirms it, and it counts from then on."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import PreAssessment
from zhiheng_web.planning.money.projects import assessment_for, said
from zhiheng_web.planning.policies import project_scope
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text


@action("planning.confirm_pre_assessment", steps=("pre_assess",))
def confirm_pre_assessment(viewer: Viewer, assessment: UUID) -> Done[PreAssessment]:
    """Confirm it as the second person."""
    row = assessment_for(viewer, assessment)
    authorise(viewer, "planning.confirm_pre_assessment", project_scope(row.project))
    if row.confirmed_at is not None:
        raise Refusal("confirmed", Text("这份事前绩效评估已经确认。", "This pre-assessment has already been confirmed."))
    if viewer.account is not None and row.assessed_by_id == viewer.account.pk:
        raise Refusal("same_person", SAME)
    before = said(row, "confirmed_by_id", "confirmed_at")
    row.confirmed_by, row.confirmed_at = viewer.account, viewer.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    return Done(
        row,
        "planning.PreAssessment",
        str(row.pk),
        row.project.name,
        str(row.project.unit.department_id),
        before,
        said(row, "confirmed_by_id", "confirmed_at"),
        {"conclusion": row.conclusion},
    )


SAME = Text(
    "评估人不能确认自己的评估，请由另一人确认（第二人确认）。",
    "Nobody confirms an assessment of his own; another person must do it.",
)
