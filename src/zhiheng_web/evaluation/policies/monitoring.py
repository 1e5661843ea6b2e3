"""Who may do what in monitoring, and which rounds and reports a viewer sees."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from django.db.models import Q, QuerySet

from zhiheng.plan.procedure import FINANCE_ROLES, Role
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRound
from zhiheng_web.organisation.authority import Grant, policies, within
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.planning.policies import FILLERS, OFFICER, READERS, offices_of, visible_tables
from zhiheng_web.wording import Text

ROUND_KEEPERS = OFFICER | {Role.FINANCE_PERFORMANCE}

POLICIES = policies(
    {
        "evaluation.see_monitoring": Grant(READERS, Text("查看绩效运行监控", "See monitoring")),
        "evaluation.plan_round": Grant(ROUND_KEEPERS, Text("设置监控轮次", "Plan a round of monitoring")),
        "evaluation.change_round": Grant(ROUND_KEEPERS, Text("修改监控轮次", "Change a round of monitoring")),
        "evaluation.open_round": Grant(OFFICER, Text("启动监控", "Open a round")),
        "evaluation.close_round": Grant(OFFICER, Text("完成监控", "Close a round")),
        "evaluation.set_milestones": Grant(FILLERS, Text("设置进度节点", "Set milestones")),
        "evaluation.refresh_monitoring": Grant(OFFICER, Text("更新监控数据", "Take the values of a report anew")),
        "evaluation.fill_monitoring": Grant(FILLERS, Text("填报监控", "Report monitoring")),
        "evaluation.declare_monitored": Grant(FILLERS, Text("申报本期完成值", "Declare the figure of the period")),
        "evaluation.write_monitoring": Grant(FILLERS, Text("填写监控资金与说明", "Write on the money and results of a report")),
        "evaluation.open_correction": Grant(FILLERS, Text("提出纠偏措施", "Open a correction")),
        "evaluation.submit_monitoring": Grant(OFFICER | {Role.SECTION_HEAD}, Text("报送监控表", "Submit a monitoring report")),
        "evaluation.return_monitoring": Grant(OFFICER, Text("退回监控表", "Return a monitoring report")),
    }
)


def visible_rounds(viewer: Viewer) -> QuerySet[MonitoringRound]:
    """The rounds of the departments that a viewer reads."""
    seen = within(viewer.bounds(READERS), "department", "department__units", "department__units__offices")
    return MonitoringRound.objects.filter(pk__in=MonitoringRound.objects.filter(seen).values("pk"))


def visible_reports(viewer: Viewer) -> QuerySet[MonitoringReport]:
    """The reports on tables that a viewer may read. As the finance bureau one reads those that were submitted, not the drafts."""
    inside = replace(viewer, held=tuple(held for held in viewer.held if held.role not in FINANCE_ROLES))
    own = Q(table__in=visible_tables(inside))
    handed_in = Q(table__in=visible_tables(as_finance(viewer)), state=MonitoringReport.State.SUBMITTED)
    return MonitoringReport.objects.filter(own | handed_in)


def awaited_reports(viewer: Viewer) -> QuerySet[MonitoringReport]:
    """The reports that a viewer will read as the finance bureau once they are submitted."""
    return MonitoringReport.objects.filter(table__in=visible_tables(as_finance(viewer))).exclude(state=MonitoringReport.State.SUBMITTED)


def as_finance(viewer: Viewer) -> Viewer:
    """The viewer in his roles at the finance bureau alone."""
    return replace(viewer, held=tuple(held for held in viewer.held if held.role in FINANCE_ROLES))


def table_scope(table: PerformanceTable) -> Scope:
    """Where the report on a table belongs: a project's to the office that answers for the project, else to the unit."""
    unit = table.unit
    if table.project is None:
        return Scope(unit.department_id, unit.pk)
    return Scope(unit.department_id, unit.pk, frozenset({table.project.office_id} - {None}))


def row_scopes(table: PerformanceTable, duties: Mapping[UUID, UUID | None]) -> dict[UUID, Scope]:
    """Row → where it belongs: to the offices that hold its duty in the table's year, a project's rows to the project's office too.

    ``duties``: row → its duty or None. One query.
    """
    scopes = duty_scopes([(table, duty) for duty in set(duties.values())])
    return {row: scopes[table.pk, duty] for row, duty in duties.items()}


def duty_scopes(parts: Collection[tuple[PerformanceTable, UUID | None]]) -> dict[tuple[UUID, UUID | None], Scope]:
    """(Table, duty) → where rows of the duty belong, for many tables. One query for each year among them.

    Their units and projects must be loaded.
    """
    held = {}
    for year in {table.year for table, _ in parts}:
        held[year] = offices_of([duty for table, duty in parts if table.year == year and duty is not None], year)
    found = {}
    for table, duty in parts:
        whole = table_scope(table)
        found[table.pk, duty] = replace(whole, offices=whole.offices | held[table.year].get(duty, frozenset()))
    return found
