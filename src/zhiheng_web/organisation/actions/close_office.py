"""撤销科室: on a day; refused while it still answers for duties."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhiheng_web.organisation.actions.end_role import end_assignments
from zhiheng_web.organisation.actions.rename_office import CLOSED
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Office, RoleAssignment
from zhiheng_web.organisation.open_work import open_work_in
from zhiheng_web.organisation.queries.structure import office_for
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

STILL = Text(
    "{office}还承担：{work}。请先划转给其他科室，再撤销。",
    "{office} still answers for: {work}. Hand these over first.",
)


@action("organisation.close_office")
def close_office(viewer: Viewer, office: UUID, closed_on: date) -> Done[Office]:
    """Close it: roles bound to it end that day. It stays in every earlier year."""
    found = office_for(viewer, office, lock=True)
    authorise(viewer, "organisation.close_office", Scope(found.unit.department_id, found.unit_id))
    if found.closed_on is not None:
        raise Refusal("closed", CLOSED.with_(office=found.name))
    if work := open_work_in(found):
        words = Text("；".join(item.text.zh for item in work), "; ".join(item.text.en for item in work))
        raise Refusal("still_answers", STILL.with_(office=found.name, work=words))
    before = fingerprint(found)
    ended = end_assignments(RoleAssignment.objects.filter(office=found), closed_on)
    found.closed_on = closed_on
    found.save(update_fields=["closed_on"])
    return Done(
        found,
        "organisation.Office",
        str(found.pk),
        found.name,
        str(found.unit.department_id),
        before=before,
        after=fingerprint(found),
        details={"closed_on": closed_on.isoformat(), "roles_ended": ended},
    )
