"""报送监控表: nothing that the policy asks for is missing, and the data are those of a day that has passed."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from zhiheng_web.evaluation.actions.write_monitoring import ReportFilled, write_words
from zhiheng_web.evaluation.models import MonitoringFund, MonitoringReport
from zhiheng_web.evaluation.monitoring.demands import assess
from zhiheng_web.evaluation.monitoring.recording import done_with, report_digest
from zhiheng_web.evaluation.monitoring.standing import report_for, report_scope, rows_of, writable
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

SHOWN = 8
"""So many missing things are named in a refusal; the page shows all of them at their rows."""


@action("evaluation.submit_monitoring", steps=("monitor",))
def submit_monitoring(viewer: Viewer, report: UUID, filled: ReportFilled | None = None, *, edits: int = 0) -> Done[MonitoringReport]:
    """Hand the report in: from now on it does not change unless it is returned.

    ``filled`` is what stands in the form of the money and words while it is handed in: it is kept with it, or neither is.
    """
    found = report_for(viewer, report, lock=True)
    authorise(viewer, "evaluation.submit_monitoring", report_scope(found))
    writable(found)
    before = report_digest(found)
    if filled is not None:
        authorise(viewer, "evaluation.write_monitoring", report_scope(found))
        write_words(found, filled, edits)
    refuse_early(found)
    refuse_incomplete(found)
    digest = report_digest(found)
    found.state, found.digest, found.returned = MonitoringReport.State.SUBMITTED, digest, ""
    found.submitted_by, found.submitted_at = viewer.account, viewer.now()
    found.save(update_fields=["state", "digest", "returned", "submitted_by", "submitted_at"])
    return done_with(found, before, {"lamp": found.lamp, "state": found.state}, after=digest)


def refuse_early(found: MonitoringReport) -> None:
    """Refuse data that were taken before the day that they are to speak of had passed."""
    taken, last = timezone.localtime(found.known_at).date(), found.round.last
    if taken <= last:
        raise Refusal(
            "data_too_early",
            Text(
                "本表数据取于 {taken}，数据截止日 {last} 尚未过完。请在截止日之后由绩效管理人员更新数据，再报送。",
                "The values were taken on {taken}, before {last} had passed. Have the performance officer take them anew after that day.",
            ).with_(taken=taken.isoformat(), last=last.isoformat()),
        )


def refuse_incomplete(found: MonitoringReport) -> None:
    """Refuse a report that lacks something, with what and where."""
    rows = rows_of(found)
    for row in rows:
        row.report = found
    assessed = assess(found, rows, list(MonitoringFund.objects.filter(report=found)))
    if not assessed.missing:
        return
    names = {row.pk: row.indicator_row.name for row in rows}
    fields = {
        f"{one.row or 'report'}:{one.field}": Text("{where}：{what}", "{where}: {what}").with_(
            where=Text(names[one.row], names[one.row]) if one.row else Text("预算执行", "Money"), what=one.text
        )
        for one in assessed.missing[:SHOWN]
    }
    text = Text("还有 {n} 项没有填写，不能报送：", "{n} things are still missing, so the report cannot be submitted:").with_(
        n=len(assessed.missing)
    )
    raise Refusal("monitoring_incomplete", text, fields)
