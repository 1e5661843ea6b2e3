"""第二人确认: the second person of an adjustment confirms what it says. A later change asks for a new confirmation."""

from __future__ import annotations

from uuid import UUID

from zhiheng.plan.procedure import EDITABLE, State
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.standing import standing
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import done_with, load, version_digest
from zhiheng_web.trail.action import Conflict, Done, Forbidden, Refusal, action
from zhiheng_web.wording import Text


@action("planning.confirm_adjustment")
def confirm_adjustment(viewer: Viewer, version: UUID, *, edits: int | None = None) -> Done[TableVersion]:
    """Confirm the adjustment as it stands. ``edits`` is the count of changes that was shown."""
    found = version_for(viewer, version, lock=True)
    authorise(viewer, "planning.confirm_adjustment", standing(found).scope)
    if found.purpose != TableVersion.Purpose.ADJUSTMENT or State(found.state) not in EDITABLE:
        raise Refusal("nothing_to_confirm", Text("这里没有待确认的调整。", "There is no adjustment to confirm here."))
    account = viewer.account.pk if viewer.account else None
    if account != found.second_person_id or account == found.created_by_id:
        raise Forbidden(
            "not_the_second_person",
            Text(f"这次调整由第二人（{found.second_person}）确认。", f"This adjustment is for {found.second_person} to confirm."),
        )
    if edits is not None and edits != found.edits:
        raise Conflict(
            "edited_since",
            Text(
                "您打开页面之后表又有修改，请重新查看后再确认。", "The table changed after you opened the page; look again, then confirm."
            ),
            {"edits": found.edits},
        )
    digest = version_digest(load(found))
    already = found.second_digest == digest
    found.second_confirmed_at, found.second_digest = viewer.now(), digest
    found.save(update_fields=["second_confirmed_at", "second_digest"])
    return done_with(found, found, before=digest, after=digest, nothing=already)
