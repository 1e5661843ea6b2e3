"""反馈意见: the evaluated replies to a draft by its day; who wrote it answers; without a reply the organiser goes on after that day."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.actions.request_material import at_work
from zhiheng_web.evaluation.evaluating.lookup import of_evaluated, refuse_others, report_for, watched
from zhiheng_web.evaluation.evaluating.recording import digest_state, done, words
from zhiheng_web.evaluation.models import Evaluation, EvaluationReport
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

OLD = Text("已有新的报告，请对最新一稿办理。", "There is a newer draft: this step is for that one.")
NOT_DUE = Text("反馈期限是 {day}，期满后才能按未反馈办理。", "The reply is due on {day}: only after that day one goes on without it.")
NO_REPLY = Text("被评价单位没有反馈，无需答复。", "There was no reply: there is nothing to answer.")
ANSWERED = Text("已经答复。", "This was answered already.")


@watched
@action("evaluation.reply_to_report", steps=("evaluate",))
def reply_to_report(viewer: Viewer, report: UUID, agrees: bool, reply: str) -> Done[EvaluationReport]:
    """The evaluated agrees with a draft, or says what it holds against it."""
    row = newest(report_for(viewer, report))
    found = of_evaluated(viewer, row.evaluation, "reply_to_report")
    before = digest_state(found)
    row.reply = words({} if agrees else {"reply": Text("反馈意见", "the reply")}, reply=reply)["reply"]
    row.agrees, row.replied_by, row.replied_at = agrees, viewer.account, viewer.now()
    row.save(update_fields=["reply", "agrees", "replied_by", "replied_at"])
    found.state = Evaluation.State.REPLIED
    late = row.reply_due_on is not None and viewer.today() > row.reply_due_on
    return done(found, row, before, {"draft": row.number, "agrees": agrees, "after_deadline": late})


@watched
@action("evaluation.pass_over_reply", steps=("evaluate",))
def pass_over_reply(viewer: Viewer, report: UUID) -> Done[EvaluationReport]:
    """Go on without a reply, once its day is over."""
    row = newest(report_for(viewer, report))
    found = refuse_others(viewer, row.evaluation, "pass_over_reply")
    before = digest_state(found)
    if row.reply_due_on is not None and viewer.today() <= row.reply_due_on:
        raise Refusal("not_due", NOT_DUE.with_(day=row.reply_due_on.isoformat()))
    found.state = Evaluation.State.REPLIED
    return done(found, row, before, {"draft": row.number})


@watched
@action("evaluation.answer_reply", steps=("evaluate",))
def answer_reply(viewer: Viewer, report: UUID, answer: str) -> Done[EvaluationReport]:
    """Answer the reply of the evaluated: taken up or not, and why."""
    row = newest(report_for(viewer, report))
    found = row.evaluation
    at_work(viewer, found, "answer_reply")
    before = digest_state(found)
    if row.replied_at is None:
        raise Refusal("no_reply", NO_REPLY)
    if row.answered_at is not None:
        raise Refusal("answered", ANSWERED)
    row.answer = words({"answer": Text("答复", "the answer")}, answer=answer)["answer"]
    row.answered_by, row.answered_at = viewer.account, viewer.now()
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    return done(found, row, before, {"draft": row.number})


def newest(row: EvaluationReport) -> EvaluationReport:
    """The report, unless a newer draft has taken its place."""
    if EvaluationReport.objects.filter(evaluation=row.evaluation_id, number__gt=row.number).exists():
        raise Refusal("older_draft", OLD)
    return row
