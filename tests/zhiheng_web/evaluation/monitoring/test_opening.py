"""A round opens with a report for every table in force; its values are those frozen on the round's last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.monitoring.conftest import JULY, LINES, Watched
from tests.zhiheng_web.evaluation.self_evaluation.scene import Scene, entries

from zhiheng.monitoring.policy import names
from zhiheng.plan.procedure import State
from zhiheng_web.evaluation.actions.change_round import change_round
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.plan_round import plan_round
from zhiheng_web.evaluation.actions.refresh_monitoring import refresh_monitoring
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.models import MonitoringFund, MonitoringReport, MonitoringRound, MonitoringRow
from zhiheng_web.evaluation.queries.rounds import planning_page
from zhiheng_web.ledgers.actions.take_snapshot import take_snapshot
from zhiheng_web.ledgers.models import Snapshot
from zhiheng_web.organisation.models import Department
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord


def test_the_default_round_of_the_general_policy_is_january_to_july_by_the_end_of_august(person: Any) -> None:
    plan = planning_page(person("jixiao"), 2020, "national").plan
    assert (plan.first, plan.last, plan.due_on) == (date(2020, 1, 1), date(2020, 7, 31), date(2020, 8, 31))


@pytest.mark.parametrize("policy", names())
def test_every_policy_proposes_a_round_that_can_be_planned(person: Any, organisation: Any, policy: str) -> None:
    plan = planning_page(person("jixiao"), 2020, policy).plan
    made = plan_round(person("jixiao"), [organisation.departments["331"].pk], plan)
    assert (made[0].policy, made[0].number, made[0].opened_at) == (policy, 1, None)


def test_what_is_frozen_and_how_it_stands(watched: Watched) -> None:
    found = {row.indicator_row.name: row for row in watched.report.rows.select_related("indicator_row")}
    said = {name: (row.value, row.unit, row.state, row.lamp) for name, row in found.items()}
    assert said == {
        "新增企业数": (Decimal(7), "家", "under_way", "green"),  # 7 of the 7 that are due after 7 of 12 months
        "投诉次数": (Decimal(5), "次", "missed", "red"),  # a limit holds in full on every day, and what was counted stays
        "检查覆盖率": (Decimal("66.6667"), "%", "under_way", "yellow"),  # a rate is not paced: 66.7 of 100
        "服务水平": (None, "", "unbound", "none"),
        "未设台账数": (None, "", "unbound", "none"),
    }
    assert found["新增企业数"].due == 7
    assert found["检查覆盖率"].due is None
    assert (watched.report.budget_lamp, watched.report.goal_lamp, watched.report.lamp) == ("green", "red", "red")
    snapshots = Snapshot.objects.filter(on=date(2020, 7, 31))
    assert {one.pk for one in snapshots} == {row.snapshot_id for row in found.values()} - {None}
    fund = MonitoringFund.objects.get(report=watched.report)
    assert (fund.initial, fund.budget, fund.executed) == (Decimal(2_000_000), Decimal(2_000_000), Decimal(1_000_000))


def test_what_happened_after_the_last_day_is_not_in_it(planned: Watched) -> None:
    planned.scene.ledger.put({"happened_on": date(2020, 8, 1), "category": "firm"})
    open_round(planned.officer, planned.round.pk)
    assert planned.row("新增企业数").value == 7


def test_a_value_frozen_before_is_replaced_and_says_why(planned: Watched) -> None:
    indicator = planned.scene.indicator("新增企业数").pk
    first = take_snapshot(planned.officer, [indicator], date(2020, 7, 31))[0]
    entries(planned.scene, 1, "firm")
    open_round(planned.officer, planned.round.pk)
    row = planned.row("新增企业数")
    assert (row.value, row.snapshot.replaces_id) == (8, first.pk)
    assert "1-7月监控" in row.snapshot.reason
    first.refresh_from_db()
    assert first.value["value"] == "7"


def test_a_report_is_taken_anew_with_a_reason_and_keeps_what_was_written(watched: Watched, person: Any) -> None:
    MonitoringRow.objects.filter(pk=watched.row("新增企业数").pk).update(remark="已核实", forecast="12家")
    entries(watched.scene, 2, "firm")
    with pytest.raises(Invalid) as refused:
        refresh_monitoring(watched.officer, watched.report.pk, "  ")
    assert refused.value.code == "reason_missing"
    assert watched.row("新增企业数").value == 7
    refresh_monitoring(watched.officer, watched.report.pk, "7月补登两家")
    row = watched.row("新增企业数")
    assert (row.value, row.remark, row.forecast, row.snapshot.reason) == (9, "已核实", "12家", "7月补登两家")


def test_a_table_adjusted_later_in_the_year_leaves_the_round_as_it_was_judged(watched: Watched) -> None:
    """Pitfall 28: the past is judged by the target in force then."""
    before = watched.row("新增企业数").lamp
    version = watched.scene.version
    version.state, version.in_force_until = State.SUPERSEDED.value, date(2020, 9, 1)
    version.save()
    refresh_monitoring(watched.officer, watched.report.pk, "复核")
    row = watched.row("新增企业数")
    assert (row.lamp, row.indicator_row.version_id, row.indicator_row.target_text) == (before, version.pk, "12家")


@pytest.mark.parametrize(("covers", "tables"), [("all", 2), ("department", 1), ("projects", 1)], ids=["all", "department", "projects"])
def test_only_covered_tables_report(table: Scene, person: Any, covers: str, tables: int) -> None:
    from zhiheng_web.planning.models import PerformanceTable, Project

    unit = table.table.unit
    project = Project.objects.create(unit=unit, code="P1", name="专项", first_year=2020)
    own = PerformanceTable.objects.create(unit=unit, kind="project", year=2020, project=project)
    table.version.pk = None
    table.version.table, table.version.number = own, 1
    table.version._state.adding = True
    table.version.save()
    made = plan_round(person("jixiao"), [unit.department_id], replace(JULY, covers=covers))[0]
    open_round(person("jixiao"), made.pk)
    assert MonitoringReport.objects.filter(round=made).count() == tables


def test_chosen_tables_report_and_no_others(table: Scene, person: Any, signed_in: Any) -> None:
    """docs/year.md 1.1: the scope may be chosen tables. Of two tables the one that was ticked reports, through form and round."""
    from zhiheng_web.planning.models import PerformanceTable, Project

    unit = table.table.unit
    project = Project.objects.create(unit=unit, code="P1", name="专项", first_year=2020)
    own = PerformanceTable.objects.create(unit=unit, kind="project", year=2020, project=project)
    table.version.pk, table.version.table, table.version.number, table.version._state.adding = None, own, 1, True
    table.version.save()
    officer = person("jixiao")
    days = {"first": "2020-01-01", "last": "2020-07-31", "due_on": "2020-08-31", "policy": "national", "name": "重点监控"}
    sent = {**days, "departments": str(unit.department_id), "covers": "chosen"}
    client = signed_in("jixiao")
    assert "专项" in client.get("/monitoring/new/?year=2020").content.decode()
    assert client.post("/monitoring/new/", sent).status_code == 400, "nothing is ticked"
    other_year = PerformanceTable.objects.create(unit=unit, kind="project", year=2019, project=project)
    assert client.post("/monitoring/new/", {**sent, "tables": str(other_year.pk)}).status_code == 400, "another year"
    assert client.post("/monitoring/new/", {**sent, "tables": [str(table.table.pk)]}).status_code == 302
    made = MonitoringRound.objects.get()
    assert made.tables == [str(table.table.pk)]
    change_round(officer, made.pk, replace(JULY, name="重点监控", covers="chosen", tables=(own.pk, table.table.pk)))
    made.refresh_from_db()
    assert set(made.tables) == {str(own.pk), str(table.table.pk)}
    change_round(officer, made.pk, replace(JULY, name="重点监控", covers="chosen", tables=[table.table.pk]))
    assert "指定的表（1 张）" in client.get(f"/monitoring/{made.pk}/").content.decode()
    open_round(officer, made.pk)
    assert [report.table_id for report in MonitoringReport.objects.filter(round=made)] == [table.table.pk]
    with pytest.raises(Refusal) as refused:
        change_round(officer, made.pk, replace(JULY, name="重点监控", covers="chosen", tables=(own.pk,)))
    assert refused.value.code == "round_open"
    change_round(officer, made.pk, replace(JULY, name="改名", covers="chosen", tables=(table.table.pk,)))


def test_the_table_of_another_department_is_not_chosen(table: Scene, person: Any, organisation: Any) -> None:
    from zhiheng_web.planning.models import PerformanceTable

    elsewhere = next(unit for unit in organisation.units.values() if unit.department_id != table.table.unit.department_id)
    foreign = PerformanceTable.objects.create(unit=elsewhere, kind="department", year=2020)
    with pytest.raises(Invalid) as refused:
        plan_round(person("jixiao"), [table.table.unit.department_id], replace(JULY, covers="chosen", tables=(table.table.pk, foreign.pk)))
    assert "tables" in refused.value.fields
    assert not MonitoringRound.objects.exists()


def test_what_is_no_round_is_refused_at_its_input(table: Scene, person: Any) -> None:
    department = table.table.unit.department_id
    wrong = {
        "name": replace(JULY, name=" "), "last": replace(JULY, last=date(2019, 12, 31)), "due_on": replace(JULY, due_on=JULY.last),
        "covers": replace(JULY, covers="nothing"), "policy": replace(JULY, policy="../national"),
    }  # fmt: skip
    for field, plan in wrong.items():
        with pytest.raises(Invalid) as refused:
            plan_round(person("jixiao"), [department], plan)
        assert field in refused.value.fields
    with pytest.raises(Invalid):
        plan_round(person("jixiao"), [department], replace(JULY, name="机密★1年 监控"))
    assert not MonitoringRound.objects.exists()


def test_two_rounds_on_the_same_data_are_refused(planned: Watched) -> None:
    with pytest.raises(Refusal) as refused:
        plan_round(planned.officer, [planned.round.department_id], replace(JULY, name="又一轮"))
    assert refused.value.code == "round_twice"


def test_a_planned_round_is_changed_whole_and_an_open_one_only_in_its_day(planned: Watched) -> None:
    change_round(planned.officer, planned.round.pk, replace(JULY, last=date(2020, 6, 30), policy="qilihe"))
    open_round(planned.officer, planned.round.pk)
    changed = replace(JULY, last=date(2020, 6, 30), policy="qilihe", due_on=date(2020, 9, 10))
    assert change_round(planned.officer, planned.round.pk, changed).due_on == date(2020, 9, 10)
    with pytest.raises(Refusal) as refused:
        change_round(planned.officer, planned.round.pk, replace(changed, last=date(2020, 7, 31)))
    assert refused.value.code == "round_open"


def test_a_round_is_not_opened_before_it_begins_or_without_a_table_or_twice(planned: Watched, person: Any) -> None:
    with pytest.raises(Refusal) as refused:
        open_round(person("jixiao", datetime(2019, 12, 30, tzinfo=UTC)), planned.round.pk)
    assert refused.value.code == "round_not_begun"
    version = planned.scene.version
    version.in_force_from = date(2020, 8, 1)
    version.save()
    with pytest.raises(Refusal) as refused:
        open_round(planned.officer, planned.round.pk)
    assert refused.value.code == "nothing_in_force"
    version.in_force_from = date(2020, 2, 1)
    version.save()
    open_round(planned.officer, planned.round.pk)
    with pytest.raises(Refusal) as refused:
        open_round(planned.officer, planned.round.pk)
    assert refused.value.code == "round_is_open"


def test_opened_before_its_day_it_is_taken_anew_before_it_is_submitted(planned: Watched, person: Any) -> None:
    early = person("jixiao", datetime(2020, 7, 20, 2, tzinfo=UTC))
    open_round(early, planned.round.pk)
    with pytest.raises(Refusal) as refused:
        submit_monitoring(planned.officer, planned.report.pk)
    assert refused.value.code == "data_too_early"
    refresh_monitoring(planned.officer, planned.report.pk, "截止日已过")
    with pytest.raises(Refusal) as refused:
        submit_monitoring(planned.officer, planned.report.pk)
    assert refused.value.code == "monitoring_incomplete"


def test_finance_plans_for_all_departments_at_once_and_opens_none(table: Scene, person: Any) -> None:
    departments = [one.pk for one in Department.objects.filter(kind="department")]
    made = plan_round(person("czjixiao"), departments, JULY)
    assert {one.department_id for one in made} == set(departments)
    record = TrailRecord.objects.get(action="evaluation.plan_round")
    assert len(record.details["departments"]) == len(departments)
    with pytest.raises(Forbidden):
        open_round(person("czjixiao"), made[0].pk)


def test_a_department_that_is_not_ones_own_is_absent(person: Any, organisation: Any) -> None:
    other = next(one for code, one in organisation.departments.items() if code != "331")
    with pytest.raises(Absent):
        plan_round(person("jixiao"), [organisation.departments["331"].pk, other.pk], JULY)
    assert not MonitoringRound.objects.exists()


def test_there_are_as_many_rows_as_indicators(watched: Watched) -> None:
    assert watched.report.rows.count() == len(LINES)
