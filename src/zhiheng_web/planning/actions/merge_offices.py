"""科室合并: an office goes into another of its unit on a day, with its duties and its people's roles."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhiheng_web.organisation.actions.end_role import end_assignments
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.fingerprints import fingerprint
from zhiheng_web.organisation.models import Office, RoleAssignment
from zhiheng_web.organisation.queries.structure import office_for
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.actions.transfer_duty import CLOSED_OFFICE, check_transfer, move_holding
from zhiheng_web.planning.models import DutyHolding
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

ITSELF = Text("不能并入自身。", "An office cannot go into itself.")
OTHER_UNIT = Text("只能并入同一单位的科室。", "Only into an office of the same unit.")


@action("planning.merge_offices")
def merge_offices(viewer: Viewer, office: UUID, into: UUID, since: date, document: str = "") -> Done[Office]:
    """Hand over every duty, move every role from that day on, close the office. What was before ``since`` stays with it."""
    old, new = office_for(viewer, office, lock=True), office_for(viewer, into, lock=True)
    authorise(viewer, "planning.merge_offices", Scope(old.unit.department_id, old.unit_id))
    _check(old, new)
    holdings = list(
        DutyHolding.objects.select_for_update(of=("self",), no_key=True).select_related("duty").filter(office=old, until__isnull=True)
    )
    for holding in holdings:
        check_transfer(holding, new.unit, new, since)
        move_holding(holding, new.unit, new, since, document)
    moved = _move_roles(old, new, since)
    before = fingerprint(old)
    old.closed_on, old.merged_into = since, new
    old.save(update_fields=["closed_on", "merged_into"])
    return Done(
        old,
        "organisation.Office",
        str(old.pk),
        old.name,
        str(old.unit.department_id),
        before=before,
        after=fingerprint(old),
        details={
            "into": new.name,
            "since": since.isoformat(),
            "duties": [holding.duty.name for holding in holdings],
            "roles": moved,
            "document": document,
        },
    )


def _check(old: Office, new: Office) -> None:
    if old.pk == new.pk:
        raise Invalid("itself", ITSELF)
    if old.unit_id != new.unit_id:
        raise Invalid("other_unit", OTHER_UNIT)
    for office in (old, new):
        if office.closed_on is not None:
            raise Refusal("office_closed", CLOSED_OFFICE.with_(office=office.name))


def _move_roles(old: Office, new: Office, since: date) -> int:
    """Open for the new office what would still hold on ``since`` for the old one, and end it there."""
    rows = [row for row in RoleAssignment.objects.filter(office=old) if row.until is None or row.until > max(since, row.since)]
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            account_id=row.account_id,
            role=row.role,
            office=new,
            since=max(since, row.since),
            until=row.until,
            delegated_by_id=row.delegated_by_id,
        )
        for row in rows
    )
    end_assignments(RoleAssignment.objects.filter(office=old), since)
    return len(rows)
