"""人工改分: other points than the rules give, with a reason. They hold only once another person has confirmed them."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from zhiheng_web.evaluation.loading import EDITED, done_with, edited, opened, row_of
from zhiheng_web.evaluation.models import SelfEvaluationRow
from zhiheng_web.evaluation.policies.self_evaluation import table_scope
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.set_weights import possible
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Conflict, Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

OVERRIDE = ("override", "override_reason", "override_by", "override_at", "override_confirmed_by", "override_confirmed_at")
NO_POINTS = Text("“{name}”还没有分值，不能改分。请先设置分值。", "“{name}” has no points yet: set them first.")
OUTSIDE = Text(
    "改后的得分应在 0 至 {points} 分之间，最多 4 位小数。", "The points must lie between 0 and {points}, with at most 4 decimal places."
)
WHY = Text("人工改分须写明理由，理由随自评结果公开。", "An override needs a reason, which is published with the result.")
CHANGED = Text("他人刚改过这一行，您的改分没有保存，请核对后重填。", "Somebody has just changed this row; your override is not saved.")


@action("evaluation.override_score", steps=("override",))
def override_score(
    viewer: Viewer, self_evaluation: UUID, row_id: UUID, points: Decimal, reason: str, edits: int
) -> Done[SelfEvaluationRow]:
    """Propose other points for a row; an earlier confirmation falls. Within 0 and the row's points (分值)."""
    one = opened(viewer, self_evaluation)
    row = row_of(one, row_id)
    authorise(viewer, "evaluation.override_score", table_scope(one.table))
    if row.edits != edits:
        raise Conflict("row_changed", CHANGED, {"edits": row.edits})
    if row.points is None:
        raise Refusal("no_points", NO_POINTS.with_(name=row.indicator_row.name))
    if not possible(points) or points > row.points:
        text = OUTSIDE.with_(points=f"{row.points.normalize():f}")
        raise Invalid("override_outside", text, {"override": text})
    reason = reason.strip()
    if not reason:
        raise Invalid("reason_missing", WHY, {"override_reason": WHY})
    refuse_unfit_words({"override_reason": reason})
    before = said(row)
    row.override, row.override_reason, row.override_by, row.override_at = points, reason, viewer.account, viewer.now()
    row.override_confirmed_by, row.override_confirmed_at = None, None
    edited(viewer, one, row)
    row.save(update_fields=[*OVERRIDE, *EDITED])
    details = {"row": row.indicator_row.name, "points": str(points), "reason": reason}
    return done_with(one, row, before=before, after=said(row), details=details)


def said(row: SelfEvaluationRow) -> list[str]:
    """What stands of an override, for the trail."""
    return [str(getattr(row, f"{name}_id", getattr(row, name))) for name in OVERRIDE]
