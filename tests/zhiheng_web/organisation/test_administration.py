"""Accounts, roles, substitutes and offices: who may, what is refused, what stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from zhiheng.plan.procedure import ADMINISTRATORS, Role
from zhiheng_web.demonstration.organisation import PASSWORD, Demonstrated
from zhiheng_web.organisation.actions.assign_role import assign_role
from zhiheng_web.organisation.actions.close_office import close_office
from zhiheng_web.organisation.actions.create_account import create_account
from zhiheng_web.organisation.actions.create_department import create_department
from zhiheng_web.organisation.actions.create_first_administrator import create_first_administrator
from zhiheng_web.organisation.actions.deactivate_account import deactivate_account
from zhiheng_web.organisation.actions.delegate_role import delegate_role
from zhiheng_web.organisation.actions.end_delegation import end_delegation
from zhiheng_web.organisation.actions.end_role import end_role
from zhiheng_web.organisation.actions.rename_office import rename_office
from zhiheng_web.organisation.actions.reset_password import reset_password
from zhiheng_web.organisation.models import Account, ApiToken, Office, RoleAssignment
from zhiheng_web.organisation.operator import OPERATOR
from zhiheng_web.organisation.queries.structure import name_at
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.trail.action import ACTIONS, Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.chain import verify
from zhiheng_web.trail.models import TrailRecord

TODAY = timezone.localdate()
Viewing = Callable[[str], Viewer]


@pytest.fixture
def now(organisation: Demonstrated) -> Viewing:
    """A viewer as of today."""
    return lambda username: viewer_of(Account.objects.get(username=username), timezone.localdate(), "127.0.0.1")


def roles_of(username: str, day: date = TODAY) -> set[Role]:
    return set(viewer_of(Account.objects.get(username=username), day).roles)


# --- the three administrators ---


def test_each_administrator_does_their_own_work_and_no_other(now: Viewing, organisation: Demonstrated) -> None:
    account, password = create_account(now("sysadmin"), "xinren", "新人")
    assert account.check_password(password) and account.must_change_password and roles_of("xinren") == set()
    for other in ("secadmin", "auditadmin", "jixiao", "juzhang", "czjixiao", "shenji"):
        with pytest.raises(Forbidden):
            create_account(now(other), f"x-{other}", "某人")
    for other in ("sysadmin", "auditadmin", "jixiao", "juzhang"):
        with pytest.raises((Forbidden, Absent)):
            assign_role(now(other), account.pk, Role.FILLER, TODAY)
    assign_role(now("secadmin"), account.pk, Role.FILLER, TODAY, unit=organisation.units["331001"])
    assert roles_of("xinren") == {Role.FILLER}


@pytest.mark.parametrize("first", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("second", sorted(ADMINISTRATORS))
def test_nobody_holds_two_of_the_three(now: Viewing, first: Role, second: Role) -> None:
    account, _ = create_account(now("sysadmin"), "xinren", "新人")
    assign_role(now("secadmin"), account.pk, first, TODAY, TODAY + timedelta(days=10))
    later = TODAY + timedelta(days=5)
    with pytest.raises(Refusal) as refused:
        assign_role(now("secadmin"), account.pk, second, later)
    assert refused.value.code == ("held_already" if first == second else "separated")
    assign_role(now("secadmin"), account.pk, second, TODAY + timedelta(days=10))  # one after the other is no clash


def test_nobody_gives_themselves_a_role(now: Viewing) -> None:
    with pytest.raises(Refusal, match="自己"):
        assign_role(now("secadmin"), Account.objects.get(username="secadmin").pk, Role.HEAD, TODAY)


def test_the_security_administrator_of_a_department_stays_within_it(now: Viewing, organisation: Demonstrated) -> None:
    other = create_department(now("sysadmin"), "332", "临沂市工业和信息化局", "department")
    account, _ = create_account(now("sysadmin"), "keji", "科技安全员")
    assign_role(now("secadmin"), account.pk, Role.SECURITY_ADMINISTRATOR, TODAY, department=organisation.departments["331"])
    inside = Account.objects.get(username="jingban").pk
    assign_role(now("keji"), inside, Role.SECTION_HEAD, TODAY, unit=organisation.units["331002"])
    for bounds in ({}, {"department": other}, {"unit": organisation.units["101001"]}):
        with pytest.raises(Forbidden):
            assign_role(now("keji"), inside, Role.PERFORMANCE_OFFICER, TODAY, **bounds)
    with pytest.raises(Absent):
        assign_role(now("keji"), Account.objects.get(username="czjixiao").pk, Role.FILLER, TODAY, unit=organisation.units["331001"])


def test_the_last_administrator_cannot_be_removed(now: Viewing) -> None:
    row = RoleAssignment.objects.get(account__username="auditadmin")
    with pytest.raises(Refusal, match="最后一位"):
        end_role(now("secadmin"), row.pk, TODAY)
    account, _ = create_account(now("sysadmin"), "audit2", "审计管理员二")
    assign_role(now("secadmin"), account.pk, Role.AUDIT_ADMINISTRATOR, TODAY)
    end_role(now("secadmin"), row.pk, TODAY)
    assert roles_of("auditadmin") == set() and roles_of("audit2") == {Role.AUDIT_ADMINISTRATOR}


def test_an_administrator_cannot_reset_anothers_password(now: Viewing) -> None:
    for name in ("secadmin", "auditadmin", "sysadmin"):
        with pytest.raises(Refusal, match="命令"):
            reset_password(now("sysadmin"), Account.objects.get(username=name).pk)
    password = reset_password(now("sysadmin"), Account.objects.get(username="jingban").pk)
    assert Account.objects.get(username="jingban").check_password(password)
    reset_password(OPERATOR, Account.objects.get(username="secadmin").pk)


def test_the_first_administrators_are_made_by_command_once(db: None) -> None:
    with pytest.raises(Invalid):
        create_first_administrator(OPERATOR, "weak", "弱", "password")
    for number, role in enumerate(sorted(ADMINISTRATORS)):
        account, password = create_first_administrator(OPERATOR, f"admin{number}", f"管理员{number}", None, role)
        assert account.check_password(password) and account.must_change_password
        with pytest.raises(Refusal, match="已有"):
            create_first_administrator(OPERATOR, "again", "又一个", None, role)
    with pytest.raises(Forbidden):
        create_first_administrator(viewer_of(account, TODAY), "again", "又一个")
    assert list(verify()) == []


# --- a person leaves ---


def test_who_leaves_loses_all_at_once_and_their_open_work_is_listed(now: Viewing, linyi: TableVersion, signed_in) -> None:
    client = Client()
    client.post("/login/", {"username": "jixiao", "password": PASSWORD})
    token = ApiToken.objects.create(
        account=Account.objects.get(username="jixiao"), name="t", digest="0" * 64, scopes="read", expires_at=timezone.now()
    )
    deactivate_account(now("sysadmin"), Account.objects.get(username="jixiao").pk, TODAY)
    assert client.get("/account/").status_code == 302
    assert roles_of("jixiao") == set() and Client().post("/login/", {"username": "jixiao", "password": PASSWORD}).status_code == 400
    token.refresh_from_db()
    assert token.revoked_at is not None
    record = TrailRecord.objects.get(action="organisation.deactivate_account")
    assert record.details["left_on"] == TODAY.isoformat() and record.before != record.after
    assert TrailRecord.objects.get(action="planning.import_table").name == "绩效管理员", "what they did stays theirs"


def test_nobody_deactivates_themselves(now: Viewing) -> None:
    with pytest.raises(Refusal):
        deactivate_account(now("sysadmin"), Account.objects.get(username="sysadmin").pk, TODAY)


# --- substitutes ---


def test_a_substitute_holds_the_role_for_the_days_and_no_longer(now: Viewing) -> None:
    own = RoleAssignment.objects.get(account__username="juzhang")
    first, after = TODAY + timedelta(days=1), TODAY + timedelta(days=4)
    lent = delegate_role(now("juzhang"), own.pk, "fenguan", first, after)
    held = [Role.HEAD in roles_of("fenguan", TODAY + timedelta(days=n)) for n in range(6)]
    assert held == [False, True, True, True, False, False]
    assert all(Role.HEAD in roles_of("juzhang", TODAY + timedelta(days=n)) for n in range(6)), "the holder keeps it"
    with pytest.raises(Absent):
        end_delegation(now("fenguan"), lent.pk)
    end_delegation(now("juzhang"), lent.pk)
    assert not any(Role.HEAD in roles_of("fenguan", TODAY + timedelta(days=n)) for n in range(6))


def test_only_ones_own_role_is_lent_and_never_on_or_an_administrators(now: Viewing) -> None:
    head = RoleAssignment.objects.get(account__username="juzhang")
    until = TODAY + timedelta(days=3)
    with pytest.raises(Absent):
        delegate_role(now("fenguan"), head.pk, "jixiao", TODAY, until)
    lent = delegate_role(now("juzhang"), head.pk, "fenguan", TODAY, until)
    with pytest.raises(Refusal, match="不能再委托"):
        delegate_role(now("fenguan"), lent.pk, "jixiao", TODAY, until)
    with pytest.raises(Refusal, match="管理员"):
        delegate_role(now("secadmin"), RoleAssignment.objects.get(account__username="secadmin").pk, "jixiao", TODAY, until)
    with pytest.raises(Invalid):
        delegate_role(now("juzhang"), head.pk, "juzhang", TODAY, until)


def test_when_the_holder_loses_the_role_the_substitute_does_too(now: Viewing) -> None:
    head = RoleAssignment.objects.get(account__username="juzhang")
    delegate_role(now("juzhang"), head.pk, "fenguan", TODAY, TODAY + timedelta(days=30))
    end_role(now("secadmin"), head.pk, TODAY)
    assert Role.HEAD not in roles_of("fenguan") | roles_of("juzhang")


# --- offices ---


def test_a_renamed_office_keeps_its_old_name_for_the_days_before(now: Viewing, organisation: Demonstrated) -> None:
    office = Office.objects.get(unit=organisation.units["331001"], code="03")
    rename_office(now("sysadmin"), office.pk, "高新技术与产业科", date(2021, 3, 1))
    rename_office(now("sysadmin"), office.pk, "产业科技科", date(2023, 1, 1))
    office.refresh_from_db()
    days = [date(2020, 6, 1), date(2021, 2, 28), date(2021, 3, 1), date(2022, 12, 31), date(2023, 1, 1)]
    assert [name_at(office, day) for day in days] == ["高新技术科"] * 2 + ["高新技术与产业科"] * 2 + ["产业科技科"]
    with pytest.raises(Invalid):
        rename_office(now("sysadmin"), office.pk, "又改名", date(2022, 1, 1))


def test_an_office_with_duties_cannot_be_closed(now: Viewing, organisation: Demonstrated) -> None:
    office = Office.objects.get(unit=organisation.units["331001"], code="03")
    with pytest.raises(Refusal, match="科技创新产业培育"):
        close_office(now("sysadmin"), office.pk, TODAY)
    empty = Office.objects.get(unit=organisation.units["101001"], code="01")
    with pytest.raises((Forbidden, Absent)):
        close_office(now("jixiao"), empty.pk, TODAY)
    close_office(now("sysadmin"), empty.pk, TODAY)
    assert Office.objects.get(pk=empty.pk).closed_on == TODAY


# --- pages ---

PAGES = {
    "/accounts/": {"sysadmin", "secadmin", "auditadmin"},
    "/accounts/new/": {"sysadmin"},
    "/organisation/": {"sysadmin", "secadmin", "auditadmin"},
    "/organisation/new/": {"sysadmin"},
    "/trail/": {"auditadmin", "shenji", "jiwei"},
    "/calendar/": None,
    "/account/": None,
    "/account/tokens/": None,
    "/account/substitutes/": None,
    "/account/password/": None,
    "/account/second-factor/": None,
}


@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_to_those_whose_work_it_is(organisation: Demonstrated, signed_in: Callable[[str], Client], path: str) -> None:
    seen = {name for name in organisation.accounts if signed_in(name).get(path).status_code == 200}
    assert seen == (PAGES[path] if PAGES[path] is not None else set(organisation.accounts))


def test_buttons_work_end_to_end(organisation: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    system, security = signed_in("sysadmin"), signed_in("secadmin")
    page = system.post("/accounts/new/", {"username": "liu", "name": "刘某"})
    assert "只显示这一次" in page.content.decode()
    liu = Account.objects.get(username="liu")
    assert system.post("/accounts/new/", {"username": "LIU", "name": "另一人"}).status_code == 400
    sent = {"role": "filler", "unit": organisation.units["331001"].pk, "since": TODAY.isoformat()}
    assert system.post(f"/accounts/{liu.pk}/roles/", sent).status_code == 403
    assert security.post(f"/accounts/{liu.pk}/roles/", sent).status_code == 302
    assert roles_of("liu") == {Role.FILLER}
    row = liu.assignments.get()
    answer = security.post(f"/accounts/{liu.pk}/roles/{row.pk}/end/", {"last": (TODAY - timedelta(days=1)).isoformat()})
    assert answer.status_code == 302 and roles_of("liu") == set()
    assert security.post(f"/accounts/{liu.pk}/unlock/").status_code == 302
    assert "刘某" in system.get("/accounts/?q=liu").content.decode()
    assert system.post(f"/accounts/{liu.pk}/deactivate/", {"left_on": TODAY.isoformat()}).status_code == 302
    assert system.post(f"/accounts/{liu.pk}/reactivate/").status_code == 302
    department = organisation.departments["331"]
    address = f"/organisation/{department.pk}/new-office/{organisation.units['331001'].pk}/"
    assert system.post(address, {"code": "20", "name": "新科室"}).status_code == 302
    assert security.post(address, {"code": "21", "name": "又一科室"}).status_code == 403
    assert "新科室" in system.get(f"/organisation/{department.pk}/").content.decode()


def test_an_agency_sees_an_explanation_and_no_table(linyi: TableVersion, signed_in: Callable[[str], Client]) -> None:
    home = signed_in("jigou").get("/", follow=True)
    assert home.redirect_chain == [("/evaluations/", 302)]
    page = home.content.decode()
    assert "第三方机构只能看到委托给它的评价项目，目前没有委托给您的项目。" in page and linyi.table.unit.name not in page


def test_an_account_without_a_role_is_told_whom_to_ask(organisation: Demonstrated) -> None:
    Account.objects.create_user("new", "新人", PASSWORD)
    client = Client()
    client.post("/login/", {"username": "new", "password": PASSWORD})
    assert "请联系安全管理员授予角色" in client.get("/").content.decode()


def test_every_action_of_the_organisation_has_a_policy_and_words(organisation: Demonstrated) -> None:
    import importlib
    import pkgutil

    from zhiheng_web.organisation import actions as package
    from zhiheng_web.organisation.authority import ALL_POLICIES

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    mine = [name for name in ACTIONS if name.startswith("organisation.")]
    assert len(mine) >= 25
    for name in mine:
        text = ALL_POLICIES[name].text
        assert text.zh and text.en and text.zh != text.en
