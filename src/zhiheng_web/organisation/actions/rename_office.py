"""科室更名: from a day on; what it was called before stays readable for the years before."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Office, OfficeName
from zhiheng_web.organisation.queries.structure import office_for
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

CLOSED = Text("{office}已撤销。", "{office} is closed.")
ORDER = Text("更名日期须晚于上次更名（{last}）。", "The day must be after the last change of name ({last}).")


@action("organisation.rename_office")
def rename_office(viewer: Viewer, office: UUID, name: str, since: date) -> Done[Office]:
    """Call it ``name`` from ``since`` on and keep the old name until then."""
    found = office_for(viewer, office, lock=True)
    authorise(viewer, "organisation.rename_office", Scope(found.unit.department_id, found.unit_id))
    if found.closed_on is not None:
        raise Refusal("closed", CLOSED.with_(office=found.name))
    last = found.earlier_names.order_by("-until").first()
    if last is not None and since <= last.until:
        text = ORDER.with_(last=last.until.isoformat())
        raise Invalid("order", text, {"since": text})
    before, old = fingerprint(found), found.name
    if old != name:
        OfficeName.objects.create(office=found, name=old, until=since)
        found.name = name
        found.save(update_fields=["name"])
    return Done(
        found,
        "organisation.Office",
        str(found.pk),
        name,
        str(found.unit.department_id),
        before=before,
        after=fingerprint(found),
        details={"old_name": old, "since": since.isoformat()},
        nothing=old == name,
    )
