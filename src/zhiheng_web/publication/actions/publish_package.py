"""公开: the signed content becomes public, late or not, and never changes again."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._standing import decided, done, held
from zhiheng_web.publication.content import digest
from zhiheng_web.publication.models import Package, PackageDecision
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

UNSIGNED = Text("保密审查和签发都完成后才能公开。", "It can be published only after the secrecy review and the head's signature.")
BROKEN = Text(
    "内容与审查、签发时的摘要不符，不能公开。请退回修改后重新提交审查。",
    "The content is not what was reviewed and signed (its digest differs): it cannot be published. Send it back and submit it again.",
)


@action("publication.publish_package", steps=("publish",))
def publish_package(viewer: Viewer, package: UUID) -> Done[Package]:
    """Publish. Being late refuses nothing: the delay is shown and recorded (P01)."""
    row = held(viewer, package, "publication.publish_package", Package.State.SIGNED)
    if row.reviewed_by_id is None or row.signed_by_id is None:
        raise Refusal("unsigned", UNSIGNED)
    if row.content is None or not _agreed(row) or digest(row.content) != row.digest:
        raise Refusal("content_changed", BROKEN)
    decided(viewer, row, PackageDecision.Kind.PUBLISHED)
    row.state, row.published_by, row.published_at = Package.State.PUBLISHED, viewer.account, viewer.now()
    row.save(update_fields=["state", "published_by", "published_at"])
    late = max(0, (viewer.today() - row.due_on).days)
    return done(row, row, row.digest, row.digest, published_on=viewer.today().isoformat(), due_on=row.due_on.isoformat(), late=late)


def _agreed(row: Package) -> bool:
    """Whether the review and the signature of this round are both of this content."""
    said = list(row.decisions.order_by("-number").values_list("kind", "digest")[:2])
    wanted = [PackageDecision.Kind.SIGNED.value, PackageDecision.Kind.REVIEWED.value]
    return said == [(kind, row.digest) for kind in wanted]
