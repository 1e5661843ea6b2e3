"""选择自评计分方案: a draft is scored anew by another shipped scheme; what was submitted keeps its own."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.loading import done_with, opened
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.evaluation.policies.self_evaluation import table_scope
from zhiheng_web.local_rules import schemes
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

UNKNOWN = Text("没有这个计分方案，请从列表中选择。", "There is no such scheme: choose one of the list.")


@action("evaluation.choose_scheme", steps=("self_evaluate",))
def choose_scheme(viewer: Viewer, self_evaluation: UUID, scheme: str) -> Done[SelfEvaluation]:
    """Score the draft by another scheme."""
    one = opened(viewer, self_evaluation)
    authorise(viewer, "evaluation.choose_scheme", table_scope(one.table))
    if scheme not in schemes():
        raise Invalid("scheme_unknown", UNKNOWN, {"scheme": UNKNOWN})
    before = one.scheme
    if before == scheme:
        return done_with(one, one, nothing=True)
    one.scheme, one.edits = scheme, one.edits + 1
    one.save(update_fields=["scheme", "edits"])
    return done_with(one, one, before=before, after=scheme, details={"from": before, "to": scheme})
