"""恢复账号: a person is back. Roles are given anew by the security administrator."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.policies import scope_of_account
from zhiheng_web.organisation.queries.accounts import account_for
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, action


@action("organisation.reactivate_account")
def reactivate_account(viewer: Viewer, account: UUID) -> Done[Account]:
    """Let the account sign in again, without any role."""
    found = account_for(viewer, account, lock=True)
    authorise(viewer, "organisation.reactivate_account", scope_of_account(found))
    before, was_active = fingerprint(found), found.is_active
    found.is_active, found.left_on = True, None
    found.save(update_fields=["is_active", "left_on"])
    return Done(found, "organisation.Account", str(found.pk), found.name, before=before, after=fingerprint(found), nothing=was_active)
