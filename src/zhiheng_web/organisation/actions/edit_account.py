"""修改账号: name and how the person is reached."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.policies import scope_of_account
from zhiheng_web.organisation.queries.accounts import account_for
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, action


@action("organisation.edit_account")
def edit_account(viewer: Viewer, account: UUID, name: str, email: str = "", mobile: str = "") -> Done[Account]:
    """Write the new words. The user name stays: the trail and other systems know the person by it."""
    found = account_for(viewer, account, lock=True)
    authorise(viewer, "organisation.edit_account", scope_of_account(found))
    before = fingerprint(found)
    found.name, found.email, found.mobile = name.strip(), email, mobile
    found.save(update_fields=["name", "email", "mobile"])
    after = fingerprint(found)
    return Done(found, "organisation.Account", str(found.pk), found.name, before=before, after=after, nothing=before == after)
