"""选择公开的表: a table is left out of the package with its reason, or taken in again."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._redrafting import redraft
from zhiheng_web.publication.actions._standing import done, held
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.models import Package, PackageTable
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

TABLE = Text("公开包中的这张表", "this table of the package")
REASON = Text("不公开的原因", "reason to leave out")
ONLY = Text("至少公开一张表。", "At least one table is published.")
NOT_READY = Text("该表的自评尚未认定，不能列入决算公开包。", "The self-evaluation of this table is not accepted: it cannot be taken in.")


@action("publication.leave_out_table")
def leave_out_table(viewer: Viewer, package: UUID, position: int, reason: str) -> Done[PackageTable]:
    """Leave a table out for a reason that is published; '' takes it in again."""
    row = held(viewer, package, "publication.leave_out_table", Package.State.DRAFT)
    table = PackageTable.objects.filter(package=row, position=position).first()
    if table is None:
        raise absent(TABLE)
    refuse_marked_text([reason], REASON)
    if reason.strip() and not PackageTable.objects.filter(package=row, left_out="").exclude(pk=table.pk).exists():
        raise Refusal("nothing_left", ONLY)
    if not reason.strip() and row.kind == Package.Kind.FINAL and table.self_evaluation_id is None:
        raise Refusal("not_evaluated", NOT_READY)
    before = build(row, whole=False)
    table.left_out = reason.strip()
    table.save(update_fields=["left_out"])
    return done(row, table, table=str(table), reason=table.left_out, redrafted=redraft(row, before))
