"""职责划转: a duty goes to another office, unit or department on a day. History follows the duty; closed years stay."""

from __future__ import annotations

from copy import copy
from datetime import date
from uuid import UUID

from zhiheng.plan.procedure import ONCE_APPROVED
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.models import Office, Unit
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import DutyHolding, TableVersion
from zhiheng_web.planning.policies import visible_duties
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

SAME = Text("{duty}本来就由该科室（单位）承担。", "{duty} is with them already.")
BEFORE_HELD = Text("划转日期须晚于现承担科室开始承担的日期（{since}）。", "The day must be after the present holder began ({since}).")
CLOSED_YEAR = Text(
    "{year}年度目标已批复，此前年度不再变动：划转日期不能早于 {year}-01-01。",
    "The goals of {year} are approved and the years before stay as they are: not before {year}-01-01.",
)
CLOSED_OFFICE = Text("{office}已撤销或即将撤销，不能承担职责。", "{office} is closed or closing and cannot take a duty.")
ELSEWHERE = Text("该科室不属于所选单位。", "The office is not of that unit.")


@action("planning.transfer_duty")
def transfer_duty(viewer: Viewer, duty: UUID, unit: Unit, office: Office | None, since: date, document: str = "") -> Done[DutyHolding]:
    """Close the present holding on ``since`` and open one of ``unit`` (of ``office`` in it; None: of the whole unit)."""
    found = visible_duties(viewer).select_for_update(of=("self",), no_key=True).filter(pk=duty).first()
    holding = found.holdings.select_related("unit", "office").filter(until__isnull=True).first() if found is not None else None
    if found is None or holding is None:
        raise absent(Text("该职责", "this duty"))
    authorise(viewer, "planning.transfer_duty", Scope(holding.department_id, holding.unit_id))
    authorise(viewer, "planning.transfer_duty", Scope(unit.department_id, unit.pk))
    check_transfer(holding, unit, office, since)
    before = copy(holding)
    return _written(before, move_holding(holding, unit, office, since, document))


def check_transfer(holding: DutyHolding, unit: Unit, office: Office | None, since: date) -> None:
    """Refuse a handover to the same hands, to a closed office, before the present holder began, or in a closed year."""
    if office is not None and office.unit_id != unit.pk:
        raise Invalid("office_elsewhere", ELSEWHERE, {"office": ELSEWHERE})
    if office is not None and office.closed_on is not None:
        raise Refusal("office_closed", CLOSED_OFFICE.with_(office=office.name))
    if (holding.unit_id, holding.office_id) == (unit.pk, office.pk if office else None):
        raise Invalid("same_holder", SAME.with_(duty=holding.duty.name))
    if since < holding.since or (since == holding.since and not _first_office(holding, unit, office)):
        text = BEFORE_HELD.with_(since=holding.since.isoformat())
        raise Invalid("before_held", text, {"since": text})
    settled = TableVersion.objects.filter(table__unit=holding.unit_id, state__in=ONCE_APPROVED)
    year = settled.order_by("-table__year").values_list("table__year", flat=True).first()
    if year is not None and since < date(year, 1, 1):
        text = CLOSED_YEAR.with_(year=year)
        raise Invalid("closed_year", text, {"since": text})


def _first_office(holding: DutyHolding, unit: Unit, office: Office | None) -> bool:
    """Whether the duty, held by the whole unit so far, goes to one of its offices: that may hold from the unit's first day."""
    return holding.office_id is None and office is not None and holding.unit_id == unit.pk


def move_holding(holding: DutyHolding, unit: Unit, office: Office | None, since: date, document: str) -> DutyHolding:
    """Write the handover; from the unit's own first day its office holds it from the beginning."""
    if since == holding.since:
        holding.office, holding.document = office, document or holding.document
        holding.save(update_fields=["office", "document"])
        return holding
    holding.until = since
    holding.save(update_fields=["until"])
    return DutyHolding.objects.create(
        duty=holding.duty, department=unit.department, unit=unit, office=office, since=since, document=document
    )


def _written(old: DutyHolding, new: DutyHolding) -> Done[DutyHolding]:
    return Done(
        new,
        "planning.Duty",
        str(new.duty_id),
        new.duty.name,
        str(old.department_id),
        before=digest_of([f"{old.unit_id} {old.office_id} {old.since}"]),
        after=digest_of([f"{new.unit_id} {new.office_id} {new.since}"]),
        details={
            "from": str(old.office or old.unit),
            "to": str(new.office or new.unit),
            "to_department": str(new.department_id),
            "since": new.since.isoformat(),
            "document": new.document,
        },
    )
