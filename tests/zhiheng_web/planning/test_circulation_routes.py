"""Routes as data of a department, unit tables that end within it, the roll-up, deadlines, and locked versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.zhiheng_web.planning.travelling import Who, mended, say, walk

from zhiheng.plan.procedure import DEFAULT_ROUTE, UNIT_ROUTE, Checkpoint, Outcome, Role, State
from zhiheng.plan.route import from_json
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.calendar import add_days
from zhiheng_web.organisation.models import Account, RoleAssignment
from zhiheng_web.planning.actions.edit_route import edit_route
from zhiheng_web.planning.actions.import_table import import_table
from zhiheng_web.planning.actions.submit_table import submit_table
from zhiheng_web.planning.circulation.standing import route_for, standing
from zhiheng_web.planning.models import Circulation, Duty, DutyHolding, Route, TableVersion
from zhiheng_web.planning.queries.inbox import Wanted, inbox, waiting
from zhiheng_web.planning.queries.rollup import rollup_of
from zhiheng_web.planning.versions import load
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Refusal

EXTRA = Checkpoint("accounting", "财务科会签", "Accounting", Role.PERFORMANCE_OFFICER, days=3)


@pytest.fixture
def ready(linyi: TableVersion, organisation: Demonstrated) -> TableVersion:
    return mended(linyi, organisation.accounts["jixiao"])


def test_a_department_edits_its_own_checkpoints_and_nothing_under_way_changes(
    ready: TableVersion, organisation: Demonstrated, viewer: Who
) -> None:
    department = organisation.departments["331"].pk
    submit_table(viewer("jingban"), ready.pk)
    shorter = [DEFAULT_ROUTE[0], replace(DEFAULT_ROUTE[1], days=5, working=False), *DEFAULT_ROUTE[4:]]
    edit_route(viewer("jixiao"), department, "department", shorter, edits=0)
    assert from_json(Circulation.objects.get().checkpoints) == DEFAULT_ROUTE
    table = TableVersion.objects.select_related("table__unit").get(pk=ready.pk).table
    assert list(route_for(table)) == shorter
    with pytest.raises(Conflict):
        edit_route(viewer("jixiao"), department, "department", DEFAULT_ROUTE, edits=0)
    edit_route(viewer("jixiao"), department, "department", DEFAULT_ROUTE, edits=1)
    assert route_for(table) == DEFAULT_ROUTE


def test_neither_side_touches_the_checkpoints_of_the_other(organisation: Demonstrated, viewer: Who) -> None:
    department = organisation.departments["331"].pk
    for route in (DEFAULT_ROUTE[:6], [*DEFAULT_ROUTE[:5], DEFAULT_ROUTE[6]], [*DEFAULT_ROUTE[:6], replace(DEFAULT_ROUTE[6], requires=())]):
        with pytest.raises((Forbidden, Refusal)):
            edit_route(viewer("jixiao"), department, "department", list(route), edits=0)
    with pytest.raises(Forbidden):
        edit_route(viewer("czjixiao"), department, "department", DEFAULT_ROUTE[4:], edits=0)
    outside = [*DEFAULT_ROUTE[:5], replace(DEFAULT_ROUTE[5], days=10), DEFAULT_ROUTE[6]]
    assert edit_route(viewer("czjixiao"), department, "department", outside, edits=0).department_id == department
    for username in ("jingban", "kezhang", "fenguan", "juzhang", "czyewu", "shenji", "sysadmin"):
        with pytest.raises(Forbidden):
            edit_route(viewer(username), department, "department", outside, edits=1)
    with pytest.raises(Forbidden):
        edit_route(viewer("jixiao"), None, "department", DEFAULT_ROUTE[1:], edits=0)
    edit_route(viewer("czjixiao"), None, "department", DEFAULT_ROUTE[1:], edits=0)
    assert Route.objects.count() == 2


def test_the_time_of_a_checkpoint_is_counted_by_the_calendar(ready: TableVersion, organisation: Demonstrated, viewer: Who) -> None:
    route = [replace(DEFAULT_ROUTE[0], days=5, working=True), replace(DEFAULT_ROUTE[1], days=5, working=False), *DEFAULT_ROUTE[2:]]
    edit_route(viewer("jixiao"), organisation.departments["331"].pk, "department", route, edits=0)
    today = timezone.localdate()
    assert submit_table(viewer("jingban"), ready.pk).due_on == add_days(today, 5, working=True)
    say(viewer("kezhang"), ready, Outcome.AGREE)
    assert Circulation.objects.get().due_on == today + timedelta(days=5)
    say(viewer("jixiao"), ready, Outcome.AGREE)
    assert Circulation.objects.get().due_on is None


def test_the_page_of_routes_saves_what_it_shows(organisation: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    sent: dict[str, Any] = {"edits": "0", "rows": "9"}
    for index, entry in enumerate(DEFAULT_ROUTE):
        if entry.outside:
            sent |= {f"order-{index}": str(index + 1), f"fixed-{index}": str(index + 1)}
        else:
            sent |= {f"order-{index}": str(index + 1), f"code-{index}": entry.code, f"zh-{index}": entry.zh, f"en-{index}": entry.en}
            sent |= {f"role-{index}": entry.role.value, f"requires-{index}": list(entry.requires), f"working-{index}": "1"}
            sent |= {f"by_office-{index}": "1"} if entry.by_office else {}
    sent |= {"order-7": "2", "zh-7": EXTRA.zh, "en-7": EXTRA.en, "role-7": "performance_officer", "days-7": "3", "working-7": "1"}
    client = signed_in("jixiao")
    assert client.post(reverse("planning:routes"), sent).status_code == 302
    route = Route.objects.get()
    assert [row.name_zh for row in route.checkpoints.all()][:4] == ["科室负责人审核", "绩效管理员审核", EXTRA.zh, "分管领导审签"]
    page = client.get(reverse("planning:routes")).content.decode()
    assert EXTRA.en in page
    assert signed_in("jingban").get(reverse("planning:routes")).status_code in (403, 404)


@pytest.fixture
def of_unit(linyi: TableVersion, organisation: Demonstrated, viewer: Who) -> TableVersion:
    """A table of the subordinate unit, with a head of section and a filler of its own."""
    for username, role in (("wangzhongxin", "filler"), ("lizhuren", "section_head")):
        organisation.accounts[username] = Account.objects.create_user(username, username, "x")
        RoleAssignment.objects.create(
            account=organisation.accounts[username], role=role, unit=organisation.units["331002"], since="2015-01-01"
        )
    version = import_table(viewer("jixiao"), organisation.units["331002"], load(linyi).table, kind="unit", year=2020)
    return mended(version, organisation.accounts["wangzhongxin"])


def test_a_units_table_is_reviewed_by_its_department_and_ends_there(of_unit: TableVersion, organisation: Demonstrated, viewer: Who) -> None:
    assert route_for(TableVersion.objects.select_related("table__unit").get(pk=of_unit.pk).table) == UNIT_ROUTE
    submit_table(viewer("wangzhongxin"), of_unit.pk)
    with pytest.raises((Forbidden, Absent)):  # the head of another unit's sections
        say(viewer("kezhang"), of_unit, Outcome.AGREE)
    say(viewer("lizhuren"), of_unit, Outcome.AGREE)
    say(viewer("jixiao"), of_unit, Outcome.AGREE)
    with pytest.raises(Refusal):
        say(viewer("fenguan"), of_unit, Outcome.AGREE)
    say(viewer("fenguan"), of_unit, Outcome.AGREE, document="临科字〔2020〕3号")
    of_unit.refresh_from_db()
    assert (of_unit.state, of_unit.approval_number) == (State.APPROVED, "临科字〔2020〕3号")


def test_the_roll_up_counts_once_and_leaves_out_what_is_pending(
    ready: TableVersion, of_unit: TableVersion, organisation: Demonstrated, viewer: Who, signed_in: Callable[[str], Client]
) -> None:
    department = organisation.departments["331"].pk
    before = rollup_of(viewer("jixiao"), department, 2020)
    assert (before.total, before.of_units, len(before.indicators), before.complete) == (None, None, 0, False)
    assert before.pending is not None
    submit_table(viewer("wangzhongxin"), of_unit.pk)
    say(viewer("lizhuren"), of_unit, Outcome.AGREE)
    say(viewer("jixiao"), of_unit, Outcome.AGREE)
    say(viewer("fenguan"), of_unit, Outcome.AGREE, document="3号")
    TableVersion.objects.filter(pk=of_unit.pk).update(total=Decimal("7640000"))
    walk(viewer, ready)
    after = rollup_of(viewer("jixiao"), department, 2020)
    rows = [load(version).rows for version in (ready, of_unit)]
    identities = {row.indicator_id for group in rows for row in group}
    assert (len(after.indicators), after.listed) == (len(identities), sum(map(len, rows)))
    assert after.twice == len(rows[0]) + len(rows[1]) - len(identities) > 0
    assert after.duties == Duty.objects.filter(rows__version__in=[ready, of_unit]).distinct().count() == 11
    assert (after.total, after.of_units, after.complete, after.difference) == (Decimal("53640000"), Decimal("7640000"), False, None)
    page = signed_in("jixiao").get(reverse("planning:rollup", args=[department, 2020]))
    assert page.status_code == 200
    assert "764" in page.content.decode()
    assert signed_in("sysadmin").get(reverse("planning:rollup", args=[department, 2020])).status_code == 404


def test_the_inbox_holds_exactly_what_its_viewer_may_decide(
    ready: TableVersion, of_unit: TableVersion, organisation: Demonstrated, viewer: Who, django_assert_num_queries: Any
) -> None:
    submit_table(viewer("jingban"), ready.pk)
    submit_table(viewer("wangzhongxin"), of_unit.pk)
    for username in organisation.accounts:
        who = viewer(username)
        expected = {
            run.version_id for run in Circulation.objects.select_related("version__table__unit") if standing(run.version).waits_for(who)
        }
        assert {row.version.pk for row in waiting(who)} == expected, username
    assert {row.version.pk for row in waiting(viewer("kezhang"))} == {ready.pk}
    assert {row.version.pk for row in waiting(viewer("lizhuren"))} == {of_unit.pk}
    say(viewer("kezhang"), ready, Outcome.AGREE)
    say(viewer("lizhuren"), of_unit, Outcome.AGREE)
    found = inbox(viewer("jixiao"), Wanted(sort="amount"))
    assert [item.version.pk for item in found.items] and found.total == 2
    assert inbox(viewer("jixiao"), Wanted(kind="unit")).total == 1
    assert inbox(viewer("jixiao"), Wanted(year=2019)).total == 0


def test_a_section_head_elsewhere_sees_the_table_that_has_a_duty_of_his_office(
    ready: TableVersion, organisation: Demonstrated, viewer: Who
) -> None:
    holding = DutyHolding.objects.get(duty__name="科技创新服务")
    organisation.accounts["lizhuren"] = Account.objects.create_user("lizhuren", "主任", "x")
    RoleAssignment.objects.create(
        account=organisation.accounts["lizhuren"], role="section_head", unit=holding.unit, office=holding.office, since="2015-01-01"
    )
    submit_table(viewer("jingban"), ready.pk)
    assert [row.version.pk for row in waiting(viewer("lizhuren"))] == [ready.pk]
    say(viewer("lizhuren"), ready, Outcome.AGREE)
    assert waiting(viewer("lizhuren")) == []
    DutyHolding.objects.filter(pk=holding.pk).update(until="2019-06-01")
    with pytest.raises(Absent):  # handed over before the year: no longer theirs to see
        say(viewer("lizhuren"), ready, Outcome.AGREE)
