"""Every kind of file, read back by the programs' own libraries: cell for cell, merge for merge."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from tests.strategies import PLANS

from zhiheng.plan.plan import Cell, Duty, Indicator, Plan
from zhiheng.reports import forms
from zhiheng.reports.form import Form
from zhiheng.reports.printing import RENDERERS, printed
from zhiheng.reports.render import pdf, xlsx
from zhiheng.reports.settings import Settings
from zhiheng.reports.sheets import LONGEST, TooLong

ANY = st.one_of(*PLANS.values())
FEW = settings(max_examples=12)
Square = tuple[int, int]


def squares(laid: Form) -> dict[Square, tuple[str, int, int]]:
    """Text and span of every cell by its position."""
    return {(p.row, p.column): (p.cell.text, p.cell.rows, p.cell.columns) for p in laid.placed()}


@FEW
@given(ANY)
def test_xlsx_cell_for_cell(plan: Plan) -> None:
    laid = forms.form(plan)
    sheet = openpyxl.load_workbook(io.BytesIO(printed([plan], "xlsx"))).active
    first = 2 if not laid.subtitle else 3
    spans = {(r.min_row - first, r.min_col - 1): (r.max_row - r.min_row + 1, r.max_col - r.min_col + 1) for r in sheet.merged_cells.ranges}
    for (row, column), (text, rows, columns) in squares(laid).items():
        cell = sheet.cell(first + row, column + 1)
        assert (cell.value or "") == text
        assert cell.data_type in ("s", "n") if not text else cell.data_type == "s"
        assert spans.get((row, column), (1, 1)) == (rows, columns)
    assert sheet["A1"].value == laid.title


def test_xlsx_is_set_up_for_the_official_paper() -> None:
    plan = Plan("2020年部门预算整体绩效目标表", "duty-table", year=2020, indicators=(Indicator(Cell("甲")),))
    sheet = openpyxl.load_workbook(io.BytesIO(printed([plan], "xlsx"))).active
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == ("8", "landscape") or (
        int(sheet.page_setup.paperSize),
        sheet.page_setup.orientation,
    ) == (8, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 0), (None, 0))
    assert sheet.print_title_rows == "$5:$8"
    assert "&P" in sheet.oddFooter.center.text
    assert "&N" in sheet.oddFooter.center.text
    assert sheet.print_options.horizontalCentered
    assert sheet.print_area.endswith("$A$1:$O$9")


def test_xlsx_rows_are_tall_enough_for_their_text() -> None:
    plan = Plan(
        "表", "duty-table", duties=(Duty(1, Cell("职责"), Cell("很长的目标" * 40)),), indicators=(Indicator(Cell("甲"), duty=1),) * 3
    )
    laid = forms.form(plan)
    millimetres = [width / 100 for width in laid.millimetres()]
    heights = xlsx.heights(laid, millimetres)
    characters_a_line = millimetres[2] / (9 * 25.4 / 72)
    lines = 200 / characters_a_line
    assert sum(heights[-3:]) > lines * 9 * 1.2
    assert max(xlsx.heights(forms.form(replace(plan, strategic_goal=Cell("字" * 9000))), millimetres)) == 409


def test_xlsx_office_fonts_by_setting() -> None:
    plan = Plan("绩效目标表", "goal-declaration")
    book = openpyxl.load_workbook(io.BytesIO(printed([plan], "xlsx", Settings("方正小标宋简体", "仿宋_GB2312"))))
    assert book.active["A1"].font.name == "方正小标宋简体"
    assert book.active["A2"].font.name == "仿宋_GB2312"


def test_xlsx_a_text_that_no_cell_holds_is_refused_with_its_place() -> None:
    with pytest.raises(TooLong) as refused:
        printed([Plan("表", "duty-table", strategic_goal=Cell("字" * (LONGEST + 1)))], "xlsx")
    assert (refused.value.row, refused.value.column, refused.value.length) == (4, 3, LONGEST + 1)
    assert "第4行第3列" in str(refused.value)


@FEW
@given(ANY)
def test_docx_cell_for_cell(plan: Plan) -> None:
    laid = forms.form(plan)
    document = docx.Document(io.BytesIO(printed([plan], "docx")))
    found: dict[Square, str] = {}
    covered: dict[Square, Square] = {}
    row_number = 0
    for table in document.tables:
        for row in table._tbl.tr_lst:
            column = 0
            for cell in row.tc_lst:
                span = cell.grid_span
                here = (row_number, column)
                home = covered.get((row_number - 1, column), here) if cell.vMerge == "continue" else here
                for right in range(span):
                    covered[row_number, column + right] = home
                text = "\n".join("".join(_run(node) for node in p.iter()) for p in cell.p_lst)
                if home == here:
                    found[here] = text
                column += span
            assert column == len(laid.widths)
            row_number += 1
    expected = {}
    for (row, column), (text, rows, _) in squares(laid).items():
        cut = row < laid.heading_stop < row + rows  # the words of a label down the side stand under the headings
        expected[laid.heading_stop if cut else row, column] = text
    assert {place: text for place, text in found.items() if text} == {place: text for place, text in expected.items() if text}
    for (row, column), (_, rows, columns) in squares(laid).items():
        if not row < laid.heading_stop < row + rows:
            assert {covered[row + down, column + right] for down in range(rows) for right in range(columns)} == {(row, column)}


def _run(node: docx.oxml.xmlchemy.BaseOxmlElement) -> str:
    return {qn("w:t"): node.text or "", qn("w:br"): "\n", qn("w:tab"): "\t"}.get(node.tag, "")


def test_docx_repeats_its_headings_on_a3_lying() -> None:
    plan = Plan("2020年部门预算整体绩效目标表", "duty-table", indicators=(Indicator(Cell("甲")),))
    document = docx.Document(io.BytesIO(printed([plan], "docx")))
    head, body = document.tables
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in body.rows] == [True] * 4 + [False]
    assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in head.rows)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm), section.orientation) == (
        420,
        297,
        docx.enum.section.WD_ORIENT.LANDSCAPE,
    )
    assert "PAGE" in section.footer._element.xml
    assert "NUMPAGES" in section.footer._element.xml


def test_docx_one_section_for_each_form() -> None:
    plans = [Plan("部门整体绩效目标表", "duty-table"), Plan("项目绩效目标申报表", "goal-declaration")]
    document = docx.Document(io.BytesIO(printed(plans, "docx")))
    assert [round(section.page_width.mm) for section in document.sections] == [420, 210]


def test_docx_writing_grows_in_step_with_the_rows() -> None:
    plan = Plan(
        "表", "duty-table", duties=(Duty(1, Cell("职责")),), indicators=tuple(Indicator(Cell(f"指标{n}"), duty=1) for n in range(1500))
    )
    document = docx.Document(io.BytesIO(printed([plan], "docx")))
    assert len(document.tables[1]._tbl.tr_lst) == 1504


@FEW
@given(ANY)
def test_html_cell_for_cell(plan: Plan) -> None:
    laid = forms.form(plan)
    page = printed([plan], "html").decode()
    root = lxml_html.fromstring(page)
    texts = []
    for cell in root.iter("td", "th"):
        for line in cell.iter("br"):
            line.tail = "\n" + (line.tail or "")
        texts.append(cell.text_content())
    assert sorted(filter(None, texts)) == sorted(text for text, _, _ in squares(laid).values() if text)


def test_html_is_complete_by_itself_and_says_its_language() -> None:
    plan = Plan("绩效<目标>表", "duty-table", indicators=(Indicator(Cell("<script>alert(1)</script>")),))
    page = printed([plan], "html", Settings('a"; } </style>', "宋体")).decode()
    root = lxml_html.fromstring(page)
    assert root.get("lang") == "zh-CN"
    assert not root.findall(".//script")
    assert root.findtext(".//h1") == "绩效<目标>表"
    assert page.count("</style>") == 1
    assert not re.search(r"https?:|url\(|@import|<link", page)
    assert "overflow-x: auto" in page
    assert "prefers-color-scheme: dark" in page
    assert "size: 420mm 297mm" in page


def test_html_headings_have_a_scope_and_stand_in_the_table_head() -> None:
    root = lxml_html.fromstring(printed([Plan("绩效目标表", "duty-table", indicators=(Indicator(Cell("甲")),))], "html").decode())
    assert {cell.get("scope") for cell in root.findall(".//thead//th")} == {"col", "colgroup"}
    assert all(cell.get("scope") for cell in root.iter("th"))


def test_html_without_a_title_has_no_empty_heading() -> None:
    root = lxml_html.fromstring(printed([Plan("", "goal-declaration", year=2022)], "html").decode())
    assert root.findall(".//h1") == []
    assert all(
        node.get("aria-labelledby") is None or root.get_element_by_id(node.get("aria-labelledby")) is not None for node in root.iter()
    )


@FEW
@given(ANY)
def test_text_has_every_field_of_every_row(plan: Plan) -> None:
    laid = forms.form(plan)
    text = printed([plan], "txt").decode()
    lines = list(csv.reader(io.StringIO(text.split("\n\n", 1)[1], newline=""), delimiter="\t"))
    expected = [[""] * len(laid.widths) for _ in laid.rows]
    for (row, column), (said, _, _) in squares(laid).items():
        expected[row][column] = said
    assert lines == expected


def test_text_of_the_official_form_has_fifteen_fields() -> None:
    text = printed([Plan("部门预算整体绩效目标表", "duty-table", indicators=(Indicator(Cell('a"b\tc')),))], "txt").decode()
    title, blank, *rows = text.rstrip("\n").split("\n")
    assert (title, blank) == ("部门预算整体绩效目标表", "")
    assert '"a""b\tc"' in rows[-1]
    assert {len(next(csv.reader([row], delimiter="\t"))) for row in rows} == {15}


@settings(max_examples=6)
@given(ANY)
def test_pdf_shows_every_character_on_the_paper_of_the_form(plan: Plan) -> None:
    laid = forms.form(plan)
    with pdfplumber.open(io.BytesIO(printed([plan], "pdf"))) as document:
        shown = "".join(page.extract_text() or "" for page in document.pages)
        width, height = (round(side * 25.4 / 72) for side in (document.pages[0].width, document.pages[0].height))
    assert (width, height) == (laid.paper.width, laid.paper.height)
    for text, _, _ in squares(laid).values():
        assert not set(re.sub(r"\s", "", text)) - set(shown), text


def test_pdf_merged_duties_run_over_pages_and_lose_nothing() -> None:
    objective = "".join(chr(0x4E00 + n) for n in range(900))
    rows = tuple(Indicator(Cell(f"指标{n}号"), duty=1, definition=Cell("解释" * 60)) for n in range(40))
    plan = Plan("绩效目标表", "duty-table", duties=(Duty(1, Cell("职责甲"), Cell(objective)),), indicators=rows)
    with pdfplumber.open(io.BytesIO(printed([plan], "pdf"))) as document:
        pages = [re.sub(r"\s", "", page.extract_text()) for page in document.pages]
    assert len(pages) > 2
    assert all("部门职责" in page for page in pages[1:])
    assert all(f"第{number}页，共{len(pages)}页" in page for number, page in enumerate(pages, start=1))
    shown = "".join(pages)
    assert set(objective) <= set(shown)
    assert all(f"指标{n}号" in shown for n in range(40))


def test_pdf_words_are_never_markup() -> None:
    words = "#panic() *粗* _斜_ $x$ @引用 <标签> \\n // 注 `码` = 标题 - 列 'q' \"q\" -- ..."
    with pdfplumber.open(io.BytesIO(printed([Plan("绩效目标表", "duty-table", strategic_goal=Cell(words))], "pdf"))) as document:
        shown = re.sub(r"\s", "", document.pages[0].extract_text())
    assert re.sub(r"\s", "", words) in shown


def test_pdf_uses_the_font_of_the_installation() -> None:
    data = pdf.render(forms.form(Plan("绩效目标表", "duty-table")), settings=Settings("没有的字体", "没有的字体"))
    with pdfplumber.open(io.BytesIO(data)) as document:
        assert {char["fontname"].split("+")[-1].split("-")[0] for char in document.pages[0].chars} == {"NotoSansCJKsc"}


def test_pdf_office_fonts_by_setting(tmp_path: Path) -> None:
    settings_ = Settings("Noto Sans CJK TC", "Noto Sans CJK TC", (tmp_path,))
    with pdfplumber.open(io.BytesIO(printed([Plan("绩效目标表", "duty-table")], "pdf", settings_))) as document:
        assert any("CJKtc" in char["fontname"] for char in document.pages[0].chars)


@pytest.mark.parametrize("kind", sorted(RENDERERS))
@settings(max_examples=3)
@given(plan=ANY)
def test_the_same_plan_gives_the_same_bytes(kind: str, plan: Plan) -> None:
    assert printed([plan], kind) == printed([plan], kind)


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_package_says_nothing_of_the_clock(kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(printed([Plan("绩效目标表", "duty-table")], kind))) as package:
        assert {info.date_time[:3] for info in package.infolist()} == {(1980, 1, 1)}
        assert b"2000-01-01T00:00:00" in package.read("docProps/core.xml")


@pytest.mark.parametrize("kind", sorted(RENDERERS))
def test_several_forms_in_one_file(kind: str) -> None:
    plans = [Plan("甲绩效目标表", "duty-table"), Plan("甲绩效目标表", "goal-declaration", year=2022), Plan("", "graded-goals")]
    assert printed(plans, kind)
    if kind == "xlsx":
        names = openpyxl.load_workbook(io.BytesIO(printed(plans, kind))).sheetnames
        assert names == ["甲绩效目标表", "甲绩效目标表 2", "表3"]
