"""职责划转 and 科室合并: history follows the duty, closed years stay as they were (pitfall 56)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from zhiheng.plan.procedure import Role, State
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.models import Account, Office, Unit
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.actions.merge_offices import merge_offices
from zhiheng_web.planning.actions.transfer_duty import transfer_duty
from zhiheng_web.planning.models import Duty, DutyHolding, Indicator, IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.policies import offices_of, visible_versions
from zhiheng_web.planning.queries.duties import holder_at
from zhiheng_web.planning.versions import load, version_digest
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

SINCE = date(2021, 7, 1)


@pytest.fixture
def places(organisation: Demonstrated) -> dict[str, Office]:
    return {office.name: office for office in Office.objects.filter(unit__department__code="331").select_related("unit__department")}


def test_a_duty_moves_on_a_day_and_the_closed_year_stays(
    linyi: TableVersion, viewer: Callable[[str], Viewer], places: dict[str, Office]
) -> None:
    TableVersion.objects.filter(pk=linyi.pk).update(state=State.APPROVED)
    duty = Duty.objects.get(name="科技创新产业培育")
    old, new = places["高新技术科"], places["规划与资金管理科"]
    digest, rows = version_digest(load(linyi)), IndicatorRow.objects.filter(version=linyi).count()
    transfer_duty(viewer("jixiao"), duty.pk, new.unit, new, SINCE, "临编办〔2021〕5号")
    held = [holder_at(duty, day).office for day in (date(2020, 12, 31), date(2021, 6, 30), SINCE, date(2030, 1, 1))]
    assert held == [old, old, new, new]
    offices = [offices_of([duty.pk], year)[duty.pk] for year in (2019, 2020, 2021, 2022)]
    assert offices == [{old.pk}, {old.pk}, {old.pk, new.pk}, {new.pk}]
    linyi.refresh_from_db()
    assert (version_digest(load(linyi)), IndicatorRow.objects.filter(version=linyi).count()) == (digest, rows)
    assert Indicator.objects.filter(duty=duty).exists(), "its indicators are still its own"
    record = TrailRecord.objects.get(action="planning.transfer_duty")
    assert (record.details["from"], record.details["to"], record.details["document"]) == (
        "高新技术科",
        "规划与资金管理科",
        "临编办〔2021〕5号",
    )


def test_no_day_of_a_closed_year_and_none_before_the_holder_began(
    linyi: TableVersion, viewer: Callable[[str], Viewer], places: dict[str, Office]
) -> None:
    TableVersion.objects.filter(pk=linyi.pk).update(state=State.APPROVED)
    duty, new = Duty.objects.get(name="科技创新产业培育"), places["办公室"]
    for day in (date(2019, 12, 31), date(2015, 1, 1)):
        with pytest.raises(Invalid):
            transfer_duty(viewer("jixiao"), duty.pk, new.unit, new, day)
    assert DutyHolding.objects.filter(duty=duty).count() == 1
    transfer_duty(viewer("jixiao"), duty.pk, new.unit, new, date(2020, 7, 1))


def test_within_the_department_by_its_officer_across_departments_by_the_system_administrator(
    organisation: Demonstrated, viewer: Callable[[str], Viewer], places: dict[str, Office]
) -> None:
    duty, finance = Duty.objects.get(name="科技创新产业培育"), organisation.units["101001"]
    for name in ("jingban", "kezhang", "juzhang", "czjixiao", "shenji", "secadmin"):
        with pytest.raises((Forbidden, Absent)):
            transfer_duty(viewer(name), duty.pk, places["办公室"].unit, places["办公室"], SINCE)
    with pytest.raises(Forbidden):
        transfer_duty(viewer("jixiao"), duty.pk, finance, None, SINCE)
    transfer_duty(viewer("sysadmin"), duty.pk, finance, None, SINCE, "机构改革方案")
    now = holder_at(duty, SINCE)
    assert (now.department, now.unit, now.office) == (finance.department, finance, None)
    assert Duty.objects.get(pk=duty.pk).department.code == "331", "its history stays under the department that had it"


def test_the_same_hands_a_closed_office_or_one_elsewhere_are_refused(
    organisation: Demonstrated, viewer: Callable[[str], Viewer], places: dict[str, Office]
) -> None:
    duty, old, centre = Duty.objects.get(name="科技创新产业培育"), places["高新技术科"], Unit.objects.get(code="331002")
    with pytest.raises(Invalid, match="本来就"):
        transfer_duty(viewer("jixiao"), duty.pk, old.unit, old, SINCE)
    with pytest.raises(Invalid, match="不属于"):
        transfer_duty(viewer("jixiao"), duty.pk, centre, old, SINCE)
    Office.objects.filter(pk=places["办公室"].pk).update(closed_on=SINCE)
    with pytest.raises(Refusal, match="已撤销"):
        transfer_duty(viewer("jixiao"), duty.pk, old.unit, Office.objects.get(name="办公室"), SINCE)


def test_an_office_that_handed_over_on_the_first_of_january_has_no_part_in_the_new_year(
    linyi: TableVersion, viewer: Callable[[str], Viewer], organisation: Demonstrated, places: dict[str, Office]
) -> None:
    PerformanceTable.objects.filter(pk=linyi.table_id).update(unit=organisation.units["331002"])
    duty, old = Duty.objects.get(name="科技创新产业培育"), places["高新技术科"]
    DutyHolding.objects.exclude(duty=duty).delete()
    ends = {date(2020, 1, 1): False, date(2020, 1, 2): True, date(2020, 2, 1): True, date(2021, 1, 1): True, None: True}
    for until, part in ends.items():
        DutyHolding.objects.filter(duty=duty).update(office=old, until=until)
        assert visible_versions(viewer("jingban")).filter(pk=linyi.pk).exists() is part, until
        assert (old.pk in offices_of([duty.pk], 2020).get(duty.pk, ())) is part


def test_a_merged_office_takes_its_duties_and_people_along(
    linyi: TableVersion, viewer: Callable[[str], Viewer], places: dict[str, Office]
) -> None:
    old, new = places["科技合作科"], places["高新技术科"]
    digest = version_digest(load(linyi))
    with pytest.raises((Forbidden, Absent)):
        merge_offices(viewer("jixiao"), new.pk, old.pk, SINCE)
    merge_offices(viewer("sysadmin"), new.pk, old.pk, SINCE, "三定规定")
    duty = Duty.objects.get(name="科技创新产业培育")
    assert [holder_at(duty, day).office for day in (date(2021, 6, 30), SINCE)] == [new, old]
    closed = Office.objects.get(pk=new.pk)
    assert (closed.closed_on, closed.merged_into) == (SINCE, old)
    filler = Account.objects.get(username="jingban")
    held = {day: {row.office for row in viewer_of(filler, day).held} for day in (date(2021, 6, 30), SINCE)}
    assert held == {date(2021, 6, 30): {new.pk}, SINCE: {old.pk}} and Role.FILLER in viewer_of(filler, SINCE).roles
    assert version_digest(load(linyi)) == digest
    with pytest.raises(Refusal):
        merge_offices(viewer("sysadmin"), new.pk, old.pk, SINCE)


def test_the_pages_hand_over_and_merge(organisation: Demonstrated, signed_in: Callable[[str], Client], places: dict[str, Office]) -> None:
    duty, new = Duty.objects.get(name="科技创新产业培育"), places["办公室"]
    client = signed_in("jixiao")
    assert "科技创新产业培育" in client.get("/duties/").content.decode()
    sent = {"unit": new.unit_id, "office": new.pk, "since": "2021-07-01", "document": "文"}
    assert client.post(f"/duties/{duty.pk}/", {**sent, "since": "2014-01-01"}).status_code == 400
    assert client.post(f"/duties/{duty.pk}/", sent).status_code == 302
    assert signed_in("jingban").post(f"/duties/{duty.pk}/", sent).status_code == 403
    merging = {"into": new.pk, "since": "2022-01-01"}
    assert signed_in("sysadmin").post(f"/offices/{places['农村科技科'].pk}/merge/", merging).status_code == 302
    assert Office.objects.get(name="农村科技科").merged_into == new


def test_a_duty_that_came_in_with_a_table_goes_to_its_first_office_from_the_beginning(
    organisation: Demonstrated, viewer: Callable[[str], Viewer], places: dict[str, Office]
) -> None:
    unit, began = organisation.units["331001"], date(2020, 1, 1)
    duty = Duty.objects.create(department=unit.department, code="90", name="新职责")
    DutyHolding.objects.create(duty=duty, department=unit.department, unit=unit, since=began)
    transfer_duty(viewer("jixiao"), duty.pk, unit, places["办公室"], began)
    assert [(row.office, row.since, row.until) for row in duty.holdings.all()] == [(places["办公室"], began, None)]
    record = TrailRecord.objects.get(action="planning.transfer_duty")
    assert (record.details["from"], record.details["to"]) == (unit.name, "办公室")
    with pytest.raises(Invalid, match="须晚于"):  # from now on an office holds it: it can only be handed over
        transfer_duty(viewer("jixiao"), duty.pk, unit, places["农村科技科"], began)


def test_the_form_offers_no_office_of_another_department(
    organisation: Demonstrated, signed_in: Callable[[str], Client], places: dict[str, Office]
) -> None:
    address = f"/duties/{Duty.objects.get(name='科技创新产业培育').pk}/"
    own = signed_in("jixiao").get(address).content.decode()
    assert "农村科技科" in own
    assert "临沂市财政局" not in own
    assert "临沂市财政局" in signed_in("sysadmin").get(address).content.decode()
