"""调整理由: why an adjustment changes one indicator."""

from __future__ import annotations

from uuid import UUID

from zhiheng.plan.procedure import EDITABLE, State
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import lacking, refuse_unfit_words
from zhiheng_web.planning.models import ChangeReason, Indicator, TableVersion
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import done_with
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text


@action("planning.explain_change")
def explain_change(viewer: Viewer, version: UUID, indicator: UUID, text: str) -> Done[ChangeReason]:
    """Keep the reason for changing an indicator, in place of the one before."""
    found = version_for(viewer, version, lock=True)
    known = Indicator.objects.filter(pk=indicator, rows__version__in=[found.pk, found.based_on_id]).first()
    if known is None or found.purpose != TableVersion.Purpose.ADJUSTMENT:
        raise Invalid("no_such_change", Text("这次调整没有涉及该绩效指标。", "This adjustment does not touch that indicator."))
    authorise(viewer, "planning.explain_change", scope_of(found.table, known.duty_id))
    if State(found.state) not in EDITABLE:
        raise Refusal("frozen", Text("该版本现在不能修改。", "This version cannot be changed now."))
    if not text.strip():
        raise lacking(["reason"], {"reason": "text"})
    refuse_unfit_words({"text": text})
    before = ChangeReason.objects.filter(version=found, indicator=known).values_list("text", flat=True).first() or ""
    kept, _ = ChangeReason.objects.update_or_create(
        version=found, indicator=known, defaults={"text": text.strip(), "written_by": viewer.account}
    )
    return done_with(found, kept, details={"indicator": str(indicator), "before": before, "text": kept.text}, nothing=before == kept.text)
