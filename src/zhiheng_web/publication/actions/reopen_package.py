"""退回修改: a package that is not public yet becomes a draft again; review and signature no longer hold."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._standing import decided, done, held, needed
from zhiheng_web.publication.models import Package, PackageDecision
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, action
from zhiheng_web.wording import Text

REASON = Text("请写明退回的原因。", "Say why it goes back.")


@action("publication.reopen_package")
def reopen_package(viewer: Viewer, package: UUID, reason: str) -> Done[Package]:
    """Open it again, with a reason. Whoever agreed before must look at the new content."""
    states = (Package.State.PREPARED, Package.State.REVIEWED, Package.State.SIGNED)
    row = held(viewer, package, "publication.reopen_package", *states)
    said = needed("reason", reason, REASON)
    refuse_marked_text([said], Text("退回原因", "reason"))
    before = row.digest
    decided(viewer, row, PackageDecision.Kind.SENT_BACK, said)
    return done(row, opened(row), before, "", reason=said)


def opened(row: Package) -> Package:
    """The package as a draft again: nothing frozen, nobody's word on it."""
    row.state, row.content, row.digest, row.review_opinion = Package.State.DRAFT, None, "", ""
    for name in ("prepared", "reviewed", "signed"):
        setattr(row, f"{name}_by", None)
        setattr(row, f"{name}_at", None)
    row.edits += 1
    row.save()
    return row
