"""Papers from monitoring to publication: their tables read back equal from docx and pdf, and they say what they must."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.strategies import WHAT_CAME
from tests.zhiheng.reports import year

from zhiheng.plan.plan import Document, Plan, Table
from zhiheng.reports.form import Form
from zhiheng.reports.letter import Letter
from zhiheng.reports.papers import Content
from zhiheng.reports.papers.congress_letter import congress_letter, listed
from zhiheng.reports.papers.evaluation_report import evaluation_report
from zhiheng.reports.papers.final_account_statement import final_account_statement
from zhiheng.reports.papers.monitoring_report import Flagged, lamp_words, monitoring_report
from zhiheng.reports.papers.monitoring_table import Monitored, monitored
from zhiheng.reports.papers.outline import Money
from zhiheng.reports.papers.printing import printed
from zhiheng.reports.papers.prose import amount, ordinal
from zhiheng.reports.papers.rectification_ledger import rectification_ledger
from zhiheng.reports.papers.rectification_notice import rectification_notice
from zhiheng.reports.papers.self_evaluation_report import score_words, self_evaluation_report
from zhiheng.reports.papers.self_evaluation_table import Result, evaluated, self_evaluation_table
from zhiheng.reports.papers.use_of_results import Use, use_of_results
from zhiheng.reports.printing import printed as printed_plan
from zhiheng.reports.render.xlsx import bare_number
from zhiheng.tables import formats, read
from zhiheng.tables.canonical import document_json, meaning
from zhiheng.values.value import NotApplicable, Quantity

MADE: dict[str, Callable[..., tuple[Content, Plan]]] = {"monitoring": year.monitoring, "self_evaluation": year.self_evaluation}
BLANKS = re.compile(r"[\s\u200b]+")


def said(data: Any, kind: str) -> Any:
    """What a plan says. A pdf does not hold whether a line that was broken to fit its cell had a blank there."""
    if kind != "pdf":
        return data
    if isinstance(data, dict):
        return {BLANKS.sub("", key): said(value, kind) for key, value in data.items()}
    if isinstance(data, list):
        return [said(value, kind) for value in data]
    return BLANKS.sub("", data) if isinstance(data, str) else data


def same(held: Plan, data: bytes, kind: str, folder: Path) -> None:
    path = folder / f"paper.{kind}"
    path.write_bytes(data)
    assert said(meaning(document_json(read(path))), kind) == said(meaning(document_json(Document("", (Table(held),)))), kind)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("size", [0, 1, 36, 200])
@pytest.mark.parametrize("shape", [year.project, year.by_duty])
@pytest.mark.parametrize("code", sorted(MADE))
def test_the_table_of_a_paper_reads_back_equal(code: str, shape: Callable[[int], Plan], size: int, kind: str, tmp_path: Path) -> None:
    paper, held = MADE[code](shape(size))
    assert len(held.indicators) == size
    same(held, printed(paper, kind), kind, tmp_path)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("long", [5, 12, 60])
@pytest.mark.parametrize("code", sorted(MADE))
def test_texts_longer_than_a_page_run_over_pages_and_read_back_equal(code: str, long: int, kind: str, tmp_path: Path) -> None:
    paper, held = MADE[code](year.project(9), long)
    same(held, printed(paper, kind), kind, tmp_path)


FIGURES = (
    "97.98%（243/248）；26次", "98.44%（126/128）；160.86万元", "无应办事项；0万元；0万元；47笔", "428项；125902万元；100721.6万元",
    "100%（3/3）；79.2万元；79.2万元；60笔", "2项；9项；450万元", "7篇（8/9期达标）；25篇；50分", "91.89%（34/37）", "1234567.89万元",
    "2家；100%（11/11）", "98.18%（540000/550000）",
)  # fmt: skip
"""What the year gives in the cells of the papers: shares with what they are shares of, several figures, long amounts."""


def with_figures(code: str) -> tuple[Content, Plan]:
    """A paper with FIGURES for actual values."""
    plan = year.project(len(FIGURES))
    if code == "monitoring":
        rows = [Monitored(words, words) for words in FIGURES]
        made = monitored(plan, year.MONTHS, year.SPENT, rows, kind="project")
        return year.monitoring_table(plan, "1号", year.MONTHS, year.SPENT, rows, kind="project"), made
    judged = [replace(row, actual=words) for row, words in zip(year.evaluated_rows(plan), FIGURES, strict=True)]
    made = evaluated(plan, year.SETTLED, judged, year.RESULT, kind="project")
    return self_evaluation_table(plan, "1号", year.SETTLED, judged, year.RESULT, kind="project"), made


@pytest.mark.parametrize("code", sorted(MADE))
def test_figures_with_what_they_are_shares_of_read_back_to_the_letter(code: str, tmp_path: Path) -> None:
    paper, held = with_figures(code)
    actual = {}
    for kind in ("docx", "pdf"):
        path = tmp_path / f"paper.{kind}"
        path.write_bytes(printed(paper, kind))
        rows = read(path).tables[0].plan.indicators
        actual[kind] = [tuple(said and said.text for said in (row.actual, row.forecast, row.target)) for row in rows]
    assert actual["pdf"] == actual["docx"]
    assert [first for first, *_ in actual["pdf"]] == list(FIGURES)
    assert len(held.indicators) == len(FIGURES)


@pytest.mark.parametrize("code", sorted(MADE))
def test_a_number_is_found_and_copied_in_one_piece(code: str) -> None:
    paper, _ = with_figures(code)
    with pdfplumber.open(io.BytesIO(printed(paper, "pdf"))) as file:
        shown = "\n".join(page.extract_text() for page in file.pages)
        letters = "".join(char["text"] for page in file.pages for char in page.chars)
    assert "\u200b" not in letters
    numbers = {number for words in FIGURES for number in re.findall(r"\d[\d.,]*%?", words)}
    numbers |= {"5300.5", "5210.25", "95.3"} if code == "self_evaluation" else {"2890.5"}
    assert [number for number in sorted(numbers) if number not in shown] == []


@pytest.mark.parametrize("code", sorted(MADE))
def test_no_word_stands_outside_the_page(code: str) -> None:
    paper, _ = MADE[code](year.project(9), 60)
    with pdfplumber.open(io.BytesIO(printed(paper, "pdf"))) as file:
        for page in file.pages:
            foot = min(char["top"] for char in page.chars if char["text"] == "第" and char["top"] > page.height - 60)
            assert max(char["bottom"] for char in page.chars if char["top"] < foot - 1) < foot


@pytest.mark.parametrize("per_duty", [1, 2, 3, 7])
def test_a_duty_that_a_page_ends_in_keeps_its_rows(per_duty: int, tmp_path: Path) -> None:
    plan = year.by_duty(36)
    duties = tuple(replace(plan.duties[0], number=number + 1, name=replace(duty.name)) for number, duty in enumerate(plan.duties * 4))
    duties = tuple(replace(duty, name=replace(duty.name, text=f"科技服务与项目管理职责{duty.number}")) for duty in duties)[
        : -(-36 // per_duty)
    ]
    rows = tuple(replace(row, duty=place // per_duty + 1) for place, row in enumerate(plan.indicators))
    paper, held = year.monitoring(replace(plan, duties=duties, indicators=rows))
    same(held, printed(paper, "pdf"), "pdf", tmp_path)


@pytest.mark.parametrize("which", sorted(WHAT_CAME))
@settings(max_examples=8, phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # a pdf is too slow to shrink
@given(data=st.data())
def test_made_up_tables_survive_a_pdf(which: str, data: st.DataObject, tmp_path: Path) -> None:
    plan = data.draw(WHAT_CAME[which])
    same(plan, printed_plan([plan], "pdf"), "pdf", tmp_path)


def cells_of(form: Form) -> list[list[str]]:
    rows = [[""] * len(form.widths) for _ in form.rows]
    for item in form.placed():
        rows[item.row][item.column] = BLANKS.sub("", item.cell.text)
    return rows


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("count", [0, 1, 36, 200])
@pytest.mark.parametrize("code", ["rectification_ledger", "use_of_results"])
def test_lists_read_back_cell_by_cell(code: str, count: int, kind: str, tmp_path: Path) -> None:
    if code == "rectification_ledger":
        paper = rectification_ledger("1号", "局", 2020, date(2021, 8, 1), (year.ENTRIES * 100)[:count])
    else:
        paper = use_of_results("1号", "局", 2020, None, (year.USES * 70)[:count])
    (form,) = paper.pages
    assert isinstance(form, Form)
    wanted = cells_of(form)
    path = tmp_path / f"list.{kind}"
    path.write_bytes(printed(paper, kind))
    found: list[list[str]] = []
    for grid in formats.read(path).grids:
        rows = [[BLANKS.sub("", text) for text in row] for row in grid.rows]
        again = found and rows[: form.heading_stop] == wanted[: form.heading_stop]
        found += rows[form.heading_stop :] if again else rows
    assert found == wanted


@pytest.mark.parametrize("code", sorted(MADE))
def test_headings_stand_on_every_page(code: str) -> None:
    paper, _ = MADE[code](year.project(36))
    with pdfplumber.open(io.BytesIO(printed(replace(paper, pages=paper.pages[:1]), "pdf"))) as file:
        assert len(file.pages) > 1
        assert all("三级指标" in page.extract_text() for page in file.pages)


# --- what they say -----------------------------------------------------------------------------------------------


def words(content: Content) -> str:
    pages = (page for page in content.pages)
    texts: list[str] = []
    for page in pages:
        if isinstance(page, Letter):
            texts += [line.text for line in page.lines]
        else:
            texts += [page.title, page.subtitle, *(cell.text for row in page.rows for cell in row)]
    return "\n".join(texts)


def test_the_months_of_the_round_stand_in_the_headings() -> None:
    plan = year.project(1)
    for months, said_so in (((1, 7), "1-7月执行情况"), ((1, 12), "1-12月执行情况"), ((6, 6), "6月执行情况")):
        content = year.monitoring_table(plan, "1号", months, year.SPENT, [Monitored("1场")], kind="project")
        assert said_so in words(content)
        assert said_so.replace("情况", "数") in words(content)


def funds(*rows: tuple[str, int | None, int]) -> list[Money]:
    return [
        Money(name, None if initial is None else Decimal(initial), Decimal(budget), Decimal(1), rate="1%") for name, initial, budget in rows
    ]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize(
    ("money", "note"),
    [
        (
            funds(("年度资金总额", 5364, 5304), ("其中：当年财政拨款", 5364, 5304)),
            "年中调减60万元，全年预算数5304万元，执行率按全年预算数计算。",
        ),
        (
            funds(("年度资金总额", 100, 120), ("其中：当年财政拨款", 60, 90), ("上年结转资金", 30, 20), ("其他资金", 10, 10)),
            (
                "年中调增20万元，全年预算数120万元，其中当年财政拨款调增30万元，全年预算数90万元；"
                "上年结转资金调减10万元，全年预算数20万元，执行率按全年预算数计算。"
            ),
        ),
        (
            funds(("年度资金总额", 100, 100), ("其中：当年财政拨款", 60, 50), ("其他资金", 40, 50)),
            "年中当年财政拨款调减10万元，全年预算数50万元；其他资金调增10万元，全年预算数50万元，执行率按全年预算数计算。",
        ),
        (funds(("年度资金总额", 100, 100), ("其中：当年财政拨款", None, 100)), ""),
    ],
)
def test_a_budget_adjusted_in_the_year_stands_in_the_foot_beside_its_rate(money: list[Money], note: str, kind: str, tmp_path: Path) -> None:
    for plan in (year.project(3), year.by_duty(3)):
        held = monitored(plan, (1, 9), money, [Monitored("1场")] * 3, kind="department")
        assert [(name.text, said.text) for name, said in held.notes] == ([("注", note)] if note else [])
        same(held, printed(year.monitoring_table(plan, "1号", (1, 9), money, [Monitored("1场")] * 3, year.OPINIONS), kind), kind, tmp_path)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_papers_of_a_unit_are_titled_as_such_and_read_back(kind: str, tmp_path: Path) -> None:
    plan = year.project(3)
    rows, results = year.monitored_rows(plan), year.evaluated_rows(plan)
    for held, paper in (
        (monitored(plan, (1, 9), (), rows, kind="unit"), year.monitoring_table(plan, "1号", (1, 9), (), rows, kind="unit")),
        (evaluated(plan, (), results, year.RESULT, kind="unit"), self_evaluation_table(plan, "", (), results, year.RESULT, kind="unit")),
    ):
        assert held.title == paper.title
        assert held.title.startswith("单位整体支出绩效")
        same(held, printed(paper, kind), kind, tmp_path)


def test_ticks_stand_under_their_own_heading_only() -> None:
    held = monitored(year.project(1), (1, 7), (), [Monitored("1场", causes=("其他",), outlook="有可能")], kind="project")
    (row,) = held.indicators
    assert {name: cell.text for name, cell in row.causes} == {
        "经费保障": "",
        "制度保障": "",
        "人员保障": "",
        "硬件条件保障": "",
        "其他": "√",
    }
    assert [cell.text for _, cell in row.outlook] == ["", "√", ""]


def test_words_that_the_form_does_not_have_are_refused() -> None:
    for row in (Monitored("1场", causes=("天气",)), Monitored("1场", outlook="大概")):
        with pytest.raises(ValueError, match="form has no"):
            monitored(year.project(1), (1, 7), (), [row], kind="project")
    for months in ((0, 7), (8, 7), (1, 13)):
        with pytest.raises(ValueError, match="months"):
            monitored(year.project(1), months, (), [Monitored("1场")], kind="project")
    with pytest.raises(ValueError, match="rows for"):
        monitored(year.project(2), (1, 7), (), [Monitored("1场")], kind="project")
    with pytest.raises(ValueError, match="rows for"):
        evaluated(year.project(2), (), [], year.RESULT, kind="project")


def test_points_changed_by_hand_bear_a_star_that_a_footnote_explains() -> None:
    _, held = year.self_evaluation(year.REAL)
    assert [row.points.text for row in held.indicators if row.points is not None][2:5] == ["2.5", "2.5*", "—"]
    starred = held.indicators[3].points
    assert starred is not None
    assert isinstance(starred.reading.value, Quantity)
    assert starred.reading.value.amount == Decimal("2.5")
    assert held.total_points is not None
    assert held.total_points.text == "95.3*"
    (note,) = held.notes
    for each in ("得1.5分，改为2.5分", "统计口径经省厅更正", "改分人为绩效管理员", "复核人为财务科负责人"):
        assert each in note[1].text
    assert "\n" not in note[1].text
    rows = [replace(row, changed=None) for row in year.evaluated_rows(year.REAL)]
    assert "*" not in words(self_evaluation_table(year.REAL, "1号", year.SETTLED, rows, year.RESULT))


def test_a_provisional_sum_says_so_in_the_foot_and_names_its_rows(tmp_path: Path) -> None:
    plan = year.project(3)
    rows = [replace(row, provisional=place == 1) for place, row in enumerate(year.evaluated_rows(plan))]
    result = replace(year.RESULT, provisional=True, remarks=("本表为第2版。\n更正原因：漏计。",))
    held = evaluated(plan, year.SETTLED, rows, result, kind="project")
    assert held.notes[0][1].text == "总分和等级为暂定，“科技服务事项2办结数量”的得分按暂定数据计算，正式数据发布后更正。"
    assert held.notes[-1][1].text == "本表为第2版。，更正原因：漏计。"
    paper = self_evaluation_table(plan, "", year.SETTLED, rows, result, kind="project")
    for kind in ("docx", "pdf"):
        same(held, printed(paper, kind), kind, tmp_path)
    assert [note for _, note in evaluated(plan, year.SETTLED, rows, year.RESULT, kind="project").notes if "暂定，" in note.text] == []


def test_a_paper_for_everybody_names_no_person_behind_a_change_by_hand() -> None:
    plan = year.project(1)
    row = replace(year.evaluated_rows(plan)[0], points=Decimal(1), changed=replace(year.CHANGED, by="", confirmed_by=""))
    (note,) = evaluated(plan, year.SETTLED, [row], year.RESULT, kind="project").notes
    assert note[1].text.endswith("；由两人分别提出和复核。")
    assert "改分人" not in note[1].text


@pytest.mark.parametrize(
    ("words", "number"),
    [("35", ("35", "")), ("-0.5", ("-0.5", "")), ("35*", ("35", "*")), ("007", None), ("2.50", None), ("≥35", None), ("", None),
     ("98%", None), ("123456789012345", ("123456789012345", "")), ("1234567890123456", None)],
)  # fmt: skip
def test_a_bare_number_is_one_that_a_workbook_keeps_to_the_last_digit(words: str, number: tuple[str, str] | None) -> None:
    assert bare_number(words) == number


def test_states_stay_words_and_stay_different() -> None:
    _, held = year.self_evaluation(year.project(8))
    assert tuple(row.actual.text for row in held.indicators if row.actual is not None) == year.STATES
    zero, nothing_due = held.indicators[4].actual, held.indicators[1].actual
    assert zero is not None
    assert isinstance(zero.reading.value, Quantity)
    assert nothing_due is not None
    assert isinstance(nothing_due.reading.value, NotApplicable)
    money = held.budget.funds[2].executed
    assert money is not None
    assert money.text == ""


def test_a_zero_amount_is_printed_as_zero_and_a_missing_one_is_not() -> None:
    assert (amount(Decimal("0.00")), amount(Decimal("-0.0")), amount(None)) == ("0", "0", "未取得")
    assert (amount(Decimal("2890.50")), amount(Decimal(100)), amount(Decimal("1E+3"))) == ("2890.5", "100", "1000")
    held = monitored(year.project(0), (1, 7), [Money("年度资金总额", Decimal(0), executed=None)], [], kind="project")
    (fund,) = held.budget.funds
    assert fund.initial is not None
    assert fund.executed is not None
    assert (fund.initial.text, fund.executed.text) == ("0", "")


def test_a_self_evaluation_without_total_or_grade_says_none() -> None:
    held = evaluated(year.project(0), (), [], Result(Decimal(100), None), kind="project")
    assert (held.total_points, held.grade) == (None, None)


def test_the_monitoring_report_counts_names_and_gives_who_and_when() -> None:
    said = words(year.PAPERS["monitoring_report"])
    heads = ["总体情况", "预算执行情况", "绩效目标完成情况", "红黄灯事项", "偏差原因", "纠偏措施", "下一步工作"]
    places = [said.index(f"{ordinal(place)}、{name}") for place, name in enumerate(heads, 1)]
    assert places == sorted(places)
    for each in ("绩效指标36项", "黄灯1项", "执行率53.89%", "责任人李四，期限2020年9月30日"):
        assert each in said
    assert "蓝灯" not in said


def test_what_has_no_measure_is_said_once() -> None:
    bare = [Flagged("甲", "黄灯", "1家", "0家", cause="评审推迟。"), Flagged("乙", "黄灯", "1家", "0家")]
    said = words(monitoring_report("1号", replace(year.ROUND, flagged=(*year.FLAGGED, *bare))))
    measures = said.partition("六、纠偏措施\n")[2]
    assert measures.partition("\n七、")[0].split("\n") == [
        "1．国际科技合作对接次数：原因是出境活动取消；改为线上对接。责任人李四，期限2020年9月30日。",
        "3．甲：原因是评审推迟。",
        "第2、3、4项未填写纠偏措施，责任人和期限未定。",
    ]
    assert "未填写" not in words(monitoring_report("1号", replace(year.ROUND, flagged=year.FLAGGED[:1])))


def test_a_round_without_flags_says_so_and_encloses_nothing() -> None:
    calm = monitoring_report("1号", replace(year.ROUND, flagged=()))
    assert len(calm.pages) == 1
    assert "本期没有红灯、黄灯事项。" in words(calm)
    assert "附件" not in words(calm)
    assert lamp_words(()) == "本期监控绩效指标0项。"


def test_a_lamp_by_an_earlier_figure_is_called_provisional_in_the_letter() -> None:
    assert "暂定" not in words(year.PAPERS["monitoring_report"])
    said = words(monitoring_report("1号", replace(year.ROUND, provisional=2)))
    assert "其中2项的统计数据尚未发布，按最近一次发布的数据暂定。" in said


def test_the_self_evaluation_report_names_every_change_by_hand_with_both_persons() -> None:
    said = words(year.PAPERS["self_evaluation_report"])
    assert "得分95.3分（含人工改分1项），评价等级为“优”" in said
    assert "改分人为绩效管理员，复核人为财务科负责人" in said
    assert "效益指标分值30分，未计分" in said
    assert "七、结果应用\n无。" in said
    open_one = replace(year.REPORT, total=None, overrides=(), parts=())
    assert score_words(open_one)[0] == "评分尚未完成，没有总分。"
    assert "得分" not in words(self_evaluation_report("1号", open_one)).partition("四、")[2].partition("五、")[0]


def test_the_evaluation_report_has_cover_text_and_index_table() -> None:
    cover, text, table = year.PAPERS["evaluation"].pages
    assert isinstance(cover, Letter)
    assert isinstance(text, Letter)
    assert isinstance(table, Form)
    assert table.paper.landscape
    assert {"评价对象：临沂市科学技术局", "评价机构：某会计师事务所有限公司", "报告日期：2021年6月30日"} <= {
        line.text for line in cover.lines
    }
    assert any("综合得分88.5分（满分100分），评价等级为“良”" in line.text for line in text.lines)
    assert [cell.rows for row in table.rows for cell in row if cell.text in {"决策", "项目立项"}] == [3, 2]
    own = evaluation_report("1号", replace(year.EVALUATION, agency="", items=(), total=None))
    assert "评价机构：临沂市财政局" in words(own)
    assert "评分尚未完成。" in words(own)
    with pdfplumber.open(io.BytesIO(printed(year.PAPERS["evaluation"], "pdf"))) as file:
        assert "报告日期" in file.pages[0].extract_text()
        assert "一、" in file.pages[1].extract_text()


def test_a_notice_numbers_its_problems_and_one_without_is_refused() -> None:
    said = words(year.PAPERS["rectification"])
    assert "发现你单位存在2个问题" in said
    assert "请于2021年7月31日前" in said
    with pytest.raises(ValueError, match="without a problem"):
        rectification_notice("1号", replace(year.NOTICE, problems=()))


def test_the_ledger_counts_what_is_struck_off() -> None:
    said = words(year.PAPERS["rectification_ledger"])
    assert "共2个问题，已销号1个" in said
    assert "已销号\n2021年7月12日" in said
    assert "整改中" in said
    assert "科普活动经费\n科普活动场次" in said
    assert "没有需要整改的问题" in words(rectification_ledger("", "局", 2020, None, ()))


def test_the_use_of_results_adds_up_and_names_the_next_year() -> None:
    (form,) = year.PAPERS["use_of_results"].pages
    assert isinstance(form, Form)
    assert [cell.text for cell in form.rows[-1]] == ["合　计", "1", "1", "1", "590", "480.5", "-109.5", ""]
    assert "2021年预算（万元）" in words(year.PAPERS["use_of_results"])


@pytest.mark.parametrize(
    ("decision", "before", "after"), [("保留", 10, 9), ("压减", 10, 10), ("压减", 10, 12), ("取消", 10, 1), ("增加", 1, 2)]
)
def test_a_decision_that_its_amounts_do_not_bear_out_is_refused(decision: str, before: int, after: int) -> None:
    with pytest.raises(ValueError, match=decision):
        use_of_results("1号", "局", 2020, None, [Use("项目", "自评", "", "", decision, Decimal(before), Decimal(after), "理由")])


def test_the_letter_to_the_congress_lists_what_it_encloses() -> None:
    assert listed(["甲"]) == "附件：甲"
    assert listed(["甲", "乙\n丙"]) == "附件：1．甲\n　　　　　2．乙 丙"
    assert "（共3件）" in words(year.PAPERS["congress_letter"])
    with pytest.raises(ValueError, match="encloses nothing"):
        congress_letter("1号", replace(year.SENT, enclosures=()))
    document = docx.Document(io.BytesIO(printed(year.PAPERS["congress_letter"], "docx")))
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text][-2:] == ["临沂市科学技术局", "2021年9月10日"]


def test_the_statement_bears_its_year_and_is_never_empty() -> None:
    assert "2020年度" in year.PAPERS["final_account_statement"].title
    assert "二、存在的问题\n无。" in words(year.PAPERS["final_account_statement"])
    with pytest.raises(ValueError, match="without a section"):
        final_account_statement("", "局", 2020, ())


def test_headings_are_numbered_as_people_count() -> None:
    assert [ordinal(number) for number in (1, 9, 10, 11, 20, 21, 99, 100)] == ["一", "九", "十", "十一", "二十", "二十一", "九十九", "100"]
