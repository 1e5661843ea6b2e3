"""What was judged along a curve keeps it: the page of a closed round is the same whatever milestones are set later."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.monitoring.conftest import LINES, Watched, filled

from zhiheng_web.evaluation.actions.close_round import close_round
from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.set_milestones import set_milestones
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.models import Milestone, MonitoringRow
from zhiheng_web.evaluation.monitoring.recording import report_digest
from zhiheng_web.evaluation.queries.monitoring_report import report_page
from zhiheng_web.trail.action import Invalid
from zhiheng_web.trail.models import TrailRecord

NEW = [(date(2020, 3, 31), Decimal("0.5"), ""), (date(2020, 9, 30), Decimal(1), "")]


@pytest.fixture
def submitted(watched: Watched) -> Watched:
    for line in LINES[1:]:
        row = watched.row(line.name)
        fill_monitoring(watched.officer, row.pk, RowFilled(**filled()), edits=row.edits)
    submit_monitoring(watched.officer, watched.report.pk)
    return watched


def put(watched: Watched, reason: str = "") -> None:
    set_milestones(watched.officer, watched.scene.table.pk, watched.scene.indicator("新增企业数").pk, NEW, reason=reason)


def charts(watched: Watched) -> list[tuple[str, str]]:
    page = report_page(watched.officer, watched.report.pk)
    return [(one.chart, one.along.origin.zh) for one in page.rows]


@pytest.mark.parametrize("closed", [False, True])
def test_the_drawn_curve_is_the_one_it_was_judged_by(submitted: Watched, closed: bool) -> None:
    if closed:
        close_round(submitted.officer, submitted.round.pk)
    before = charts(submitted)
    digest = report_digest(submitted.report)
    put(submitted, "任务前移")
    assert Milestone.objects.count() == 2
    assert charts(submitted) == before
    assert "按月均摊" in before[0][1]
    assert report_digest(submitted.report) == digest


def test_an_open_report_is_drawn_along_the_new_curve(watched: Watched) -> None:
    before = charts(watched)
    put(watched)
    after = charts(watched)
    assert after[0] != before[0]
    assert after[0][1] == "自设进度节点"
    assert after[1:] == before[1:]


def test_a_row_judged_before_curves_were_kept_is_still_shown_and_its_digest_stays(watched: Watched) -> None:
    with_curve = report_digest(watched.report)
    MonitoringRow.objects.update(curve=None)
    assert "应达" in charts(watched)[0][0]
    assert report_digest(watched.report) != with_curve


def test_another_curve_after_a_report_is_handed_in_wants_a_reason_and_says_which_rounds(submitted: Watched) -> None:
    with pytest.raises(Invalid) as refused:
        put(submitted)
    assert refused.value.code == "reason_missing"
    assert "1-7月监控" in refused.value.text.zh
    assert not Milestone.objects.exists()
    put(submitted, "任务前移")
    record = TrailRecord.objects.get(action="evaluation.set_milestones")
    assert (record.details["reason"], record.details["reports"], record.details["old"]) == ("任务前移", ["1-7月监控"], "")
    put(submitted)  # the same curve again changes nothing and wants nothing


def test_the_form_asks_for_the_reason(submitted: Watched, signed_in: Any) -> None:
    table, indicator = submitted.scene.table.pk, submitted.scene.indicator("新增企业数").pk
    at = f"/monitoring/milestones/{table}/{indicator}/"
    person = signed_in("jixiao")
    assert 'name="reason"' in person.get(at).content.decode()
    sent = {"base": "", "share-2020-12-31": "100"}
    assert person.post(f"{at}set/", sent).status_code in (400, 422)
    assert person.post(f"{at}set/", {**sent, "reason": "年底一次完成"}).status_code == 302
