"""Workbooks, written by openpyxl, XlsxWriter and by hand: every figure as the sheet shows it, every oddity told."""

from __future__ import annotations

import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.zhiheng.tables.formats import samples

from zhiheng.plan.place import Place
from zhiheng.tables.formats.problems import wordings
from zhiheng.tables.formats.xlsx import position, read_xlsx, unescaped
from zhiheng.tables.grid import Refused, Source, Span


def codes(source: Source) -> list[str]:
    for problem in source.problems:
        wordings()[problem.code]["zh"].format(**dict(problem.parameters))
    return [problem.code for problem in source.problems]


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_xlsx(data, "f")
    return caught.value.problem.code


def by_openpyxl(cells: dict[str, object], formats: dict[str, str] | None = None) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for name, value in cells.items():
        sheet[name] = value
    for name, code in (formats or {}).items():
        sheet[name].number_format = code
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_figures_are_what_the_sheet_shows() -> None:
    cells: dict[str, object] = {
        "A1": 0.95, "B1": 5364.0, "C1": 5364, "D1": 0.1 + 0.2, "E1": datetime.date(2020, 6, 30), "F1": True, "G1": "95%", "H1": 1234.5,
        "I1": datetime.datetime(2020, 6, 30, 8, 5), "J1": "007", "K1": 274.65999999999997, "L1": -3,
    }  # fmt: skip
    formats = {"A1": "0%", "B1": "0.00", "E1": 'yyyy"年"m"月"d"日"', "H1": "#,##0.00", "I1": "yyyy-mm-dd hh:mm"}
    (grid,) = read_xlsx(by_openpyxl(cells, formats), "f").grids
    assert grid.rows[0] == (
        "95%", "5364.00", "5364", "0.3", "2020年6月30日", "TRUE", "95%", "1,234.50", "2020-06-30 08:05", "007", "274.66", "-3",
    )  # fmt: skip


def test_positions_are_the_sheets_own() -> None:
    (grid,) = read_xlsx(by_openpyxl({"C4": "甲"}), "f").grids
    assert grid.rows == (("",) * 3,) * 3 + (("", "", "甲"),)
    assert grid.numbers == (1, 2, 3, 4)
    assert grid.sheet == "Sheet"


def test_all_sheets_in_order_the_hidden_ones_told_the_empty_ones_left_out() -> None:
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer)
    for name in ("二", "空", "一"):
        sheet = book.add_worksheet(name)
        if name != "空":
            sheet.write(0, 0, name)
    sheet.hide()
    book.close()
    source = read_xlsx(buffer.getvalue(), "f")
    assert [grid.sheet for grid in source.grids] == ["二", "一"]
    assert [(problem.code, problem.place.sheet) for problem in source.problems] == [("sheet-hidden", "一")]


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer)
    sheet = book.add_worksheet()
    for row in range(4):
        sheet.write_row(row, 0, ["a", "b", "c", "d"])
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.set_column(2, 3, None, None, {"hidden": True})
    sheet.set_column(0, 0, None, None, {"hidden": True})
    book.close()
    source = read_xlsx(buffer.getvalue(), "f")
    assert source.grids[0].rows == (("a", "b", "c", "d"),) * 4
    assert {problem.code: dict(problem.parameters)["places"] for problem in source.problems} == {
        "rows-hidden": "2",
        "columns-hidden": "A、C-D",
    }


def test_formulas_give_their_last_result_or_a_problem() -> None:
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer)
    sheet = book.add_worksheet("表")
    sheet.write_formula("A1", "=1+1", None, 2)
    sheet.write_formula("A2", '="甲"&"乙"', None, "甲乙")
    sheet.write_formula("A3", "=1/0", None, "#DIV/0!")
    sheet.write_formula("A4", "=TRUE", None, True)
    book.close()
    source = read_xlsx(buffer.getvalue(), "f")
    assert source.grids[0].rows == (("2",), ("甲乙",), ("#DIV/0!",), ("TRUE",))
    assert [(p.code, p.place) for p in source.problems] == [("cell-error", Place("f", "表", None, 3, 1))]
    blank = samples.sheet_xml("<row><c><v>1</v></c><c t='str'><f>IF(A1=2,1,\"\")</f><v></v></c></row>")
    assert read_xlsx(blank, "f").problems == ()
    source = read_xlsx(by_openpyxl({"A1": "x", "B2": "=SUM(A1:A9)"}), "f")
    (told,) = source.problems
    assert (told.code, told.place.row, told.place.column, dict(told.parameters)["formula"]) == ("formula-no-value", 2, 2, "SUM(A1:A9)")


