"""新建接口令牌: a program may call the API as its owner, within the token's scopes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import ApiToken
from zhiheng_web.organisation.policies import EVERYTHING
from zhiheng_web.organisation.tokens import LONGEST_DAYS, SCOPES, new_token, token_digest
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

NO_SCOPE = Text("请至少选择一个权限范围。", "Choose at least one scope.")
UNKNOWN_SCOPE = Text("没有名为“{scope}”的权限范围。", "There is no scope {scope}.")
DAYS = Text("有效期须在 1 至 {most} 天之间。", "A token lasts 1 to {most} days.")


@action("organisation.create_token")
def create_token(viewer: Viewer, name: str, scopes: Iterable[str], days: int) -> Done[tuple[ApiToken, str]]:
    """The token and its secret, which is shown once; only its digest is kept."""
    authorise(viewer, "organisation.create_token", EVERYTHING)
    wanted = set(scopes)
    if not wanted:
        raise Invalid("no_scope", NO_SCOPE, {"scopes": NO_SCOPE})
    if unknown := sorted(wanted - set(SCOPES)):
        raise Invalid("unknown_scope", UNKNOWN_SCOPE.with_(scope=unknown[0]))
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid("days", DAYS.with_(most=LONGEST_DAYS), {"days": DAYS.with_(most=LONGEST_DAYS)})
    raw = new_token()
    token = ApiToken.objects.create(
        account=viewer.account,
        name=name.strip(),
        digest=token_digest(raw),
        scopes=" ".join(sorted(wanted)),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return Done(
        (token, raw),
        "organisation.ApiToken",
        str(token.pk),
        token.name,
        after=fingerprint(token),
        details={"scopes": token.scopes, "expires_at": token.expires_at.isoformat()},
    )
