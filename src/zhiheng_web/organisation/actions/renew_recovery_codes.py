"""重新生成恢复码: ten new ones, the old ones end."""

from __future__ import annotations

from base64 import b32encode
from secrets import token_bytes

from zhiheng_web.organisation.actions.change_password import WRONG
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Account, RecoveryCode
from zhiheng_web.organisation.policies import EVERYTHING
from zhiheng_web.organisation.signing_in import recovery_digest
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, action

CODES = 10


@action("organisation.renew_recovery_codes")
def renew_recovery_codes(viewer: Viewer, password: str) -> Done[list[str]]:
    """The new codes, shown once."""
    authorise(viewer, "organisation.renew_recovery_codes", EVERYTHING)
    account = Account.objects.select_for_update(no_key=True).get(pk=viewer.account.pk)
    if not account.check_password(password):
        raise Invalid("wrong_password", WRONG, {"password": WRONG})
    return Done(write_recovery_codes(account), "organisation.Account", str(account.pk), account.name)


def write_recovery_codes(account: Account) -> list[str]:
    """Ten codes of 80 random bits each; only their digests are kept. A letter first, so that none reads as a one-time code."""
    codes = []
    while len(codes) < CODES:
        word = b32encode(token_bytes(10)).decode()
        if word[0].isalpha():
            codes.append("-".join(word[n : n + 4] for n in range(0, 16, 4)))
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=recovery_digest(code)) for code in codes)
    return codes
