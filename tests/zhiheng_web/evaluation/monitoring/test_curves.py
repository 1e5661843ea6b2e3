"""Milestone curves: set, carried, by date, from mid-year on; what cannot be one is refused; open reports are judged along the new one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.monitoring.conftest import Watched
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, Scene, scene

from zhiheng.monitoring.policy import shipped
from zhiheng.values.parse import parse
from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.set_milestones import mark_of, set_milestones
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.models import Milestone, MonitoringRound
from zhiheng_web.evaluation.monitoring.curves import curves_of, preset
from zhiheng_web.evaluation.monitoring.observing import is_share
from zhiheng_web.evaluation.queries.milestones import curve_form, milestones_page
from zhiheng_web.planning.models import BudgetChange, BudgetLine, PartRow, PerformanceTable, Project
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid

HALF = [(date(2020, 6, 30), Decimal("0.25"), "方案"), (date(2020, 12, 31), Decimal(1), "")]


def put(watched: Any, points: list[Any], name: str = "新增企业数", by: Any = None, base: str | None = None, reason: str = "") -> None:
    indicator = watched.scene.indicator(name).pk
    set_milestones(by or watched.officer, watched.scene.table.pk, indicator, points, base=base, reason=reason)


def share_of(found: Scene, name: str, day: date) -> Any:
    rows = list(found.version.indicator_rows.all())
    return curves_of(rows, found.table, shipped())[found.indicator(name).pk].curve.share(day)


def test_an_open_report_is_judged_along_the_new_curve(watched: Watched) -> None:
    put(watched, HALF)
    row = watched.row("新增企业数")
    assert (row.due, row.lamp) == (3, "blue")  # a quarter of 12 is due, 7 are there
    assert watched.report.goal_lamp == "red"  # the complaints are still the worst
    put(watched, [])
    assert (watched.row("新增企业数").due, watched.row("新增企业数").lamp) == (7, "green")


def test_what_is_due_once_in_november_is_not_late_in_july(watched: Watched) -> None:
    put(watched, [(date(2020, 11, 30), Decimal(1), "")], "未设台账数")
    assert [step["code"] for step in watched.row("未设台账数").trace if "code" in step] == ["not_begun"]


def test_a_submitted_report_stays_as_it_was_judged(watched: Watched) -> None:
    MonitoringRound.objects.filter(pk=watched.round.pk).update(policy="guangxi")
    fill_monitoring(watched.officer, watched.row("未设台账数").pk, RowFilled(explanation="年底统计"), edits=0)
    submit_monitoring(watched.officer, watched.report.pk)
    put(watched, HALF, reason="年中任务调整")
    assert (watched.row("新增企业数").due, watched.row("新增企业数").lamp) == (7, "green")


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ([(date(2020, 6, 30), Decimal("0.5"), "")], "milestone_not_whole"),
        ([(date(2020, 6, 30), Decimal("0.5"), ""), (date(2020, 9, 30), Decimal("0.4"), "")], "milestone_falling"),
        ([(date(2020, 6, 30), Decimal("1.2"), "")], "milestone_above_one"),
        ([(date(2019, 6, 30), Decimal(1), "")], "milestone_outside_year"),
        ([(date(2020, 6, 30), Decimal("-0.1"), ""), (date(2020, 12, 31), Decimal(1), "")], "milestone_below_zero"),
        ([(date(2020, 6, 30), Decimal("0.33333"), ""), (date(2020, 12, 31), Decimal(1), "")], "milestone_unfit"),
        ([(date(2020, 12, 31), Decimal(1), "秘密★1年")], "milestone_unfit"),
    ],
)
def test_what_is_no_curve_is_refused(watched: Watched, points: list[Any], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        put(watched, points)
    assert refused.value.code == code
    assert not Milestone.objects.exists()


def test_of_two_who_set_it_the_second_sees_a_conflict(watched: Watched) -> None:
    put(watched, HALF, base="")
    with pytest.raises(Conflict):
        put(watched, [], base="")
    put(watched, [], base=mark_of(HALF))
    assert not Milestone.objects.exists()


def test_the_office_that_holds_the_duty_sets_it(watched: Watched, person: Any) -> None:
    put(watched, HALF, by=person("jingban"))
    with pytest.raises(Forbidden):
        put(watched, HALF, "未设台账数", by=person("jingban"))
    for username in ("juzhang", "czjixiao"):
        with pytest.raises((Forbidden, Absent)):
            put(watched, HALF, by=person(username))


def test_presets() -> None:
    assert preset("quarter", 2020) == [
        (date(2020, 3, 31), Decimal("0.25")), (date(2020, 6, 30), Decimal("0.5")), (date(2020, 9, 30), Decimal("0.75")),
        (date(2020, 12, 31), Decimal(1)),
    ]  # fmt: skip
    assert preset("once", 2020, month=2) == [(date(2020, 2, 29), Decimal(1))]
    assert preset("carry", 2021, last=[(date(2020, 2, 29), Decimal("0.3")), (date(2020, 11, 15), Decimal(1))]) == [
        (date(2021, 2, 28), Decimal("0.3")), (date(2021, 11, 15), Decimal(1)),
    ]  # fmt: skip
    assert preset("linear", 2020) == []


def test_last_years_curve_is_offered_and_filled_in(watched: Watched) -> None:
    indicator = watched.scene.indicator("新增企业数")
    Milestone.objects.create(indicator=indicator, year=2019, on=date(2019, 10, 31), share=Decimal(1), set_at=watched.officer.now())
    form = curve_form(watched.officer, watched.scene.table.pk, indicator.pk, "carry")
    assert form.last_year
    assert [(day, share) for day, share, _ in form.points if share] == [(date(2020, 10, 31), "100")]


def test_parts_fall_due_by_their_own_days_and_dates_by_theirs(person: Any, organisation: Any) -> None:
    found = scene(person("jixiao"), organisation.units["331001"], [Line("年鉴", "编辑1次"), Line("规划", "9月底前完成")], money=None)
    row = found.row("年鉴")
    for position, due in enumerate((date(2020, 4, 30), date(2020, 11, 30))):
        PartRow.objects.create(indicator_row=row, position=position, name=f"分项{position}", target_text="1次", due_on=due)
    assert [share_of(found, "年鉴", day) for day in (date(2020, 4, 29), date(2020, 4, 30), date(2020, 11, 30))] == [0, Decimal("0.5"), 1]
    assert [share_of(found, "规划", day) for day in (date(2020, 9, 29), date(2020, 9, 30))] == [0, 1]


def test_a_project_of_mid_year_has_a_target_for_the_rest_of_it(table: Scene, person: Any) -> None:
    """Pitfall 45: money came in July only, so by the end of July one month of six is due: 2 of 12; and of the money as well."""
    officer = person("jixiao")
    project = Project.objects.create(unit=table.table.unit, code="P7", name="年中新增专项", first_year=2020)
    own = PerformanceTable.objects.create(unit=table.table.unit, kind="project", year=2020, project=project)
    line = BudgetLine.objects.create(unit=table.table.unit, project=project, year=2020, source="fiscal", initial=0)
    BudgetChange.objects.create(
        line=line, on=date(2020, 7, 3), amount=Decimal(600_000), reason="追加", document="财预〔2020〕9号", made_by=officer.account
    )
    rows = list(table.version.indicator_rows.all())
    along = curves_of(rows, own, shipped())[table.indicator("新增企业数").pk]
    assert (along.curve.share(date(2020, 6, 30)), along.curve.share(date(2020, 7, 31))) == (0, share(1, 6))
    assert "7 月" in along.origin.zh


def share(part: int, whole: int) -> Any:
    from fractions import Fraction

    return Fraction(part, whole)


def test_the_page_shows_the_curve_with_what_rounds_found(watched: Watched, signed_in: Any) -> None:
    page = milestones_page(watched.officer, watched.scene.table.pk)
    line = next(one for one in page.lines if one.row.name == "新增企业数")
    assert line.reached == [(date(2020, 7, 31), share(7, 12))]
    assert "2020-07-31 58.3%" in line.chart
    html = signed_in("jixiao").get(f"/monitoring/milestones/{watched.scene.table.pk}/").content.decode()
    assert html.count('class="chart course"') == 4  # the rate of checks has none
    assert html.count("比率或时点数，不按进度折算") == 1


def test_the_form_saves_and_removes(watched: Watched, signed_in: Any) -> None:
    indicator = watched.scene.indicator("新增企业数").pk
    address = f"/monitoring/milestones/{watched.scene.table.pk}/{indicator}/"
    client = signed_in("jixiao")
    sent = {"base": "", "share-2020-06-30": "25", "text-2020-06-30": "方案", "share-2020-12-31": "100%", "share-2020-03-31": " "}
    assert client.post(f"{address}set/", sent).status_code == 302
    assert list(Milestone.objects.values_list("on", "share", "text")) == [(HALF[0][0], HALF[0][1], "方案"), (HALF[1][0], HALF[1][1], "")]
    assert 'value="25"' in client.get(address).content.decode()
    assert client.post(f"{address}set/", {**sent, "base": mark_of(HALF), "linear": "1"}).status_code == 302
    assert not Milestone.objects.exists()
    assert client.post(f"{address}set/", {"share-2020-06-30": "五成"}).status_code == 400


def test_opening_uses_the_curve_that_stands(planned: Watched) -> None:
    put(planned, HALF)
    open_round(planned.officer, planned.round.pk)
    assert planned.row("新增企业数").due == 3


SHARES = [("≥90%", True), ("应审尽审", True), ("60家", False), ("1200万元", False), ("2周/次", False)]


@pytest.mark.parametrize(("written", "share"), SHARES)
def test_a_share_is_never_divided_over_the_year_whether_or_not_a_ledger_counts_it(written: str, share: bool) -> None:
    assert is_share(parse(written).value) is share
