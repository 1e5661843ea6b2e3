"""登记机构人员: who works for an agency from a day on, and until when."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhiheng.plan.procedure import Role
from zhiheng_web.evaluation.actions.keep_agency import agency_for
from zhiheng_web.evaluation.evaluating.recording import invalid
from zhiheng_web.evaluation.models import AgencyMember
from zhiheng_web.organisation.authority import absent, authorise_menu
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.policies import READERS
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

NO_ACCOUNT = Text("没有用户名为“{name}”的有效账号。", "There is no active account called “{name}”.")
NO_ROLE = Text(
    "“{name}”还没有“第三方评价机构”角色。请先由安全管理员授予。",
    "“{name}” does not hold the role of an evaluation agency: the security administrator gives it first.",
)
INSIDE = Text(
    "“{name}”在预算部门或财政部门任职，不能同时是评价机构的人员。",
    "“{name}” works for a department or for finance, and cannot work for an agency too.",
)
TWICE = Text("“{name}”已是“{agency}”的人员。", "“{name}” works for “{agency}” already.")
MEMBER = Text("该机构人员", "this member of an agency")


@action("evaluation.join_agency")
def join_agency(viewer: Viewer, agency: UUID, username: str, since: date) -> Done[AgencyMember]:
    """Somebody works for an agency from ``since`` on. He holds the role of an agency and none in a department."""
    authorise_menu(viewer, "evaluation.join_agency")
    row = agency_for(agency)
    account = Account.objects.filter(username=username.strip(), is_active=True).first()
    if account is None:
        raise invalid("username", NO_ACCOUNT.with_(name=username.strip()[:150]))
    holds = viewer_of(account, viewer.today())
    if not holds.holds({Role.AGENCY}):
        raise Refusal("no_agency_role", NO_ROLE.with_(name=account.name))
    if holds.holds(READERS):
        raise Refusal("inside", INSIDE.with_(name=account.name))
    other = AgencyMember.objects.filter(account=account, until__isnull=True).select_related("agency").first()
    if other is not None:
        raise Refusal("member_already", TWICE.with_(name=account.name, agency=other.agency.name))
    made = AgencyMember.objects.create(agency=row, account=account, since=since)
    details = {"account": str(account.pk), "name": account.name, "since": since.isoformat()}
    return Done(made, "evaluation.Agency", str(row.pk), row.name, details=details)


@action("evaluation.leave_agency")
def leave_agency(viewer: Viewer, member: int, until: date) -> Done[AgencyMember]:
    """Somebody works for an agency no more, from ``until`` on."""
    authorise_menu(viewer, "evaluation.leave_agency")
    row = AgencyMember.objects.select_for_update(no_key=True).select_related("agency", "account").filter(pk=member).first()
    if row is None:
        raise absent(MEMBER)
    if row.until is not None or until < row.since:
        raise invalid("until", Text("离开日期早于开始日期，或已登记离开。", "The day is before the first, or he has left already."))
    row.until = until
    row.save(update_fields=["until"])
    details = {"account": str(row.account_id), "name": row.account.name, "until": until.isoformat()}
    return Done(row, "evaluation.Agency", str(row.agency_id), row.agency.name, details=details)