def test_values_that_a_format_hides() -> None:
    source = read_xlsx(by_openpyxl({"A1": "x", "B1": 0, "C1": 7}, {"B1": "0;-0;;@", "C1": ";;;"}), "f")
    assert source.grids[0].rows == (("x",),)
    assert codes(source) == ["values-hidden"]
    assert dict(source.problems[0].parameters)["places"] == "B1=0、C1=7"


def test_words_that_a_format_adds_to_a_text() -> None:
    source = read_xlsx(by_openpyxl({"A1": "甲", "B1": "乙"}, {"A1": '@"(盖章)"', "B1": "@"}), "f")
    assert source.grids[0].rows == (("甲(盖章)", "乙"),)


def test_rich_text_reading_aids_and_escapes() -> None:
    strings = (
        "<sst xmlns='urn:x'><si><r><t>科技</t></r><r><rPr/><t>奖励</t></r><rPh sb='0' eb='1'><t>ke</t></rPh></si>"
        "<si><t>一_x000D_\n二</t></si><si><t>_x0041_</t></si></sst>"
    )
    rows = "<row>" + "".join(f"<c t='s'><v>{i}</v></c>" for i in range(3)) + "<c t='inlineStr'><is><t>行内</t></is></c></row>"
    (grid,) = read_xlsx(samples.sheet_xml(rows, members={"xl/sharedStrings.xml": strings}), "f").grids
    assert grid.rows == (("科技奖励", "一\n二", "A", "行内"),)
    assert unescaped("a\rb\r\nc") == "a\nb\nc"


def test_dates_from_1904_and_dates_as_text() -> None:
    styles = samples.styles_xml("yyyy-mm-dd")
    rows = "<row><c s='1'><v>1</v></c><c t='d'><v>2020-06-30T00:00:00</v></c></row>"
    data = samples.sheet_xml(rows, book="<workbookPr date1904='1'/>", members={"xl/styles.xml": styles})
    assert read_xlsx(data, "f").grids[0].rows == (("1904-01-02", "2020-06-30"),)


def test_styles_that_are_not_there() -> None:
    rows = "<row><c s='7'><v>0.5</v></c><c s='x'><v>2</v></c></row>"
    assert read_xlsx(samples.sheet_xml(rows), "f").grids[0].rows == (("0.5", "2"),)
    styles = "<styleSheet xmlns='u'><cellXfs><xf numFmtId='abc'/><xf numFmtId='9'/><xf/></cellXfs></styleSheet>"
    rows = "<row><c s='0'><v>0.5</v></c><c s='1'><v>0.5</v></c><c s='2'><v>0.5</v></c></row>"
    assert read_xlsx(samples.sheet_xml(rows, members={"xl/styles.xml": styles}), "f").grids[0].rows == (("0.5", "50%", "0.5"),)


def test_cells_and_rows_without_names_follow_each_other() -> None:
    rows = "<row><c><v>1</v></c><c r='D1'><v>2</v></c><c><v>3</v></c></row><row r='3'><c><v>4</v></c></row><row><c r='B'><v>5</v></c></row>"
    (grid,) = read_xlsx(samples.sheet_xml(rows), "f").grids
    assert [tuple(filter(None, row)) for row in grid.rows] == [("1", "2", "3"), (), ("4",), ("5",)]
    assert grid.rows[0] == ("1", "", "", "2", "3")


def test_damaged_cells_are_told() -> None:
    rows = "<row><c t='s'><v>9</v></c><c t='s'><v>x</v></c><c><v>1E999999999</v></c><c><v>NaN</v></c><c><v>1</v></c><c><v/></c></row>"
    source = read_xlsx(samples.sheet_xml(rows, merges="<mergeCells><mergeCell ref='??'/><mergeCell/></mergeCells>"), "f")
    assert source.grids[0].rows == (("", "", "1E999999999", "NaN", "1"),)
    assert dict(source.problems[0].parameters)["places"] == "A1、B1、C1、D1、??、"


def test_merged_chaos() -> None:
    rows = "<row r='1'>" + "".join(f"<c r='{c}1'><v>1</v></c>" for c in "ABCD") + "</row>"
    merges = "".join(f"<mergeCell ref='{ref}'/>" for ref in ("B1:A1", "B1:C1", "D1:D1048576", "XFE9999999:XFE9999999", "C1", "ZZZZZZZ1:A1"))
    source = read_xlsx(samples.sheet_xml(rows, merges=f"<mergeCells>{merges}</mergeCells>"), "f")
    assert Span(0, 0, 0, 1) in source.grids[0].spans
    assert {"merge-reversed", "merge-overlap", "merge-cut", "merge-outside"} <= set(codes(source))
    assert "merge-hides-text" not in codes(source)


