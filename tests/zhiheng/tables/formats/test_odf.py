"""OpenDocument, written by odfpy and by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.zhiheng.tables.formats import samples

from zhiheng.tables.formats import read
from zhiheng.tables.grid import Refused, Source, Span

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def opened(tmp_path: Path, content: str, kind: str = "spreadsheet", styles: str = "") -> Source:
    path = tmp_path / "a.xml"
    path.write_text(
        f'<?xml version="1.0"?><office:document {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:{kind}>{content}</office:{kind}></office:body></office:document>",
        "utf-8",
    )
    return read(path)


def cell(text: str, attributes: str = "", kind: str = "table-cell") -> str:
    return f"<table:{kind} {attributes}>{text and f'<text:p>{text}</text:p>'}</table:{kind}>"


def sheet(*rows: str, attributes: str = 'table:name="表"') -> str:
    whole = [row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>" for row in rows]
    return f"<table:table {attributes}>{''.join(whole)}</table:table>"


def refusal(tmp_path: Path, content: str, kind: str = "spreadsheet") -> str:
    with pytest.raises(Refused) as caught:
        opened(tmp_path, content, kind)
    return caught.value.problem.code


def test_repeated_and_covered_cells(tmp_path: Path) -> None:
    spans = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    source = opened(
        tmp_path,
        sheet(
            cell("标题", spans) + cell("", kind="covered-table-cell") + cell("右"),
            cell("", 'table:number-columns-repeated="2"', "covered-table-cell") + cell("下"),
            '<table:table-row table:number-rows-repeated="2">' + cell("x", 'table:number-columns-repeated="2"') + "</table:table-row>",
            '<table:table-row-group><table:table-header-rows><table:table-row>'
            + cell("末") + "</table:table-row></table:table-header-rows></table:table-row-group>",
            '<table:table-row table:number-rows-repeated="1048000">'
            + cell("", 'table:number-columns-repeated="16384"')
            + "</table:table-row>",
        ),
    )  # fmt: skip
    (grid,) = source.grids
    assert grid.rows == (("标题", "", "右"), ("", "", "下"), ("x", "x", ""), ("x", "x", ""), ("末", "", ""))
    assert grid.spans == (Span(0, 0, 1, 1),)
    assert (grid.sheet, source.format, source.problems) == ("表", "ods", ())


def test_the_text_of_a_cell_is_what_it_shows(tmp_path: Path) -> None:
    inside = '一<text:s text:c="2"/>二<text:tab/>三<text:line-break/>四<text:span>五</text:span>\n六</text:p><text:p>七'
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    row = (
        cell(inside, 'office:value-type="percentage" office:value="0.95"')
        + f"<table:table-cell>{note}<text:p>95%</text:p></table:table-cell>"
    )
    assert opened(tmp_path, sheet(row)).grids[0].rows == (("一  二\t三\n四五 六\n七", "95%"),)


def test_formulas_hidden_sheets_and_rows(tmp_path: Path) -> None:
    styles = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style><style:style style:name="v"/>'
    source = opened(
        tmp_path,
        sheet(
            cell("#REF!", 'table:formula="of:=A1/0"') + cell("2", 'table:formula="of:=1+1"'),
            cell("", 'table:formula="of:=SUM(A1)"') + cell("x"),
            '<table:table-row table:visibility="collapse">' + cell("隐") + "</table:table-row>",
            attributes='table:name="隐藏" table:style-name="h"',
        ),
        styles=styles,
    )
    told = {problem.code: dict(problem.parameters) for problem in source.problems}
    assert set(told) == {"cell-error", "formula-no-value", "sheet-hidden", "rows-hidden"}
    assert (told["cell-error"]["cell"], told["formula-no-value"]["formula"], told["rows-hidden"]["places"]) == ("A1", "SUM(A1)", "3")


def test_texts_with_tables(tmp_path: Path) -> None:
    inner = sheet(cell("内") + cell("表"))
    content = (
        "<text:tracked-changes><text:p>删</text:p></text:tracked-changes><text:h>标题</text:h><text:section><text:list><text:list-item>"
        "<text:p>一条</text:p></text:list-item></text:list></text:section>"
        + sheet(cell("a") + cell("b"), f"<table:table-row>{cell('c')}<table:table-cell><text:list><text:list-item><text:p>d</text:p>"
                f"</text:list-item></text:list>{inner}</table:table-cell></table:table-row>")
        + "<text:p>框<draw:frame><draw:text-box><text:p>内文</text:p></draw:text-box></draw:frame></text:p>"
        + sheet(cell("只一格"))
    )  # fmt: skip
    source = opened(tmp_path, content, "text")
    assert source.format == "odt"
    assert [grid.rows for grid in source.grids] == [(("a", "b"), ("c", "d")), (("内", "表"),)]
    assert source.grids[0].before == ("标题", "一条")
    assert source.grids[0].sheet is None
    assert source.grids[-1].after == ("框", "内文", "只一格")


def test_odt_and_ods_files_of_odfpy(tmp_path: Path) -> None:
    from odf.opendocument import OpenDocumentText
    from odf.text import P

    document = OpenDocumentText()
    document.text.addElement(P(text="只有文字"))
    path = tmp_path / "a.odt"
    document.save(str(path))
    source = read(path)
    assert (source.format, source.grids[0].rows, source.grids[0].aligned) == ("odt", (("只有文字",),), False)


def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(tmp_path, "", "presentation") == "format-unknown"
    assert refusal(tmp_path, sheet()) == "empty"
    assert refusal(tmp_path, sheet(cell("x", 'table:number-columns-repeated="99999"'))) == "too-many-cells"
    many = '<table:table-row table:number-rows-repeated="1000000">' + cell("x", 'table:number-columns-repeated="9"') + "</table:table-row>"
    assert refusal(tmp_path, sheet(many)) == "too-many-cells"
    path = tmp_path / "b.xml"
    path.write_text(f"<?xml version='1.0'?><office:document {NAMES}/>", "utf-8")
    with pytest.raises(Refused):
        read(path)
    locked = samples.replaced(samples.ods(), {"META-INF/manifest.xml": b"<m:encryption-data/>"})
    path.write_bytes(locked)
    with pytest.raises(Refused) as caught:
        read(path)
    assert caught.value.problem.code == "encrypted"
    monkeypatch.setattr("zhiheng.tables.formats.odf.MAX_DEPTH", 2)
    assert refusal(tmp_path, "<text:section>" * 4 + "</text:section>" * 4, "text") == "too-deep"
    monkeypatch.setattr("zhiheng.tables.formats.odf.MAX_GRIDS", 0)
    assert refusal(tmp_path, sheet(cell("x"))) == "too-many-grids"
