"""What monitoring puts on the work list: rounds to open and to close, reports to fill in, to submit and to mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from zhiheng.plan.procedure import Role
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRound, MonitoringRow
from zhiheng_web.evaluation.policies.monitoring import duty_scopes, table_scope, visible_reports, visible_rounds
from zhiheng_web.evaluation.rectifying import subject_of
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.policies import FILLERS
from zhiheng_web.tasks.worklist import Task
from zhiheng_web.wording import Text

KINDS = {
    "monitor_open": Text("启动监控", "Open a round of monitoring"),
    "monitor_fill": Text("填报监控", "Report monitoring"),
    "monitor_submit": Text("报送监控表", "Submit a monitoring report"),
    "monitor_mend": Text("修改后重新报送监控表", "Mend a monitoring report"),
    "monitor_close": Text("完成监控", "Close a round of monitoring"),
}
TO_OPEN = Text("{round}：数据截止日 {day} 已过，请启动", "{round}: its last day {day} has passed; open it")
TO_CLOSE = Text("{round}：{n} 张监控表均已报送，请完成本轮", "{round}: all {n} reports are in; close it")
WHAT = {
    "monitor_fill": Text("{table}：{round}，填报监控表", "{table}: {round}, fill in the report"),
    "monitor_submit": Text("{table}：{round}，填报并报送监控表", "{table}: {round}, fill in and submit the report"),
    "monitor_mend": Text("{table}：{round}，被退回：{why}", "{table}: {round}, returned: {why}"),
}
State = MonitoringReport.State


def monitoring_work(viewer: Viewer) -> Iterator[Task]:
    """Rounds and reports that wait for the viewer. Four queries, one more for each year that is monitored."""
    if may(viewer, "evaluation.open_round", None) or may(viewer, "evaluation.close_round", None):
        yield from _rounds(viewer)
    if viewer.holds(FILLERS):
        yield from _reports(viewer)


def _rounds(viewer: Viewer) -> Iterator[Task]:
    """Rounds whose last day has passed: those that nobody has opened, and those of which every report is in."""
    passed = visible_rounds(viewer).filter(closed_at__isnull=True, last__lt=viewer.today())
    counted = passed.annotate(all=Count("reports"), out=Count("reports", filter=~Q(reports__state=State.SUBMITTED)))
    for one in counted.order_by("due_on", "pk"):
        kind = "monitor_open" if one.opened_at is None else "monitor_close"
        step = "evaluation.open_round" if one.opened_at is None else "evaluation.close_round"
        if one.out or not may(viewer, step, Scope(one.department_id)):
            continue
        words = TO_OPEN if one.opened_at is None else TO_CLOSE
        text = words.with_(round=one.name, day=one.last, n=one.all)
        yield Task(kind, text, reverse("evaluation:round", args=[one.pk]), None, one.last, Role.PERFORMANCE_OFFICER, one.due_on)


def _reports(viewer: Viewer) -> Iterator[Task]:
    """Reports of open rounds that are not in: for those who submit them, and those who hold a row of them."""
    wanted = visible_reports(viewer).filter(round__opened_at__isnull=False, round__closed_at__isnull=True)
    rows = wanted.exclude(state=State.SUBMITTED).select_related("round", "table__unit__department", "table__project")
    reports = list(rows.order_by("round__due_on", "table"))
    holding = reports_of(viewer, reports) if reports else frozenset()
    for report in reports:
        submits = may(viewer, "evaluation.submit_monitoring", table_scope(report.table))
        if submits or report.pk in holding:
            yield _report(report, viewer, submits=submits)


def reports_of(viewer: Viewer, reports: Sequence[MonitoringReport]) -> frozenset[UUID]:
    """Those of the reports in which the viewer's office holds a row."""
    tables = {report.pk: report.table for report in reports}
    rows = MonitoringRow.objects.filter(report__in=reports).order_by().values_list("report", "indicator_row__duty_row__duty").distinct()
    parts = [(report, duty) for report, duty in rows]
    scopes = duty_scopes([(tables[report], duty) for report, duty in parts])
    may_fill = "evaluation.fill_monitoring"
    return frozenset(report for report, duty in parts if may(viewer, may_fill, scopes[tables[report].pk, duty]))


def _report(report: MonitoringReport, viewer: Viewer, *, submits: bool) -> Task:
    """One report: to mend when it came back; to submit once the day of its data has passed; else to fill in."""
    round_: MonitoringRound = report.round
    kind = "monitor_submit" if submits and viewer.today() > round_.last else "monitor_fill"
    kind = "monitor_mend" if report.state == State.RETURNED else kind
    words = WHAT[kind].with_(table=subject_of(report.table), round=round_.name, why=report.returned[:60])
    who = Role.FILLER if not submits else next(role for role in SUBMITTERS if role in viewer.roles)
    began = report.submitted_at if report.state == State.RETURNED and report.submitted_at else round_.opened_at
    since = timezone.localtime(began or report.known_at).date()
    return Task(kind, words, reverse("evaluation:report", args=[report.pk]), None, since, who, round_.due_on)


SUBMITTERS = (Role.SECTION_HEAD, Role.PERFORMANCE_OFFICER)