def test_a_million_columns_and_rows_outside_a_sheet() -> None:
    assert refusal(samples.sheet_xml("<row><c r='BDWGN1'><v>1</v></c></row>")) == "too-many-columns"
    assert refusal(samples.sheet_xml("<row>" + "<c><v>1</v></c>" * 16_385 + "</row>")) == "too-many-columns"
    assert refusal(samples.sheet_xml("<row r='1048577'><c><v>1</v></c></row>")) == "outside-sheet"
    assert refusal(samples.sheet_xml("<row r='0'><c><v>1</v></c></row>")) == "outside-sheet"


def test_a_filled_cell_in_the_last_corner_is_refused_and_named() -> None:
    rows = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    with pytest.raises(Refused) as caught:
        read_xlsx(samples.sheet_xml(rows), "f")
    assert dict(caught.value.problem.parameters)["cell"] == "XFD1048576"


def test_a_formatted_but_empty_million_rows_cost_nothing() -> None:
    rows = "<row r='1'><c><v>1</v></c></row>" + "<row><c s='0'/></row>" * 200_000
    assert read_xlsx(samples.sheet_xml(rows), "f").grids[0].rows == (("1",),)


def test_macros_and_links_are_told_and_left_alone() -> None:
    data = samples.replaced(samples.xlsx(), {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    source = read_xlsx(data, "f")
    assert codes(source) == ["macros", "external-links"]


def test_entities_are_refused() -> None:
    laughs = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>"
    for name in ("xl/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"):
        evil = f"<?xml version='1.0'?>{laughs}<worksheet><sheetData><row><c t='s'><v>0</v></c></row></sheetData></worksheet>"
        data = samples.replaced(samples.sheet_xml("<row><c t='s'><v>0</v></c></row>"), {name: evil.encode()})
        assert refusal(data) == "xml-entities"
    outside = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><workbook>&a;</workbook>"
    assert refusal(samples.replaced(samples.xlsx(), {"xl/workbook.xml": outside.encode()})) == "xml-entities"


def test_missing_and_damaged_parts() -> None:
    assert refusal(samples.replaced(samples.xlsx(), {"xl/workbook.xml": None})) == "part-missing"
    assert refusal(samples.replaced(samples.xlsx(), {"xl/worksheets/sheet1.xml": None})) == "part-missing"
    assert refusal(samples.replaced(samples.xlsx(), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"})) == "xml-damaged"
    assert refusal(samples.replaced(samples.xlsx(), {"xl/workbook.xml": b""})) == "xml-damaged"
    assert refusal(samples.replaced(samples.xlsx(), {"xl/workbook.xml": b"<workbook/>"})) == "empty"


def test_too_many_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhiheng.tables.formats.xlsx.MAX_GRIDS", 0)
    assert refusal(samples.xlsx()) == "too-many-grids"


def test_the_strict_form_is_read_too() -> None:
    strict = samples.sheet_xml("<row><c><v>1</v></c></row>")
    import zipfile

    with zipfile.ZipFile(io.BytesIO(strict)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    usual, purl = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    data = samples.zipped({name: content.replace(usual, purl) for name, content in members.items()})
    assert read_xlsx(data, "f").grids[0].rows == (("1",),)


def test_names_of_cells() -> None:
    assert position("C5") == (4, 2)
    assert position("$XFD$1048576") == (1_048_575, 16_383)
    assert [position(name) for name in ("", "5", "C", "C0", "C-1", "C5:D6")] == [None] * 6


CELLS = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 8)),
    st.one_of(
        st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=("Cs", "Cc")), min_size=1, max_size=12),
        st.integers(-(10**9), 10**9),
        st.decimals(min_value=-(10**6), max_value=10**6, places=3),
    ),
    min_size=1,
    max_size=12,
)


@given(CELLS)
def test_what_xlsxwriter_writes_is_read_again(cells: dict[tuple[int, int], object]) -> None:
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    for (row, column), value in cells.items():
        if isinstance(value, str):
            sheet.write_string(row, column, value)
        else:
            sheet.write_number(row, column, float(str(value)))
    book.close()
    expected = {at: (value if isinstance(value, str) else f"{float(str(value)):.15g}") for at, value in cells.items()}
    expected = {at: text for at, text in expected.items() if text.strip()}
    try:
        grids = read_xlsx(buffer.getvalue(), "f").grids
    except Refused:
        assert not expected
        return
    found = {(r, c): text for r, row in enumerate(grids[0].rows) for c, text in enumerate(row) if text}
    assert found == {at: ("0" if text == "-0" else text) for at, text in expected.items()}
