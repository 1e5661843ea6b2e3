"""修改本人密码."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.passwords import set_password
from zhiheng_web.organisation.policies import EVERYTHING
from zhiheng_web.organisation.sessions import end_all_sessions
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

WRONG = Text("原密码不对。", "The present password is wrong.")


@action("organisation.change_password")
def change_password(viewer: Viewer, present: str, new: str, session_key: str = "") -> Done[Account]:
    """Set a new password that the policy allows. Every other session of the account ends; ``session_key`` stays."""
    authorise(viewer, "organisation.change_password", EVERYTHING)
    account = Account.objects.select_for_update(no_key=True).get(pk=viewer.account.pk)
    if not account.check_password(present):
        raise Invalid("wrong_password", WRONG, {"present": WRONG})
    check_policy(account, new)
    set_password(account, new, must_change=False)
    end_all_sessions(account, but=session_key)
    return Done(account, "organisation.Account", str(account.pk), account.name)


def check_policy(account: Account, new: str) -> None:
    """Refuse a password that the policy does not allow, with its reasons in both languages."""
    try:
        validate_password(new, account)
    except ValidationError as error:
        reasons = {}
        for code in ("zh-hans", "en"):
            with override(code):
                reasons[code] = " ".join(str(message) for item in error.error_list for message in item.messages)
        text = Text(reasons["zh-hans"], reasons["en"])
        raise Invalid("password_policy", text, {"new": text}) from None
