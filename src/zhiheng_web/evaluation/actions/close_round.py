"""完成监控: every report is in and nothing is asked for any more. A closed round is never written again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from zhiheng_web.evaluation.models import MonitoringFund, MonitoringReport, MonitoringRound
from zhiheng_web.evaluation.monitoring.coverage import versions_of
from zhiheng_web.evaluation.monitoring.demands import assess
from zhiheng_web.evaluation.monitoring.standing import attempt, refuse_unless_open, round_for, rows_of
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, KeptRefusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

LACKING = Text("《{table}》尚未报送，还缺 {n} 项。", "{table} is not submitted; {n} things are missing.")
COMPLETE = Text("《{table}》已填齐，尚未报送。", "{table} is complete but not submitted.")
LEFT_OUT = Text(
    "《{table}》自 {day} 起有效，本轮还没有它的监控表：请在本轮页面补充监控表。",
    "{table} is in force from {day} and has no report in this round: add it on the page of the round.",
)
MOVED = Text(
    "《{table}》在数据截止日有效的是第 {n} 版，监控表仍按第 {m} 版：请更新该表数据（已报送的先退回）。",
    "Of {table} version {n} is in force on the last day; its report is still on version {m}: take its values anew (return it first).",
)


@action("evaluation.close_round")
def close_round(viewer: Viewer, round_: UUID) -> Done[MonitoringRound]:
    """Close an open round. Too early, or with a report still out, it is refused with what is missing and where, which the trail keeps."""
    found = round_for(viewer, round_, lock=True)
    authorise(viewer, "evaluation.close_round", Scope(found.department_id))
    refuse_unless_open(found)
    locked = MonitoringReport.objects.select_for_update(of=("self",), no_key=True).filter(round=found)
    reports = list(locked.select_related("table__unit__department", "table__project", "version__table").order_by("table"))
    for report in reports:
        report.round = found
    missing = _missing(viewer, found, reports)
    if missing:
        text = Text("“{round}”还不能完成：", "“{round}” cannot be closed yet:").with_(round=found.name)
        raise KeptRefusal("round_unfinished", text, missing, **attempt(found))
    found.closed_at, found.closed_by = viewer.now(), viewer.account
    found.save(update_fields=["closed_at", "closed_by"])
    digest = digest_of(report.digest for report in reports)
    details = {"on": found.last.isoformat(), "count": len(reports), "lamps": [f"{report.table}: {report.lamp}" for report in reports]}
    return Done(found, "evaluation.MonitoringRound", str(found.pk), found.name, str(found.department_id), "", digest, details)


def _missing(viewer: Viewer, found: MonitoringRound, reports: Sequence[MonitoringReport]) -> dict[str, Text]:
    """What stands in the way, by place."""
    missing: dict[str, Text] = {}
    if viewer.today() <= found.last:
        missing["last"] = Text(
            "数据截止日 {day} 还没有过完，须在其后完成。", "The last day of the data, {day}, has not passed: close it afterwards."
        ).with_(day=found.last.isoformat())
    reported, in_force = {report.table_id for report in reports}, {version.table_id: version for version in versions_of(found)}
    for version in (one for table, one in in_force.items() if table not in reported):
        missing[f"table-{version.table_id}"] = LEFT_OUT.with_(table=str(version.table), day=version.in_force_from or "—")
    for report in reports:
        version = in_force.get(report.table_id, report.version)
        if version.pk != report.version_id:
            missing[f"version-{report.table_id}"] = MOVED.with_(table=str(report.table), n=version.number, m=report.version.number)
        if report.state == MonitoringReport.State.SUBMITTED:
            continue
        rows = rows_of(report)
        for row in rows:
            row.report = report
        asked = assess(report, rows, list(MonitoringFund.objects.filter(report=report))).missing
        text = LACKING if asked else COMPLETE
        missing[str(report.pk)] = text.with_(table=str(report.table), n=len(asked))
    return missing
