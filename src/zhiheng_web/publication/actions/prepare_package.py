"""提交保密审查: the content is frozen as it will be public; review and signature are of this content and of no other."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._standing import decided, done, held
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.building.readiness import obstacles
from zhiheng_web.publication.content import digest, to_json
from zhiheng_web.publication.models import Package, PackageDecision
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

NOT_READY = Text("公开包还不能提交：{first}（共 {n} 处）", "The package is not ready: {first} ({n} in all)")


@action("publication.prepare_package")
def prepare_package(viewer: Viewer, package: UUID) -> Done[Package]:
    """Freeze the content and send it to the secrecy review. Refused with whatever stands against it."""
    row = held(viewer, package, "publication.prepare_package", Package.State.DRAFT)
    built = build(row)
    found = obstacles(row, built)
    if found:
        raise Refusal("not_ready", NOT_READY.with_(first=found[0].text, n=len(found)))
    row.content = to_json(built.content)
    row.digest = digest(row.content)
    row.state, row.prepared_by, row.prepared_at = Package.State.PREPARED, viewer.account, viewer.now()
    row.save()
    decided(viewer, row, PackageDecision.Kind.PREPARED)
    tables = len(built.content.tables)
    return done(row, row, after=row.digest, tables=tables, redactions=[one.place for one in built.content.redactions])
