"""委托代理: the holder of a role lends it to a substitute for a time (请假、出差期间由他人代办)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from zhiheng.plan.procedure import ADMINISTRATORS
from zhiheng_web.organisation.actions.assign_role import SINCE_PAST, check_assignment, done
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.models import Account, RoleAssignment
from zhiheng_web.organisation.policies import EVERYTHING
from zhiheng_web.organisation.queries.roles import in_force
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

LENT = Text("代理来的角色不能再委托他人。", "A role that was lent to you cannot be lent on.")
ADMINISTRATOR = Text(
    "管理员角色不能委托，请由安全管理员授予他人。", "An administrator's role cannot be lent; the security administrator assigns it."
)
ONESELF = Text("不能委托给自己。", "You cannot be your own substitute.")
TOO_LONG = Text("代理须在您本人任期内结束（{until}）。", "The substitution must end while you hold the role ({until}).")
NO_PERSON = Text("没有这个用户名，或该账号已停用。", "There is no such active account.")


@action("organisation.delegate_role")
def delegate_role(viewer: Viewer, assignment: UUID, username: str, since: date, until: date) -> Done[RoleAssignment]:
    """Lend one of the viewer's own roles to the account called ``username``: from ``since`` to the day before ``until``."""
    authorise(viewer, "organisation.delegate_role", EVERYTHING)
    own = in_force(RoleAssignment.objects.filter(account=viewer.account, pk=assignment)).select_related(
        "department", "unit", "office__unit", "reporter"
    )
    row = own.select_for_update(of=("self",), no_key=True).first()
    if row is None:
        raise absent(Text("该角色", "this role"))
    _check(row, since, until)
    substitute = Account.objects.select_for_update(no_key=True).filter(username=username.strip(), is_active=True).first()
    if substitute is None:
        raise Invalid("no_person", NO_PERSON, {"username": NO_PERSON})
    if substitute.pk == viewer.account.pk:
        raise Invalid("oneself", ONESELF, {"username": ONESELF})
    bounds = {"department": row.department, "unit": row.unit, "office": row.office, "reporter": row.reporter}
    lent = RoleAssignment(account=substitute, role=row.role, since=since, until=until, delegated_by=viewer.account, **bounds)
    check_assignment(lent)
    lent.save(force_insert=True)
    return done(lent)


def _check(row: RoleAssignment, since: date, until: date) -> None:
    if row.delegated_by_id is not None:
        raise Refusal("lent", LENT)
    if row.role in ADMINISTRATORS:
        raise Refusal("administrator", ADMINISTRATOR)
    if since < timezone.localdate():
        raise Invalid("since_past", SINCE_PAST, {"since": SINCE_PAST})
    if row.until is not None and until > row.until:
        text = TOO_LONG.with_(until=row.until.isoformat())
        raise Invalid("too_long", text, {"until": text})
