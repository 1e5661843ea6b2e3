"""更新监控数据: while a report is not submitted its values, money and targets are taken anew, with the reason why."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRound
from zhiheng_web.evaluation.monitoring.coverage import versions_of
from zhiheng_web.evaluation.monitoring.gathering import add_left_out, regather
from zhiheng_web.evaluation.monitoring.recording import done_with, report_digest
from zhiheng_web.evaluation.monitoring.standing import report_for, writable
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text


@action("evaluation.refresh_monitoring")
def refresh_monitoring(viewer: Viewer, report: UUID, reason: str) -> Done[MonitoringReport]:
    """Freeze the report's values once more as known now. What the office wrote stays; tables in force since get their reports."""
    held = report_for(viewer, report)
    rounds = MonitoringRound.objects.select_for_update(of=("self",), no_key=True)
    round_ = rounds.get(pk=held.round_id)  # held before the report, as closing does
    found = report_for(viewer, report, lock=True)
    authorise(viewer, "evaluation.refresh_monitoring", Scope(found.round.department_id))  # values are frozen for the department
    writable(found)
    refuse_unfit_words({"reason": reason})
    if not reason.strip():
        text = Text("请写明更新数据的原因，它会随快照留存。", "Say why the values are taken anew; it is kept with the snapshots.")
        raise Invalid("reason_missing", text, {"reason": text})
    before = report_digest(found)
    in_force = {version.table_id: version for version in versions_of(found.round)}
    regather(viewer, found, in_force.get(found.table_id, found.version), reason.strip())
    found.edits += 1
    found.save(update_fields=["edits"])
    added = add_left_out(viewer, round_)
    details = {"reason": reason.strip(), "on": found.round.last.isoformat()}
    return done_with(found, before, {**details, "reports": [str(one.table) for one in added]} if added else details)
