"""声明利益关系: an agency before it sees anything, an evaluator before he marks. A conflict that is declared ends the part he has in it."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.actions.engage_agency import close, void
from zhiheng_web.evaluation.evaluating.lookup import engagement_for, evaluation_for, seat_for, text_of, watched
from zhiheng_web.evaluation.evaluating.recording import digest_state, done, words
from zhiheng_web.evaluation.evaluating.steps import refuse_unless
from zhiheng_web.evaluation.models import Engagement, Evaluation, Evaluator
from zhiheng_web.evaluation.policies.evaluations import open_engagements
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

CONFLICT = {"conflict": Text("利益冲突情况", "what the conflict is")}
DECLARED = Text(
    "已经声明过。如出现新的利益冲突，请填写具体情况。", "This was declared already. If there is a conflict now, say what it is."
)
AGENCY_CONFLICT = Text("机构声明存在利益冲突：{conflict}", "The agency declared a conflict of interests: {conflict}")


@watched
@action("evaluation.declare_interests", steps=("evaluate",))
def declare_interests(viewer: Viewer, engagement: UUID, free: bool, conflict: str = "") -> Done[Engagement]:
    """The agency declares that it has no conflict of interests (``free``), or what conflict it has: then the engagement ends."""
    row = engagement_for(viewer, engagement)
    found = row.evaluation
    if row.ended_at is not None or not open_engagements(viewer).filter(pk=row.pk).exists():
        raise absent(Text("该委托", "this engagement"))
    refuse_unless(found, "declare_interests", text_of("declare_interests"))
    before = digest_state(found)
    if free and row.declared_at is not None:
        raise Refusal("declared", DECLARED)
    said = words({} if free else CONFLICT, conflict="" if free else conflict)
    if row.declared_at is None:
        row.declared_by, row.declared_at = viewer.account, viewer.now()
    row.conflict = said["conflict"]
    row.save(update_fields=["declared_by", "declared_at", "conflict"])
    voided: list[str] = []
    if said["conflict"]:
        voided = close(viewer, found, row, AGENCY_CONFLICT.with_(conflict=said["conflict"]).zh)
    elif found.state == Evaluation.State.ENGAGED:
        found.state = Evaluation.State.COLLECTING
    return done(found, row, before, {"agency": row.agency.name, "conflict": said["conflict"], "voided": voided})


@watched
@action("evaluation.declare_evaluator", steps=("evaluate",))
def declare_evaluator(viewer: Viewer, evaluation: UUID, free: bool, conflict: str = "") -> Done[Evaluator]:
    """An evaluator declares for himself. A conflict voids his marks, also those handed in: they stay on record and count no more."""
    found = evaluation_for(viewer, evaluation, lock=True)
    seat = seat_for(viewer, found, lock=True)
    refuse_unless(found, "declare_evaluator", text_of("declare_evaluator"))
    before = digest_state(found)
    if free and seat.declared_at is not None:
        raise Refusal("declared", DECLARED)
    said = words({} if free else CONFLICT, conflict="" if free else conflict)
    if free:
        seat.declared_at = viewer.now()
        seat.save(update_fields=["declared_at"])
    else:
        seat.declared_at = seat.declared_at or viewer.now()
        seat.save(update_fields=["declared_at"])
        void(viewer, found, seat, said["conflict"])
    return done(found, seat, before, {"conflict": said["conflict"], "marked": seat.handed_in_at is not None})
