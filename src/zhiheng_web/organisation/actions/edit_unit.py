"""修改单位: its name."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.queries.structure import unit_for
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, action


@action("organisation.edit_unit")
def edit_unit(viewer: Viewer, unit: UUID, name: str) -> Done[Unit]:
    """Write the new name."""
    found = unit_for(viewer, unit, lock=True)
    authorise(viewer, "organisation.edit_unit", Scope(found.department_id, found.pk))
    before, old = fingerprint(found), found.name
    found.name = name
    found.save(update_fields=["name"])
    return Done(
        found,
        "organisation.Unit",
        str(found.pk),
        name,
        str(found.department_id),
        before=before,
        after=fingerprint(found),
        details={"old_name": old},
        nothing=old == name,
    )
