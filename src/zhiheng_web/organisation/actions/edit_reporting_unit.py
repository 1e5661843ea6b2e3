"""修改填报单位: its name and codes."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.actions.create_reporting_unit import checked
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import ReportingUnit
from zhiheng_web.organisation.queries.structure import reporting_unit_for
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, action


@action("organisation.edit_reporting_unit")
def edit_reporting_unit(
    viewer: Viewer, reporting_unit: UUID, name: str, kind: str, division_code: str = "", uscc: str = ""
) -> Done[ReportingUnit]:
    """Write the new words; what it entered before stays as it was entered."""
    found = reporting_unit_for(viewer, reporting_unit, lock=True)
    authorise(viewer, "organisation.edit_reporting_unit", Scope(found.department_id, reporter=found.pk))
    before = fingerprint(found)
    words = checked(found.department, found, name, kind, division_code, uscc)
    for key, value in words.items():
        setattr(found, key, value)
    found.save(update_fields=list(words))
    after = fingerprint(found)
    department = str(found.department_id)
    return Done(found, "organisation.ReportingUnit", str(found.pk), name, department, before, after, words, nothing=before == after)
