"""修改部门: its name and the code of its division. Its own code stays: it is the department's in the budget system."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.queries.structure import department_for
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, action


@action("organisation.edit_department")
def edit_department(viewer: Viewer, department: UUID, name: str, division_code: str = "") -> Done[Department]:
    """Write the new words."""
    found = department_for(viewer, department, lock=True)
    authorise(viewer, "organisation.edit_department", Scope(found.pk))
    before, old = fingerprint(found), found.name
    found.name, found.division_code = name, division_code
    found.save(update_fields=["name", "division_code"])
    after = fingerprint(found)
    return Done(
        found,
        "organisation.Department",
        str(found.pk),
        found.name,
        str(found.pk),
        before=before,
        after=after,
        details={"old_name": old},
        nothing=before == after,
    )
