"""申请撤回已公开版本: a published edition holds what must not be public, and somebody asks the head to take it back."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._standing import done, held, needed
from zhiheng_web.publication.actions.redact import GROUND
from zhiheng_web.publication.grounds import grounds
from zhiheng_web.publication.models import Package, Withdrawal
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

REASON = Text("请写明撤回的原因。", "Say why it is withdrawn.")
ASKED = Text("该版的撤回申请待主要负责人签发。", "A withdrawal of this edition awaits the head already.")
GONE = Text("该版已撤回。", "This edition is withdrawn already.")


@action("publication.ask_withdrawal")
def ask_withdrawal(viewer: Viewer, package: UUID, ground: str, reason: str) -> Done[Withdrawal]:
    """Ask. Nothing changes for the public until the head agrees. The trail keeps ground and reason, never what stood there."""
    row = held(viewer, package, "publication.ask_withdrawal", Package.State.PUBLISHED)
    if ground not in grounds():
        raise Invalid("ground", GROUND, {"ground": GROUND})
    said = needed("reason", reason, REASON)
    refuse_marked_text([said], Text("撤回原因", "reason"))
    open_one = row.withdrawals.exclude(state=Withdrawal.State.REFUSED).first()
    if open_one is not None:
        agreed = open_one.state == Withdrawal.State.AGREED
        raise Refusal("withdrawn" if agreed else "asked", GONE if agreed else ASKED)
    made = Withdrawal.objects.create(package=row, ground=ground, reason=said, asked_by=viewer.account, asked_at=viewer.now())
    return done(row, made, row.digest, row.digest, ground=ground, reason=said)
