"""新建单位: a 所属单位 of a department, with its own code, budget and tables."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.actions.create_department import TAKEN
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.queries.structure import department_for
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, Invalid, action


@action("organisation.create_unit")
def create_unit(viewer: Viewer, department: UUID, code: str, name: str) -> Done[Unit]:
    """The unit; its department's headquarters is made with the department."""
    found = department_for(viewer, department, lock=True)
    authorise(viewer, "organisation.create_unit", Scope(found.pk))
    if found.units.filter(code=code).exists():
        raise Invalid("code_taken", TAKEN.with_(code=code), {"code": TAKEN.with_(code=code)})
    unit = Unit.objects.create(department=found, code=code, name=name)
    return Done(unit, "organisation.Unit", str(unit.pk), unit.name, str(found.pk), after=fingerprint(unit), details={"code": code})
