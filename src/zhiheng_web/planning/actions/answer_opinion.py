"""答复意见: the office that answers for a row says what it did with an opinion on it."""

from __future__ import annotations

from uuid import UUID

from zhiheng.plan.procedure import FROZEN, State
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import lacking, refuse_unfit_words
from zhiheng_web.planning.models import CellOpinion
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import done_with
from zhiheng_web.trail.action import Conflict, Done, Refusal, action
from zhiheng_web.wording import Text

OPINION = Text("该意见", "this opinion")


@action("planning.answer_opinion")
def answer_opinion(viewer: Viewer, opinion: UUID, text: str) -> Done[CellOpinion]:
    """Answer an opinion. An answer stands: a second one is a conflict."""
    found = CellOpinion.objects.filter(pk=opinion).first()
    if found is None:
        raise absent(OPINION)
    version = version_for(viewer, found.version_id, lock=True)
    found = CellOpinion.objects.select_related("row__duty_row").get(pk=opinion)
    row = found.row
    authorise(viewer, "planning.answer_opinion", scope_of(version.table, row.duty_row.duty_id if row and row.duty_row else None))
    if State(version.state) in FROZEN:
        raise Refusal("frozen", Text("该版本已经定稿，不能再答复。", "This version is frozen; nothing more is answered."))
    if found.answered_at is not None:
        raise Conflict(
            "answered_meanwhile",
            Text(f"{found.answered_by}已经答复了这条意见。", f"{found.answered_by} has answered this opinion."),
            {"answer": found.answer},
        )
    if not text.strip():
        raise lacking(["replies"], {"replies": "text"})
    refuse_unfit_words({"text": text})
    found.answer, found.answered_by, found.answered_at = text.strip(), viewer.account, viewer.now()
    found.save(update_fields=["answer", "answered_by", "answered_at"])
    return done_with(version, found, details={"opinion": str(found.pk), "answer": found.answer})
