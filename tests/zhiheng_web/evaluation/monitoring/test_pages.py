"""The pages: what they show, the form that saves row by row, the file of the list, empty states, both languages, few queries."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.zhiheng_web.evaluation.monitoring.conftest import Watched, filled
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, scene

from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.plan_round import RoundPlan, plan_round
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRound, MonitoringRow, RectificationItem
from zhiheng_web.evaluation.queries import rounds as rounds_query
from zhiheng_web.evaluation.queries.milestones import milestones_page
from zhiheng_web.evaluation.queries.monitoring_paper import cause_of, monitoring_paper, period_words
from zhiheng_web.evaluation.queries.monitoring_report import RowShown, report_page
from zhiheng_web.evaluation.queries.rounds import rounds_page
from zhiheng_web.ledgers.models import Snapshot
from zhiheng_web.planning.actions.adjust_table import adjust_table
from zhiheng_web.planning.models import IndicatorRow


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_shows_progress_and_lamps(watched: Watched, signed_in: Any) -> None:
    html = text(signed_in("jixiao").get("/monitoring/?year=2020"))
    assert "1-7月监控" in html
    assert "0 / 1" in html
    line = rounds_page(watched.officer, 2020).lines[0]
    assert line.lamps == {"red": 1, "yellow": 1, "green": 1, "none": 2}


def test_a_lamp_by_the_figure_of_an_earlier_year_is_marked_provisional(watched: Watched, signed_in: Any) -> None:
    """2.13 % of 2019 stands in for the statistic that is not out: said on the row, at its lamp and in every count."""
    latest = {"data_year": "2019", "edition": "2020年公报", "number": "2.13"}
    part = {"unit": "%", "told": {"latest": latest}}
    row = MonitoringRow(state="waiting", lamp="green", shown_zh="待统计发布", snapshot=Snapshot(value={"parts": [part], "decisive": 0}))
    shown = RowShown(row, *[None] * 2, [], [], [], False, False)  # type: ignore[arg-type]
    assert (shown.provisional, shown.stands_in.zh) == (True, "2.13%（暂定，2019年）")  # type: ignore[union-attr]
    row.lamp = "none"
    assert (shown.provisional, shown.stands_in) == (False, None)
    MonitoringRow.objects.filter(pk=watched.row("新增企业数").pk).update(state="waiting")
    line = rounds_page(watched.officer, 2020).lines[0]
    assert (line.lamps["green"], line.provisional) == (1, {"green": 1})
    sheet = load_workbook(io.BytesIO(signed_in("jixiao").get("/monitoring/?year=2020&file=xlsx").content)).active
    assert dict(zip(*list(sheet.values)[:2], strict=True))["其中暂定"] == 1
    for page in ("/monitoring/?year=2020", f"/monitoring/{watched.round.pk}/", f"/monitoring/reports/{watched.report.pk}/"):
        assert "绿 1（1 项暂定）" in text(signed_in("jixiao").get(page)), page
    assert "绿（暂定）" in text(signed_in("jixiao").get(f"/monitoring/reports/{watched.report.pk}/"))


def test_who_may_not_see_a_table_is_told_so(watched: Watched, signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finance will read it once submitted; a unit that has no access reads neither that promise nor lamps of tables it cannot see."""
    page = f"/monitoring/{watched.round.pk}/"
    finance = text(signed_in("czjixiao").get(page))
    assert "报送后可查看" in finance and "无权查看" not in finance
    assert "您可查看的 0 张表" in finance
    monkeypatch.setattr(rounds_query, "awaited_reports", lambda _: MonitoringReport.objects.none())
    other = text(signed_in("czjixiao").get(page))
    assert "无权查看" in other and "报送后可查看" not in other


