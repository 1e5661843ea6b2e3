"""Who may do what in monitoring, and which rounds and reports a viewer sees."""

from __future__ import annotations

from django.db.models import QuerySet

from zhiheng.plan.procedure import FINANCE_ROLES, Role
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRound
from zhiheng_web.organisation.authority import Grant, policies, within
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.policies import FILLERS, OFFICER, READERS, visible_tables
from zhiheng_web.wording import Text

ROUND_KEEPERS = OFFICER | {Role.FINANCE_PERFORMANCE}

POLICIES = policies(
    {
        "evaluation.see_monitoring": Grant(READERS, Text("查看绩效运行监控", "See monitoring")),
        "evaluation.plan_round": Grant(ROUND_KEEPERS, Text("设置监控轮次", "Plan a round of monitoring")),
        "evaluation.open_round": Grant(OFFICER, Text("启动监控", "Open a round")),
        "evaluation.close_round": Grant(OFFICER, Text("完成监控", "Close a round")),
        "evaluation.set_milestones": Grant(FILLERS, Text("设置进度节点", "Set milestones")),
        "evaluation.fill_monitoring": Grant(FILLERS, Text("填报监控", "Report monitoring")),
        "evaluation.submit_monitoring": Grant(OFFICER | {Role.SECTION_HEAD}, Text("报送监控表", "Submit a monitoring report")),
        "evaluation.return_monitoring": Grant(OFFICER, Text("退回监控表", "Return a monitoring report")),
    }
)


def visible_rounds(viewer: Viewer) -> QuerySet[MonitoringRound]:
    """The rounds of the departments that a viewer reads."""
    seen = within(viewer.bounds(READERS), "department", "department__units", "department__units__offices")
    return MonitoringRound.objects.filter(pk__in=MonitoringRound.objects.filter(seen).values("pk"))


def visible_reports(viewer: Viewer) -> QuerySet[MonitoringReport]:
    """The reports on tables that a viewer may read. Finance reads those that were submitted."""
    reports = MonitoringReport.objects.filter(table__in=visible_tables(viewer))
    if viewer.holds(READERS - FINANCE_ROLES):
        return reports
    return reports.filter(state=MonitoringReport.State.SUBMITTED)
