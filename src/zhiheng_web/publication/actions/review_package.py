"""保密审查: another person looks at exactly the content that would be public, and agrees or sends it back."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._standing import decided, done, held, needed, same_content
from zhiheng_web.publication.actions.reopen_package import opened
from zhiheng_web.publication.models import Package, PackageDecision
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Forbidden, action
from zhiheng_web.wording import Text

OWN = Text("不能审查本人提交的公开包，请由其他审查员办理。", "You submitted this package yourself: another reviewer must look at it.")
OPINION = Text("退回须写明意见。", "Say why it goes back.")


@action("publication.review_package", steps=("review_secrecy",))
def review_package(viewer: Viewer, package: UUID, digest: str, agree: bool, opinion: str = "") -> Done[Package]:
    """Agree with the content of this ``digest``, or send it back with an opinion."""
    row = held(viewer, package, "publication.review_package", Package.State.PREPARED)
    if viewer.account is None or row.prepared_by_id == viewer.account.pk:
        raise Forbidden("own_package", OWN)
    same_content(row, digest)
    refuse_marked_text([opinion], Text("审查意见", "opinion"))
    if not agree:
        decided(viewer, row, PackageDecision.Kind.SENT_BACK, needed("opinion", opinion, OPINION))
        return done(row, opened(row), digest, "", agreed=False, opinion=opinion.strip())
    row.state, row.reviewed_by, row.reviewed_at, row.review_opinion = (
        Package.State.REVIEWED, viewer.account, viewer.now(), opinion.strip(),
    )  # fmt: skip
    row.save()
    decided(viewer, row, PackageDecision.Kind.REVIEWED, opinion)
    return done(row, row, digest, digest, agreed=True, opinion=opinion.strip())
