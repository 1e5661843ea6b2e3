"""撤回人工改分: the row is scored by the rules again."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.actions.override_score import OVERRIDE, said
from zhiheng_web.evaluation.loading import EDITED, done_with, edited, opened, row_of
from zhiheng_web.evaluation.models import SelfEvaluationRow
from zhiheng_web.evaluation.policies.self_evaluation import table_scope
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

NONE = Text("这一行没有人工改分。", "This row has no override.")


@action("evaluation.take_back_override", steps=("override",))
def take_back_override(viewer: Viewer, self_evaluation: UUID, row_id: UUID) -> Done[SelfEvaluationRow]:
    """Nothing of the override stays on the row; the trail keeps that it was there."""
    one = opened(viewer, self_evaluation)
    row = row_of(one, row_id)
    authorise(viewer, "evaluation.take_back_override", table_scope(one.table))
    if row.override is None:
        raise Refusal("no_override", NONE)
    before, points = said(row), row.override
    row.override, row.override_reason = None, ""
    row.override_by, row.override_at, row.override_confirmed_by, row.override_confirmed_at = None, None, None, None
    edited(viewer, one, row)
    row.save(update_fields=[*OVERRIDE, *EDITED])
    return done_with(one, row, before=before, after=said(row), details={"row": row.indicator_row.name, "points": str(points)})
