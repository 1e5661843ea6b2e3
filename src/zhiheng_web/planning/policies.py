"""Who may do what in planning, and which tables and rows a viewer sees."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet

from zhiheng.plan.procedure import EDITORS, FINANCE_ROLES, ONCE_APPROVED, SETTLED, Role
from zhiheng.plan.route import DECIDERS
from zhiheng_web.organisation.authority import Grant, policies, within
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import Circulation, Decision, Duty, DutyHolding, DutyRow, PerformanceTable, Project, TableVersion
from zhiheng_web.wording import Text

OFFICER = frozenset({Role.PERFORMANCE_OFFICER})
FILLERS = frozenset(EDITORS)
DEPARTMENT_READERS = frozenset(
    {
        Role.PERFORMANCE_OFFICER,
        Role.SUPERVISING_LEADER,
        Role.PARTY_GROUP,
        Role.HEAD,
        Role.DISCIPLINE,
        Role.DISCLOSURE_REVIEWER,
        Role.AUDITOR,
    }
)
"""Who sees every table of the department in every state."""
OFFICE_READERS = frozenset({Role.FILLER, Role.SECTION_HEAD})
"""Who sees the tables of the unit they work in."""
READERS = DEPARTMENT_READERS | OFFICE_READERS | FINANCE_ROLES
CONFIRMERS = frozenset({Role.PERFORMANCE_OFFICER, Role.SECTION_HEAD, Role.SUPERVISING_LEADER, Role.HEAD})
"""Who may confirm a pre-assessment that another person made."""
SECOND_PERSONS = FILLERS | {Role.SUPERVISING_LEADER, Role.HEAD}
"""Who may be the second person of an adjustment."""
DUTY_MOVERS = OFFICER | {Role.SYSTEM_ADMINISTRATOR}
"""The officer hands duties over within the department; across departments the system administrator, by document."""
DUTY_READERS = READERS | DUTY_MOVERS
ROUTE_EDITORS = OFFICER | {Role.FINANCE_PERFORMANCE}
"""The department edits its own checkpoints, finance those outside: see actions.edit_route."""

POLICIES = policies(
    {
        "planning.see_tables": Grant(READERS, Text("查看绩效目标表", "See performance tables")),
        "planning.import_table": Grant(FILLERS, Text("导入绩效目标表", "Import a table")),
        "planning.upload_table": Grant(FILLERS, Text("上传绩效目标表", "Upload a table")),
        "planning.answer_preview": Grant(FILLERS, Text("答复读取问题", "Answer what the reading left open")),
        "planning.direct_preview": Grant(FILLERS, Text("选择导入去向", "Choose where a read table goes")),
        "planning.cancel_preview": Grant(FILLERS, Text("取消读取", "Cancel a reading")),
        "planning.confirm_preview": Grant(FILLERS, Text("确认导入", "Import a previewed table")),
        "planning.import_history": Grant(FILLERS, Text("导入历史申报", "Import an earlier year's table")),
        "planning.generate_table": Grant(OFFICER, Text("生成新年度表", "Generate the new year's table")),
        "planning.see_library": Grant(READERS, Text("查看指标库", "See the indicator library")),
        "planning.keep_library_indicator": Grant(OFFICER, Text("维护本部门指标库", "Keep the department's indicator library")),
        "planning.switch_library_indicator": Grant(
            OFFICER | {Role.FINANCE_PERFORMANCE}, Text("启用或停用指标库指标", "Offer or withdraw an indicator of the library")
        ),
        "planning.load_common_indicators": Grant(
            frozenset({Role.FINANCE_PERFORMANCE}), Text("装入随附的共性指标", "Add the shipped common indicators")
        ),
        "planning.keep_common_indicator": Grant(
            frozenset({Role.FINANCE_PERFORMANCE}), Text("维护共性指标库", "Keep the library of common indicators")
        ),
        "planning.see_planned_values": Grant(READERS, Text("查看五年规划值", "See five-year plan values")),
        "planning.keep_planned_values": Grant(OFFICER, Text("维护五年规划值", "Keep five-year plan values")),
        "planning.export_exchange": Grant(READERS, Text("导出预算管理一体化表", "Export for the integrated budget system")),
        "planning.edit_cells": Grant(FILLERS, Text("填写绩效目标表", "Edit a table")),
        "planning.reply_finding": Grant(FILLERS, Text("答复问题", "Reply to a finding")),
        "planning.reply_by_rule": Grant(FILLERS, Text("按规则答复问题", "Reply to findings by rule")),
        "planning.answer_cell": Grant(FILLERS, Text("确认指标值含义", "Choose what a figure means")),
        "planning.add_row": Grant(OFFICER, Text("增加指标", "Add an indicator")),
        "planning.remove_row": Grant(OFFICER, Text("移除指标", "Remove an indicator")),
        "planning.restore_row": Grant(OFFICER, Text("恢复移除的指标", "Put a removed indicator back")),
        "planning.move_row": Grant(OFFICER, Text("移动指标", "Move an indicator")),
        "planning.add_duty": Grant(OFFICER, Text("增加职责", "Add a duty")),
        "planning.remove_duty": Grant(OFFICER, Text("移除职责", "Remove a duty")),
        "planning.restore_duty": Grant(OFFICER, Text("恢复移除的职责", "Put a removed duty back")),
        "planning.move_duty": Grant(OFFICER, Text("移动职责", "Move a duty")),
        "planning.set_weights": Grant(OFFICER, Text("设置分值", "Set points")),
        "planning.accept_proposal": Grant(OFFICER, Text("采纳分值建议", "Accept proposed points")),
        "planning.set_scheme": Grant(OFFICER, Text("选择计分方案", "Choose the scheme of points")),
        "planning.divide_indicator": Grant(OFFICER, Text("拆分复合指标", "Divide a compound indicator")),
        "planning.see_duties": Grant(DUTY_READERS, Text("查看职责归属", "See who holds the duties")),
        "planning.transfer_duty": Grant(DUTY_MOVERS, Text("职责划转", "Hand a duty over")),
        "planning.merge_offices": Grant(frozenset({Role.SYSTEM_ADMINISTRATOR}), Text("科室合并", "Merge offices")),
        "planning.issue_paper": Grant(OFFICER | FINANCE_ROLES, Text("出具文书", "Issue a paper")),
        "planning.record_signed_scan": Grant(OFFICER | FINANCE_ROLES, Text("登记签字盖章件", "Record a signed scan")),
        "planning.submit_table": Grant(frozenset({Role.FILLER, Role.PERFORMANCE_OFFICER}), Text("送审", "Submit")),
        "planning.withdraw_table": Grant(frozenset({Role.FILLER, Role.PERFORMANCE_OFFICER}), Text("撤回", "Withdraw")),
        "planning.decide": Grant(DECIDERS, Text("审核", "Decide at a checkpoint")),
        "planning.write_opinion": Grant(DECIDERS, Text("逐格提出意见", "Write an opinion on a cell")),
        "planning.answer_opinion": Grant(FILLERS, Text("答复意见", "Answer an opinion")),
        "planning.record_approval": Grant(OFFICER, Text("登记批复", "Record an approval given outside")),
        "planning.adjust_table": Grant(FILLERS, Text("申请调整目标", "Propose an adjustment")),
        "planning.explain_change": Grant(FILLERS, Text("说明调整理由", "Say why a target changes")),
        "planning.confirm_adjustment": Grant(SECOND_PERSONS, Text("确认调整", "Confirm an adjustment")),
        "planning.edit_route": Grant(ROUTE_EDITORS, Text("编辑审批流程", "Edit a route")),
        "planning.see_projects": Grant(READERS, Text("查看预算与项目", "See budget and projects")),
        "planning.keep_project": Grant(FILLERS, Text("登记预算项目", "Keep a project")),
        "planning.link_project": Grant(FILLERS, Text("关联项目与活动、指标", "Link a project to activities and indicators")),
        "planning.unlink_project": Grant(FILLERS, Text("解除项目关联", "Remove a link of a project")),
        "planning.declare_project": Grant(FILLERS, Text("建立项目绩效目标表", "Start a project's table")),
        "planning.keep_budget_line": Grant(OFFICER, Text("登记年初预算", "Keep a budget line")),
        "planning.change_budget": Grant(OFFICER, Text("登记预算调整", "Adjust a budget")),
        "planning.carry_over": Grant(OFFICER, Text("结转下年使用", "Carry money over into the next year")),
        "planning.receive_payments": Grant(OFFICER, Text("上传国库支付表", "Upload a sheet of payments")),
        "planning.import_payments": Grant(OFFICER, Text("导入国库支付", "Import payments")),
        "planning.pre_assess": Grant(OFFICER, Text("开展事前绩效评估", "Pre-assess a project")),
        "planning.confirm_pre_assessment": Grant(CONFIRMERS, Text("确认事前绩效评估", "Confirm a pre-assessment")),
    }
)


def scope_of(table: PerformanceTable, duty_id: object = None) -> Scope:
    """Where a table belongs; with a duty, the office that holds it in the table's year too. At most one query."""
    unit = table.unit
    if duty_id is None:
        return Scope(unit.department_id, unit.pk)
    return Scope(unit.department_id, unit.pk, offices_of([duty_id], table.year).get(duty_id, frozenset()))


