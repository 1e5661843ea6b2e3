"""What the office says of a lagging row: typed, checked, saved against conflicts; what the policy demands stands at the row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.monitoring.conftest import Watched, filled

from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.open_correction import Correction, open_correction
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.actions.write_monitoring import ReportFilled, write_monitoring
from zhiheng_web.evaluation.models import MonitoringFund, MonitoringRound, MonitoringRow, RectificationItem, Survey
from zhiheng_web.evaluation.monitoring.demands import money_cut
from zhiheng_web.evaluation.queries.monitoring_report import report_page
from zhiheng_web.planning.models import BudgetChange
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord


def asked(watched: Watched, name: str | None = None) -> set[tuple[str, bool]]:
    page = report_page(watched.officer, watched.report.pk)
    row = watched.row(name).pk if name else None
    return {(one.code, one.must) for one in page.asked if one.row == row}


def fill(watched: Watched, by: Any, name: str, **words: Any) -> MonitoringRow:
    row = watched.row(name)
    return fill_monitoring(by, row.pk, RowFilled(**words), edits=row.edits)


def test_red_and_yellow_rows_must_say_why(watched: Watched, person: Any) -> None:
    assert {("reason", True), ("explanation", True)} <= asked(watched, "投诉次数")
    assert {("reason", True), ("explanation", True)} <= asked(watched, "检查覆盖率")
    assert not [one for one in asked(watched, "新增企业数") if one[1]]
    fill(watched, person("jingban"), "检查覆盖率", **filled())
    assert not [one for one in asked(watched, "检查覆盖率") if one[1]]


@pytest.mark.parametrize(("policy", "yellow", "red"), [("ningxia", False, True), ("guangxi", False, False), ("national", True, True)])
def test_which_lamps_ask_is_the_policys(planned: Watched, policy: str, yellow: bool, red: bool) -> None:
    MonitoringRound.objects.filter(pk=planned.round.pk).update(policy=policy)
    open_round(planned.officer, planned.round.pk)
    assert (("reason", True) in asked(planned, "检查覆盖率"), ("reason", True) in asked(planned, "投诉次数")) == (yellow, red)


def test_tianjin_asks_for_forecast_and_reason_where_completion_is_not_sure(planned: Watched, person: Any) -> None:
    MonitoringRound.objects.filter(pk=planned.round.pk).update(policy="tianjin")
    open_round(planned.officer, planned.round.pk)
    fill(planned, person("jingban"), "新增企业数", possibility="possible")
    assert {("forecast", True), ("reason_unsure", True)} <= asked(planned, "新增企业数")


def test_a_forecast_is_read_in_the_targets_unit(watched: Watched, person: Any) -> None:
    fill(watched, person("jingban"), "新增企业数", forecast="10", possibility="sure")
    assert ("O05", False) in asked(watched, "新增企业数")  # sure, though 10 of 12 is forecast
    fill(watched, person("jingban"), "新增企业数", forecast="12家", possibility="sure")
    assert ("O05", False) not in asked(watched, "新增企业数")
    with pytest.raises(Invalid) as refused:
        fill(watched, person("jingban"), "新增企业数", forecast="大概差不多")
    assert "forecast" in refused.value.fields
    assert watched.row("新增企业数").forecast == "12家"


def test_impossible_without_an_adjustment_is_pointed_out(watched: Watched, person: Any) -> None:
    fill(watched, person("jingban"), "投诉次数", **filled(possibility="impossible"))
    assert ("O03", False) in asked(watched, "投诉次数")


def test_a_target_in_words_is_judged_by_a_person_and_a_figure_is_not(watched: Watched, person: Any) -> None:
    assert fill(watched, person("jingban"), "服务水平", tier=2).tier == 2
    assert (watched.row("服务水平").lamp, watched.report.goal_lamp) == ("yellow", "red")
    fill(watched, person("jingban"), "服务水平", tier=1)
    assert watched.row("服务水平").lamp == "green"
    with pytest.raises(Invalid) as refused:
        fill(watched, person("jingban"), "新增企业数", tier=1)
    assert refused.value.code == "tier_of_a_figure"


@pytest.mark.parametrize(
    "words", [{"reasons": ("weather",)}, {"possibility": "maybe"}, {"explanation": "长" * 2001}, {"tier": 4}, {"remark": "绝密★启用前"}]
)
def test_what_the_form_cannot_hold_is_refused(watched: Watched, person: Any, words: dict[str, Any]) -> None:
    before = watched.row("投诉次数").edits
    with pytest.raises(Invalid):
        fill(watched, person("jingban"), "投诉次数", **words)
    assert watched.row("投诉次数").edits == before


def test_of_two_editors_the_second_sees_what_stands_there(watched: Watched, person: Any) -> None:
    """Pitfall 71: a conflict, not a lost update."""
    row = watched.row("投诉次数")
    fill_monitoring(person("jingban"), row.pk, RowFilled(**filled()), edits=row.edits)
    with pytest.raises(Conflict) as refused:
        fill_monitoring(watched.officer, row.pk, RowFilled(explanation="另一种说法"), edits=row.edits)
    assert "受疫情影响，检查推迟到9月。" in refused.value.current.values()
    assert watched.row("投诉次数").explanation == "受疫情影响，检查推迟到9月。"


def test_a_row_is_filled_by_the_office_that_holds_its_duty(watched: Watched, person: Any) -> None:
    fill(watched, person("jingban2"), "未设台账数", remark="年底组织")  # duty 2 is theirs
    with pytest.raises(Forbidden):
        fill(watched, person("jingban"), "未设台账数", remark="不是我科的")
    with pytest.raises(Forbidden):
        fill(watched, person("jingban2"), "投诉次数", remark="不是我科的")
    fill(watched, person("jixiao"), "投诉次数", remark="综合")


def test_saving_what_stands_there_already_leaves_no_record(watched: Watched, person: Any) -> None:
    fill(watched, person("jingban"), "投诉次数", **filled())
    count = TrailRecord.objects.count()
    fill(watched, person("jingban"), "投诉次数", **filled())
    assert TrailRecord.objects.count() == count


def test_words_and_forecasts_of_the_money(watched: Watched) -> None:
    said = ReportFilled("按合同进度", "总体正常", "", "加快", {"fiscal": Decimal("1900000.00")})
    report = write_monitoring(watched.officer, watched.report.pk, said, edits=0)
    assert (report.overview, report.funds.get().forecast, report.edits) == ("总体正常", Decimal(1_900_000), 1)
    with pytest.raises(Conflict):
        write_monitoring(watched.officer, watched.report.pk, ReportFilled("改"), edits=0)
    with pytest.raises(Invalid):
        write_monitoring(watched.officer, watched.report.pk, ReportFilled(forecasts={"other": Decimal(1)}), edits=1)
    with pytest.raises(Invalid):
        write_monitoring(watched.officer, watched.report.pk, ReportFilled(forecasts={"fiscal": Decimal(-1)}), edits=1)


def test_a_correction_has_its_person_and_day_and_shows_on_the_report(watched: Watched, person: Any, organisation: Any) -> None:
    row = watched.row("投诉次数")
    ours = Correction("投诉超过上限", "逐件回访", date(2020, 9, 30), account=organisation.accounts["jingban"].pk)
    item = open_correction(person("jingban"), row.pk, ours)
    assert (item.state, item.responsible, item.monitoring_row_id) == ("open", organisation.accounts["jingban"].name, row.pk)
    assert [step.kind for step in item.steps.all()] == ["measure"]
    shown = report_page(watched.officer, watched.report.pk).row_shown(row.pk)
    assert [one.pk for one in shown.corrections] == [item.pk]
    bad = [
        Correction("投诉", "回访", date(2020, 8, 4), "张三"), Correction("投诉", "回访", date(2020, 9, 30)),
        Correction("投诉", "", date(2020, 9, 30), "张三"), Correction("", "回访", date(2020, 9, 30), "张三"),
        Correction("投诉", "回访", date(2020, 9, 30), account=organisation.accounts["czjixiao"].pk),
    ]  # fmt: skip
    for one in bad:
        with pytest.raises(Invalid):
            open_correction(person("jingban"), row.pk, one)
    assert RectificationItem.objects.count() == 1


def test_a_budget_of_0_and_spending_without_one(planned: Watched) -> None:
    """Pitfall 88: no rate, no division; the spending must be explained."""
    line = planned.scene.table.unit.budget_lines.get()
    BudgetChange.objects.create(
        line=line,
        on=date(2020, 6, 1),
        amount=Decimal(-2_000_000),
        reason="收回",
        document="财预〔2020〕1号",
        made_by=planned.officer.account,
    )
    open_round(planned.officer, planned.round.pk)
    page = report_page(planned.officer, planned.report.pk)
    assert (page.report.budget_lamp, page.rate.percent, page.cut) == ("yellow", None, Decimal(-2_000_000))
    assert page.report.lamp in ("yellow", "red")
    assert "没有预算却有支出" in {note.zh for note in page.notes}
    assert ("overspent", True) in asked(planned)


def test_a_budget_cut_in_the_year_is_judged_as_it_then_stood(planned: Watched) -> None:
    line = planned.scene.table.unit.budget_lines.get()
    for on, amount in ((date(2020, 6, 1), -1_200_000), (date(2020, 8, 2), 500_000)):  # the later one is not of this round
        BudgetChange.objects.create(
            line=line, on=on, amount=Decimal(amount), reason="调整", document="财预〔2020〕1号", made_by=planned.officer.account
        )
    open_round(planned.officer, planned.round.pk)
    page = report_page(planned.officer, planned.report.pk)
    assert (page.whole.budget, page.rate.percent, page.cut) == (Decimal(800_000), Decimal(125), Decimal(-1_200_000))
    assert ("overspent", True) in asked(planned)
    assert "125" in " ".join(step.zh for step in page.why)
    write_monitoring(planned.officer, planned.report.pk, ReportFilled("超预算部分由结转资金支付"), edits=0)
    assert ("overspent", True) not in asked(planned)


def test_a_cut_is_explained_before_the_report_is_submitted(planned: Watched, signed_in: Any) -> None:
    """docs/year.md 1: of 200万元 60 were taken away, the rest is well on its pace: still nobody submits it without a word."""
    line = planned.scene.table.unit.budget_lines.get()
    BudgetChange.objects.create(
        line=line, on=date(2020, 6, 1), amount=Decimal(-600_000), reason="压减", document="财预〔2020〕1号", made_by=planned.officer.account
    )
    open_round(planned.officer, planned.round.pk)
    assert planned.report.budget_lamp == "green"
    assert ("budget_cut", True) in asked(planned)
    page = f"/monitoring/reports/{planned.report.pk}/"
    assert "年中调减预算，须说明" in signed_in("jixiao").get(page).content.decode()
    assert "年中调减预算，须说明" in signed_in("jixiao").get(f"/monitoring/{planned.round.pk}/").content.decode()
    with pytest.raises(Refusal):
        submit_monitoring(planned.officer, planned.report.pk)
    write_monitoring(planned.officer, planned.report.pk, ReportFilled("会议改为线上，目标不受影响"), edits=0)
    assert ("budget_cut", True) not in asked(planned)
    assert "年中调减预算，已说明" in signed_in("jixiao").get(page).content.decode()


def test_the_cut_of_one_source_is_not_hidden_by_another() -> None:
    def fund(source: str, initial: int, budget: int) -> MonitoringFund:
        return MonitoringFund(source=source, initial=Decimal(initial), budget=Decimal(budget))

    assert money_cut([fund("fiscal", 100, 60), fund("other", 10, 90)])
    assert not money_cut([fund("fiscal", 100, 100), fund("other", 10, 90)])


def test_a_survey_gives_an_indicator_without_ledger_its_rate(planned: Watched) -> None:
    closed = datetime(2020, 7, 10, tzinfo=UTC)
    Survey.objects.create(
        department=planned.round.department, year=2020, indicator=planned.scene.indicator("未设台账数"), title="满意度", audience="企业",
        opens_on=date(2020, 6, 1), closes_on=date(2020, 6, 30), closed_at=closed, made_by=planned.officer.account, made_at=closed,
        result={"numerator": "45", "denominator": "50", "answers": 50},
    )  # fmt: skip
    open_round(planned.officer, planned.round.pk)
    row = planned.row("未设台账数")
    assert (row.value, row.unit, row.shown_zh) == (Decimal(90), "%", "90%（满意度调查，50 份答卷）")


def test_an_unseen_row_is_absent(watched: Watched, person: Any) -> None:
    row = watched.row("投诉次数")
    for username in ("jigou", "sysadmin", "lanshan"):
        with pytest.raises(Absent):
            fill_monitoring(person(username), row.pk, RowFilled(remark="x"), edits=0)
