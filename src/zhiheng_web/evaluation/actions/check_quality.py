"""报告质量审核: the organiser checks a report by a list; what does not pass goes back for a further draft."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from zhiheng_web.evaluation.actions.reply_to_report import newest
from zhiheng_web.evaluation.evaluating.lookup import refuse_others, report_for, watched
from zhiheng_web.evaluation.evaluating.marking import system_of
from zhiheng_web.evaluation.evaluating.recording import digest_state, done, words
from zhiheng_web.evaluation.models import Evaluation, EvaluationReport
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

UNANSWERED = Text("反馈意见还没有答复，不能通过审核。", "The reply has not been answered: the report cannot pass.")
INCOMPLETE = Text("请逐项审核：“{name}”还没有结论。", "Check every line: “{name}” has no result yet.")
OWN = Text("报告是您提交的，不能由您审核。", "You handed in this report: somebody else must check it.")
OPINION = {"opinion": Text("审核意见", "the opinion")}


@watched
@action("evaluation.check_quality", steps=("evaluate",))
def check_quality(viewer: Viewer, report: UUID, lines: Mapping[str, bool], opinion: str = "") -> Done[EvaluationReport]:
    """Check every line of the list. All pass: the report waits for acceptance; one does not: it goes back with the opinion."""
    row = newest(report_for(viewer, report))
    found = refuse_others(viewer, row.evaluation, "check_quality")
    before = digest_state(found)
    if viewer.account is not None and row.handed_in_by_id == viewer.account.pk:
        raise Refusal("same_person", OWN)
    asked = system_of(found).checks
    for line in asked:
        if line.code not in lines:
            text = INCOMPLETE.with_(name=Text(line.zh, line.en))
            raise Invalid("incomplete", text, {f"check-{line.code}": text})
    passed = all(lines[line.code] for line in asked)
    said = words({} if passed else OPINION, opinion=opinion)["opinion"]
    if passed and row.replied_at is not None and row.agrees is False and row.answered_at is None:
        raise Refusal("unanswered", UNANSWERED)
    row.checks = [{"code": line.code, "zh": line.zh, "en": line.en, "passed": lines[line.code]} for line in asked]
    row.passed, row.check_opinion = passed, said
    row.checked_by, row.checked_at = viewer.account, viewer.now()
    row.save(update_fields=["checks", "passed", "check_opinion", "checked_by", "checked_at"])
    found.state = Evaluation.State.CHECKED if passed else Evaluation.State.SCORING
    failed = [line.code for line in asked if not lines[line.code]]
    return done(found, row, before, {"draft": row.number, "passed": passed, "failed": failed, "opinion": said})
