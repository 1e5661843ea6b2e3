"""The password policy beyond Django's validators: one that was used before is refused."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from zhiheng_web.organisation.models import Account, UsedPassword
from zhiheng_web.wording import Text

RULES = Text(
    "至少 10 个字符；不能全是数字；不能是常见密码；不能与用户名、姓名、邮箱相近；不能与最近用过的 {count} 个密码相同。",
    "At least 10 characters; not all digits; not a common password; not like your user name, name or e-mail; not one of your last {count}.",
)
REUSED = Text("不能使用最近用过的密码。", "This password was used recently; choose another.")


class UnusedPasswordValidator:
    """Refuses the present password and those before it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise if ``user`` has or had this password."""
        if not isinstance(user, Account) or user._state.adding:
            return
        earlier = UsedPassword.objects.filter(account=user)[: settings.PASSWORDS_REMEMBERED]
        if any(check_password(password, encoded) for encoded in [user.password, *earlier.values_list("password", flat=True)]):
            raise ValidationError(str(REUSED), code="password_reused")

    def get_help_text(self) -> str:
        """The rule in words."""
        return str(REUSED)


def set_password(account: Account, password: str, *, must_change: bool) -> None:
    """Give the account a password that was validated; remember the one before."""
    if account.has_usable_password():
        UsedPassword.objects.create(account=account, password=account.password)
    account.set_password(password)
    account.must_change_password = must_change
    account.password_changed_at = timezone.now()
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])


def rules() -> Text:
    """The policy in words."""
    return RULES.with_(count=settings.PASSWORDS_REMEMBERED)
