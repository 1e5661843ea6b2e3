"""Submission, return and the end of a round: too early is refused with what is missing, and a closed round is written by no path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.zhiheng_web.evaluation.monitoring.conftest import JULY, Watched, filled

from zhiheng_web.evaluation.actions.change_round import change_round
from zhiheng_web.evaluation.actions.close_round import close_round
from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.open_correction import Correction, open_correction
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.refresh_monitoring import refresh_monitoring
from zhiheng_web.evaluation.actions.return_monitoring import return_monitoring
from zhiheng_web.evaluation.actions.set_milestones import set_milestones
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.actions.write_monitoring import ReportFilled, write_monitoring
from zhiheng_web.evaluation.models import MonitoringFund, MonitoringReport, MonitoringRound, MonitoringRow
from zhiheng_web.evaluation.monitoring.recording import report_digest
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.trail.action import ACTIONS, Forbidden, Invalid, Refusal
from zhiheng_web.trail.chain import verify
from zhiheng_web.trail.models import TrailRecord


def complete(watched: Watched) -> None:
    """Everything that the policy asks for."""
    for name in ("投诉次数", "检查覆盖率", "未设台账数"):
        row = watched.row(name)
        fill_monitoring(watched.officer, row.pk, RowFilled(**filled()), edits=row.edits)


@pytest.fixture
def closed(watched: Watched) -> Watched:
    complete(watched)
    submit_monitoring(watched.officer, watched.report.pk)
    close_round(watched.officer, watched.round.pk)
    watched.round.refresh_from_db()
    return watched


def state() -> list[Any]:
    """Every row of monitoring and the trail's length."""
    kept: list[Any] = [
        list(model.objects.order_by("pk").values()) for model in (MonitoringRound, MonitoringReport, MonitoringRow, MonitoringFund)
    ]
    return [*kept, TrailRecord.objects.count()]


def test_a_report_that_lacks_something_is_not_submitted_and_says_where(watched: Watched) -> None:
    with pytest.raises(Refusal) as refused:
        submit_monitoring(watched.officer, watched.report.pk)
    said = " ".join(text.zh for text in refused.value.fields.values())
    assert refused.value.code == "monitoring_incomplete"
    assert "投诉次数" in said
    assert "检查覆盖率" in said
    assert "新增企业数" not in said


def test_a_round_is_not_closed_while_a_report_is_out(watched: Watched) -> None:
    records = TrailRecord.objects.count()
    with pytest.raises(Refusal) as refused:
        close_round(watched.officer, watched.round.pk)
    assert refused.value.code == "round_unfinished"
    kept = the_refusal(records)
    assert kept.details["tried"] == "evaluation.close_round"
    assert kept.details["lacking"] == [text.zh for text in refused.value.fields.values()]
    assert "还缺 5 项" in refused.value.fields[str(watched.report.pk)].zh  # of two rows reason and why, of one why no figure


def test_a_round_is_not_closed_before_its_last_day_has_passed(planned: Watched, person: Any) -> None:
    evening = person("jixiao", datetime(2020, 7, 31, 15, 30, tzinfo=UTC))  # 23:30 in China
    open_round(evening, planned.round.pk)
    with pytest.raises(Refusal) as refused:
        close_round(evening, planned.round.pk)
    assert {"last", str(planned.report.pk)} == set(refused.value.fields)
    planned.round.refresh_from_db()
    assert planned.round.closed_at is None


def test_a_planned_round_has_nothing_to_close(planned: Watched) -> None:
    with pytest.raises(Refusal) as refused:
        close_round(planned.officer, planned.round.pk)
    assert refused.value.code == "round_not_open"


def test_a_submitted_report_stays_until_it_is_returned(watched: Watched, person: Any) -> None:
    complete(watched)
    submitted = submit_monitoring(watched.officer, watched.report.pk)
    assert submitted.digest == report_digest(submitted)
    row = watched.row("投诉次数")
    for step in (
        lambda: fill_monitoring(watched.officer, row.pk, RowFilled(), edits=row.edits),
        lambda: write_monitoring(watched.officer, submitted.pk, ReportFilled("改"), edits=0),
        lambda: refresh_monitoring(watched.officer, submitted.pk, "再取"),
        lambda: submit_monitoring(watched.officer, submitted.pk),
    ):
        with pytest.raises(Refusal) as refused:
            step()
        assert refused.value.code == "report_submitted"
    with pytest.raises(Forbidden):
        return_monitoring(person("kezhang"), submitted.pk, "不全")
    with pytest.raises(Invalid):
        return_monitoring(watched.officer, submitted.pk, " ")
    returned = return_monitoring(watched.officer, submitted.pk, "检查率请复核")
    assert (returned.state, returned.returned, returned.digest) == ("returned", "检查率请复核", "")
    fill_monitoring(watched.officer, row.pk, RowFilled(**filled(remark="已复核")), edits=row.edits)
    submit_monitoring(watched.officer, submitted.pk)
    return_monitoring(watched.officer, submitted.pk, "再看")
    with pytest.raises(Refusal) as refused:
        return_monitoring(watched.officer, submitted.pk, "已经退回了")
    assert refused.value.code == "not_submitted"


def test_what_is_entered_later_changes_nothing_in_a_closed_round(closed: Watched) -> None:
    """Pitfalls 32, 72: a late entry, a revoked one, a new curve leave the closed round as it is."""
    before = state()[:4]
    closed.scene.ledger.put({"happened_on": date(2020, 3, 1), "category": "firm"})
    EntryVersion.objects.filter(category="complaint").update(standing="revoked")
    points = [(date(2020, 3, 31), Decimal(1), "")]
    set_milestones(closed.officer, closed.scene.table.pk, closed.scene.indicator("新增企业数").pk, points, reason="节点前移")
    assert state()[:4] == before


