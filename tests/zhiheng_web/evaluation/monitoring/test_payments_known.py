"""A round whose last months have no payment data: pace is judged at the last month known, and the page says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.monitoring.conftest import JULY, Watched, pay

from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.plan_round import plan_round
from zhiheng_web.evaluation.actions.refresh_monitoring import refresh_monitoring
from zhiheng_web.evaluation.models import MonitoringFund
from zhiheng_web.evaluation.monitoring.money import judged_on
from zhiheng_web.planning.models import BudgetLine, TreasuryPayment

LATER = datetime(2021, 1, 5, 2, tzinfo=UTC)


def opened(table: Any, person: Any, last: date, name: str) -> Watched:
    """A round to a day, seen in January of the next year. 100 of 200 万元 paid by the end of July, nothing known of later."""
    officer = person("jixiao", LATER)
    wanted = replace(JULY, name=name, last=last, due_on=date(2021, 1, 31))
    found = Watched(table, plan_round(officer, [table.table.unit.department_id], wanted)[0], officer)
    open_round(officer, found.round.pk)
    return found


def spoken(watched: Watched) -> str:
    """The day that the lamp's trace speaks of."""
    return str(next(step["parameters"]["day"] for step in watched.report.budget_trace if "day" in step.get("parameters", {})))


@pytest.mark.parametrize("last", [date(2020, 12, 31), date(2020, 8, 15), date(2020, 7, 31)])
def test_spending_up_to_july_is_held_to_the_pace_of_july(table: Any, person: Any, last: date) -> None:
    """50 % where 7/12 are due is a pace of 85.7 % on each of these days; on 31 December it would be 50 %."""
    watched = opened(table, person, last, "监控")
    assert spoken(watched) == "2020-07-31"
    ratio = next(step["parameters"]["ratio"] for step in watched.report.budget_trace if "ratio" in step.get("parameters", {}))
    assert str(ratio).startswith("85.7")
    assert MonitoringFund.objects.get(report=watched.report).until == 7


def test_the_page_says_up_to_which_month_payments_are_known(table: Any, person: Any, signed_in: Any) -> None:
    watched = opened(table, person, date(2020, 12, 31), "全年监控")
    shown = signed_in("jixiao").get(f"/monitoring/reports/{watched.report.pk}/").content.decode()
    assert "支付数据至7月" in shown


def test_a_round_whose_months_are_known_says_nothing_of_it(watched: Watched, signed_in: Any) -> None:
    shown = signed_in("jixiao").get(f"/monitoring/reports/{watched.report.pk}/").content.decode()
    assert "支付数据至" not in shown


def test_once_the_months_are_imported_the_pace_is_that_of_the_day(table: Any, person: Any) -> None:
    watched = opened(table, person, date(2020, 12, 31), "全年监控")
    TreasuryPayment.objects.create(line=BudgetLine.objects.get(), month=12, amount=0, imported_by=watched.officer.account)
    refresh_monitoring(watched.officer, watched.report.pk, "12月支付已导入")
    assert spoken(watched) == "2020-12-31"
    assert watched.report.budget_lamp == "red"


def test_of_two_sources_the_later_month_counts(table: Any, person: Any) -> None:
    pay(table, person("jixiao"), {9: "100000"}, initial="100000", source="other")
    assert spoken(opened(table, person, date(2020, 12, 31), "全年监控")) == "2020-09-30"


def test_a_report_made_before_the_month_was_kept_is_judged_as_it_was(watched: Watched) -> None:
    MonitoringFund.objects.update(until=None)
    funds = list(MonitoringFund.objects.all())
    assert judged_on(funds, date(2020, 9, 15)) == date(2020, 9, 15)
