"""更新实际完成值: freeze the values of 31 December anew, from the ledgers as they are known now, and say why."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.actions.begin_self_evaluation import closed_surveys, frozen_values
from zhiheng_web.evaluation.loading import done_with, opened, rows_of
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationRow
from zhiheng_web.evaluation.policies.self_evaluation import table_scope
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

WHY = Text("请填写更新实际完成值的原因。", "Say why the values are taken anew.")


@action("evaluation.take_values", steps=("self_evaluate",))
def take_values(viewer: Viewer, self_evaluation: UUID, reason: str) -> Done[SelfEvaluation]:
    """New frozen values for every row with a ledger, and the closed surveys; what people wrote stays."""
    one = opened(viewer, self_evaluation)
    authorise(viewer, "evaluation.take_values", table_scope(one.table))
    reason = reason.strip()
    if not reason:
        raise Invalid("reason_missing", WHY, {"reason": WHY})
    refuse_unfit_words({"reason": reason})
    rows = list(rows_of([one.pk]))
    before = [row.snapshot.digest if row.snapshot is not None else "" for row in rows]
    renew(viewer, one, rows, reason)
    after = [row.snapshot.digest if row.snapshot is not None else "" for row in rows]
    return done_with(one, one, before=before, after=after, details={"reason": reason, "on": one.on.isoformat()})


def renew(viewer: Viewer, one: SelfEvaluation, rows: list[SelfEvaluationRow], reason: str) -> None:
    """Put values frozen now into these rows. Within the transaction of an action."""
    indicators = [row.indicator_id for row in rows]
    values = frozen_values(viewer, indicators, one.on, reason, anew=True)
    surveys = closed_surveys(indicators, one.table.year)
    for row in rows:
        row.snapshot, row.survey = values.get(row.indicator_id), surveys.get(row.indicator_id)
    SelfEvaluationRow.objects.bulk_update(rows, ["snapshot", "survey"])
    one.known_at, one.edits = viewer.now(), one.edits + 1
    one.save(update_fields=["known_at", "edits"])
