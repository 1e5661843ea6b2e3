"""Papers: table forms read back as the same plan, kept content prints the same bytes, letters say what official letters say."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest
from tests.zhiheng.reports import year

from zhiheng.plan.plan import Document, Plan, Table
from zhiheng.plan.procedure import STEPS
from zhiheng.reports.papers import NAMES, Content
from zhiheng.reports.papers.adjustment import Change, adjustment
from zhiheng.reports.papers.approval import Approved, approval
from zhiheng.reports.papers.content import digest, from_json, to_json
from zhiheng.reports.papers.declaration import declaration
from zhiheng.reports.papers.opinions import Opinion
from zhiheng.reports.papers.pre_assessment import Assessed, pre_assessment
from zhiheng.reports.papers.printing import printed
from zhiheng.reports.papers.review import Graded, review
from zhiheng.tables import read
from zhiheng.tables.canonical import document_json, meaning

REAL = Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt"
PLAN = read(REAL).tables[0].plan
OPINIONS = [Opinion("科室负责人审核", "同意", "数据与台账一致。", "张三", date(2020, 1, 10)), Opinion("主要负责人签批")]
FACTS = [("申报单位", "临沂市科学技术局"), ("所属年度", "2020年"), ("申报资金", "5364万元")]
GRADED = [
    Graded("完整性", "规范完整性", "10", "9", "优"),
    Graded("完整性", "明确清晰性", "10", "8.5", "良"),
    Graded("相关性", "目标相关性", "15", "", ""),
]
PAPERS: dict[str, Content] = {
    "declaration": declaration(PLAN, "绩申1号", OPINIONS, FACTS, kind="department"),
    "review": review("审核表", "绩审1号", FACTS, GRADED, ("100", "89.5", "良"), "请说明依据。", OPINIONS),
    "approval": approval(
        PLAN,
        "临财绩〔2020〕5号",
        Approved("临沂市财政局", "临沂市科学技术局", "2020年部门整体", PLAN.title, date(2020, 2, 20), [("绩效目标", "原则同意。")]),
    ),
    "adjustment": adjustment(
        PLAN,
        "绩调1号",
        [("申请单位", "局"), ("调整事由", "疫情")],
        [Change("国际科技合作", "组织技术对接", "年度指标值", "10", "8", "线下减少")],
        OPINIONS,
    ),
    "pre_assessment": pre_assessment(
        "创新券",
        "事评1号",
        FACTS,
        "专家论证",
        [Assessed("立项必要性", "20", "18", "有需求。")],
        ("18", "优", "予以支持", "同意。"),
        OPINIONS,
    ),
}


PAPERS = {code: paper for code in NAMES for paper in [(PAPERS | year.PAPERS).get(code)] if paper is not None}


def said(plan: Plan) -> Any:
    return meaning(document_json(Document("", (Table(plan),))))


def words_of(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_every_paper_of_the_procedure_has_a_layout() -> None:
    assert {step.paper for step in STEPS if step.paper} <= set(NAMES)
    assert list(PAPERS) == sorted(PAPERS, key=list(NAMES).index)
    assert set(PAPERS) == set(NAMES)
    assert all(content.code == code for code, content in PAPERS.items())


@pytest.mark.parametrize("code", ["declaration", "approval", "adjustment"])
def test_the_table_of_a_paper_reads_back_equal(code: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(printed(PAPERS[code], "docx"))
    (table,) = read(path).tables
    assert said(table.plan) == said(PLAN)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("code", sorted(PAPERS))
def test_kept_content_prints_the_same_bytes(code: str, kind: str) -> None:
    kept = from_json(to_json(PAPERS[code]))
    assert kept == PAPERS[code]
    assert digest(kept) == digest(PAPERS[code])
    assert printed(kept, kind) == printed(PAPERS[code], kind)


def test_another_word_is_another_digest() -> None:
    other = review("审核表", "绩审1号", FACTS, GRADED, ("100", "89.6", "良"), "请说明依据。", OPINIONS)
    assert digest(other) != digest(PAPERS["review"])


def test_the_approval_is_a_letter_with_all_its_parts_in_order() -> None:
    words = [paragraph.text for paragraph in docx.Document(io.BytesIO(printed(PAPERS["approval"], "docx"))).paragraphs if paragraph.text]
    wanted = [
        "临沂市财政局文件",
        "临财绩〔2020〕5号",
        "临沂市财政局关于2020年部门整体绩效目标的批复",
        "临沂市科学技术局：",
        "附件：",
        "临沂市财政局",
        "2020年2月20日",
    ]
    places = [next(n for n, text in enumerate(words) if text.startswith(each) and (n > 0 or each.endswith("文件"))) for each in wanted[:5]]
    assert places == sorted(places)
    assert words.index("2020年2月20日") == words.index("临沂市财政局") + 1 > places[-1]


def test_opinions_show_name_and_day_and_leave_room_where_nobody_has_signed() -> None:
    words = words_of(printed(PAPERS["declaration"], "docx"))
    for each in ("同意　数据与台账一致。", "张三", "2020年1月10日", "主要负责人签批", "　年　月　日", "盖　章", "编号：绩申1号"):
        assert each in words


def test_a_draft_says_that_it_has_no_number() -> None:
    assert "（未编号）" in words_of(printed(declaration(PLAN, "", OPINIONS, FACTS, kind="department"), "docx"))


@pytest.mark.parametrize("code", sorted(PAPERS))
def test_pages_are_a_size_of_paper_and_carry_number_and_count(code: str) -> None:
    with pdfplumber.open(io.BytesIO(printed(PAPERS[code], "pdf"))) as document:
        for place, page in enumerate(document.pages, 1):
            assert {round(page.width), round(page.height)} in ({595, 842}, {842, 1191})
            foot = (page.extract_text() or "").splitlines()[-1].replace(" ", "")
            assert f"第{place}页，共{len(document.pages)}页" in foot
            assert PAPERS[code].number in foot


def test_signs_that_no_paper_carries_do_not_stop_it() -> None:
    for kind in ("docx", "pdf"):
        assert printed(review("表\x00", "1号", [("单位", "a\x0b<b>&#")], [], ("", "", ""), "", OPINIONS), kind)


@pytest.mark.parametrize("length", range(0, 700, 23))
def test_no_page_of_a_letter_holds_nothing_but_the_signature(length: int) -> None:
    points = [("绩效目标", "原则同意。" + "绩" * length), ("有关要求", "请严格按照批复的绩效目标组织实施。")]
    said = Approved("临沂市财政局", "临沂市科学技术局", "2020年部门整体", "目标表", date(2020, 2, 20), points)
    letter = approval(PLAN, "临财绩〔2020〕5号", said)
    with pdfplumber.open(io.BytesIO(printed(Content("approval", "批复", "1号", letter.pages[:1]), "pdf"))) as file:
        pages = [page.extract_text() for page in file.pages]
    last = next(page for page in pages if "2020年2月20日" in page)
    assert "有关要求" in last
    assert "附件" in last


def test_an_opinion_that_only_repeats_the_outcome_is_not_printed_twice() -> None:
    once = review(
        "审核表",
        "1号",
        FACTS,
        GRADED,
        ("100", "89.5", "良"),
        "",
        [Opinion("财政业务科室审核", "同意", "同意。", "李四", date(2020, 1, 10))],
    )
    with pdfplumber.open(io.BytesIO(printed(once, "pdf"))) as file:
        assert "".join(page.extract_text() for page in file.pages).count("同意") == 1


def test_a_long_title_of_a_report_is_cut_before_the_kind_of_paper() -> None:
    made = pre_assessment("军民融合协同创新专项规划编制", "1号", FACTS, "论证", [], ("18", "优", "予以支持", "同意。"), OPINIONS)
    with pdfplumber.open(io.BytesIO(printed(made, "pdf"))) as file:
        assert file.pages[0].extract_text().splitlines()[:2] == ["军民融合协同创新专项规划编制", "事前绩效评估报告"]
    word = docx.Document(io.BytesIO(printed(made, "docx")))
    assert word.paragraphs[0].text == "军民融合协同创新专项规划编制\n事前绩效评估报告"
