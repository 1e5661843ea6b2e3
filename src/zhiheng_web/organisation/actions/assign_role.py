"""授予角色: the security administrator gives a role within a scope from a day on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from zhiheng.plan.procedure import ADMINISTRATORS, ROLE_NAMES, Role
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Department, Office, ReportingUnit, RoleAssignment, Unit
from zhiheng_web.organisation.policies import scope_of_assignment
from zhiheng_web.organisation.queries.accounts import account_for
from zhiheng_web.organisation.queries.roles import overlapping
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

ONESELF = Text("不能给自己授予角色。", "You cannot give yourself a role.")
SEPARATED = Text(
    "三员分立：{name}在此期间已是{held}，不能再任{role}。",
    "The three administrators are separated: {name} is {held} in that time and cannot be {role} too.",
)
ENDS_FIRST = Text("终止日期须晚于开始日期。", "The end must be after the beginning.")
SINCE_PAST = Text("开始日期不能早于今天。", "A role cannot begin before today.")
INACTIVE = Text("该账号已停用。", "The account is deactivated.")
REPORTER_ONLY = Text(
    "“填报单位”角色须选定一个填报单位，且只有这一角色可以选。",
    "The role of a reporting unit names its reporting unit, and no other role does.",
)
HELD_ALREADY = Text("{name}在此期间已有同一范围的这一角色。", "{name} holds this role there in that time already.")


@action("organisation.assign_role")
def assign_role(
    viewer: Viewer,
    account: UUID,
    role: Role,
    since: date,
    until: date | None = None,
    *,
    department: Department | None = None,
    unit: Unit | None = None,
    office: Office | None = None,
    reporter: ReportingUnit | None = None,
) -> Done[RoleAssignment]:
    """The role, bounded by the narrowest of office, unit and department, or by the reporting unit; by nothing if none is given."""
    found = account_for(viewer, account, lock=True)
    scope = scope_of_assignment(department, unit, office, reporter)
    authorise(viewer, "organisation.assign_role", scope)
    if viewer.account is not None and viewer.account.pk == found.pk:
        raise Refusal("oneself", ONESELF)
    if since < timezone.localdate():
        raise Invalid("since_past", SINCE_PAST, {"since": SINCE_PAST})
    wide = {"office": office} if office else {"unit": unit} if unit else {"department": department}
    bounds = {"reporter": reporter} if reporter else wide
    row = RoleAssignment(account=found, role=role, since=since, until=until, **bounds)
    check_assignment(row)
    row.save(force_insert=True)
    return done(row)


def check_assignment(row: RoleAssignment) -> None:
    """Refuse what no assignment may be: of somebody who left, backwards, twice, or of a second kind of administrator."""
    account, role = row.account, Role(row.role)
    if not account.is_active:
        raise Refusal("inactive", INACTIVE)
    if (role is Role.REPORTER) != (row.reporter is not None) or (row.reporter is not None and row.reporter.closed_on is not None):
        raise Invalid("reporter_only", REPORTER_ONLY, {"reporter": REPORTER_ONLY})
    if row.until is not None and row.until <= row.since:
        raise Invalid("ends_first", ENDS_FIRST, {"until": ENDS_FIRST})
    others = overlapping(RoleAssignment.objects.filter(account=account), row.since, row.until)
    if role in ADMINISTRATORS:
        clash = others.filter(role__in=ADMINISTRATORS - {role}).first()
        if clash is not None:
            raise Refusal(
                "separated",
                SEPARATED.with_(name=account.name, held=Text(*ROLE_NAMES[Role(clash.role)]), role=Text(*ROLE_NAMES[role])),
            )
    if others.filter(role=role, department=row.department, unit=row.unit, office=row.office, reporter=row.reporter).exists():
        raise Refusal("held_already", HELD_ALREADY.with_(name=account.name))


def done(row: RoleAssignment) -> Done[RoleAssignment]:
    """What the trail keeps of a new assignment."""
    where = row.reporter or row.office or row.unit or row.department
    return Done(
        row,
        "organisation.RoleAssignment",
        str(row.pk),
        f"{row.account.name}：{ROLE_NAMES[Role(row.role)][0]}",
        department=str(scope_of_assignment(row.department, row.unit, row.office, row.reporter).department or ""),
        after=fingerprint(row),
        details={
            "account": str(row.account_id),
            "role": row.role,
            "where": str(where or ""),
            "since": row.since.isoformat(),
            "until": row.until.isoformat() if row.until else "",
        },
    )
