"""确认人工改分: a second person confirms exactly the points and the reason that they saw."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from zhiheng_web.evaluation.actions.override_score import CHANGED, OVERRIDE, said
from zhiheng_web.evaluation.actions.take_back_override import NONE
from zhiheng_web.evaluation.loading import EDITED, done_with, edited, opened, row_of
from zhiheng_web.evaluation.models import SelfEvaluationRow
from zhiheng_web.evaluation.policies.self_evaluation import scopes_of
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Conflict, Done, Refusal, action
from zhiheng_web.wording import Text

SAME = Text(
    "改分人不能确认自己的改分，请由第二人（科长、分管领导、主要负责人等）确认。",
    "Who proposed an override does not confirm it: a second person does (section head, supervising leader, head).",
)
CONFIRMED = Text("该改分已由{name}确认。", "This override is confirmed already by {name}.")


@action("evaluation.confirm_override", steps=("override",))
def confirm_override(viewer: Viewer, self_evaluation: UUID, row_id: UUID, points: Decimal, edits: int) -> Done[SelfEvaluationRow]:
    """Confirm the override of a row. ``points`` and ``edits`` are what the person saw."""
    one = opened(viewer, self_evaluation)
    row = row_of(one, row_id)
    authorise(viewer, "evaluation.confirm_override", scopes_of(one, [row])[row.pk])
    if row.override is None or row.override_by is None:
        raise Refusal("no_override", NONE)
    if row.override_confirmed_by is not None:
        raise Refusal("override_confirmed", CONFIRMED.with_(name=row.override_confirmed_by.name))
    if viewer.account is None or row.override_by_id == viewer.account.pk:
        raise Refusal("same_person", SAME)
    if row.override != points or row.edits != edits:
        raise Conflict("row_changed", CHANGED, {"edits": row.edits, "override": str(row.override)})
    before = said(row)
    row.override_confirmed_by, row.override_confirmed_at = viewer.account, viewer.now()
    edited(viewer, one, row)
    row.save(update_fields=[*OVERRIDE, *EDITED])
    details = {"row": row.indicator_row.name, "points": str(points), "reason": row.override_reason}
    return done_with(one, row, before=before, after=said(row), details=details)
