"""评价验收: the organiser accepts the report with the panel's total and grade, which never change again, or wants a further draft."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.actions.reply_to_report import newest
from zhiheng_web.evaluation.evaluating.lookup import refuse_others, report_for, watched
from zhiheng_web.evaluation.evaluating.marking import frozen_of, judge, shown
from zhiheng_web.evaluation.evaluating.recording import digest_state, done, words
from zhiheng_web.evaluation.models import Evaluation, EvaluationReport
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

OWN = Text("报告是您提交的，不能由您验收。", "You handed in this report: somebody else must accept it.")
DIFFERS = Text(
    "评分合计 {now} 与报告中的 {then} 不一致，请退回另提报告。",
    "The marks now amount to {now}, the report says {then}: return it for a further draft.",
)


@watched
@action("evaluation.accept_evaluation", steps=("evaluate",))
def accept_evaluation(viewer: Viewer, report: UUID, opinion: str = "") -> Done[Evaluation]:
    """Accept: total, grade and points of the items are kept with the marks they are worked out from; the engagement ends."""
    row = newest(report_for(viewer, report))
    found = refuse_others(viewer, row.evaluation, "accept_evaluation")
    before = digest_state(found)
    if viewer.account is not None and row.handed_in_by_id == viewer.account.pk:
        raise Refusal("same_person", OWN)
    said = words({}, opinion=opinion)["opinion"]
    results = judge(found)
    if results.total.points is None or results.total.points != row.total:
        raise Refusal("total_differs", DIFFERS.with_(now=shown(results.total.points) or "—", then=shown(row.total)))
    for item, one in results.items:
        item.points = one.points
        item.save(update_fields=["points"])
    found.total, found.grade, found.frozen = results.total.points, results.total.grade, frozen_of(found, results)
    found.accepted_by, found.accepted_at, found.opinion = viewer.account, viewer.now(), said
    found.state = Evaluation.State.ACCEPTED
    found.engagements.filter(ended_at__isnull=True).update(ended_at=found.accepted_at, end_reason="已验收，委托完成")
    return done(found, found, before, {"total": shown(found.total), "grade": found.grade, "opinion": said})


@watched
@action("evaluation.return_report", steps=("evaluate",))
def return_report(viewer: Viewer, report: UUID, opinion: str) -> Done[EvaluationReport]:
    """Want a further draft instead of accepting this one, which stays as it is."""
    row = newest(report_for(viewer, report))
    found = refuse_others(viewer, row.evaluation, "return_report")
    before = digest_state(found)
    row.returned = words({"opinion": Text("退回意见", "the opinion")}, opinion=opinion)["opinion"]
    row.returned_by, row.returned_at = viewer.account, viewer.now()
    row.save(update_fields=["returned", "returned_by", "returned_at"])
    found.state = Evaluation.State.SCORING
    return done(found, row, before, {"draft": row.number, "opinion": row.returned})
