"""签发撤回: the head takes a published edition from the public, or refuses to. Another person asked for it."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._standing import done, held, needed
from zhiheng_web.publication.models import Package, Withdrawal
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Forbidden, action
from zhiheng_web.wording import Text

ASKED = Text("待签发的撤回申请", "a withdrawal that awaits a decision")
OWN = Text("不能签发本人提出的撤回申请。", "You asked for this withdrawal yourself: another person must decide.")
OPINION = Text("不同意撤回须写明意见。", "Say why it is not withdrawn.")


@action("publication.decide_withdrawal")
def decide_withdrawal(viewer: Viewer, package: UUID, agree: bool, opinion: str = "") -> Done[Withdrawal]:
    """Agree, and the edition is public no more, or refuse with an opinion. The content stays inside, with its digest."""
    row = held(viewer, package, "publication.decide_withdrawal", Package.State.PUBLISHED)
    found = row.withdrawals.filter(state=Withdrawal.State.ASKED).first()
    if found is None:
        raise absent(ASKED)
    if viewer.account is None or found.asked_by_id == viewer.account.pk:
        raise Forbidden("own_withdrawal", OWN)
    refuse_marked_text([opinion], Text("意见", "opinion"))
    found.opinion = opinion.strip() if agree else needed("opinion", opinion, OPINION)
    found.state = Withdrawal.State.AGREED if agree else Withdrawal.State.REFUSED
    found.decided_by, found.decided_at = viewer.account, viewer.now()
    found.save()
    return done(row, found, row.digest, row.digest, agreed=agree, ground=found.ground, opinion=found.opinion)
