"""Who may do what in the organisation, and which accounts and departments a viewer sees.

The three administrators are separated (三员分立): the system administrator makes accounts and the organisation, the security
administrator gives roles, the audit administrator reads the trail. ``own`` marks what everybody does to what is theirs.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zhiheng.plan.procedure import ADMINISTRATORS, Role
from zhiheng_web.organisation.authority import Grant, policies
from zhiheng_web.organisation.models import Account, Department, Office, ReportingUnit, Unit
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.wording import Text

SYSTEM = frozenset({Role.SYSTEM_ADMINISTRATOR})
SECURITY = frozenset({Role.SECURITY_ADMINISTRATOR})
NOBODYS: frozenset[Role] = frozenset()

POLICIES = policies(
    {
        "organisation.create_first_administrator": Grant(NOBODYS, Text("设立首任管理员（仅限运维命令）", "Make the first administrator")),
        "organisation.see_accounts": Grant(ADMINISTRATORS, Text("查看账号", "See the accounts")),
        "organisation.create_account": Grant(SYSTEM, Text("新建账号", "Create an account")),
        "organisation.edit_account": Grant(SYSTEM, Text("修改账号", "Edit an account")),
        "organisation.deactivate_account": Grant(SYSTEM, Text("停用账号", "Deactivate an account")),
        "organisation.reactivate_account": Grant(SYSTEM, Text("恢复账号", "Reactivate an account")),
        "organisation.reset_password": Grant(SYSTEM, Text("重置密码", "Reset a password")),
        "organisation.reset_second_factor": Grant(SECURITY, Text("解除他人的动态口令", "Remove another's second factor")),
        "organisation.unlock_account": Grant(SECURITY, Text("解除登录锁定", "Unlock an account")),
        "organisation.assign_role": Grant(SECURITY, Text("授予角色", "Assign a role")),
        "organisation.end_role": Grant(SECURITY, Text("终止角色", "End a role")),
        "organisation.see_organisation": Grant(ADMINISTRATORS, Text("查看机构设置", "See the organisation")),
        "organisation.create_department": Grant(SYSTEM, Text("新建部门", "Create a department")),
        "organisation.edit_department": Grant(SYSTEM, Text("修改部门", "Edit a department")),
        "organisation.create_unit": Grant(SYSTEM, Text("新建单位", "Create a unit")),
        "organisation.edit_unit": Grant(SYSTEM, Text("修改单位", "Edit a unit")),
        "organisation.create_office": Grant(SYSTEM, Text("新建科室", "Create an office")),
        "organisation.rename_office": Grant(SYSTEM, Text("科室更名", "Rename an office")),
        "organisation.close_office": Grant(SYSTEM, Text("撤销科室", "Close an office")),
        "organisation.create_reporting_unit": Grant(SYSTEM, Text("新建填报单位", "Create a reporting unit")),
        "organisation.edit_reporting_unit": Grant(SYSTEM, Text("修改填报单位", "Edit a reporting unit")),
        "organisation.close_reporting_unit": Grant(SYSTEM, Text("停用填报单位", "Close a reporting unit")),
        "organisation.edit_calendar": Grant(SYSTEM, Text("维护工作日历", "Edit the calendar")),
        "organisation.see_calendar": Grant(NOBODYS, Text("查看工作日历", "See the calendar"), own=True),
        "organisation.change_password": Grant(NOBODYS, Text("修改本人密码", "Change one's password"), own=True),
        "organisation.enrol_second_factor": Grant(NOBODYS, Text("启用动态口令", "Turn on the second factor"), own=True),
        "organisation.remove_second_factor": Grant(NOBODYS, Text("停用动态口令", "Turn off the second factor"), own=True),
        "organisation.renew_recovery_codes": Grant(NOBODYS, Text("重新生成恢复码", "Make new recovery codes"), own=True),
        "organisation.end_session": Grant(NOBODYS, Text("结束登录会话", "End a session"), own=True),
        "organisation.create_token": Grant(NOBODYS, Text("新建接口令牌", "Create an API token"), own=True),
        "organisation.revoke_token": Grant(NOBODYS, Text("作废接口令牌", "Revoke an API token"), own=True),
        "organisation.delegate_role": Grant(NOBODYS, Text("委托代理", "Appoint a substitute"), own=True),
        "organisation.end_delegation": Grant(NOBODYS, Text("终止代理", "End a substitution"), own=True),
    }
)

EVERYTHING = Scope()
"""The scope of what belongs to no department: only an unbounded assignment covers it."""


def scope_of_assignment(
    department: Department | None, unit: Unit | None, office: Office | None, reporter: ReportingUnit | None = None
) -> Scope:
    """Where a role bounded by these would hold."""
    if reporter is not None:
        return Scope(reporter.department_id, reporter=reporter.pk)
    if office is not None:
        return Scope(office.unit.department_id, office.unit_id, frozenset({office.pk}))
    if unit is not None:
        return Scope(unit.department_id, unit.pk)
    return Scope(department.pk) if department is not None else EVERYTHING


def scope_of_account(account: Account) -> Scope:
    """The department of all roles an account holds or held; everything if they are of several, or of none. One query."""
    rows = account.assignments.select_related("unit", "office__unit", "reporter")
    scopes = {scope_of_assignment(row.department, row.unit, row.office, row.reporter).department for row in rows}
    return Scope(scopes.pop()) if len(scopes) == 1 else EVERYTHING


def visible_accounts(viewer: Viewer) -> QuerySet[Account]:
    """All accounts for an administrator of everything; for one of a department, those with a role in it. Others: oneself."""
    departments = {held.department for held in viewer.bounds(ADMINISTRATORS)}
    if None in departments:
        return Account.objects.all()
    inside = Q(assignments__department__in=departments) | Q(assignments__unit__department__in=departments)
    inside |= Q(assignments__office__unit__department__in=departments) | Q(assignments__reporter__department__in=departments)
    return Account.objects.filter(inside | Q(pk=viewer.account.pk if viewer.account else None)).distinct()


def visible_departments(viewer: Viewer) -> QuerySet[Department]:
    """The departments an administrator looks after."""
    departments = {held.department for held in viewer.bounds(ADMINISTRATORS)}
    return Department.objects.all() if None in departments else Department.objects.filter(pk__in=departments)