LATE: dict[str, Callable[[Watched], Any]] = {
    "fill": lambda w: fill_monitoring(w.officer, w.row("投诉次数").pk, RowFilled(remark="补记"), edits=w.row("投诉次数").edits),
    "write": lambda w: write_monitoring(w.officer, w.report.pk, ReportFilled("补记"), edits=w.report.edits),
    "refresh": lambda w: refresh_monitoring(w.officer, w.report.pk, "补记"),
    "submit": lambda w: submit_monitoring(w.officer, w.report.pk),
    "return": lambda w: return_monitoring(w.officer, w.report.pk, "补记"),
    "change": lambda w: change_round(w.officer, w.round.pk, replace(JULY, name="改名")),
    "open": lambda w: open_round(w.officer, w.round.pk),
    "close": lambda w: close_round(w.officer, w.round.pk),
    "correct": lambda w: open_correction(w.officer, w.row("投诉次数").pk, Correction("x", "y", date(2020, 9, 1), "张三")),
}


@pytest.mark.parametrize("step", LATE)
def test_no_step_writes_in_a_closed_round(closed: Watched, step: str) -> None:
    before = state()
    with pytest.raises(Refusal) as refused:
        LATE[step](closed)
    assert refused.value.code == "round_closed"
    assert "2020-08-05" in refused.value.text.zh
    assert state()[:-1] == before[:-1], "nothing of the round is written"
    kept = the_refusal(before[-1])
    assert (kept.name, kept.object_id, kept.department) == ("绩效管理员", str(closed.round.pk), str(closed.round.department_id))
    assert kept.details["reason"] == refused.value.text.zh
    assert kept.details["tried"] in ACTIONS


def the_refusal(before: int) -> TrailRecord:
    """The one record since, of a refusal, in a chain that holds."""
    (kept,) = TrailRecord.objects.order_by("number")[before:]
    assert (kept.action, kept.before, kept.after) == ("trail.refused", "", "")
    assert list(verify()) == []
    return kept


def row_of(watched: Watched) -> Any:
    return MonitoringRow.objects.filter(report=watched.report)


ROUGH: dict[str, Callable[[Watched], Any]] = {
    "round": lambda w: MonitoringRound.objects.filter(pk=w.round.pk).update(name="改"),
    "reopen": lambda w: MonitoringRound.objects.filter(pk=w.round.pk).update(closed_at=None, closed_by=None),
    "report": lambda w: MonitoringReport.objects.filter(round=w.round).update(lamp="green"),
    "row": lambda w: row_of(w).update(lamp="green"),
    "fund": lambda w: MonitoringFund.objects.filter(report=w.report).update(executed=0),
    "delete row": lambda w: row_of(w)._raw_delete("default"),
    "delete fund": lambda w: MonitoringFund.objects.filter(report=w.report).delete(),
    "add fund": lambda w: MonitoringFund.objects.create(report=w.report, source="other", initial=0, budget=0),
    "raw": lambda w: raw("UPDATE evaluation_monitoringrow SET lamp = 'green'"),
    "raw delete": lambda w: raw("DELETE FROM evaluation_monitoringfund"),
}


def raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("path", ROUGH)
def test_the_database_itself_refuses_to_change_a_closed_round(closed: Watched, path: str) -> None:
    before = state()
    with pytest.raises(DatabaseError, match="closed round"), transaction.atomic():
        ROUGH[path](closed)
    assert state() == before


def test_an_open_round_lets_the_database_write(watched: Watched) -> None:
    assert row_of(watched).update(remark="x") == 5
    assert MonitoringFund.objects.filter(report=watched.report).delete()[0] == 1


def test_a_form_sent_to_a_closed_round_is_refused_in_words(closed: Watched, signed_in: Any) -> None:
    row = closed.row("投诉次数")
    before = state()
    answer = signed_in("jixiao").post(f"/monitoring/rows/{row.pk}/", {"remark": "补记", "edits": row.edits})
    assert answer.status_code == 409
    assert "不能再改" in answer.content.decode()
    assert state()[:-1] == before[:-1]
    assert the_refusal(before[-1]).details["tried"] == "evaluation.fill_monitoring"


def test_reading_a_closed_round_records_nothing(closed: Watched, signed_in: Any) -> None:
    before = state()
    for page in (f"/monitoring/{closed.round.pk}/", f"/monitoring/reports/{closed.report.pk}/", "/monitoring/"):
        assert signed_in("jixiao").get(page).status_code == 200
    assert state() == before


def test_who_may_not_close_is_refused_and_that_is_no_attempt_of_the_trail(watched: Watched, person: Any) -> None:
    before = state()
    with pytest.raises(Forbidden):
        close_round(person("kezhang"), watched.round.pk)
    assert state() == before


def test_the_trail_says_a_refusal_in_words(watched: Watched, signed_in: Any) -> None:
    with pytest.raises(Refusal):
        close_round(watched.officer, watched.round.pk)
    number = TrailRecord.objects.order_by("number").last().number
    page = signed_in("auditadmin").get(f"/trail/{number}/").content.decode()
    for words in ("办理被拒绝", "完成监控", "1-7月监控", "尚未报送，还缺", "绩效管理员"):
        assert words in page


def test_the_end_of_a_round_is_in_the_trail(closed: Watched) -> None:
    record = TrailRecord.objects.get(action="evaluation.close_round")
    assert record.details["count"] == 1
    assert record.details["lamps"] == [f"{closed.scene.table}: red"]