def offices_of(duties: list[object], year: int) -> dict[object, frozenset]:
    """The offices that hold each duty at some time of the year. One query."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    holdings = DutyHolding.objects.filter(Q(until__isnull=True) | Q(until__gt=first), duty__in=duties, since__lt=after)
    found: dict[object, set] = {}
    for duty, office in holdings.values_list("duty_id", "office_id"):
        if office is not None:
            found.setdefault(duty, set()).add(office)
    return {duty: frozenset(offices) for duty, offices in found.items()}


def visible_duties(viewer: Viewer) -> QuerySet[Duty]:
    """The duties of the departments a viewer works in or administers, and those handed over to them."""
    bounds = viewer.bounds(DUTY_READERS)
    own = within(bounds, "department", "department__units", "department__units__offices")
    held = within(bounds, "holdings__department", "holdings__unit", "holdings__office")
    return Duty.objects.filter(pk__in=Duty.objects.filter(own | held).values("pk"))


def visible_versions(viewer: Viewer) -> QuerySet[TableVersion]:
    """The versions a viewer may read.

    Leaders, officers and auditors read all of their department or unit; an office reads those of its unit; finance reads a
    version once it has left the department, and for ever after: not the drafts before.
    """
    department, unit = "table__unit__department", "table__unit"
    seen = within(viewer.bounds(DEPARTMENT_READERS), department, unit)
    offices = viewer.bounds(OFFICE_READERS)
    if offices:
        seen |= within(offices, department, unit, "table__unit__offices") | Q(pk__in=_holding_duties(viewer))
    if viewer.holds(FINANCE_ROLES):
        seen |= finance_sight(viewer)
    versions = TableVersion.objects.filter(seen)
    return versions.distinct() if any(held.office for held in offices) else versions  # only offices are joined to many


def finance_sight(viewer: Viewer) -> Q:
    """The versions that a viewer may read as the finance bureau: a condition on TableVersion that joins nothing to many."""
    past_the_door = Decision.objects.filter(checkpoint_role__in=FINANCE_ROLES).values("circulation")
    reached = Circulation.objects.filter(Q(checkpoint_role__in=FINANCE_ROLES) | Q(pk__in=past_the_door)).values("version")
    settled = Q(state__in=SETTLED | ONCE_APPROVED)
    return within(viewer.bounds(FINANCE_ROLES), "table__unit__department", "table__unit") & (Q(pk__in=reached) | settled)


def _holding_duties(viewer: Viewer) -> QuerySet[DutyRow]:
    """The versions with a duty that the viewer's office, or the unit it works in, holds in the table's year, wherever the table lies."""
    bounds = viewer.bounds(OFFICE_READERS)
    not_its_first_day = Q(duty__holdings__until__month__gt=1) | Q(duty__holdings__until__day__gt=1)  # ``until`` is the day after the last
    later_that_year = Q(duty__holdings__until__year=F("version__table__year")) & not_its_first_day
    held = DutyRow.objects.filter(
        Q(duty__holdings__office__in=[entry.office for entry in bounds if entry.office])
        | Q(duty__holdings__unit__in=[entry.unit for entry in bounds if entry.unit and not entry.office]),
        Q(duty__holdings__until__isnull=True) | Q(duty__holdings__until__year__gt=F("version__table__year")) | later_that_year,
        duty__holdings__since__year__lte=F("version__table__year"),
    )
    return held.values("version")


def visible_tables(viewer: Viewer) -> QuerySet[PerformanceTable]:
    """The tables of which a viewer may read some version."""
    return PerformanceTable.objects.filter(pk__in=visible_versions(viewer).values("table"))


def project_scope(project: Project) -> Scope:
    """Where a project belongs: its unit and the office that answers for it. Its unit must be loaded."""
    return Scope(project.unit.department_id, project.unit_id, frozenset({project.office_id} if project.office_id else ()))


def visible_units(viewer: Viewer) -> QuerySet[Unit]:
    """The units whose budget and projects a viewer may read: as far as his roles reach; an office reads its unit's."""
    everywhere = viewer.bounds(DEPARTMENT_READERS | FINANCE_ROLES)
    inside = within(everywhere, "department", "pk", "offices") | within(viewer.bounds(OFFICE_READERS), "department", "pk", "offices")
    return Unit.objects.filter(pk__in=Unit.objects.filter(inside).values("pk"))


def visible_projects(viewer: Viewer) -> QuerySet[Project]:
    """The projects of those units."""
    return Project.objects.filter(unit__in=visible_units(viewer))
