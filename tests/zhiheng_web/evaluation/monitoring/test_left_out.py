"""A table that comes into force after a round was opened, by its last day, belongs to it: no closing without it (pitfall 45)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.monitoring.conftest import LINES, Watched, filled
from tests.zhiheng_web.evaluation.self_evaluation.scene import plan_of

from zhiheng.plan.procedure import State
from zhiheng_web.evaluation.actions.close_round import close_round
from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.refresh_monitoring import refresh_monitoring
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRow
from zhiheng_web.planning.models import PerformanceTable, Project
from zhiheng_web.planning.versions import write_version
from zhiheng_web.trail.action import Refusal
from zhiheng_web.trail.models import TrailRecord

JUNE = datetime(2020, 6, 10, 2, tzinfo=UTC)


@pytest.fixture
def early(planned: Watched, person: Any) -> Watched:
    """The round to 31 July opened on 10 June."""
    open_round(person("jixiao", JUNE), planned.round.pk)
    return planned


def added(watched: Watched, since: date) -> PerformanceTable:
    """A project of the year with a table in force from a day on."""
    unit = watched.scene.table.unit
    project = Project.objects.create(unit=unit, code="2020-99", name="年中新增项目", first_year=2020, attribute="new")
    table = PerformanceTable.objects.create(unit=unit, kind="project", project=project, year=2020)
    fields = {"in_force_from": since, "scheme": "national", "tree": "classic"}
    write_version(table, plan_of(LINES[:1]), account=watched.officer.account, state=State.APPROVED, **fields)
    return table


def submit(watched: Watched) -> None:
    """Take the table's values anew after the last day, complete it and hand it in."""
    report = watched.report
    refresh_monitoring(watched.officer, report.pk, "截止日已过")
    for line in LINES[1:]:
        row = watched.row(line.name)
        fill_monitoring(watched.officer, row.pk, RowFilled(**filled()), edits=row.edits)
    submit_monitoring(watched.officer, report.pk)


def test_closing_is_refused_with_the_table_that_lacks(early: Watched) -> None:
    submit(early)
    table = added(early, date(2020, 6, 20))
    with pytest.raises(Refusal) as refused:
        close_round(early.officer, early.round.pk)
    assert list(refused.value.fields) == [f"table-{table.pk}"]
    assert "年中新增项目" in refused.value.fields[f"table-{table.pk}"].zh


def test_the_round_s_page_offers_it_and_opening_once_more_adds_it(early: Watched, signed_in: Any) -> None:
    submit(early)
    table = added(early, date(2020, 6, 20))
    at = f"/monitoring/{early.round.pk}/"
    officer = signed_in("jixiao")
    assert "补充监控表" in officer.get(at).content.decode()
    open_round(early.officer, early.round.pk)
    report = MonitoringReport.objects.get(round=early.round, table=table)
    assert MonitoringRow.objects.get(report=report).lamp
    assert TrailRecord.objects.filter(action="evaluation.open_round").order_by("-number")[0].details["reports"] == [str(report.pk)]
    early.round.refresh_from_db()
    assert early.round.opened_at == JUNE
    with pytest.raises(Refusal) as refused:
        open_round(early.officer, early.round.pk)
    assert refused.value.code == "round_is_open"
    assert "补充监控表" not in officer.get(at).content.decode()


def test_refreshing_any_report_adds_what_came_into_force_since(early: Watched) -> None:
    table = added(early, date(2020, 6, 20))
    refresh_monitoring(early.officer, early.report.pk, "截止日已过")
    assert MonitoringReport.objects.filter(round=early.round, table=table).exists()
    record = TrailRecord.objects.get(action="evaluation.refresh_monitoring")
    assert record.details["reports"] == [str(table)]


def test_what_comes_into_force_after_the_last_day_stays_out(early: Watched) -> None:
    submit(early)
    added(early, date(2020, 8, 1))
    assert close_round(early.officer, early.round.pk).closed_at is not None


def test_a_report_on_a_version_that_is_no_longer_the_one_of_the_day_is_taken_anew_first(early: Watched) -> None:
    submit(early)
    old = early.scene.version
    old.state, old.in_force_until = State.SUPERSEDED, date(2020, 7, 1)
    old.save()
    fields = {"in_force_from": date(2020, 7, 1), "scheme": "national", "tree": "classic", "purpose": "adjustment", "based_on": old}
    write_version(early.scene.table, plan_of(LINES), account=early.officer.account, state=State.APPROVED, **fields)
    with pytest.raises(Refusal) as refused:
        close_round(early.officer, early.round.pk)
    assert list(refused.value.fields) == [f"version-{early.scene.table.pk}"]
