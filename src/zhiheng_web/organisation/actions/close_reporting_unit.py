"""停用填报单位: from a day on it enters nothing more."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhiheng_web.organisation.actions.end_role import end_assignments
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import ReportingUnit, RoleAssignment
from zhiheng_web.organisation.queries.structure import reporting_unit_for
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

CLOSED = Text("{name}已经停用。", "{name} is closed already.")


@action("organisation.close_reporting_unit")
def close_reporting_unit(viewer: Viewer, reporting_unit: UUID, closed_on: date) -> Done[ReportingUnit]:
    """Close it: the roles bound to it end that day. What it entered stays."""
    found = reporting_unit_for(viewer, reporting_unit, lock=True)
    authorise(viewer, "organisation.close_reporting_unit", Scope(found.department_id, reporter=found.pk))
    if found.closed_on is not None:
        raise Refusal("closed", CLOSED.with_(name=found.name))
    before = fingerprint(found)
    ended = end_assignments(RoleAssignment.objects.filter(reporter=found), closed_on)
    found.closed_on = closed_on
    found.save(update_fields=["closed_on"])
    return Done(
        found,
        "organisation.ReportingUnit",
        str(found.pk),
        found.name,
        str(found.department_id),
        before=before,
        after=fingerprint(found),
        details={"closed_on": closed_on.isoformat(), "roles_ended": ended},
    )
