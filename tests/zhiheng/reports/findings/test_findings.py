"""The report on checked tables: every finding once, at its place, in both languages, in every kind of file."""

from __future__ import annotations

import io
import re
import string
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest
from lxml import html as lxml_html
from tests.plans import plan_of

from zhiheng.audit.catalogue import rule
from zhiheng.audit.engine import Audit, FailedRule, audit
from zhiheng.audit.finding import Finding, Severity, Subject
from zhiheng.audit.rule import message
from zhiheng.audit.selection import Selection
from zhiheng.parameters.parameters import in_force
from zhiheng.plan.place import Place, Problem
from zhiheng.plan.plan import Document, Table
from zhiheng.reports.findings import Checked, render_report
from zhiheng.reports.findings.money import sums
from zhiheng.reports.findings.writer import view
from zhiheng.reports.texts import field_words, saying, where
from zhiheng.tables import read

REAL = Path(__file__).parents[4] / "examples" / "linyi-2020" / "table.txt"
FORMATS = ("xlsx", "html", "pdf")
LANGUAGES = ("zh", "en")
TEXTS: Mapping[str, Mapping[str, str]] = tomllib.loads(resources.files("zhiheng.reports").joinpath("texts.toml").read_text("utf-8"))


def checked(table: Table, file: str = "表.xlsx", **extra: Any) -> Checked:
    result = audit(table, in_force(date(table.plan.year or 2020, 12, 31)))
    return Checked(Document(file, (table,)), (replace(result, **extra),))


@pytest.fixture(scope="module")
def real() -> Checked:
    document = read(REAL)
    return Checked(document, tuple(audit(table, in_force(date(2020, 12, 31))) for table in document.tables))


def small(**data: Any) -> Table:
    return plan_of(
        {
            "title": "某局绩效目标表", "year": 2020, "department": "某局",
            "budget": {"unit": "万元", "total": "100万元", "basic": "40万元", "project": "60万元", "fiscal": "100万元", "other": ""},
            "duties": [{"number": 1, "name": "职责甲", "objective": "目标<甲>"}],
            "indicators": [{"name": "=HYPERLINK(\"x\")", "duty": 1, "target": "达到全省平均水平"}, {"name": "乙", "target": "20万平方米"}],
            **data,
        }
    )  # fmt: skip


