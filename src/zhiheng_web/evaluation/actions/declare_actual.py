"""申报实际完成值: the year's figure of an indicator that no ledger counts becomes a ledger entry of kind *declared*, with evidence.

One step for the person: the entry is recorded and proved (evaluation.declaring), and the frozen value taken anew. So a typed figure has
a day, an author, a proof and a history like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.files.base import File

from zhiheng_web.evaluation.actions.take_values import renew
from zhiheng_web.evaluation.declaring import Said, details_of, fitted, refuse_no_files, write_declared
from zhiheng_web.evaluation.loading import EDITED, done_with, edited, opened, row_of, self_evaluation_for
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationRow
from zhiheng_web.evaluation.monitoring.observing import target_of
from zhiheng_web.evaluation.policies.self_evaluation import scopes_of
from zhiheng_web.ledgers.evidence_store.taking import CheckedFile, take
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, action
from zhiheng_web.wording import Text

WHY = Text("自评申报实际完成值", "A value declared at self-evaluation")


def declare_actual(
    viewer: Viewer,
    self_evaluation: UUID,
    row_id: UUID,
    number: Decimal | None,
    unit: str,
    source: str,
    uploads: Sequence[File],
    *,
    moved: str = "",
    done_on: date | None = None,
    so_far: bool = False,
) -> SelfEvaluationRow:
    """Check the files, which may take long, then declare: see :func:`record_declared`."""
    one = self_evaluation_for(viewer, self_evaluation)
    row = row_of(one, row_id)
    authorise(viewer, "evaluation.declare_actual", scopes_of(one, [row])[row.pk])
    said = fit(viewer, one, row, Said(number, unit, source, moved, done_on, so_far))
    refuse_no_files(uploads)
    return record_declared(viewer, self_evaluation, row_id, said, [take(one) for one in uploads])


def fit(viewer: Viewer, one: SelfEvaluation, row: SelfEvaluationRow, said: Said) -> Said:
    """What is said as it will be kept. What was done too late, after the year, may be said until today."""
    target = target_of(row.indicator_row, one.table.year)
    return fitted(row.indicator_row, target, said, viewer.today())


@action("evaluation.declare_actual", steps=("self_evaluate",))
def record_declared(
    viewer: Viewer, self_evaluation: UUID, row_id: UUID, said: Said, files: Sequence[CheckedFile]
) -> Done[SelfEvaluationRow]:
    """Register, binding, entry, evidence and frozen value, all or none. A day takes the place of what a person judged without it."""
    one = opened(viewer, self_evaluation)
    row = row_of(one, row_id)
    authorise(viewer, "evaluation.declare_actual", scopes_of(one, [row])[row.pk])
    version = write_declared(viewer, row.indicator_row, one.on, said, files)
    judged = row.tier
    if said.done_on is not None and judged is not None:
        row.tier, row.judged, row.judged_basis, row.judged_by = None, None, "", None
        edited(viewer, one, row)
        row.save(update_fields=["tier", "judged", "judged_basis", "judged_by", *EDITED])
    renew(viewer, one, [row], WHY.zh)
    details = details_of(row.indicator_row, said, version) | ({"tier": judged} if judged is not None else {})
    after = [details["number"], said.unit, sorted(file.sha256 for file in files)]
    return done_with(one, row, after=after, details=details)
