"""解除动态口令: somebody lost their device and their recovery codes. The security administrator lets them enrol anew."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.actions.remove_second_factor import forget_second_factor
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.policies import scope_of_account
from zhiheng_web.organisation.queries.accounts import account_for
from zhiheng_web.organisation.sessions import end_all_sessions
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

ONESELF = Text("不能由本人解除自己的动态口令，请另一位安全管理员办理。", "Another security administrator must remove yours.")


@action("organisation.reset_second_factor")
def reset_second_factor(viewer: Viewer, account: UUID) -> Done[None]:
    """Forget the device and the recovery codes; all sessions end."""
    found = account_for(viewer, account, lock=True)
    authorise(viewer, "organisation.reset_second_factor", scope_of_account(found))
    if viewer.account is not None and viewer.account.pk == found.pk:
        raise Refusal("oneself", ONESELF)
    had = forget_second_factor(found)
    end_all_sessions(found)
    return Done(None, "organisation.Account", str(found.pk), found.name, nothing=not had)
