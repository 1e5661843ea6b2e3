"""新建账号: the system administrator makes an account. It holds no role until the security administrator gives one."""

from __future__ import annotations

from django.utils.crypto import get_random_string

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.policies import EVERYTHING
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

TAKEN = Text("用户名“{username}”已被使用。", "The user name {username} is taken.")
ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@action("organisation.create_account")
def create_account(viewer: Viewer, username: str, name: str, email: str = "", mobile: str = "") -> Done[tuple[Account, str]]:
    """The account with its first password, which is shown once and must be changed at the first sign-in."""
    authorise(viewer, "organisation.create_account", EVERYTHING)
    username = Account.normalize_username(username.strip())
    if Account.objects.filter(username__iexact=username).exists():
        raise Invalid("username_taken", TAKEN.with_(username=username), {"username": TAKEN.with_(username=username)})
    password = first_password()
    account = Account.objects.create_user(username, name.strip(), password, email=email, mobile=mobile, must_change_password=True)
    return Done(
        (account, password),
        "organisation.Account",
        str(account.pk),
        account.name,
        after=fingerprint(account),
        details={"username": username},
    )


def first_password() -> str:
    """A password for the first sign-in, without letters that look alike."""
    return get_random_string(14, ALPHABET)
