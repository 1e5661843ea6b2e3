"""新建科室."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.actions.create_department import TAKEN
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Office
from zhiheng_web.organisation.queries.structure import unit_for
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, Invalid, action


@action("organisation.create_office")
def create_office(viewer: Viewer, unit: UUID, code: str, name: str) -> Done[Office]:
    """The office of a unit."""
    found = unit_for(viewer, unit, lock=True)
    authorise(viewer, "organisation.create_office", Scope(found.department_id, found.pk))
    if found.offices.filter(code=code).exists():
        raise Invalid("code_taken", TAKEN.with_(code=code), {"code": TAKEN.with_(code=code)})
    office = Office.objects.create(unit=found, code=code, name=name)
    department = str(found.department_id)
    return Done(office, "organisation.Office", str(office.pk), office.name, department, after=fingerprint(office), details={"code": code})
