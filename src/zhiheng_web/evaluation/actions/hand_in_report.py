"""提交评价报告: a draft that nobody changes once it is handed in; a further one has the next number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from zhiheng_web.evaluation.actions.add_file import kept_file
from zhiheng_web.evaluation.evaluating.lookup import evaluation_for, text_of, watched
from zhiheng_web.evaluation.evaluating.marking import Judged, judge, shown, system_of
from zhiheng_web.evaluation.evaluating.recording import digest_state, done, words
from zhiheng_web.evaluation.evaluating.sight import sight_of
from zhiheng_web.evaluation.evaluating.steps import refuse_unless
from zhiheng_web.evaluation.models import Evaluation, EvaluationReport
from zhiheng_web.ledgers.evidence_store.taking import CheckedFile, take
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Forbidden, Refusal, action
from zhiheng_web.wording import Text

NEEDED = {
    "summary": Text("评价结论", "the conclusions"), "problems": Text("存在的问题", "the problems"), "advice": Text("建议", "the advice"),
}  # fmt: skip
AGENCY_WRITES = Text("报告由受托机构“{agency}”提交。", "The report is handed in by the agency that is engaged: “{agency}”.")
NOT_IN = Text("还有 {n} 位评价人员没有提交评分。", "{n} evaluators have not handed in their marks.")
NO_MARKS = Text("还没有有效的评分。", "There are no marks that count.")
HEARING = Text(
    "以下指标评分相差过大，须先复议并在“评价情况”中说明：{names}。",
    "The panel is too far apart on these items: hear them and write down what came of it: {names}.",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a report says. ``problems``: one a line."""

    summary: str
    problems: str
    advice: str


@watched
def hand_in_report(viewer: Viewer, evaluation: UUID, draft: Draft, upload: File | None = None) -> EvaluationReport:
    """Hand in a draft report. Its file is checked before the transaction, as evidence is."""
    with transaction.atomic():
        may_report(viewer, evaluation)
    return report(viewer, evaluation, draft, take(upload) if upload is not None else None)


def may_report(viewer: Viewer, evaluation: UUID) -> tuple[Evaluation, Judged]:
    """The evaluation, held, with what its marks amount to, if the viewer may hand in its report now."""
    found = evaluation_for(viewer, evaluation, lock=True)
    sight = sight_of(viewer, found)
    engaged = found.engagements.filter(ended_at__isnull=True).select_related("agency").first()
    if engaged is not None and not sight.engaged:
        raise Forbidden("not_permitted", AGENCY_WRITES.with_(agency=engaged.agency.name))
    if engaged is None and not sight.organises:
        raise Forbidden(
            "not_permitted", Text("没有委托机构时，报告由组织单位提交。", "Without an agency the organiser hands in the report.")
        )
    refuse_unless(found, "hand_in_report", text_of("hand_in_report"))
    missing = found.evaluators.filter(voided_at__isnull=True, handed_in_at__isnull=True).count()
    if missing:
        raise Refusal("marks_lacking", NOT_IN.with_(n=missing))
    results = judge(found)
    if results.total.points is None:
        raise Refusal("no_marks", NO_MARKS)
    if results.open_hearings:
        names = [item.name for item in results.open_hearings]
        raise Refusal("hearing", HEARING.with_(names=Text("、".join(names), ", ".join(names))))
    return found, results


@action("evaluation.hand_in_report", steps=("evaluate",))
def report(viewer: Viewer, evaluation: UUID, draft: Draft, file: CheckedFile | None) -> Done[EvaluationReport]:
    """Record the draft with the total of the panel; the evaluated has until a day to reply."""
    found, results = may_report(viewer, evaluation)
    before = digest_state(found)
    said = words(NEEDED, summary=draft.summary, problems=draft.problems, advice=draft.advice)
    number = found.reports.count() + 1
    due = viewer.today() + timedelta(days=int(system_of(found).word("reply.days")))
    made = EvaluationReport.objects.create(
        evaluation=found,
        number=number,
        summary=said["summary"],
        problems=said["problems"],
        advice=said["advice"],
        total=results.total.points,
        file=kept_file(viewer, found.table.unit.department_id, file) if file is not None else None,
        handed_in_by=viewer.account,
        handed_in_at=viewer.now(),
        reply_due_on=due,
    )
    found.state = Evaluation.State.DRAFTED
    details = {"draft": number, "total": shown(made.total), "file": made.file.sha256 if made.file else "", "deadline": due.isoformat()}
    return done(found, made, before, details)
