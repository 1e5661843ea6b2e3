"""作废接口令牌."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import ApiToken
from zhiheng_web.organisation.policies import EVERYTHING
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, action
from zhiheng_web.wording import Text


@action("organisation.revoke_token")
def revoke_token(viewer: Viewer, token: UUID) -> Done[ApiToken]:
    """The viewer's own token stops working at once."""
    authorise(viewer, "organisation.revoke_token", EVERYTHING)
    found = ApiToken.objects.select_for_update(no_key=True).filter(account=viewer.account, pk=token).first()
    if found is None:
        raise absent(Text("该令牌", "this token"))
    before, was = fingerprint(found), found.revoked_at is not None
    if not was:
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
    return Done(found, "organisation.ApiToken", str(found.pk), found.name, before=before, after=fingerprint(found), nothing=was)
