"""停用账号: a person leaves. What they signed stays theirs; what is open is listed for whoever takes over."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from zhiheng_web.organisation.actions.end_role import end_assignments, refuse_last_administrator
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.open_work import OpenWork, open_work_of
from zhiheng_web.organisation.policies import scope_of_account
from zhiheng_web.organisation.queries.accounts import account_for
from zhiheng_web.organisation.sessions import end_all_sessions
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

ONESELF = Text("不能停用自己的账号。", "You cannot deactivate your own account.")


@action("organisation.deactivate_account")
def deactivate_account(viewer: Viewer, account: UUID, left_on: date) -> Done[list[OpenWork]]:
    """End sessions, tokens and roles at once; the account stays, so that the record names who did what. Gives what is open."""
    found = account_for(viewer, account, lock=True)
    authorise(viewer, "organisation.deactivate_account", scope_of_account(found))
    if viewer.account is not None and viewer.account.pk == found.pk:
        raise Refusal("oneself", ONESELF)
    refuse_last_administrator(found)
    before, work = fingerprint(found), open_work_of(found)
    ended = end_assignments(found.assignments.all(), timezone.localdate())
    ended += end_assignments(found.delegated_assignments.all(), timezone.localdate())
    found.tokens.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
    end_all_sessions(found)
    found.is_active, found.left_on = False, left_on
    found.save(update_fields=["is_active", "left_on"])
    return Done(
        work,
        "organisation.Account",
        str(found.pk),
        found.name,
        before=before,
        after=fingerprint(found),
        details={"left_on": left_on.isoformat(), "roles_ended": ended, "open": [item.text.zh for item in work]},
    )
