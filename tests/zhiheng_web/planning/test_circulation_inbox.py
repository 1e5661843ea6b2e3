"""Finance with many tables: the inbox asks the database the same for 3 and for 30, filters, sorts, and one press goes through each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.zhiheng_web.planning.travelling import Who, mended, walk

from zhiheng.plan.procedure import DEFAULT_ROUTE, State
from zhiheng.plan.route import to_json
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.models import Department, RoleAssignment, Unit
from zhiheng_web.planning.models import Circulation, Decision, PerformanceTable, TableVersion
from zhiheng_web.planning.queries.inbox import SORTS, Wanted, inbox, next_for
from zhiheng_web.planning.versions import copy_version, load

AT_FINANCE = 5


def many(version: TableVersion, organisation: Demonstrated, number: int) -> list[TableVersion]:
    """Tables of so many further departments that wait at the finance bureau's business section."""
    loaded, made = load(version), []
    for index in range(number):
        code = f"4{Department.objects.count():02d}"
        department = Department.objects.create(code=code, name=f"部门{code}")
        unit = Unit.objects.create(department=department, code=f"{code}001", name=f"部门{code}", kind="headquarters")
        table = PerformanceTable.objects.create(unit=unit, kind="department", year=2020 if index % 2 else 2021)
        copied = copy_version(loaded, account=organisation.accounts["jixiao"], purpose="declaration", table=table)
        TableVersion.objects.filter(pk=copied.pk).update(state=State.CIRCULATING.value, total=1000 + index, unscored=True)
        Circulation.objects.create(
            version=copied,
            checkpoints=to_json(DEFAULT_ROUTE),
            position=AT_FINANCE,
            checkpoint_role="finance_business",
            turn=AT_FINANCE,
            submitted_by=organisation.accounts["jingban"],
            reached_at=timezone.now(),
            due_on=f"2020-03-{28 - index % 28:02d}",
        )
        made.append(copied)
    return made


@pytest.fixture
def ready(linyi: TableVersion, organisation: Demonstrated) -> TableVersion:
    RoleAssignment.objects.create(account=organisation.accounts["czyewu"], role="finance_business", since="2015-01-01")
    return mended(linyi, organisation.accounts["jixiao"])


def test_the_number_of_queries_does_not_grow(
    ready: TableVersion, organisation: Demonstrated, viewer: Who, signed_in: Callable[[str], Client]
) -> None:
    walk(viewer, ready, until="finance_business")
    counts = []
    for more in (2, 27):
        many(ready, organisation, more)
        client = signed_in("czyewu")
        client.get(reverse("planning:inbox"))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("planning:inbox")).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 20


def test_filter_sort_and_next(ready: TableVersion, organisation: Demonstrated, viewer: Who) -> None:
    made = many(ready, organisation, 9)
    who = viewer("czyewu")
    everything = inbox(who, Wanted())
    assert everything.total == 9
    assert len(everything.departments) == 9
    assert inbox(who, Wanted(year=2021)).total == 5
    assert inbox(who, Wanted(department=str(made[4].table.unit.department_id))).total == 1
    by = {sort: [item.version for item in inbox(who, Wanted(sort=sort)).items] for sort in SORTS}
    assert [row.total for row in by["amount"]] == sorted((row.total for row in by["amount"]), reverse=True)
    dues = [Circulation.objects.get(version=row).due_on for row in by["due"]]
    assert dues == sorted(dues)
    assert [row.table.unit.department.code for row in by["department"]] == sorted(
        row.table.unit.department.code for row in by["department"]
    )
    first = next_for(who)
    assert first is not None
    assert first.version.pk == by["due"][0].pk
    second = next_for(who, after=first.version.pk)
    assert second is not None
    assert second.version.pk == by["due"][1].pk


def test_one_press_goes_through_each_and_says_what_became_of_it(
    ready: TableVersion, organisation: Demonstrated, signed_in: Callable[[str], Client]
) -> None:
    made = many(ready, organisation, 6)
    stale, rest = made[0], made[1:]
    client, url = signed_in("czyewu"), reverse("planning:inbox")
    chosen = [f"{stale.pk}:4", *[f"{row.pk}:5" for row in rest]]
    client.post(url, {"chosen": chosen, "outcome": "agree", "opinion": "同意"})
    assert not Decision.objects.exists()  # no grades: refused for each as for one
    page = client.post(url, {"chosen": chosen, "outcome": "agree", "opinion": "同意", "all_grades": "excellent"}).content.decode()
    assert page.count("已办理") == 5
    assert page.count("未办理") == 1
    assert set(Decision.objects.values_list("grade", "opinion", "decided_by__username")) == {("excellent", "同意", "czyewu")}
    assert Decision.objects.count() == 5
    performance = signed_in("czjixiao")
    sent = {"chosen": [f"{row.pk}:6" for row in rest], "outcome": "agree", "document": "临财绩〔2020〕1号"}
    sent[f"document-{rest[0].pk}"] = "临财绩〔2020〕2号"
    performance.post(url, sent)
    approved = TableVersion.objects.filter(state=State.APPROVED)
    assert approved.count() == 5
    assert approved.filter(approval_number="临财绩〔2020〕2号").get().pk == rest[0].pk
    assert all(row.digest and row.frozen_at for row in approved)
