"""启动监控: a report for every covered table in force on the round's last day, with values frozen on that day.

A round may be opened before its last day. What comes into force by then (a project of mid-year) is added by opening it once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRound
from zhiheng_web.evaluation.monitoring.coverage import versions_of
from zhiheng_web.evaluation.monitoring.gathering import add_left_out, gather
from zhiheng_web.evaluation.monitoring.standing import refuse_closed, round_for
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

REASON = "启动监控轮次“{name}”，按数据截止日重新固化"


@action("evaluation.open_round", steps=("monitor",))
def open_round(viewer: Viewer, round_: UUID) -> Done[MonitoringRound]:
    """Open a planned round, or add to an open one the reports of tables that came into force since.

    Before the last day has passed values are those known so far and are taken anew later.
    """
    found = round_for(viewer, round_, lock=True)
    authorise(viewer, "evaluation.open_round", Scope(found.department_id))
    refuse_closed(found)
    if found.opened_at is not None:
        added = add_left_out(viewer, found)
        if not added:
            raise Refusal("round_is_open", Text("“{name}”已经启动。", "“{name}” is open already.").with_(name=found.name))
        return done_with(found, added)
    if viewer.today() < found.first:
        raise Refusal(
            "round_not_begun",
            Text("“{name}”的监控期间 {day} 才开始，届时再启动。", "The months of “{name}” begin on {day}: open it then.").with_(
                name=found.name, day=found.first.isoformat()
            ),
        )
    versions = versions_of(found)
    if not versions:
        raise Refusal(
            "nothing_in_force",
            Text(
                "{day} 没有有效的绩效目标表，没有可以监控的内容。请先完成目标表的批复，或调整监控范围。",
                "No table of goals was in force on {day}: there is nothing to monitor. Have one approved first, or change the scope.",
            ).with_(day=found.last.isoformat()),
        )
    found.opened_at = viewer.now()
    found.save(update_fields=["opened_at"])
    reports = gather(viewer, found, versions, REASON.format(name=found.name))
    return done_with(found, reports)


def done_with(found: MonitoringRound, reports: Sequence[MonitoringReport]) -> Done[MonitoringRound]:
    """What the trail keeps of reports that were made."""
    details = {"on": found.last.isoformat(), "count": len(reports), "reports": [str(report.pk) for report in reports]}
    return Done(found, "evaluation.MonitoringRound", str(found.pk), found.name, str(found.department_id), details=details)
