"""签发: the head of the department signs the content that was reviewed, or sends it back."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._standing import decided, done, held, needed, same_content
from zhiheng_web.publication.actions.reopen_package import opened
from zhiheng_web.publication.actions.review_package import OPINION
from zhiheng_web.publication.models import Package, PackageDecision
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, action
from zhiheng_web.wording import Text


@action("publication.sign_package")
def sign_package(viewer: Viewer, package: UUID, digest: str, agree: bool, opinion: str = "") -> Done[Package]:
    """Sign the content of this ``digest``, which the secrecy review agreed with, or send it back with an opinion."""
    row = held(viewer, package, "publication.sign_package", Package.State.REVIEWED)
    same_content(row, digest)
    refuse_marked_text([opinion], Text("签发意见", "opinion"))
    if not agree:
        decided(viewer, row, PackageDecision.Kind.SENT_BACK, needed("opinion", opinion, OPINION))
        return done(row, opened(row), digest, "", agreed=False, opinion=opinion.strip())
    row.state, row.signed_by, row.signed_at = Package.State.SIGNED, viewer.account, viewer.now()
    row.save()
    decided(viewer, row, PackageDecision.Kind.SIGNED, opinion)
    return done(row, row, digest, digest, agreed=True, opinion=opinion.strip())
