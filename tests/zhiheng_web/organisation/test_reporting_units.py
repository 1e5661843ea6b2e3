"""County bureaus and outside units: made, named, closed by the system administrator; an account enters for one of them only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from zhiheng.plan.procedure import Role
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.actions.assign_role import assign_role
from zhiheng_web.organisation.actions.close_reporting_unit import close_reporting_unit
from zhiheng_web.organisation.actions.create_reporting_unit import create_reporting_unit
from zhiheng_web.organisation.actions.delegate_role import delegate_role
from zhiheng_web.organisation.actions.edit_reporting_unit import edit_reporting_unit
from zhiheng_web.organisation.models import ReportingUnit, RoleAssignment
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.uscc import valid

AsViewer = Callable[[str], Viewer]
# GB/T 2260-2007 with changes to 2020: the three districts and nine counties of Linyi
LINYI = "371302 371311 371312 371321 371322 371323 371324 371325 371326 371327 371328 371329"


def test_the_demonstration_has_the_counties_of_linyi_and_one_firm(organisation: Demonstrated) -> None:
    rows = ReportingUnit.objects.filter(department__code="331")
    assert sorted(rows.filter(kind="county").values_list("division_code", flat=True)) == LINYI.split()
    firm = rows.get(kind="outside")
    assert valid(firm.uscc)
    held = viewer_of(organisation.accounts["yinan"], date(2020, 1, 10)).held
    assert [(one.role, one.reporter) for one in held] == [(Role.REPORTER, organisation.reporters["沂南县科学技术局"].pk)]


def test_made_edited_and_closed_with_its_roles(organisation: Demonstrated, viewer: AsViewer) -> None:
    admin = viewer("sysadmin")
    department = organisation.departments["331"].pk
    row = create_reporting_unit(admin, department, "高新区科技局", "county", "371300")
    assert row.department_id == department
    edited = edit_reporting_unit(admin, row.pk, "高新区科学技术局", "county", "371399")
    assert (edited.name, edited.division_code) == ("高新区科学技术局", "371399")
    assignment = assign_role(viewer("secadmin"), organisation.accounts["qiye"].pk, Role.REPORTER, timezone.localdate(), reporter=edited)
    close_reporting_unit(admin, row.pk, timezone.localdate())
    assignment.refresh_from_db()
    assert assignment.until == timezone.localdate()
    with pytest.raises(Refusal):
        close_reporting_unit(admin, row.pk, timezone.localdate())


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("兰山区科学技术局", "county", "371302"), "name"),
        (("某县科技局", "county", ""), "division_code"),
        (("某县科技局", "county", "3713"), "division_code"),
        (("某公司", "outside", "", "91371302MA3RHKY011"), "uscc"),
    ],
)
def test_wrong_words_are_refused_at_their_field(organisation: Demonstrated, viewer: AsViewer, words: tuple[str, ...], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        create_reporting_unit(viewer("sysadmin"), organisation.departments["331"].pk, *words)
    assert list(refused.value.fields) == [field]


def test_others_may_not(organisation: Demonstrated, viewer: AsViewer) -> None:
    row = organisation.reporters["兰山区科学技术局"]
    for name in ("jixiao", "lanshan", "jingban"):
        with pytest.raises((Absent, Forbidden)):
            edit_reporting_unit(viewer(name), row.pk, "别名", "county", "371302")
    for name in ("secadmin", "auditadmin"):
        with pytest.raises(Forbidden):
            close_reporting_unit(viewer(name), row.pk, timezone.localdate())


def test_the_role_names_its_reporting_unit_and_no_other_role_does(organisation: Demonstrated, viewer: AsViewer) -> None:
    admin, account = viewer("secadmin"), organisation.accounts["qiye"].pk
    county = organisation.reporters["兰山区科学技术局"]
    today = timezone.localdate()
    with pytest.raises(Invalid):
        assign_role(admin, account, Role.REPORTER, today)
    with pytest.raises(Invalid):
        assign_role(admin, account, Role.FILLER, today, reporter=county)
    assign_role(admin, account, Role.REPORTER, today, reporter=county)
    with pytest.raises(Refusal):
        assign_role(admin, account, Role.REPORTER, today, reporter=county)


def test_what_is_lent_stays_bound_to_the_reporting_unit(organisation: Demonstrated) -> None:
    today = timezone.localdate()
    own = RoleAssignment.objects.get(account=organisation.accounts["lanshan"])
    lent = delegate_role(viewer_of(organisation.accounts["lanshan"], today), own.pk, "yinan", today, today.replace(year=today.year + 1))
    assert lent.reporter == own.reporter
    assert all(held.reporter is not None for held in viewer_of(organisation.accounts["yinan"], today).held)


def test_the_pages(organisation: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    department = organisation.departments["331"]
    page = signed_in("sysadmin").get(f"/organisation/{department.pk}/")
    assert "蒙阴县科学技术局" in page.content.decode()
    client = signed_in("sysadmin")
    row = organisation.reporters["蒙阴县科学技术局"]
    words = {"name": "蒙阴县科技局", "kind": "county", "division_code": "371328", "uscc": ""}
    client.post(f"/organisation/{department.pk}/edit-reporting-unit/{row.pk}/", words)
    row.refresh_from_db()
    assert row.name == "蒙阴县科技局"
    roles = signed_in("secadmin").get(f"/accounts/{organisation.accounts['lanshan'].pk}/roles/")
    assert "兰山区科学技术局" in roles.content.decode()
