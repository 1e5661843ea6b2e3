"""更正已认定的自评: a further edition beside the accepted one, which stays as it is; with the reason."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.loading import done_with, rows_of, self_evaluation_for
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationFile, SelfEvaluationRow
from zhiheng_web.evaluation.policies.self_evaluation import table_scope
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

NOT_ACCEPTED = Text("只有已认定的自评才需要更正；未认定的请直接修改或退回。", "Only an accepted self-evaluation is corrected.")
NOT_LAST = Text("该版之后已有更正（第 {n} 版），请在最新一版上办理。", "A later edition ({n}) exists: correct that one.")
WHY = Text("请写明更正的原因和依据，更正说明随结果一并公开。", "Say why it is corrected; the reason is published with the result.")
WORDS = ("scheme", "on", "goal_actual", "overview", "problems", "improvements", "payments_note", "payments_month")
ROW = (
    "indicator_row_id", "indicator_id", "position", "points", "points_reason", "snapshot_id", "survey_id", "tier", "judged", "judged_basis",
    "judged_by_id", "reason", "improvement", "override", "override_reason", "override_by_id", "override_at",
)  # fmt: skip
FILE = ("file_id", "title", "public", "added_by_id", "added_at")


@action("evaluation.correct_self_evaluation", steps=("self_evaluate",))
def correct_self_evaluation(viewer: Viewer, self_evaluation: UUID, reason: str) -> Done[SelfEvaluation]:
    """A draft of the next edition with everything the accepted one says. Overrides have to be confirmed again."""
    old = self_evaluation_for(viewer, self_evaluation, lock=True)
    authorise(viewer, "evaluation.correct_self_evaluation", table_scope(old.table))
    if old.state != SelfEvaluation.State.ACCEPTED:
        raise Refusal("not_accepted", NOT_ACCEPTED)
    later = SelfEvaluation.objects.filter(table=old.table_id, edition__gt=old.edition).order_by("-edition").first()
    if later is not None:
        raise Refusal("not_last_edition", NOT_LAST.with_(n=later.edition))
    reason = reason.strip()
    if not reason:
        raise Invalid("reason_missing", WHY, {"reason": WHY})
    refuse_unfit_words({"reason": reason})
    new = SelfEvaluation(
        table=old.table, version=old.version, edition=old.edition + 1, replaces=old, correction_reason=reason, known_at=old.known_at,
        begun_by=viewer.account, begun_at=viewer.now(), **{name: getattr(old, name) for name in WORDS},
    )  # fmt: skip
    new.save(force_insert=True)
    rows = {row.pk: SelfEvaluationRow(self_evaluation=new, **{name: getattr(row, name) for name in ROW}) for row in rows_of([old.pk])}
    SelfEvaluationRow.objects.bulk_create(rows.values())
    files = SelfEvaluationFile.objects.filter(row__in=list(rows), withdrawn_at__isnull=True)
    SelfEvaluationFile.objects.bulk_create(
        SelfEvaluationFile(row=rows[file.row_id], **{name: getattr(file, name) for name in FILE}) for file in files
    )
    return done_with(new, new, before=old.digest, after=[reason], details={"reason": reason})
