"""停用动态口令: by its owner, with the password."""

from __future__ import annotations

from django_otp.plugins.otp_totp.models import TOTPDevice

from zhiheng_web.organisation.actions.change_password import WRONG
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Account, RecoveryCode
from zhiheng_web.organisation.policies import EVERYTHING
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, action


@action("organisation.remove_second_factor")
def remove_second_factor(viewer: Viewer, password: str) -> Done[None]:
    """Forget the device and the recovery codes of the viewer's own account."""
    authorise(viewer, "organisation.remove_second_factor", EVERYTHING)
    account = Account.objects.select_for_update(no_key=True).get(pk=viewer.account.pk)
    if not account.check_password(password):
        raise Invalid("wrong_password", WRONG, {"password": WRONG})
    return Done(None, "organisation.Account", str(account.pk), account.name, nothing=not forget_second_factor(account))


def forget_second_factor(account: Account) -> bool:
    """Delete the account's devices and recovery codes; whether it had a device."""
    RecoveryCode.objects.filter(account=account).delete()
    deleted, _ = TOTPDevice.objects.filter(user=account).delete()
    return bool(deleted)
