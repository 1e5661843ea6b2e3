"""设立首任管理员: a command on the server makes the first administrator of each of the three kinds."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from zhiheng.plan.procedure import ADMINISTRATORS, ROLE_NAMES, Role
from zhiheng_web.organisation.actions.create_account import TAKEN, first_password
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Account, RoleAssignment
from zhiheng_web.organisation.operator import Operator
from zhiheng_web.organisation.queries.roles import in_force
from zhiheng_web.trail.action import Done, Forbidden, Invalid, Refusal, action
from zhiheng_web.wording import Text

BY_COMMAND = Text("只能用服务器上的命令办理。", "Only a command on the server may do this.")
NO_ADMINISTRATOR = Text("{role}不是管理员角色。", "{role} is no administrator.")
THERE_IS_ONE = Text("已有{role}：{name}。请由其在页面上办理。", "There is a {role} already: {name}. Ask them.")


@action("organisation.create_first_administrator")
def create_first_administrator(
    operator: Operator,
    username: str,
    name: str,
    password: str | None = None,
    role: Role = Role.SYSTEM_ADMINISTRATOR,
) -> Done[tuple[Account, str]]:
    """An account with one administrator's role over everything; refused while somebody active holds that role.

    Without a ``password`` one is made; either way it must be changed at the first sign-in. Gives the account and the password.
    """
    if not isinstance(operator, Operator):
        raise Forbidden("by_command", BY_COMMAND)
    role_name = Text(*ROLE_NAMES[role])
    if role not in ADMINISTRATORS:
        raise Invalid("no_administrator", NO_ADMINISTRATOR.with_(role=role_name))
    holders = RoleAssignment.objects.filter(role=role, department=None, unit=None, office=None, account__is_active=True)
    holder = in_force(holders).select_related("account").first()
    if holder is not None:
        raise Refusal("there_is_one", THERE_IS_ONE.with_(role=role_name, name=holder.account.name))
    if Account.objects.filter(username__iexact=username).exists():
        raise Invalid("username_taken", TAKEN.with_(username=username))
    password = password or first_password()
    try:
        validate_password(password, Account(username=username, name=name))
    except ValidationError as error:
        words = " ".join(error.messages)
        raise Invalid("password", Text(words, words)) from None
    account = Account.objects.create_user(username, name, password, must_change_password=True)
    RoleAssignment.objects.create(account=account, role=role, since=timezone.localdate())
    return Done(
        (account, password),
        "organisation.Account",
        str(account.pk),
        account.name,
        after=fingerprint(account),
        details={"username": username, "role": role.value},
    )
