"""API tokens: how one is made, and whose it is. Only SHA-256 digests are kept; a token carries 256 random bits."""

from __future__ import annotations

import hmac
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.utils import timezone

from zhiheng_web.organisation.gates import password_due
from zhiheng_web.organisation.models import ApiToken
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.wording import Text

PREFIX = "zh_"
LONGEST_DAYS = 365
SCOPES: dict[str, Text] = {
    "read": Text("读取", "Read"),
    "import": Text("导入", "Import"),
    "steps": Text("办理流程步骤", "Take steps of the procedure"),
}
"""What a token may be for. It never allows more than its owner may do."""
USED_EVERY = timedelta(hours=1)
"""How often the last use is written."""


def new_token() -> str:
    """The secret of a new token."""
    return PREFIX + token_urlsafe(32)


def token_digest(raw: str) -> str:
    """The digest under which a token is kept."""
    return sha256(raw.encode()).hexdigest()


def viewer_for_token(raw: str, address: str = "") -> Viewer | None:
    """The token's owner with the token's scopes; None if there is no such token or it, or its owner, may no longer enter."""
    if not raw.startswith(PREFIX) or len(raw) > 100:
        return None
    digest, now = token_digest(raw), timezone.now()
    token = ApiToken.objects.select_related("account").filter(digest=digest).first()
    if token is None or not hmac.compare_digest(token.digest, digest):
        return None
    if token.revoked_at is not None or token.expires_at <= now or not token.account.is_active:
        return None
    if token.last_used_at is None or token.last_used_at < now - USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    viewer = viewer_of(token.account, timezone.localdate(), address, frozenset(token.scopes.split()))
    return None if password_due(viewer) else viewer
