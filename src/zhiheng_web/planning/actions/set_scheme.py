"""选择计分方案: the scheme by which a version gives points, or the explicit choice to set none."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.local_rules import schemes
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.set_weights import EDITED
from zhiheng_web.planning.models import IndicatorRow, TableVersion
from zhiheng_web.planning.queries.weighing import version_to_weigh
from zhiheng_web.planning.versions import changed, done_with, version_digest
from zhiheng_web.planning.weighing import row_levels, scheme_of, tree_of
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

UNSCORED = "unscored"


@action("planning.set_scheme", steps=("weigh",))
def set_scheme(viewer: Viewer, version: UUID, scheme: str) -> Done[TableVersion]:
    """Choose a scheme by name, or ``unscored``: approved without points, monitored and not scored.

    Points stay as they are. Tags of levels that the new scheme's tree does not have are taken away; the record says of how many rows.
    """
    loaded = version_to_weigh(viewer, version, "planning.set_scheme")
    before, own = version_digest(loaded), loaded.version
    if scheme != UNSCORED and scheme not in schemes():
        raise Invalid("scheme_unknown", Text("没有方案“{name}”。", "There is no scheme “{name}”.").with_(name=scheme))
    own.unscored = scheme == UNSCORED
    if scheme != UNSCORED:
        own.scheme, own.tree = scheme, tree_of(scheme_of(TableVersion(scheme=scheme)))
    own.save(update_fields=["scheme", "tree", "unscored"])
    below = {level.key: {"", *(each.key for each in level.below)} for level in row_levels(scheme_of(own))}
    lost = [row for row in loaded.rows if row.level_1 and row.level_2 not in below.get(row.level_1, ())]
    for row in lost:
        row.level_1 = row.level_1 if row.level_1 in below else ""
        row.level_2 = ""
        row.edits, row.edited_by, row.edited_at = own.edits + 1, viewer.account, viewer.now()
    IndicatorRow.objects.bulk_update(lost, ["level_1", "level_2", *EDITED], batch_size=200)
    after = version_digest(loaded)
    if after != before:
        changed(loaded)
    return done_with(own, own, before=before, after=after, details={"scheme": scheme, "untagged": len(lost)}, nothing=after == before)