def test_the_list_as_a_file(watched: Watched, signed_in: Any) -> None:
    answer = signed_in("jixiao").get("/monitoring/?year=2020&file=xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    head, line = rows[0], dict(zip(rows[0], rows[1], strict=True))
    assert head[0] == "部门"
    assert (line["轮次"], line["应报送"], line["红灯"], line["不亮灯"], line["数据截止日"]) == ("1-7月监控", 1, 1, 2, "2020-07-31")


def test_the_report_says_why_each_lamp_in_both_languages(watched: Watched, signed_in: Any) -> None:
    client = signed_in("jixiao")
    address = f"/monitoring/reports/{watched.report.pk}/"
    html = text(client.get(address))
    assert "越少越好：5次超过了4次，红灯" in html
    assert "应达 7家" in html
    client.cookies["django_language"] = "en"
    english = text(client.get(address))
    assert "does not keep within 4" in english
    assert "Submit the report" in english
    assert "为什么" not in english


def test_one_row_is_saved_by_htmx_without_losing_the_place(watched: Watched, signed_in: Any) -> None:
    row = watched.row("投诉次数")
    sent = {"reasons": ["staff", "other"], "explanation": "人手不足", "possibility": "possible", "edits": "0"}
    answer = signed_in("jingban").post(f"/monitoring/rows/{row.pk}/", sent, headers={"HX-Request": "true"})
    html = text(answer)
    assert f'id="mo-asked-{row.pk}"' in html
    assert 'name="edits" value="1"' in html
    assert "须选择偏差原因" not in html
    row.refresh_from_db()
    assert (row.reasons, row.explanation, row.edited_by.username) == ("staff other", "人手不足", "jingban")
    again = signed_in("jixiao").post(f"/monitoring/rows/{row.pk}/", {**sent, "explanation": "x"}, headers={"HX-Request": "true"})
    assert again.status_code == 409
    assert "人手不足" in again.content.decode()


def test_without_script_the_row_goes_back_to_its_place(watched: Watched, signed_in: Any) -> None:
    row = watched.row("投诉次数")
    answer = signed_in("jingban").post(f"/monitoring/rows/{row.pk}/", {"remark": "x", "edits": "0"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/monitoring/reports/{watched.report.pk}/#row-{row.pk}")


def test_the_whole_round_through_its_pages(table: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in("jixiao")
    form = text(client.get("/monitoring/new/?year=2020"))
    assert 'value="2020-07-31"' in form
    department = table.table.unit.department_id
    sent = {"departments": [str(department)], "name": "1-7月监控", "first": "2020-01-01", "last": "2020-07-31", "due_on": "2020-08-31"}
    bad = client.post("/monitoring/new/", {**sent, "covers": "all", "policy": "national", "due_on": "2020-07-01"})
    assert bad.status_code == 400
    assert 'value="1-7月监控"' in bad.content.decode()
    assert client.post("/monitoring/new/", {**sent, "covers": "all", "policy": "national"}).status_code == 302
    found = MonitoringRound.objects.get()
    assert "启动监控" in text(client.get(f"/monitoring/{found.pk}/"))
    assert client.post(f"/monitoring/{found.pk}/open/").status_code == 302
    report = MonitoringReport.objects.get(round=found)
    early = client.post(f"/monitoring/{found.pk}/close/")
    assert early.status_code == 409
    assert "尚未报送" in early.content.decode()
    for row in report.rows.filter(lamp__in=("red", "yellow", "none")):
        client.post(f"/monitoring/rows/{row.pk}/", {"reasons": "staff", "explanation": "说明", "edits": "0"})
    words = {"edits": "0", "overview": "总体正常", "forecast-fiscal": "190"}
    assert client.post(f"/monitoring/reports/{report.pk}/words/", words).status_code == 302
    assert report.funds.get().forecast == 1_900_000
    assert client.post(f"/monitoring/reports/{report.pk}/submit/").status_code == 302
    assert client.post(f"/monitoring/{found.pk}/close/").status_code == 302
    html = text(client.get(f"/monitoring/reports/{report.pk}/"))
    assert "内容不再更改" in html
    assert "<textarea" not in html


def test_a_correction_from_its_page(watched: Watched, signed_in: Any) -> None:
    row = watched.row("投诉次数")
    client = signed_in("jixiao")
    assert "目标 ≤4次，完成 5次" in text(client.get(f"/monitoring/rows/{row.pk}/correction/"))
    bad = client.post(
        f"/monitoring/rows/{row.pk}/correction/", {"problem": "多", "measure": "", "due_on": "2030-01-01", "responsible": "张三"}
    )
    assert bad.status_code == 400
    good = {"problem": "多", "measure": "回访", "due_on": "2030-01-01", "responsible": "张三"}
    assert client.post(f"/monitoring/rows/{row.pk}/correction/", good).status_code == 302
    assert RectificationItem.objects.get().responsible == "张三"
    assert "回访" in text(client.get(f"/monitoring/reports/{watched.report.pk}/"))


def test_an_adjustment_is_asked_for_from_the_row_and_shows_there(watched: Watched, signed_in: Any, organisation: Any) -> None:
    shown = report_page(watched.officer, watched.report.pk).row_shown(watched.row("投诉次数").pk)
    html = text(signed_in("jixiao").get(f"/tables/{watched.scene.table.pk}/adjust/", {"reason": shown.adjust_reason}))
    assert "“投诉次数”按进度完成有困难" in html
    second = organisation.accounts["juzhang"].pk
    adjust_table(watched.officer, watched.scene.table.pk, reason=shown.adjust_reason, document="临政发〔2020〕9号", second_person=second)
    page = report_page(watched.officer, watched.report.pk)
    assert {one.row.indicator_row.name for one in page.rows if one.adjustments} == {"投诉次数"}
    assert "已申请调整" in text(signed_in("jixiao").get(f"/monitoring/reports/{watched.report.pk}/"))
    row = watched.row("投诉次数")
    fill_monitoring(watched.officer, row.pk, RowFilled(**filled(possibility="impossible")), edits=row.edits)
    asked = {one.code for one in report_page(watched.officer, watched.report.pk).row_shown(row.pk).asked}
    assert "O03" not in asked  # impossible, and an adjustment is asked for


def test_empty_states_say_what_comes_next(organisation: Any, signed_in: Any) -> None:
    assert "设置轮次" in text(signed_in("jixiao").get("/monitoring/?year=2019"))
    assert "请绩效管理人员或财政绩效科设置轮次" in text(signed_in("jingban").get("/monitoring/"))


def test_what_one_may_not_see_is_absent(watched: Watched, signed_in: Any) -> None:
    for username in ("jigou", "zhongxin"):
        client = signed_in(username)
        for address in (
            f"reports/{watched.report.pk}/",
            f"milestones/{watched.scene.table.pk}/",
            f"rows/{watched.row('投诉次数').pk}/correction/",
        ):
            assert client.get(f"/monitoring/{address}").status_code in (403, 404), (username, address)
    assert signed_in("czjixiao").get(f"/monitoring/reports/{watched.report.pk}/").status_code == 404


def test_queries_do_not_grow_with_the_rows(person: Any, organisation: Any) -> None:
    officer = person("jixiao")
    lines = [Line(f"指标{index}", "12家") for index in range(40)]
    found = scene(officer, organisation.units["331001"], lines)
    for line in lines:
        found.bind(line.name, "flow", categories=("firm",), unit="家")
    found.version.indicator_rows.filter(position__gte=3).update(removed_at=officer.now())
    counts = []
    for number, month in ((3, date(2020, 6, 30)), (40, date(2020, 7, 31))):
        if number == 40:
            IndicatorRow._base_manager.filter(version=found.version).update(removed_at=None)
        plan = RoundPlan(2020, "轮次", date(2020, 1, 1), month, date(2020, 8, 31))
        made = plan_round(officer, [found.table.unit.department_id], plan)[0]
        open_round(officer, made.pk)
        report = MonitoringReport.objects.get(round=made, table=found.table)
        with CaptureQueriesContext(connection) as asked:
            page = report_page(officer, report.pk)
            assert len([one.why for one in page.rows]) == number
        with CaptureQueriesContext(connection) as curves:
            milestones_page(officer, found.table.pk)
        with CaptureQueriesContext(connection) as list_:
            rounds_page(officer, 2020)
        counts.append((len(asked), len(curves), len(list_)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 30


def test_the_paper_holds_what_was_submitted(watched: Watched) -> None:
    from zhiheng.reports.papers.monitoring_report import monitoring_report
    from zhiheng.reports.papers.monitoring_table import monitoring_table

    for name in ("投诉次数", "检查覆盖率", "未设台账数"):
        row = watched.row(name)
        fill_monitoring(watched.officer, row.pk, RowFilled(**filled(possibility="possible", forecast="")), edits=row.edits)
    submit_monitoring(watched.officer, watched.report.pk)
    paper = monitoring_paper(watched.officer, watched.report.pk)
    assert [row.achieved for row in paper.rows][:3] == ["7家", "5次", "66.67%（2/3）"]
    assert (paper.rows[1].causes, paper.rows[1].outlook) == (("人员保障",), "有可能")
    assert [(one.name, one.budget, one.executed, one.rate) for one in paper.money] == [
        ("年度资金总额", 200, 100, "50%"), ("其中：当年财政拨款", 200, 100, "50%"),
    ]  # fmt: skip
    assert dict(paper.round.lamps) == {"红灯": 1, "黄灯": 1, "绿灯": 1, "蓝灯": 0, "不亮灯": 2}
    assert [one.name for one in paper.round.flagged] == ["投诉次数", "检查覆盖率"]
    table = monitoring_table(paper.plan, "1", paper.months, paper.money, paper.rows, kind=paper.report.table.kind)
    assert table.title.endswith("绩效目标执行监控表")
    assert "1—7月" in monitoring_report("1", paper.round).title


def test_a_cause_that_the_form_does_not_list_is_told_in_the_words_of_the_office() -> None:
    told = [cause_of(MonitoringRow(reasons=codes, explanation=said)) for codes, said in (("other", "评审推迟。"), ("other", ""))]
    assert told == ["评审推迟。", "其他"]
    assert cause_of(MonitoringRow(reasons="staff other", explanation="评审推迟。")) == "人员保障、其他：评审推迟。"


def test_a_round_of_one_month_names_it_once() -> None:
    assert period_words(MonitoringRound(year=2020, first=date(2020, 6, 1), last=date(2020, 6, 30))) == "2020年6月"


def test_what_stands_in_the_form_is_handed_in_with_it_or_neither_is(watched: Watched, signed_in: Any) -> None:
    """Words typed and not saved go with the report; a refused one keeps nothing, so that the same form can be sent again."""
    client, report = signed_in("jixiao"), watched.report
    words = f"/monitoring/reports/{report.pk}/words/"
    said = {"overview": "总体正常", "problems": "检查推迟", "budget_reason": "下半年集中支付"}
    typed = {"edits": "0", **said, "forecast-fiscal": "190", "submit": "1"}
    assert client.post(words, typed).status_code == 409
    report.refresh_from_db()
    assert (report.state, report.overview, report.edits) == ("draft", "", 0)
    for row in report.rows.all():
        client.post(f"/monitoring/rows/{row.pk}/", {"reasons": "staff", "explanation": "说明", "edits": "0"})
    wrong = client.post(words, {**typed, "forecast-fiscal": "约190"}, headers={"HX-Request": "true"})
    assert 'data-field="forecast-fiscal"' in wrong.content.decode()
    sent = client.post(words, typed)
    assert sent.status_code == 302, sent.content.decode().partition("<main")[2]
    report.refresh_from_db()
    assert (report.state, report.overview, report.problems) == ("submitted", "总体正常", "检查推迟")
    assert report.funds.get().forecast == 1_900_000
