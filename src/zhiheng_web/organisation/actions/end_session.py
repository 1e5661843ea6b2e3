"""结束登录会话: the owner ends a session on another device."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.policies import EVERYTHING
from zhiheng_web.organisation.sessions import end_sessions, sessions_of
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, action
from zhiheng_web.wording import Text


@action("organisation.end_session")
def end_session(viewer: Viewer, session: UUID) -> Done[None]:
    """End one of the viewer's own sessions."""
    authorise(viewer, "organisation.end_session", EVERYTHING)
    found = sessions_of(viewer.account).filter(pk=session)
    row = found.first()
    if row is None:
        raise absent(Text("该登录会话", "this session"))
    end_sessions(found)
    account = viewer.account
    return Done(None, "organisation.Account", str(account.pk), account.name, details={"address": row.address, "browser": row.browser})
