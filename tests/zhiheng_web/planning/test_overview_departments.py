"""The year of all departments: totals and lines against a brute-force count, in a bounded number of queries for 3,000 of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhiheng.plan.procedure import State
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.models import Department, Unit
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import PerformanceTable, TableVersion
from zhiheng_web.planning.queries.departments import PAGE, DepartmentsYear, departments_page, departments_year

ViewerOf = Callable[[str], Viewer]
SignedIn = Callable[[str], Client]


def many(organisation: Demonstrated, number: int, year: int = 2024) -> None:
    """So many departments, each with one approved table; every fifth has an adjustment under way that finance does not see."""
    departments = [Department(code=f"{year % 10}{index:05d}", name=f"虚构部门{index:05d}", kind="department") for index in range(number)]
    Department.objects.bulk_create(departments)
    units = [Unit(department=one, code=f"{one.code}001", name=f"{one.name}（本级）", kind="headquarters") for one in departments]
    Unit.objects.bulk_create(units)
    tables = [PerformanceTable(unit=unit, kind="department", year=year) for unit in units]
    PerformanceTable.objects.bulk_create(tables)
    account = organisation.accounts["jixiao"]
    versions = []
    for index, table in enumerate(tables):
        total = None if index % 10 == 9 else Decimal(10000 * (index + 1))
        approved = {"state": State.APPROVED.value, "title": "表", "layout": "duty-table", "created_by": account}
        versions.append(TableVersion(table=table, number=1, total=total, **approved))
        if index % 5 == 0:
            versions.append(TableVersion(table=table, number=2, total=Decimal(1), **{**approved, "state": State.DRAFT.value}))
    TableVersion.objects.bulk_create(versions)


@pytest.fixture
def finance(viewer: ViewerOf) -> Viewer:
    return viewer("czjixiao")


def totals_of(viewer: Viewer) -> DepartmentsYear:
    found = departments_year(viewer)
    assert found is not None
    return found


def test_totals_count_each_table_once_by_what_finance_may_see(organisation: Demonstrated, finance: Viewer) -> None:
    many(organisation, 40)
    totals = departments_year(finance)
    assert totals is not None
    assert (totals.year, totals.tables, totals.without_money) == (2024, 40, 4)
    assert totals.money == sum(10000 * (index + 1) for index in range(40) if index % 10 != 9)
    assert [(one.state, one.tables) for one in totals.states] == [("approved", 40)]


def test_the_list_is_searched_ordered_and_paged(organisation: Demonstrated, finance: Viewer) -> None:
    many(organisation, 120)
    first, last = departments_page(totals_of(finance)), departments_page(totals_of(finance), page=99)
    assert (len(first.lines), first.pages, last.page, len(last.lines)) == (PAGE, 3, 3, 20)
    assert [line.code for line in first.lines] == sorted(line.code for line in first.lines)
    every = departments_page(totals_of(finance), size=None)
    assert len({line.table for line in every.lines}) == 120
    found = departments_page(totals_of(finance), search="00011")
    assert {line.department for line in found.lines} == {"虚构部门00011"}
    assert found.money == 120000
    by_money = [line.total for line in departments_page(totals_of(finance), order="money", size=None).lines]
    known = [total for total in by_money if total is not None]
    assert known == sorted(known, reverse=True)
    assert by_money[len(known) :] == [None] * 12, "what states no amount stands last"
    assert departments_page(totals_of(finance), state="returned").found == 0


def test_three_thousand_departments_cost_no_more_queries_than_three(organisation: Demonstrated, signed_in: SignedIn) -> None:
    client = signed_in("czjixiao")
    address = reverse("planning:departments")
    counts = []
    for number, year in ((3, 2023), (3000, 2024)):
        many(organisation, number, year)
        client.get(address, {"year": year})
        with CaptureQueriesContext(connection) as caught:
            page = client.get(address, {"year": year})
        assert page.status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 15
    assert "3000" in page.content.decode()


def test_the_file_holds_what_the_filter_lets_through(organisation: Demonstrated, signed_in: SignedIn) -> None:
    many(organisation, 120)
    client = signed_in("czjixiao")
    asked = {"year": 2024, "search": "虚构部门0001", "export": "csv", "order": "money"}
    answer = client.get(reverse("planning:departments"), asked)
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    wanted = [f"虚构部门{index:05d}" for index in (18, 17, 16, 15, 14, 13, 12, 11, 10, 19)]
    assert [row[1] for row in rows[1:]] == wanted, "the one without an amount stands last"
    assert [row[5] for row in rows[1:]] == [str(index + 1) for index in (18, 17, 16, 15, 14, 13, 12, 11, 10)] + [""]
    workbook = client.get(reverse("planning:departments"), {**asked, "export": "xlsx"})
    assert workbook.content[:2] == b"PK"


@pytest.mark.parametrize("username", ["jixiao", "jingban", "fenguan"])
def test_a_department_sees_only_itself(organisation: Demonstrated, signed_in: SignedIn, username: str) -> None:
    many(organisation, 5)
    page = signed_in(username).get(reverse("planning:departments"))
    assert "虚构部门" not in page.content.decode()


def test_no_department_yet_says_what_will_come(organisation: Demonstrated, signed_in: SignedIn) -> None:
    page = signed_in("czjixiao").get(reverse("planning:departments"))
    assert page.status_code == 200
    assert "送审到财政业务科室后" in page.content.decode()
