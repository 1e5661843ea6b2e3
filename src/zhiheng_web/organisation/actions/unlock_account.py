"""解除登录锁定: lets somebody who was locked out try again at once."""

from __future__ import annotations

from uuid import UUID

from axes.utils import reset

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.policies import scope_of_account
from zhiheng_web.organisation.queries.accounts import account_for
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, action


@action("organisation.unlock_account")
def unlock_account(viewer: Viewer, account: UUID) -> Done[int]:
    """Forget the failed attempts on this account from anywhere. Gives how many there were."""
    found = account_for(viewer, account, lock=True)
    authorise(viewer, "organisation.unlock_account", scope_of_account(found))
    forgotten = reset(username=found.username)
    return Done(forgotten, "organisation.Account", str(found.pk), found.name, nothing=not forgotten)
