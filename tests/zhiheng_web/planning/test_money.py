"""Budget lines, adjustments, carry-over and the execution rate, against sums counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.carry_over import carry_over
from zhiheng_web.planning.actions.change_budget import change_budget
from zhiheng_web.planning.actions.keep_budget_line import keep_budget_line
from zhiheng_web.planning.actions.keep_project import ProjectValues, keep_project
from zhiheng_web.planning.models import BudgetChange, BudgetLine, PerformanceTable, Project, TableVersion, TreasuryPayment
from zhiheng_web.planning.money.execution import Rate, day_of, spending
from zhiheng_web.planning.queries.money import budget_of_year, project_years, table_version, units_for
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.chain import verify
from zhiheng_web.trail.models import TrailRecord

FISCAL, OTHER, CARRIED = BudgetLine.Source.FISCAL, BudgetLine.Source.OTHER, BudgetLine.Source.CARRIED
YEAR_END = date(2020, 12, 31)
cents = st.integers(0, 10**11).map(lambda units: Decimal(units).scaleb(-2))


@pytest.fixture
def officer(viewer: Callable[[str], Viewer]) -> Viewer:
    return viewer("jixiao")


@pytest.fixture
def project(organisation: Demonstrated, officer: Viewer) -> Project:
    return keep_project(officer, organisation.units["331001"].pk, ProjectValues("P1", "甲项目", "continuing", 2019))


@pytest.fixture
def line(officer: Viewer, project: Project) -> BudgetLine:
    return keep_budget_line(officer, project.unit_id, 2020, FISCAL, Decimal("1000000"), project=project.pk)


def pay(line: BudgetLine, officer: Viewer, months: dict[int, str]) -> None:
    for month, amount in months.items():
        TreasuryPayment.objects.create(line=line, month=month, amount=Decimal(amount), imported_by=officer.account)


# --- the rate -----------------------------------------------------------------------------------------------------------------


@given(budget=cents, paid=st.none() | cents)
def test_the_rate_is_exact_and_there_is_none_of_nothing(budget: Decimal, paid: Decimal | None) -> None:
    rate = Rate(budget, paid)
    if budget == 0 or paid is None:
        assert rate.fraction is None and rate.percent is None and rate.words is not None
        return
    assert rate.fraction == Fraction(int(paid * 100), int(budget * 100))
    assert abs(Fraction(rate.percent) - rate.fraction * 100) <= Fraction(1, 200)
    assert (rate.words is not None) == (paid > budget)


def test_the_rate_is_rounded_half_up_in_decimal_not_in_binary() -> None:
    assert Rate(Decimal("20000"), Decimal("10001")).percent == Decimal("50.01")  # 50.005 %
    assert Rate(Decimal(3), Decimal(2)).percent == Decimal("66.67")
    assert Rate(Decimal(100), Decimal(250)).percent == Decimal("250.00")  # raw, not capped
    assert Rate(Decimal(0), Decimal(5)).words.zh == "预算为 0，无法计算执行率"
    assert Rate(Decimal(5), None).words.en == "No payments are known yet"


def test_a_month_without_data_is_not_a_month_of_zero(line: BudgetLine, officer: Viewer) -> None:
    pay(line, officer, {1: "0", 3: "250000"})
    money = spending([line], [], TreasuryPayment.objects.all(), YEAR_END)
    assert money.month(1) == 0
    assert money.month(2) is None
    assert (money.paid, money.until) == (250_000, 3)
    assert spending([line], [], [], YEAR_END).paid is None
    assert spending([line], [], [], YEAR_END).rate.percent is None


def test_the_budget_of_a_day_has_the_changes_up_to_it(line: BudgetLine, officer: Viewer) -> None:
    change_budget(officer, line.pk, date(2020, 7, 20), Decimal("-600000"), "压减", "调整批复1号")
    pay(line, officer, {6: "300000", 7: "50000"})
    rows = list(BudgetChange.objects.all()), list(TreasuryPayment.objects.all())
    before, after = spending([line], *rows, date(2020, 7, 19)), spending([line], *rows, date(2020, 7, 31))
    assert (before.current, before.paid, before.rate.percent) == (1_000_000, 300_000, 30)
    assert (after.current, after.paid, after.rate.percent) == (400_000, 350_000, Decimal("87.5"))
    assert before.changes_later == -600_000
    assert after.current == after.initial + after.changed


def test_a_cut_below_what_was_paid_shows_more_than_the_whole(line: BudgetLine, officer: Viewer) -> None:
    pay(line, officer, {5: "500000"})
    change_budget(officer, line.pk, date(2020, 8, 1), Decimal("-750000"), "收回", "收回文件")
    money = spending([line], BudgetChange.objects.all(), TreasuryPayment.objects.all(), YEAR_END)
    assert money.rate.percent == 200
    assert money.remaining == -250_000


@given(st.lists(st.tuples(st.integers(1, 12), cents), max_size=8), st.integers(1, 12))
def test_no_payment_counts_twice_or_before_its_month_has_ended(paid: list[tuple[int, Decimal]], month: int) -> None:
    line = BudgetLine(year=2020, source=FISCAL, initial=Decimal(1))
    rows = [TreasuryPayment(pk=index, line=line, month=number, amount=amount) for index, (number, amount) in enumerate(paid)]
    day = date(2020, month, 15)
    expected = [amount for number, amount in paid if number < month]
    assert spending([line, line], [], [*rows, *rows], day).paid == (sum(expected) if expected else None)


def test_a_year_is_looked_at_at_its_end_or_at_the_end_of_this_month() -> None:
    assert day_of(2020, date(2026, 11, 23)) == date(2020, 12, 31)
    assert day_of(2026, date(2026, 11, 23)) == date(2026, 11, 30)
    assert day_of(2020, date(2026, 1, 1), date(2020, 7, 31)) == date(2020, 7, 31)


# --- lines and adjustments ----------------------------------------------------------------------------------------------------


def test_a_wrong_initial_amount_is_mended_until_something_rests_on_it(officer: Viewer, project: Project, line: BudgetLine) -> None:
    again = keep_budget_line(officer, project.unit_id, 2020, FISCAL, Decimal("900000"), project=project.pk)
    assert (again.pk, again.initial) == (line.pk, 900_000)
    pay(line, officer, {1: "1"})
    with pytest.raises(Refusal) as refused:
        keep_budget_line(officer, project.unit_id, 2020, FISCAL, Decimal("800000"), project=project.pk)
    assert refused.value.code == "budget_in_use"
    line.refresh_from_db()
    assert line.initial == 900_000


@pytest.mark.parametrize("amount", ["-1", "0.001", "100000000000000", "NaN", "Infinity"])
def test_an_amount_that_is_none_is_refused_and_never_rounded(officer: Viewer, project: Project, amount: str) -> None:
    with pytest.raises(Invalid):
        keep_budget_line(officer, project.unit_id, 2020, FISCAL, Decimal(amount), project=project.pk)
    assert not BudgetLine.objects.exists()


def test_an_adjustment_needs_its_reason_and_document_and_a_day_of_the_year(officer: Viewer, line: BudgetLine) -> None:
    day, amount = date(2020, 5, 1), Decimal("-1")
    for reason, document, on, change in (
        ("", "文件", day, amount),
        ("理由", " ", day, amount),
        ("理由", "文件", date(2021, 1, 1), amount),
        ("理由", "文件", day, Decimal(0)),
        ("理由", "文件", day, Decimal("-1000000.01")),
        ("机密★", "文件", day, amount),
    ):
        with pytest.raises(Invalid):
            change_budget(officer, line.pk, on, change, reason, document)
    assert not BudgetChange.objects.exists()


def test_on_no_day_may_the_budget_be_below_zero(officer: Viewer, line: BudgetLine) -> None:
    change_budget(officer, line.pk, date(2020, 9, 1), Decimal("500000"), "追加", "文件一")
    with pytest.raises(Invalid):  # covered by the end of the year, not in June
        change_budget(officer, line.pk, date(2020, 6, 1), Decimal("-1200000"), "收回", "文件二")


# --- carry-over ---------------------------------------------------------------------------------------------------------------


def test_what_is_left_goes_into_the_next_year_once(officer: Viewer, project: Project, line: BudgetLine) -> None:
    with pytest.raises(Refusal) as early:
        carry_over(officer, project.pk, 2020, "结转批复")
    assert early.value.code == "year_not_complete"
    pay(line, officer, {11: "300000", 12: "0"})
    change_budget(officer, line.pk, date(2020, 12, 1), Decimal("-100000"), "收回", "文件")
    carried = carry_over(officer, project.pk, 2020, "结转批复")
    assert (carried.year, carried.source, carried.initial, carried.carried_from) == (2021, CARRIED, 600_000, 2020)
    with pytest.raises(Refusal):
        carry_over(officer, project.pk, 2020, "结转批复")
    with pytest.raises(Refusal):  # the line of the next year is not entered over either
        keep_budget_line(officer, project.unit_id, 2021, CARRIED, Decimal(1), project=project.pk)
    of_2020 = project_years(officer, 2020, YEAR_END)[0].spending
    assert of_2020.initial == 1_000_000  # the closed year stays what it was
    assert project_years(officer, 2021, date(2021, 12, 31))[0].spending.initial == 600_000


@pytest.mark.parametrize("amount", ["0", "700000.01", "-5"])
def test_no_more_is_carried_than_is_left(officer: Viewer, project: Project, line: BudgetLine, amount: str) -> None:
    pay(line, officer, {12: "300000"})
    with pytest.raises(Invalid):
        carry_over(officer, project.pk, 2020, "结转批复", Decimal(amount))
    assert carry_over(officer, project.pk, 2020, "结转批复", Decimal("700000")).initial == 700_000


# --- against the table --------------------------------------------------------------------------------------------------------


def test_differences_to_the_table_are_shown_and_nothing_is_set_right(
    officer: Viewer, project: Project, line: BudgetLine, linyi: TableVersion
) -> None:
    keep_budget_line(officer, project.unit_id, 2020, FISCAL, Decimal("7140000"))
    keep_budget_line(officer, project.unit_id, 2020, OTHER, Decimal("5"), project=project.pk)
    version = table_version(officer, 2020, PerformanceTable.Kind.DEPARTMENT, department=project.unit.department)
    money = budget_of_year(officer, units_for(officer), 2020, YEAR_END, version)
    checks = {check.name.zh: check for check in money.checks}
    assert {name: check.gap for name, check in checks.items()} == {
        "预算总额": Decimal("8140005") - 53_640_000,
        "财政拨款": Decimal("8140000") - 53_640_000,
        "其他资金": None,  # the table leaves it blank: nothing to compare, not 0
        "基本支出": Decimal(0),
        "项目支出": Decimal("1000005") - 46_500_000,
    }
    linyi.refresh_from_db()
    assert (linyi.total, linyi.project) == (53_640_000, 46_500_000)
    assert money.total.initial == money.basic.initial + money.project.initial == sum(row.initial for _, _, row in money.sources)
    assert money.total.initial == sum(basic.initial + projects.initial for _, basic, projects in money.by_unit)


# --- who may ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("username", ["jingban", "kezhang", "fenguan", "juzhang", "czyewu", "czjixiao", "shenji", "jiwei", "baomi"])
def test_only_the_officer_writes_money(viewer: Callable[[str], Viewer], line: BudgetLine, username: str) -> None:
    before = TrailRecord.objects.count()
    asking = viewer(username)
    for attempt in (
        lambda: keep_budget_line(asking, line.unit_id, 2020, OTHER, Decimal(1), project=line.project_id),
        lambda: change_budget(asking, line.pk, date(2020, 5, 1), Decimal(1), "理由", "文件"),
        lambda: carry_over(asking, line.project_id, 2020, "文件"),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert TrailRecord.objects.count() == before
    assert BudgetLine.objects.count() == 1


@pytest.mark.parametrize("username", ["jigou", "sysadmin", "secadmin", "auditadmin"])
def test_for_who_sees_no_money_there_is_none(viewer: Callable[[str], Viewer], line: BudgetLine, username: str) -> None:
    asking = viewer(username)
    with pytest.raises(Absent):
        change_budget(asking, line.pk, date(2020, 5, 1), Decimal(1), "理由", "文件")
    assert project_years(asking, 2020, YEAR_END) == []


def test_each_step_is_one_record_of_an_unbroken_chain(officer: Viewer, line: BudgetLine) -> None:
    change_budget(officer, line.pk, date(2020, 5, 1), Decimal(1), "理由", "文件")
    names = list(TrailRecord.objects.order_by("number").values_list("action", flat=True))
    assert names == ["planning.keep_project", "planning.keep_budget_line", "planning.change_budget"]
    keep_budget_line(officer, line.unit_id, 2021, FISCAL, Decimal(5), project=line.project_id)
    count = TrailRecord.objects.count()
    keep_budget_line(officer, line.unit_id, 2021, FISCAL, Decimal("5.00"), project=line.project_id)  # as it stood: nothing recorded
    assert TrailRecord.objects.count() == count
    assert list(verify()) == []
