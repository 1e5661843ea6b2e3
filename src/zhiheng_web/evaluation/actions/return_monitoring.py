"""退回监控表: a submitted report goes back to be mended, with the reason; its lamps count as submitted no longer."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.models import MonitoringReport
from zhiheng_web.evaluation.monitoring.recording import done_with
from zhiheng_web.evaluation.monitoring.standing import refuse_unless_open, report_for, report_scope
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text


@action("evaluation.return_monitoring")
def return_monitoring(viewer: Viewer, report: UUID, reason: str) -> Done[MonitoringReport]:
    """Return it to those who fill it in. Of a closed round nothing is returned."""
    found = report_for(viewer, report, lock=True)
    authorise(viewer, "evaluation.return_monitoring", report_scope(found))
    found.round.refresh_from_db(fields=["opened_at", "closed_at"])
    refuse_unless_open(found.round)
    refuse_unfit_words({"reason": reason})
    if not reason.strip():
        text = Text("请写明退回原因。", "Say why it is returned.")
        raise Invalid("reason_missing", text, {"reason": text})
    if found.state != MonitoringReport.State.SUBMITTED:
        raise Refusal("not_submitted", Text("该监控表尚未报送，不需要退回。", "The report is not submitted: there is nothing to return."))
    before = found.digest
    found.state, found.returned, found.digest = MonitoringReport.State.RETURNED, reason.strip(), ""
    found.save(update_fields=["state", "returned", "digest"])
    return done_with(found, before, {"reason": reason.strip(), "state": found.state}, after=before)
