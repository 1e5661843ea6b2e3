"""复核销号: another person than who reported strikes it off, or returns it with what is still missing. Who asked for it reviews it."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.models import RectificationItem
from zhiheng_web.evaluation.policies.rectification import deciding, item_for, scope_of
from zhiheng_web.evaluation.rectifying import Kind, State, digest, done, needed, refuse_unless, step_of
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Done, Forbidden, action
from zhiheng_web.wording import Text

OPINION = Text("复核意见", "opinion")
OWN = Text("整改完成是您报告的，不能由您复核。请由另一位同事办理。", "You reported this done, so somebody else must review it.")
AGREED = Text("同意销号", "Agreed")


@action("evaluation.review_rectified", steps=("rectify",))
def review_rectified(viewer: Viewer, item: UUID, *, closes: bool, opinion: str = "") -> Done[RectificationItem]:
    """Close it, or return it to be worked on; a return says why. Nobody reviews what he himself reported or answers for."""
    row = item_for(viewer, item, lock=True)
    authorise(viewer, deciding(row, "review"), scope_of(row))
    refuse_unless(row, State.REPORTED)
    reported = row.steps.filter(kind=Kind.REPORTED).order_by("-number").first()
    if viewer.account is None or viewer.account.pk in {row.responsible_account_id, reported.by_id if reported else None}:
        raise Forbidden("own_report", OWN)
    before = digest(row)
    if closes:
        refuse_unfit_words({"opinion": opinion})
        row.state, row.closed_by, row.closed_at = State.CLOSED, viewer.account, viewer.now()
        step_of(viewer, row, Kind.CLOSED, opinion.strip() or AGREED.zh)
    else:
        said = needed("opinion", opinion, OPINION)
        row.state = State.OPEN
        step_of(viewer, row, Kind.RETURNED, said)
    return done(row, before, {"state": row.state})
