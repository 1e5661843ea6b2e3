"""启用动态口令: the account proves its new device with a code and gets its recovery codes."""

from __future__ import annotations

from django_otp.plugins.otp_totp.models import TOTPDevice

from zhiheng_web.organisation.actions.renew_recovery_codes import write_recovery_codes
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.policies import EVERYTHING
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

WRONG = Text("动态口令不对，请核对手机时间后再试。", "The code is wrong; check the time on your phone and try again.")
ENROLLED = Text("动态口令已经启用。", "The second factor is on already.")


@action("organisation.enrol_second_factor")
def enrol_second_factor(viewer: Viewer, key: str, code: str) -> Done[tuple[TOTPDevice, list[str]]]:
    """Keep the device whose secret is ``key`` (hexadecimal) if ``code`` is its present code. Gives the recovery codes, shown once."""
    authorise(viewer, "organisation.enrol_second_factor", EVERYTHING)
    account = Account.objects.select_for_update(no_key=True).get(pk=viewer.account.pk)
    if TOTPDevice.objects.filter(user=account, confirmed=True).exists():
        raise Refusal("enrolled", ENROLLED)
    device = TOTPDevice(user=account, name="TOTP", key=key, confirmed=True)
    if not (code.isascii() and code.isdigit() and len(code) == device.digits) or not _right(device, code):
        raise Invalid("wrong_code", WRONG, {"code": WRONG})
    device.save()
    return Done((device, write_recovery_codes(account)), "organisation.Account", str(account.pk), account.name)


def _right(device: TOTPDevice, code: str) -> bool:
    from django_otp.oath import TOTP

    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    if not totp.verify(int(code), device.tolerance):
        return False
    device.last_t = totp.t()
    return True
