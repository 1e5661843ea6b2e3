"""答复遮盖建议: a rule proposed to withhold something, and somebody says why it stays public."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._standing import done, held, needed
from zhiheng_web.publication.building.building import Built, build
from zhiheng_web.publication.building.proposing import proposals
from zhiheng_web.publication.models import Package, ProposalAnswer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

REASON = Text("请写明可以公开的理由。", "Say why it may be public.")
GONE = Text("这条建议已不存在，请刷新页面。", "This proposal is no longer there: reload the page.")


@action("publication.answer_proposal")
def answer_proposal(viewer: Viewer, package: UUID, code: str, place: str, key: str, reason: str) -> Done[ProposalAnswer]:
    """Answer a proposal. ``key`` is the digest of the text in question: another text there asks again."""
    row = held(viewer, package, "publication.answer_proposal", Package.State.DRAFT)
    said = needed("reason", reason, REASON)
    refuse_marked_text([said], Text("理由", "reason"))
    if not any(asked(build(row, whole=whole), code, place, key) for whole in (False, True)):
        raise Refusal("proposal_gone", GONE)
    made, _ = ProposalAnswer.objects.update_or_create(
        package=row, place=place, code=code, text_digest=key, defaults={"reason": said, "made_by": viewer.account, "made_at": viewer.now()}
    )
    return done(row, made, place=place, code=code, reason=said)


def asked(built: Built, code: str, place: str, key: str) -> bool:
    """Whether a content asks this. Most proposals stand without the entries, which are by far the most to read."""
    return any((one.code, one.place, one.key) == (code, place, key) for one in proposals(built.content, built.full))
