"""Who may do what in the ledgers, and which entries a viewer sees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from zhiheng.plan.procedure import FINANCE_ROLES, Role
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryVersion, Register
from zhiheng_web.organisation.authority import Grant, policies
from zhiheng_web.organisation.models import Department, Office
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import DutyHolding
from zhiheng_web.planning.policies import DEPARTMENT_READERS, FILLERS, OFFICER
from zhiheng_web.wording import Text

KEEPERS = frozenset({Role.FILLER, Role.SECTION_HEAD, Role.PERFORMANCE_OFFICER})
"""Who keeps the ledgers of the office."""
ENTERERS = KEEPERS | {Role.REPORTER}
"""Who may enter: the office, and reporting units in their own scope."""
MOVERS = ENTERERS | {Role.SUPERVISING_LEADER, Role.HEAD, Role.PARTY_GROUP, Role.DISCLOSURE_REVIEWER}
"""Who may take steps at all; each step of a register names who takes it."""
READERS = DEPARTMENT_READERS | KEEPERS | FINANCE_ROLES
"""Who reads whole ledgers of the department."""
DECLARERS = frozenset({Role.PERFORMANCE_OFFICER, Role.SYSTEM_ADMINISTRATOR})
PERSONAL_READERS = KEEPERS | {Role.DISCIPLINE, Role.AUDITOR}
"""Who sees personal data in clear; to all others it is masked."""
SECRET_READERS = KEEPERS | {Role.AUDITOR}
"""Who sees trade and bank secrets."""

POLICIES = policies(
    {
        "ledgers.see_entries": Grant(READERS | {Role.REPORTER}, Text("查看台账", "See ledgers")),
        "ledgers.see_actuals": Grant(READERS, Text("查看指标实际值", "See actual values")),
        "ledgers.see_personal": Grant(PERSONAL_READERS, Text("查看个人信息", "See personal data")),
        "ledgers.see_secrets": Grant(SECRET_READERS, Text("查看商业和银行秘密", "See trade and bank secrets")),
        "ledgers.adopt_pack": Grant(DECLARERS, Text("启用业务包", "Adopt a pack")),
        "ledgers.declare_register": Grant(DECLARERS, Text("设立台账", "Declare a register")),
        "ledgers.change_register": Grant(DECLARERS, Text("修改台账设置", "Change a register")),
        "ledgers.bind_indicator": Grant(DECLARERS, Text("绑定指标取数规则", "Bind an indicator")),
        "ledgers.record_entry": Grant(ENTERERS, Text("登记台账", "Record an entry")),
        "ledgers.record_entries": Grant(ENTERERS, Text("登记多条台账", "Record many entries")),
        "ledgers.correct_entry": Grant(ENTERERS, Text("更正台账", "Correct an entry")),
        "ledgers.move_entry": Grant(MOVERS, Text("办理", "Move an entry on")),
        "ledgers.confirm_entries": Grant(KEEPERS, Text("确认台账", "Confirm entries")),
        "ledgers.confirm_classified": Grant(
            frozenset({Role.DISCLOSURE_REVIEWER}), Text("确认涉密事项计数（保密办）", "Confirm classified matters (secrecy office)")
        ),
        "ledgers.return_entries": Grant(KEEPERS, Text("退回台账", "Return entries")),
        "ledgers.revoke_entry": Grant(KEEPERS, Text("撤销台账", "Revoke an entry")),
        "ledgers.restore_entry": Grant(KEEPERS, Text("恢复台账", "Restore an entry")),
        "ledgers.link_entries": Grant(KEEPERS, Text("关联台账", "Link entries")),
        "ledgers.unlink_entries": Grant(KEEPERS, Text("取消关联", "Unlink entries")),
        "ledgers.add_evidence": Grant(ENTERERS, Text("上传证据", "Add evidence")),
        "ledgers.withdraw_evidence": Grant(ENTERERS, Text("撤回证据", "Withdraw evidence")),
        "ledgers.import_entries": Grant(ENTERERS, Text("批量导入台账", "Import entries")),
        "ledgers.map_columns": Grant(ENTERERS, Text("对照导入表的列", "Map the columns of a sheet")),
        "ledgers.choose_sheet": Grant(ENTERERS, Text("选择导入的工作表", "Choose the sheet to import")),
        "ledgers.answer_import": Grant(ENTERERS, Text("答复导入中的问题", "Answer the questions of an import")),
        "ledgers.leave_out": Grant(ENTERERS, Text("跳过有问题的行", "Leave faulty rows out")),
        "ledgers.begin_writing": Grant(ENTERERS, Text("后台写入导入", "Have an import written")),
        "ledgers.write_import": Grant(ENTERERS, Text("写入导入", "Write an import")),
        "ledgers.cancel_import": Grant(ENTERERS, Text("取消导入", "Cancel an import")),
        "ledgers.undo_import": Grant(ENTERERS, Text("撤销批量导入", "Undo an import")),
        "ledgers.generate_obligations": Grant(KEEPERS, Text("生成应办事项", "Generate obligations")),
        "ledgers.generate_daily": Grant(frozenset(), Text("每日自动生成应办事项（系统）", "Generate obligations daily (by the service)")),
        "ledgers.keep_organisation": Grant(KEEPERS, Text("更正单位信息", "Correct an organisation")),
        "ledgers.merge_organisations": Grant(KEEPERS, Text("合并重复单位", "Merge organisations recorded twice")),
        "ledgers.keep_person": Grant(KEEPERS, Text("更正人员信息", "Correct a person")),
        "ledgers.take_snapshot": Grant(KEEPERS, Text("固化指标实际值", "Take a snapshot")),
        "ledgers.issue_paper": Grant(KEEPERS, Text("出具台账文书", "Issue a paper of a ledger")),
        "ledgers.choose_basis": Grant(FILLERS, Text("选择计算口径", "Choose a counting basis")),
        "ledgers.decide_circumstance": Grant(OFFICER, Text("认定未组织或不适用", "Decide that an indicator was not organised")),
        "ledgers.confirm_circumstance": Grant(
            frozenset({Role.SECTION_HEAD, Role.SUPERVISING_LEADER, Role.HEAD}), Text("确认情形认定", "Confirm a circumstance")
        ),
    }
)


def scope_of(register: Register, day: date, reporter: UUID | None = None) -> Scope:
    """Where a register belongs on a day: its office, else the unit and office that hold its duty then; of an entry also who reported it.

    At most one query. A duty handed over to another department takes its ledgers with it.
    """
    if register.office_id:
        return Scope(register.department_id, register.office.unit_id, frozenset({register.office_id}), reporter)
    if register.duty_id is None:
        return Scope(register.department_id, None, frozenset(), reporter)
    holdings = DutyHolding.objects.filter(Q(until__isnull=True) | Q(until__gt=day), duty=register.duty_id, since__lte=day)
    holding = holdings.order_by("-since").first()
    if holding is None:
        return Scope(register.department_id, None, frozenset(), reporter)
    offices = frozenset({holding.office_id} if holding.office_id else ())
    return Scope(holding.department_id, holding.unit_id, offices, reporter)


def scopes_of(registers: Iterable[Register], day: date) -> dict[UUID, Scope]:
    """The scopes of many registers on a day (see scope_of) in two queries."""
    rows = list(registers)
    offices = dict(Office.objects.filter(pk__in={row.office_id for row in rows if row.office_id}).values_list("pk", "unit"))
    duties = {row.duty_id for row in rows if row.duty_id and not row.office_id}
    holdings = DutyHolding.objects.filter(Q(until__isnull=True) | Q(until__gt=day), duty__in=duties, since__lte=day)
    holding = {held.duty_id: held for held in holdings.order_by("since")}
    found = {}
    for row in rows:
        held = holding.get(row.duty_id) if row.duty_id and not row.office_id else None
        if row.office_id:
            found[row.pk] = Scope(row.department_id, offices[row.office_id], frozenset({row.office_id}))
        elif held is not None:
            found[row.pk] = Scope(held.department_id, held.unit_id, frozenset({held.office_id} if held.office_id else ()))
        else:
            found[row.pk] = Scope(row.department_id)
    return found


def declaring_departments(viewer: Viewer) -> QuerySet[Department]:
    """The departments whose registers and bases a viewer may set up: all for a system administrator of everything."""
    bounds = {(held.department, held.unit) for held in viewer.bounds(DECLARERS)}
    if (None, None) in bounds:
        return Department.objects.all()
    return Department.objects.filter(pk__in={department for department, unit in bounds if unit is None})


def read_whole(viewer: Viewer) -> Q:
    """What a viewer reads as a whole, of rows that have a department: all of the departments in which he reads, wherever in them."""
    held = [one for one in viewer.bounds(READERS) if one.reporter is None]
    if any(one.department is None for one in held):
        return Q(pk__isnull=False)
    return Q(department__in={one.department for one in held})


def visible_registers(viewer: Viewer) -> QuerySet[Register]:
    """The registers a viewer may open: all of a department for who reads there; reporting units those that take reports."""
    reported = {held.department for held in viewer.bounds({Role.REPORTER}) if held.reporter}
    return Register.objects.filter(read_whole(viewer) | Q(department__in=reported, takes_reports=True))


def visible_versions(viewer: Viewer) -> QuerySet[EntryVersion]:
    """The versions of entries a viewer may read: everything in registers it reads whole, and what its reporting unit entered."""
    own = [held.reporter for held in viewer.bounds({Role.REPORTER}) if held.reporter]
    return EntryVersion.objects.filter(Q(register__in=Register.objects.filter(read_whole(viewer)).values("pk")) | Q(reporter__in=own))


def visible_entries(viewer: Viewer) -> QuerySet[Entry]:
    """The entries of which a viewer may read what is known now."""
    return Entry.objects.filter(pk__in=visible_versions(viewer).filter(known_until=FOREVER).values("entry"))
