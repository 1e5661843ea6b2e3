"""Each kind is issued for real, from what people did; its tables read back as what was monitored and scored."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from tests.zhiheng_web.evaluation.monitoring.conftest import AUGUST
from tests.zhiheng_web.evaluation.papers.conftest import JANUARY, Issue, Year
from tests.zhiheng_web.evaluation.self_evaluation.scene import row_of

from zhiheng.plan.plan import Plan
from zhiheng.reports.papers.content import digest, from_json
from zhiheng.tables import read
from zhiheng.values.value import Quantity
from zhiheng_web.evaluation.actions.begin_self_evaluation import begin_self_evaluation
from zhiheng_web.evaluation.actions.confirm_override import confirm_override
from zhiheng_web.evaluation.actions.correct_self_evaluation import correct_self_evaluation
from zhiheng_web.evaluation.actions.fill_self_evaluation import Cell, fill_self_evaluation
from zhiheng_web.evaluation.actions.override_score import override_score
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.issuing.contents import evaluated_subject
from zhiheng_web.evaluation.issuing.kinds import KINDS
from zhiheng_web.evaluation.models import MonitoringReport, SelfEvaluation, SelfEvaluationRow, YearPaper
from zhiheng_web.evaluation.queries.year_papers import issued_file, sheets
from zhiheng_web.planning.models import PerformanceTable

pytestmark = pytest.mark.django_db


def prepared(year: Year, code: str) -> tuple[UUID, str]:
    """What the paper is about, and who issues it."""
    match code:
        case "monitoring" | "monitoring_report":
            return year.monitored().pk, "jixiao"
        case "self_evaluation" | "self_evaluation_report":
            return year.evaluated().pk, "jixiao"
        case "evaluation":
            return year.evaluation().pk, "czjixiao"
        case "rectification":
            return year.order().pk, "czjixiao"
        case "rectification_ledger":
            year.order()
            return year.department, "jixiao"
    year.use(year.evaluated())
    return year.department, "czjixiao"


SAID = {
    "monitoring": ("部门整体支出绩效目标执行监控表", "1-7月执行情况", "投诉次数", "受疫情影响，检查推迟到9月。", "临沂市科学技术局"),
    "monitoring_report": ("临沂市科学技术局2020年1—7月部门整体支出绩效运行监控报告", "临沂市财政局", "黄灯", "投诉次数"),
    "self_evaluation": ("部门整体支出绩效自评表", "35*", "两家已受理", "190", "95%"),
    "self_evaluation_report": (
        "部门整体支出绩效自评报告", "人工改分1项", "全年预算数200万元，全年执行数190万元，预算执行率95%", "预算执行率分值10分，得9.5分",
    ),
    "evaluation": (
        "2020年度部门整体绩效评价报告", "评价对象：临沂市科学技术局\n", "山东示例评价有限公司", "综合得分90分",
        "被评价单位意见：第一条与事实不符", "绩效评价指标评分表",
    ),
    "rectification": ("整改通知书", "发现你单位存在2个问题", "佐证不全", "2021年6月30日", "临沂市财政局文件"),
    "rectification_ledger": ("2020年度绩效问题整改台账", "共2个问题，已销号0个（截至2021年5月10日）", "企业数未达目标"),
    "use_of_results": ("2020年度绩效评价结果应用表", "临财预〔2021〕3号", "150", "-50", "2021年预算（万元）"),
}  # fmt: skip


def words(paper: YearPaper) -> str:
    said = []
    for page in sheets(from_json(paper.content)):
        said += [page.title, page.subtitle, *(text for _, text in page.lines)]
        said += [cell.text for rows in (page.above, page.head, page.body) for row in rows for cell in row]
    return "\n".join(said)


@pytest.mark.parametrize("code", KINDS)
def test_each_kind_is_issued_numbered_and_printed(code: str, year: Year, issue: Issue) -> None:
    key, by = prepared(year, code)
    paper = issue(code, key, by)
    assert (paper.code, paper.sequence, paper.year, paper.number) == (code, 1, 2020, f"{KINDS[code].prefix}331〔2021〕1号")
    assert paper.digest == digest(from_json(paper.content))
    for each in SAID[code]:
        assert each in words(paper), (each, words(paper))
    assert paper.number in words(paper) or code in ("monitoring", "self_evaluation")
    for kind, sign in (("docx", b"PK"), ("pdf", b"%PDF-")):
        name, data = issued_file(year.person("jixiao"), paper.pk, kind)
        assert data.startswith(sign)
        assert name.endswith(f".{kind}")
        assert issued_file(year.person("jixiao"), paper.pk, kind)[1] == data


def plan_in(year: Year, paper: YearPaper, kind: str, folder: Path) -> Plan:
    path = folder / f"paper.{kind}"
    path.write_bytes(issued_file(year.person("jixiao"), paper.pk, kind)[1])
    return read(path).tables[0].plan


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_monitoring_table_reads_back_as_what_was_reported(kind: str, year: Year, issue: Issue, tmp_path: Path) -> None:
    report = year.monitored()
    plan = plan_in(year, issue("monitoring", report.pk), kind, tmp_path)
    assert (plan.months, plan.year) == ((1, 7), 2020)
    rows = MonitoringReport.objects.get(pk=report.pk).rows.select_related("indicator_row").order_by("position")
    assert [(one.name.text, one.target.text, one.actual.text) for one in plan.indicators if one.target and one.actual] == [
        (row.indicator_row.name, row.indicator_row.target_text, row.shown_zh) for row in rows
    ]
    assert [one.actual.text for one in plan.indicators if one.actual][:2] == ["8", "5"]
    (fund, *_) = plan.budget.funds
    assert fund.initial and quantity(fund.initial) == 200
    assert [[name for name, cell in one.causes if cell.text] for one in plan.indicators] == [["人员保障"]] * 4


def quantity(figure: Any) -> Decimal:
    assert isinstance(figure.reading.value, Quantity), figure
    return figure.reading.value.amount


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_self_evaluation_table_reads_back_as_what_was_scored(kind: str, year: Year, issue: Issue, tmp_path: Path) -> None:
    one = year.evaluated()
    plan = plan_in(year, issue("self_evaluation", one.pk), kind, tmp_path)
    rows = list(SelfEvaluationRow.objects.filter(self_evaluation=one).select_related("indicator_row").order_by("position"))
    assert [(each.name.text, each.target.text) for each in plan.indicators if each.target] == [
        (row.indicator_row.name, row.indicator_row.target_text) for row in rows
    ]
    assert [each.actual.text for each in plan.indicators if each.actual] == ["8", "5", "66.67%（2/3）", "90%"]
    assert [quantity(each.weight) for each in plan.indicators] == [40, 10, 30, 10]
    one.refresh_from_db()
    card = {row["index"]: Decimal(row["points"]) for row in one.frozen["card"]["rows"]}
    assert [quantity(each.points) for each in plan.indicators] == [card[index] for index in range(4)]
    assert card[0] == 35  # changed by hand from 32
    assert plan.total_points and quantity(plan.total_points) == one.total
    assert plan.grade and plan.grade.text == one.grade
    (fund, *_) = plan.budget.funds
    assert [quantity(cell) for cell in (fund.initial, fund.budget, fund.executed)] == [200, 200, 190]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_papers_of_a_correction_say_what_they_replace_and_why(kind: str, year: Year, issue: Issue, tmp_path: Path) -> None:
    first, officer = year.evaluated(), year.person("jixiao", JANUARY)
    for code in ("self_evaluation", "self_evaluation_report"):
        assert "更正" not in words(issue(code, first.pk))
    second = correct_self_evaluation(officer, first.pk, "投诉一件重复登记：\n已核减。")
    firms = row_of(second, "新增企业数")
    made = override_score(officer, second.pk, firms.pk, Decimal(36), "三家已受理", firms.edits)
    confirm_override(year.person("kezhang", JANUARY), second.pk, firms.pk, Decimal(36), made.edits)
    submit_self_evaluation(officer, second.pk)
    first.refresh_from_db()
    assert first.total is not None
    was = f"第2版，更正第1版（总分{first.total.normalize():f}分，等级为“{first.grade}”），更正原因为投诉一件重复登记：已核减。"
    table, letter = issue("self_evaluation", second.pk), issue("self_evaluation_report", second.pk)
    assert f"本报告为{was}" in words(letter)
    (note,) = [said.text for _, said in plan_in(year, table, kind, tmp_path).notes if "更正第1版" in said.text]
    assert note == f"本表为{was}"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2020年度科技创新券补助项目财政评价（演示）", "2020年度科技创新券补助项目（演示）"),
        ("2020年度科技创新券补助项目部门评价", "2020年度科技创新券补助项目"),
        ("2020年度部门整体绩效评价报告", "2020年度部门整体"),
        ("科研平台（二期）评价(试点)", "科研平台（二期）(试点)"),
        ("科研平台（二期）", "科研平台（二期）"),
        ("财政评价（演示）", "财政评价（演示）"),
        ("绩效评价", "绩效评价"),
    ],
)
def test_the_title_of_a_report_says_evaluation_once(name: str, title: str) -> None:
    assert evaluated_subject(name) == title


def test_what_was_issued_stays_word_for_word_when_the_rows_change(year: Year, issue: Issue) -> None:
    order = year.order()
    paper = issue("rectification_ledger", year.department)
    before = issued_file(year.person("jixiao"), paper.pk, "pdf")
    order.items.update(problem="换了说法")
    assert issued_file(year.person("jixiao"), paper.pk, "pdf") == before
    second = issue("rectification_ledger", year.department)
    assert (second.sequence, second.number) == (2, "绩改台331〔2021〕2号")
    assert "换了说法" in words(second)
    assert "换了说法" not in words(YearPaper.objects.get(pk=paper.pk))
    assert issued_file(year.person("jixiao"), paper.pk, "pdf") == before


@pytest.mark.parametrize("change", [{"title": "改"}, {"content": {}}, {"number": "改"}, {"digest": "0" * 64}])
def test_the_database_itself_keeps_what_was_issued(change: dict[str, Any], year: Year, issue: Issue) -> None:
    year.order()
    paper = issue("rectification_ledger", year.department)
    with pytest.raises(DatabaseError, match="issued paper"), transaction.atomic():
        YearPaper.objects.filter(pk=paper.pk).update(**change)
    with pytest.raises(DatabaseError, match="issued paper"), transaction.atomic():
        YearPaper.objects.filter(pk=paper.pk).delete()


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_project_has_papers_of_its_own_on_the_form_of_projects(kind: str, year: Year, issue: Issue, tmp_path: Path) -> None:
    table = year.project()
    year.monitored(submit=False)
    officer = year.person("jixiao", AUGUST)
    report = MonitoringReport.objects.get(table=table)
    submit_monitoring(officer, report.pk)
    paper = issue("monitoring", report.pk)
    assert paper.title == "项目支出绩效目标执行监控表"
    plan = plan_in(year, paper, kind, tmp_path)
    assert [cell.text for cell in (plan.department, plan.project, plan.unit) if cell] == [
        "临沂市科学技术局", "科普活动经费", "临沂市科学技术局（本级）",
    ]  # fmt: skip
    (row,) = plan.indicators
    assert [figure.text for figure in (row.target, row.actual) if figure] == ["≥10场", "12场"]
    assert row.category == ("产出指标", "数量指标")
    (fund, *_) = plan.budget.funds
    assert [quantity(cell) for cell in (fund.initial, fund.executed)] == [40, 30]
    letter = words(issue("monitoring_report", report.pk))
    assert "2020年1—7月“科普活动经费”项目支出" in letter
    assert "已执行30万元，执行率75%" in letter


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_unit_issues_papers_under_its_own_name_and_below_its_department(kind: str, year: Year, issue: Issue, tmp_path: Path) -> None:
    table = year.center()
    year.monitored(submit=False)
    report = MonitoringReport.objects.get(table=table)
    submit_monitoring(year.person("jixiao", AUGUST), report.pk)
    paper = issue("monitoring", report.pk)
    assert paper.title == "单位整体支出绩效目标执行监控表"
    plan = plan_in(year, paper, kind, tmp_path)
    assert [cell.text for cell in (plan.department, plan.unit) if cell] == ["临沂市科学技术局", table.unit.name]
    letter = words(issue("monitoring_report", report.pk))
    assert f"{table.unit.name}2020年1—7月单位整体支出绩效运行监控报告" in letter.replace("\n", "")
    assert f"{table.unit.name}文件" in letter
    one = submitted(year, table)
    paper = issue("self_evaluation", one.pk)
    assert paper.title == "单位整体支出绩效自评表"
    plan = plan_in(year, paper, kind, tmp_path)
    assert [cell.text for cell in (plan.department, plan.unit) if cell] == ["临沂市科学技术局", table.unit.name]


def submitted(year: Year, table: PerformanceTable) -> SelfEvaluation:
    """Its self-evaluation, filled in and handed in."""
    officer = year.person("jixiao", JANUARY)
    one = begin_self_evaluation(officer, table.pk)
    said = ("goal_actual", "overview", "problems", "improvements", "payments_note")  # of the months after July
    cells = [Cell(None, name, "", "已写明") for name in said]
    row = SelfEvaluationRow.objects.get(self_evaluation=one)
    fill_self_evaluation(officer, one.pk, [*cells, Cell(row.pk, "reason", "", "需求旺盛"), Cell(row.pk, "improvement", "", "调高目标")])
    submit_self_evaluation(officer, one.pk)
    return one


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_self_evaluation_of_a_project_reads_back_too(kind: str, year: Year, issue: Issue, tmp_path: Path) -> None:
    one = submitted(year, year.project())
    paper = issue("self_evaluation", one.pk)
    assert paper.title == "项目支出绩效自评表"
    plan = plan_in(year, paper, kind, tmp_path)
    (back,) = plan.indicators
    assert [figure.text for figure in (back.target, back.actual, back.weight, back.points) if figure] == ["≥10场", "12场", "90", "90"]
    assert [(goal.expected.text, goal.actual.text) for goal in plan.goals if goal.actual] == [("提高公民科学素质。", "已写明")]
    (fund, *_) = plan.budget.funds
    assert [quantity(cell) for cell in (fund.budget, fund.executed, fund.score)] == [40, 30, Decimal("7.5")]
    assert plan.total_points and quantity(plan.total_points) == Decimal("97.5")  # 90, and 75 % of 10
    letter = words(issue("self_evaluation_report", one.pk))
    assert "“科普活动经费”项目支出绩效自评报告" in letter.replace("\n", "")
    assert "自评总分100分，得分97.5分" in letter
    assert "临沂市科学技术局文件" in letter  # 本级 has no letterhead of its own
    assert "本级" not in letter
