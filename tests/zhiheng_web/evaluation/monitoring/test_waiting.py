"""What a round of monitoring puts on whose work list, by when, and that it costs the same for one table and for many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from django.urls import reverse
from tests.zhiheng_web.evaluation.monitoring.conftest import AUGUST, JULY, LINES, Watched
from tests.zhiheng_web.evaluation.self_evaluation.scene import Scene, plan_of
from tests.zhiheng_web.tasks.waiting import closed_doors, cost, kinds, one

from zhiheng.plan.procedure import State
from zhiheng_web.evaluation.actions.close_round import close_round
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.plan_round import plan_round
from zhiheng_web.evaluation.actions.return_monitoring import return_monitoring
from zhiheng_web.evaluation.models import MonitoringReport
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import PerformanceTable, Project
from zhiheng_web.planning.versions import write_version

HEADS = {"jixiao", "kezhang"}
"""Who submits the report of the bureau's own table: its officer and the head of a section of its unit."""
OFFICES = {"jingban", "jingban2"}
"""Whose offices hold the two duties of the table."""


def sent(watched: Watched, state: str = "submitted") -> None:
    MonitoringReport.objects.filter(round=watched.round).update(state=state, submitted_at=AUGUST, digest="a" * 64)


def test_a_planned_round_waits_for_the_officer_once_its_last_day_has_passed(planned: Watched, person: Callable[..., Viewer]) -> None:
    evening = partial(person, at=datetime(2020, 7, 31, 15, 30, tzinfo=UTC))  # 23:30 in China
    assert "monitor_open" not in kinds(evening)
    assert kinds(person)["monitor_open"] == {"jixiao"}
    task = one(person, "jixiao", "monitor_open")
    assert (task.link, task.due_on) == (reverse("evaluation:round", args=[planned.round.pk]), date(2020, 8, 31))
    assert "2020-07-31" in task.text.zh and "2020-07-31" in task.text.en
    assert closed_doors(person) == []


def test_an_open_round_waits_for_those_who_fill_in_and_those_who_submit(watched: Watched, person: Callable[..., Viewer]) -> None:
    found = kinds(person)
    assert found["monitor_submit"] == HEADS
    assert found["monitor_fill"] == OFFICES
    assert not {"monitor_open", "monitor_close", "monitor_mend"} & set(found)
    task = one(person, "jingban", "monitor_fill")
    assert (task.link, task.due_on) == (reverse("evaluation:report", args=[watched.report.pk]), date(2020, 8, 31))
    assert closed_doors(person) == []


def test_before_the_day_of_the_data_has_passed_nobody_is_asked_to_submit(planned: Watched, person: Callable[..., Viewer]) -> None:
    evening = partial(person, at=datetime(2020, 7, 31, 15, 30, tzinfo=UTC))
    open_round(evening("jixiao"), planned.round.pk)
    found = kinds(evening)
    assert found["monitor_fill"] == HEADS | OFFICES
    assert "monitor_submit" not in found


def test_when_every_report_is_in_the_officer_closes_and_nothing_waits_afterwards(watched: Watched, person: Callable[..., Viewer]) -> None:
    sent(watched)
    found = kinds(person)
    assert found["monitor_close"] == {"jixiao"}
    assert not {"monitor_fill", "monitor_submit"} & set(found)
    assert closed_doors(person) == []
    close_round(watched.officer, watched.round.pk)
    assert not [kind for kind in kinds(person) if kind.startswith("monitor")]


def test_a_returned_report_is_back_with_its_reason(watched: Watched, person: Callable[..., Viewer]) -> None:
    sent(watched)
    return_monitoring(watched.officer, watched.report.pk, "检查率请复核")
    found = kinds(person)
    assert found["monitor_mend"] == HEADS | OFFICES
    assert "monitor_close" not in found
    assert "检查率请复核" in one(person, "jingban", "monitor_mend").text.zh
    assert closed_doors(person) == []


def projects(table: Scene, account: Any, count: int) -> None:
    """So many projects of the unit, each with an approved table and an office of its own."""
    unit = table.table.unit
    offices = list(unit.offices.order_by("code"))
    for number in range(count):
        office = offices[number % len(offices)]
        project = Project.objects.create(unit=unit, office=office, code=f"{count}-{number}", name=f"专项{number}", first_year=2020)
        own = PerformanceTable.objects.create(unit=unit, kind="project", project=project, year=2020)
        write_version(own, plan_of(LINES), account=account, state=State.APPROVED, in_force_from=date(2020, 2, 1))


def test_the_queries_do_not_grow_with_the_tables(table: Scene, person: Callable[..., Viewer]) -> None:
    officer = person("jixiao")
    projects(table, officer.account, 1)
    few = plan_round(officer, [table.table.unit.department_id], JULY)[0]
    open_round(officer, few.pk)
    people = ("jixiao", "kezhang", "jingban")
    before = {name: cost(person(name)) for name in people}
    projects(table, officer.account, 8)
    june = replace(JULY, name="1-6月监控", last=date(2020, 6, 30), due_on=date(2020, 7, 20))
    more = plan_round(officer, [table.table.unit.department_id], june)[0]
    open_round(officer, more.pk)
    assert MonitoringReport.objects.count() == 12
    assert {name: cost(person(name)) for name in people} == before
    assert max(before.values()) <= 40
