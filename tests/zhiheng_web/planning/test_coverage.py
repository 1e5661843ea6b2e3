"""Coverage against counting every project one by one, for the demonstration and for whatever links the search makes up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from zhiheng_web.demonstration.organisation import Demonstrated, write_organisation
from zhiheng_web.demonstration.projects import write_projects
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.actions.link_project import link_project
from zhiheng_web.planning.models import (
    Activity,
    BudgetLine,
    Duty,
    Indicator,
    PerformanceTable,
    Project,
    ProjectLink,
    TableVersion,
    TreasuryPayment,
)
from zhiheng_web.planning.queries.coverage import Coverage, coverage

DAY = date(2020, 12, 31)


def brute_force(year: int) -> dict[str, Decimal]:
    """Every project looked at by itself: what it has, and how many different duties its links end at."""
    found = {"total": Decimal(0), "own": Decimal(0), "shared": Decimal(0), "unlinked": Decimal(0)}
    for project in Project.objects.all():
        amount = sum((line.initial for line in BudgetLine.objects.filter(project=project, year=year)), Decimal(0))
        duties = set()
        links = ProjectLink.objects.filter(project=project, year=year)
        for link in links:
            if link.activity_id:
                duties.add(Activity.objects.get(pk=link.activity_id).duty_id)
            if link.indicator_id and Indicator.objects.get(pk=link.indicator_id).duty_id:
                duties.add(Indicator.objects.get(pk=link.indicator_id).duty_id)
        found["total"] += amount
        found["unlinked" if not duties else "shared" if len(duties) > 1 else "own"] += amount
    return found


def said(page: Coverage) -> dict[str, Decimal]:
    return {name: getattr(page, name).amount for name in ("total", "own", "shared", "unlinked")}


@pytest.fixture
def demo(organisation: Demonstrated, linyi: TableVersion) -> Demonstrated:
    write_projects(organisation, linyi)
    return organisation


@pytest.fixture
def page(demo: Demonstrated, viewer: Callable[[str], Viewer]) -> Coverage:
    return coverage(viewer("jixiao"), demo.departments["331"], 2020, DAY)


def test_the_demonstration_sums_to_the_table(page: Coverage, linyi: TableVersion) -> None:
    assert len(page.projects) >= 6
    assert page.total.amount == linyi.project == 46_500_000
    assert page.budget.basic.initial == linyi.basic == 7_140_000
    assert page.budget.total.initial == linyi.total == 53_640_000
    assert [check.gap for check in page.budget.checks if check.gap is not None] == [0, 0, 0, 0]
    assert all(row.project.synthetic for row in page.projects)
    assert not BudgetLine.objects.filter(synthetic=False).exists()


def test_every_part_is_what_counting_one_by_one_gives(page: Coverage) -> None:
    assert said(page) == brute_force(2020)
    assert page.own.amount + page.shared.amount + page.unlinked.amount == page.total.amount
    assert page.linked.number + page.unlinked.number == page.with_goals.number + page.without_goals.number == page.total.number
    assert page.links == ProjectLink.objects.filter(year=2020).count()
    with_table = PerformanceTable.objects.filter(kind="project", year=2020).values_list("project", flat=True)
    assert {row.project.pk for row in page.projects if row.version} == set(with_table)


def test_a_project_of_two_duties_stands_under_both_and_counts_once(page: Coverage) -> None:
    shared = [row for row in page.projects if row.shared]
    assert {row.project.name for row in shared} == {"科技创新平台与孵化载体建设", "产学研与国际科技合作"}
    under = [(duty.number, each.project.name) for duty in page.duties for each in duty.projects if each.shared]
    assert sorted(under) == sorted(
        [(2, shared[0].project.name), (3, shared[0].project.name), (5, shared[1].project.name), (6, shared[1].project.name)]
    )
    added_up = sum(duty.amount for duty in page.duties)
    assert added_up == page.own.amount + 2 * page.shared.amount  # which is why that sum is never shown
    assert sum(duty.own for duty in page.duties) == page.own.amount
    assert [duty.number for duty in page.duties_without_money] == [1, 8, 9, 10]
    assert [duty.all_indicators for duty in page.duties] == [3, 2, 8, 4, 3, 1, 3, 4, 2, 3, 3]


def test_a_second_link_to_the_same_duty_changes_no_amount(page: Coverage, demo: Demonstrated, viewer: Callable[[str], Viewer]) -> None:
    project = Project.objects.get(name="科技创新券补助")
    duty = Duty.objects.get(name="科技服务与项目管理")
    link_project(viewer("jixiao"), project.pk, 2020, duty=duty.pk, activity="另一项活动")
    again = coverage(viewer("jixiao"), demo.departments["331"], 2020, DAY)
    assert said(again) == said(page)
    assert again.links == page.links + 1


def test_the_unit_rolls_up_into_the_department_once(page: Coverage, demo: Demonstrated) -> None:
    unit = demo.units["331002"]
    own = PerformanceTable.objects.get(unit=unit, kind=PerformanceTable.Kind.UNIT).versions.get()
    by_unit = {found: basic.initial + project.initial for found, basic, project in page.budget.by_unit}
    assert by_unit[unit] == own.total == 3_240_000
    assert sum(by_unit.values()) == 53_640_000
    department = PerformanceTable.objects.get(kind=PerformanceTable.Kind.DEPARTMENT).versions.get()
    shared = set(own.indicator_rows.values_list("indicator", flat=True)) & set(
        department.indicator_rows.values_list("indicator", flat=True)
    )
    assert len(shared) == own.indicator_rows.count() == 3  # the same indicators, not copies of them


def test_the_demonstration_has_no_payment_after_september_and_one_adjustment(page: Coverage) -> None:
    assert set(TreasuryPayment.objects.values_list("month", flat=True)) == set(range(1, 10))
    changed = [row for row in page.projects if row.spending.changed]
    assert [(row.project.name, row.spending.changed) for row in changed] == [("产学研与国际科技合作", -600_000)]


def test_finance_sees_no_goals_before_they_reach_it(demo: Demonstrated, viewer: Callable[[str], Viewer]) -> None:
    seen = coverage(viewer("czyewu"), demo.departments["331"], 2020, DAY)
    assert seen.total.amount == 46_500_000
    assert seen.with_goals.number == 0
    assert seen.budget.checks == ()


class AnyLinks(TestCase):
    """Random projects, budgets and links in a database of their own."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.written = write_organisation()

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        amounts=st.lists(st.lists(st.integers(0, 10**9), min_size=0, max_size=3), min_size=1, max_size=6),
        links=st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 9), st.none() | st.integers(0, 9)), max_size=20),
    )
    def test_money_counts_once_however_it_is_linked(
        self, amounts: list[list[int]], links: list[tuple[int, int | None, int | None]]
    ) -> None:
        unit, duties = self.written.units["331001"], list(Duty.objects.order_by("code"))
        indicators = [
            Indicator.objects.create(department=unit.department, duty=duty if number % 4 else None, name=f"i{number}")
            for number, duty in enumerate(duties)
        ]
        projects = [
            Project.objects.create(unit=unit, code=f"{number}", name=f"p{number}", first_year=2020) for number in range(len(amounts))
        ]
        for project, cents in zip(projects, amounts, strict=True):
            for source, amount in zip(BudgetLine.Source.values, cents, strict=False):
                BudgetLine.objects.create(unit=unit, project=project, year=2020, source=source, initial=Decimal(amount).scaleb(-2))
        for chosen, activity, indicator in links:
            if activity is None and indicator is None:
                continue
            done = Activity.objects.get_or_create(duty=duties[activity], year=2020, name="a")[0] if activity is not None else None
            served = indicators[indicator] if indicator is not None else None
            ProjectLink.objects.get_or_create(project=projects[chosen % len(projects)], year=2020, activity=done, indicator=served)
        page = coverage(viewer_of(self.written.accounts["jixiao"], DAY), unit.department, 2020, DAY)
        assert said(page) == brute_force(2020)
        assert page.total.amount == page.own.amount + page.shared.amount + page.unlinked.amount
        assert page.budget.project.initial == page.total.amount
        assert sum(duty.own for duty in page.duties) == page.own.amount  # the total of the column is the sum of its rows
