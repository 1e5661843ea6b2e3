"""同意整改延期: who asked for it gives more time, with the reason. The day before stays among the steps."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhiheng_web.evaluation.models import RectificationItem
from zhiheng_web.evaluation.policies.rectification import deciding, item_for, scope_of, works_on
from zhiheng_web.evaluation.rectifying import Kind, State, digest, done, needed, refuse_unless, step_of
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Forbidden, Invalid, action
from zhiheng_web.wording import Text

REASON = Text("延期理由", "reason for more time")
EARLIER = Text("新期限应晚于原期限 {day}，且不早于今天。", "The new day must come after {day} and not lie in the past.")
OWN = Text("您是责任人，不能给自己延期。请由另一位同事办理。", "You answer for this and cannot give yourself more time.")


@action("evaluation.extend_rectification", steps=("rectify",))
def extend_rectification(viewer: Viewer, item: UUID, due_on: date, reason: str) -> Done[RectificationItem]:
    """Set a later day."""
    row = item_for(viewer, item, lock=True)
    authorise(viewer, deciding(row, "extend"), scope_of(row))
    refuse_unless(row, State.OPEN)
    if works_on(viewer, row):
        raise Forbidden("own_item", OWN)
    said = needed("reason", reason, REASON)
    if due_on <= row.due_on or due_on < viewer.today():
        wrong = EARLIER.with_(day=row.due_on)
        raise Invalid("invalid", wrong, {"due_on": wrong})
    before, old = digest(row), row.due_on
    row.due_on = due_on
    step_of(viewer, row, Kind.EXTENDED, f"{old} → {due_on}：{said}")
    return done(row, before, {"from": str(old), "to": str(due_on), "reason": said})