def pages(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return re.sub(r"[\s\u200b]", "", "".join(page.extract_text() or "" for page in document.pages))


def book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_every_text_exists_in_both_languages_with_the_same_parameters() -> None:
    for key, text in TEXTS.items():
        assert set(text) == {"zh", "en"}, key
        fields = [{name for _, name, _, _ in string.Formatter().parse(text[language]) if name} for language in LANGUAGES]
        assert fields[0] == fields[1], key
        assert not re.search(r"[\u4e00-\u9fff]", text["en"]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_of_the_real_table_stands_once_in_the_workbook(real: Checked, language: str) -> None:
    made = book(render_report(real, "xlsx", language))
    assert made.sheetnames == [saying(language)(f"sheet_{name}") for name in ("overview", "indicators", "findings")]
    sheet = made[made.sheetnames[2]]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    expected = sorted(
        (found.code, found.place.row, found.place.column, message(rule(found.code), found, language)) for found in real.audits[0].findings
    )
    assert sorted((row[5], row[12], row[13], row[14]) for row in rows if row[6]) == expected
    assert len(rows) == len(expected) + len(real.document.tables[0].problems) + len(real.document.problems)
    assert sheet.auto_filter.ref.startswith("A1:P")
    assert sheet.freeze_panes == "G2"
    assert sheet["O2"].alignment.wrap_text
    assert sheet.print_title_rows == "$1:$1"


def test_the_indicators_of_the_real_table_stand_as_published_and_as_read(real: Checked) -> None:
    sheet = book(render_report(real, "xlsx", "zh"))["指标"]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert len(rows) == 36
    parks = next(row for row in rows if row["绩效指标"] == "新增科技企业孵化面积")
    assert (parks["年度指标值"], parks["上年值"], parks["行"]) == ("20万平方米", "25.81万平方米", 18)
    level = next(row for row in rows if row["绩效指标"] == "全市R&D投入占比")
    assert level["年度指标值（读作）"] not in (None, "达到全省平均水平")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_leads_from_findings_to_rows_and_back(real: Checked, language: str) -> None:
    page = render_report(real, "html", language).decode()
    root = lxml_html.fromstring(page)
    anchors = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(anchors) == len(set(anchors))
    assert {link.get("href").removeprefix("#") for link in root.iter("a")} <= set(anchors)
    items = root.findall(".//li[@value]")
    findings = real.audits[0].findings
    assert len(items) == len(findings) + len(real.document.tables[0].problems)
    for found in findings:
        assert message(rule(found.code), found, language) in root.text_content()
    assert not re.search(r"https?:|url\(|<script|<link|@import", page)
    assert root.get("lang") == {"zh": "zh-CN", "en": "en"}[language]


def test_a_level_is_told_by_word_and_sign(real: Checked) -> None:
    root = lxml_html.fromstring(render_report(real, "html", "zh").decode())
    badges = {item.find_class("badge")[0].text_content() for item in root.findall(".//li[@value]")}
    assert {"■ 错误", "▲ 警告", "○ 提示"} <= badges


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_holds_every_finding(real: Checked, language: str) -> None:
    shown = pages(render_report(real, "pdf", language))
    for found in real.audits[0].findings:
        words = set(re.sub(r"\s", "", message(rule(found.code), found, language)))
        assert words <= set(shown)
        assert found.code in shown
    assert {"zh": "第1页", "en": "Page1of"}[language] in shown


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_of_reading_and_failed_rules_are_shown(format_: str, language: str) -> None:
    table = replace(small(), problems=(Problem("year-missing", Place("表.xlsx", row=3, column=2)),))
    one = checked(table, failed=(FailedRule("N03", "ZeroDivisionError", "被零除"),))
    one = replace(one, document=replace(one.document, problems=(Problem("department-missing", Place("表.xlsx"), repaired=True),)))
    data = render_report(one, format_, language)
    if format_ == "xlsx":
        made = book(data)
        shown = " ".join(str(cell.value) for sheet in made for row in sheet.iter_rows() for cell in row)
    else:
        shown = data.decode() if format_ == "html" else pages(data)
    say = saying(language)
    assert "N03" in shown
    assert "被零除" in shown
    for words in (say("repaired"), say("open")):
        assert re.sub(r"\s", "", words) in re.sub(r"\s", "", shown)


def test_nothing_in_a_table_is_markup_or_formula() -> None:
    one = checked(small(title="<b>表</b>"))
    page = render_report(one, "html", "zh").decode()
    assert "<b>表</b>" not in page
    assert "目标&lt;甲&gt;" in page
    sheet = book(render_report(one, "xlsx", "zh"))["指标"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert '=HYPERLINK("x")' in {cell.value for row in sheet.iter_rows() for cell in row}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_without_tables_says_so(format_: str, language: str) -> None:
    data = render_report([Checked(Document("空.txt"), ())], format_, language)
    words = saying(language)("no_tables")
    if format_ == "xlsx":
        assert words in {cell.value for row in book(data).worksheets[0].iter_rows() for cell in row}
    else:
        shown = data.decode() if format_ == "html" else pages(data)
        assert re.sub(r"\s", "", words) in re.sub(r"\s", "", shown)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_audit_gives_the_same_bytes_and_one_file_is_a_sequence_of_one(format_: str, real: Checked) -> None:
    assert render_report(real, format_, "zh") == render_report([real], format_, "zh")


def test_several_files_are_numbered_through() -> None:
    made = view((checked(small(), "a.txt"), checked(small(), "b.txt")), "zh")
    numbers = [item.number for table in made.tables() for item in table.items()]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert [table.anchor for table in made.tables()] == ["t1", "t2"]


def test_findings_stand_under_the_duty_they_concern() -> None:
    table = small()
    findings = (
        Finding(
            "H01", Severity.ERROR, Place(), Subject("budget.total"), dict.fromkeys(("first", "second", "sum", "total", "gap", "unit"), "1")
        ),
        Finding("R03", Severity.WARNING, Place(row=10), Subject("target", 0, 1), Anything()),
        Finding("R03", Severity.WARNING, Place(row=11), Subject("target", 1), Anything()),
        Finding("C02", Severity.WARNING, Place(row=10), Subject("duty", duty=1), Anything()),
    )
    (shown,) = view([Checked(Document("a", (table,)), (Audit(findings),))], "zh").tables()
    assert [item.code for item in shown.whole] == ["H01"]
    first, rest = shown.groups
    assert (first.heading, [item.code for item in first.items]) == ("1 职责甲", ["R03", "C02"])
    assert [item.code for item in first.rows[0].items] == ["R03"]
    assert (rest.heading, [item.code for item in rest.items]) == ("不属于任何职责的指标", ["R03"])


class Anything(dict[str, str]):
    """Parameters for any message."""

    def __missing__(self, key: str) -> str:
        return key


def test_a_table_without_duties_lists_all_its_indicators() -> None:
    goals = [{"expected": "目标", "actual": "完成"}]
    table = plan_of({"title": "自评表", "layout": "self-evaluation", "grade": "优", "goals": goals, "indicators": [
        {"name": "甲", "category": ["产出指标", "数量指标"], "target": "≥3次", "grades": {"优": "5次"}},
    ]})  # fmt: skip
    (shown,) = view([checked(table)], "zh").tables()
    assert shown.columns == ("指标类别", "绩效指标", "年度指标值", "优")
    assert [cell.text for cell in shown.groups[0].rows[0].values] == ["产出指标 / 数量指标", "甲", "≥3次", "5次"]
    assert shown.groups[0].heading == "全部指标"
    assert ("评价等级", "优") in shown.facts


def test_two_duties_of_one_number_share_nothing() -> None:
    table = small(
        duties=[{"number": 1, "name": "甲"}, {"number": 1, "name": "乙"}], indicators=[{"name": "丙", "duty": 1, "target": "1项"}]
    )
    (shown,) = view([checked(table)], "zh").tables()
    assert [(group.heading, len(group.rows)) for group in shown.groups] == [("1 甲", 1), ("1 乙", 0)]


@pytest.mark.parametrize(
    ("budget", "source", "structure"),
    [
        ({"total": "100", "fiscal": "90", "other": "10", "basic": "40", "project": "60"}, "equal", "equal"),
        ({"total": "100", "fiscal": "100", "other": "", "basic": "40", "project": "50"}, "equal", "unequal"),
        ({"total": "100", "fiscal": "100", "basic": "", "project": ""}, "unknown", "unknown"),
        ({"total": "约百万", "fiscal": "90", "other": "10", "basic": "4", "project": "6"}, "unknown", "unknown"),
    ],
)
def test_the_verdict_on_money(budget: dict[str, str], source: str, structure: str) -> None:
    table = small(budget={"unit": "万元", **budget})
    result = audit(table, in_force(date(2020, 12, 31)))
    lines = {line.name: line.verdict for line in sums(table.plan.budget, result, saying("zh"))}
    assert (lines["按资金来源（万元）"], lines["按资金结构（万元）"]) == (source, structure)


def test_the_sum_decides_where_the_rule_was_not_run() -> None:
    table = small(budget={"unit": "万元", "total": "100", "basic": "40", "project": "50"})
    result = audit(table, in_force(date(2020, 12, 31)), Selection(ignore=("H01",)))
    assert next(line for line in sums(table.plan.budget, result, saying("zh")) if "结构" in line.name).verdict == "unequal"


def test_funds_and_other_amounts_are_told() -> None:
    table = small(budget={"unit": "万元", "funds": [{"name": "年度资金总额", "initial": "5", "executed": ""}, {"name": "其他资金"}]})
    lines = [(line.name, line.words) for line in sums(table.plan.budget, Audit(()), saying("zh"))]
    assert lines == [("年度资金总额（万元）", "年初预算数 5"), ("其他资金（万元）", "（空）")]


def test_places_in_words() -> None:
    place = Place("a", "Sheet1", 2, 12, 6)
    assert where(place, saying("zh")) == "工作表“Sheet1” 第2页 第12行 第6列"
    assert where(place, saying("en")) == "sheet “Sheet1”, page 2, row 12, column 6"
    assert where(Place("a"), saying("en")) == "whole table"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("target", "年度指标值"),
        ("references.mean", "历史均值"),
        ("budget.total", "资金"),
        ("strategic_goal", "战略目标"),
        ("department", "部门"),
        ("xyz", ""),
    ],
)
def test_fields_in_words(field: str, words: str) -> None:
    assert field_words(field, saying("zh")) == words


@pytest.mark.parametrize("bad", [("docx", "zh"), ("html", "fr")])
def test_an_unknown_format_or_language_is_refused(bad: tuple[str, str], real: Checked) -> None:
    with pytest.raises(KeyError):
        render_report(real, *bad)
