"""重置密码: a new first password for somebody who forgot theirs."""

from __future__ import annotations

from uuid import UUID

from zhiheng.plan.procedure import ADMINISTRATORS
from zhiheng_web.organisation.actions.create_account import first_password
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.operator import Operator, authorise_unless_operator
from zhiheng_web.organisation.passwords import set_password
from zhiheng_web.organisation.policies import scope_of_account
from zhiheng_web.organisation.queries.accounts import account_for
from zhiheng_web.organisation.queries.roles import in_force
from zhiheng_web.organisation.sessions import end_all_sessions
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

AN_ADMINISTRATOR = Text(
    "管理员的密码只能在服务器上用命令重置，以免一人借用另一管理员的身份。",
    "An administrator's password is reset by command on the server only, so that no administrator can act as another.",
)


@action("organisation.reset_password")
def reset_password(viewer: Viewer | Operator, account: UUID) -> Done[str]:
    """A password to be shown once and changed at the next sign-in; all sessions end."""
    by_operator = isinstance(viewer, Operator)
    found = Account.objects.select_for_update(no_key=True).get(pk=account) if by_operator else account_for(viewer, account, lock=True)
    authorise_unless_operator(viewer, "organisation.reset_password", scope_of_account(found))
    if not by_operator and in_force(found.assignments.all()).filter(role__in=ADMINISTRATORS).exists():
        raise Refusal("administrators_password", AN_ADMINISTRATOR)
    password = first_password()
    set_password(found, password, must_change=True)
    end_all_sessions(found)
    return Done(password, "organisation.Account", str(found.pk), found.name)
