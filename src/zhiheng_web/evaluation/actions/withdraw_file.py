"""撤回自评佐证材料: it supports nothing any more and stays on record, with the reason."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.loading import done_with, opened, row_of
from zhiheng_web.evaluation.models import SelfEvaluationFile
from zhiheng_web.evaluation.policies.self_evaluation import scopes_of
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

WHY = Text("请写明撤回原因。", "Say why it is withdrawn.")


@action("evaluation.withdraw_file", steps=("self_evaluate",))
def withdraw_file(viewer: Viewer, self_evaluation: UUID, file_id: UUID, reason: str) -> Done[SelfEvaluationFile]:
    """Withdraw a file of a row that is still open."""
    one = opened(viewer, self_evaluation)
    found = (
        SelfEvaluationFile.objects.select_related("file").filter(pk=file_id, row__self_evaluation=one, withdrawn_at__isnull=True).first()
    )
    if found is None:
        raise absent(Text("该材料", "this file"))
    row = row_of(one, found.row_id)
    authorise(viewer, "evaluation.withdraw_file", scopes_of(one, [row])[row.pk])
    reason = reason.strip()
    if not reason:
        raise Invalid("reason_missing", WHY, {"reason": WHY})
    refuse_unfit_words({"reason": reason})
    found.withdrawn_at, found.withdrawn_reason = viewer.now(), reason
    found.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    details = {"row": row.indicator_row.name, "files": [found.title], "reason": reason}
    return done_with(one, found, before=found.file.sha256, details=details)
