"""From round to round: running totals are never summed, a fall is flagged, what nothing newer is known of is carried and marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.monitoring.conftest import JULY, Watched, filled
from tests.zhiheng_web.evaluation.self_evaluation.scene import Scene

from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.plan_round import plan_round
from zhiheng_web.evaluation.models import MonitoringRow
from zhiheng_web.evaluation.queries.lamps import latest_lamps
from zhiheng_web.evaluation.queries.monitoring_report import report_page
from zhiheng_web.ledgers.models import EntryVersion

MARCH = replace(JULY, name="1-3月监控", last=date(2020, 3, 31), due_on=date(2020, 4, 20))
APRIL = datetime(2020, 4, 2, 2, tzinfo=UTC)


@pytest.fixture
def twice(table: Scene, person: Any) -> tuple[Watched, Watched]:
    """A round to March with 3 firms, one to July with 7 (from January on)."""
    for version in EntryVersion.objects.filter(category="firm").order_by("happened_on")[:3]:
        EntryVersion.objects.filter(pk=version.pk).update(happened_on=date(2020, 2, 10))
    made = []
    for plan, at in ((MARCH, APRIL), (JULY, datetime(2020, 8, 5, 2, tzinfo=UTC))):
        by = person("jixiao", at)
        found = plan_round(by, [table.table.unit.department_id], plan)[0]
        open_round(by, found.pk)
        made.append(Watched(table, found, by))
    return made[0], made[1]


def test_a_running_total_shows_what_the_months_added(twice: tuple[Watched, Watched]) -> None:
    """Pitfalls 30, 31, 37: 3, then 7: four were added; the target stays 12 and nothing is summed to 10."""
    march, july = twice
    assert (march.row("新增企业数").value, july.row("新增企业数").value) == (3, 7)
    progress = report_page(july.officer, july.report.pk).row_shown(july.row("新增企业数").pk).progress
    assert [(step.value, step.added, step.fell) for step in progress.steps] == [(3, 3, False), (7, 4, False)]
    assert [share for _, share in progress.reached] == [Decimal(3) / 12, pytest.approx(7 / 12)]
    assert march.row("新增企业数").due == 3  # 3 of 12 months of the same 12


def test_rates_and_levels_have_no_increment(twice: tuple[Watched, Watched]) -> None:
    """Pitfall 40: a rate is no running total, neither in its lamp nor in its way."""
    _, july = twice
    assert not report_page(july.officer, july.report.pk).row_shown(july.row("检查覆盖率").pk).progress.running
    assert july.row("检查覆盖率").due is None


def test_a_late_entry_of_an_earlier_month_shows_in_the_later_round_alone(twice: tuple[Watched, Watched]) -> None:
    """Pitfall 32."""
    from zhiheng_web.evaluation.actions.refresh_monitoring import refresh_monitoring

    march, july = twice
    july.scene.ledger.put({"happened_on": date(2020, 1, 20), "category": "firm"})
    refresh_monitoring(july.officer, july.report.pk, "补登1月")
    assert (march.row("新增企业数").value, july.row("新增企业数").value) == (3, 8)


def test_a_running_total_that_falls_is_flagged_and_must_be_explained(twice: tuple[Watched, Watched], person: Any) -> None:
    """Pitfall 33."""
    from zhiheng_web.evaluation.actions.refresh_monitoring import refresh_monitoring

    _, july = twice
    EntryVersion.objects.filter(category="firm", happened_on__gt=date(2020, 2, 10)).update(standing="revoked")
    EntryVersion.objects.filter(category="firm").order_by("pk").first()
    first = EntryVersion.objects.filter(category="firm", standing="confirmed").first()
    EntryVersion.objects.filter(pk=first.pk).update(standing="revoked")
    refresh_monitoring(july.officer, july.report.pk, "撤销")
    row = july.row("新增企业数")
    assert row.value == 2
    shown = report_page(july.officer, july.report.pk).row_shown(row.pk)
    assert (shown.progress.now.fell, shown.progress.now.added) == (True, -1)
    assert ("O04", True) in {(one.code, one.must) for one in shown.asked}
    fill_monitoring(july.officer, row.pk, RowFilled(**filled(explanation="复核时撤销重复登记5家")), edits=row.edits)
    shown = report_page(july.officer, july.report.pk).row_shown(row.pk)
    assert ("O04", False) in {(one.code, one.must) for one in shown.asked}


def test_what_has_no_figure_now_shows_the_last_known_as_carried(twice: tuple[Watched, Watched]) -> None:
    """Pitfall 36."""
    march, july = twice
    MonitoringRow.objects.filter(pk=july.row("新增企业数").pk).update(value=None)
    progress = report_page(july.officer, july.report.pk).row_shown(july.row("新增企业数").pk).progress
    assert progress.carried is not None
    assert (progress.carried.value, progress.carried.last) == (3, date(2020, 3, 31))
    assert progress.now.added is None
    assert report_page(march.officer, march.report.pk).row_shown(march.row("新增企业数").pk).progress.carried is None


def test_red_twice_without_a_correction_is_pointed_out(twice: tuple[Watched, Watched]) -> None:
    march, july = twice
    MonitoringRow.objects.filter(pk=march.row("投诉次数").pk).update(lamp="red")
    asked = report_page(july.officer, july.report.pk).row_shown(july.row("投诉次数").pk).asked
    assert "red_again" in {one.code for one in asked}


def test_the_latest_lamp_is_that_of_the_last_round(twice: tuple[Watched, Watched], person: Any) -> None:
    _, july = twice
    indicators = [row.indicator_id for row in july.report.rows.all()]
    found = latest_lamps(july.officer, indicators, 2020)
    assert {one.on for one in found.values()} == {date(2020, 7, 31)}
    assert found[july.scene.indicator("投诉次数").pk].lamp == "red"
    assert latest_lamps(person("czjixiao"), indicators, 2020) == {}  # drafts are not finance's
