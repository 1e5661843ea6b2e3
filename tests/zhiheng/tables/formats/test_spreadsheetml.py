"""Workbooks as one XML file, written by hand after the published schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiheng.tables.formats import read
from zhiheng.tables.grid import Refused, Source, Span

NAME = "urn:schemas-microsoft-com:office:spreadsheet"


def opened(tmp_path: Path, sheets: str, styles: str = "") -> Source:
    path = tmp_path / "a.xls"
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{NAME}" xmlns:ss="{NAME}" xmlns:x="urn:x"><Styles>{styles}</Styles>{sheets}</Workbook>',
        "utf-8",
    )
    return read(path)


def cell(text: str, kind: str = "String", attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def sheet(*rows: str, name: str = "表", more: str = "") -> str:
    table = "".join(row if row.startswith("<Row") else f"<Row>{row}</Row>" for row in rows)
    return f'<Worksheet ss:Name="{name}"><Table><Column/>{table}</Table>{more}</Worksheet>'


def style(name: str, code: str, parent: str = "") -> str:
    up = f' ss:Parent="{parent}"' if parent else ""
    return f'<Style ss:ID="{name}"{up}>' + (f'<NumberFormat ss:Format="{code}"/>' if code else "") + "</Style>"


def test_figures_are_what_the_sheet_shows(tmp_path: Path) -> None:
    styles = (
        style("p", "0%")
        + style("q", "", "p")
        + style("d", "Short Date")
        + style("c", "yyyy&quot;年&quot;m&quot;月&quot;")
        + style("h", ";;;")
    )
    row = (
        cell("0.95", "Number", 'ss:StyleID="p"') + cell("0.5", "Number", 'ss:StyleID="q"') + cell("5364", "Number") + cell("1", "Boolean")
        + cell("0", "Boolean") + cell("2020-06-30T00:00:00.000", "DateTime", 'ss:StyleID="d"')
        + cell("2020-06-30T00:00:00", "DateTime", 'ss:StyleID="c"') + cell("2020-13-30T00:00:00", "DateTime")
        + cell("1900-01-05T00:00:00", "DateTime") + cell("甲&#13;&#10;<B>乙</B>") + cell("3", "Number", 'ss:StyleID="h"') + cell("x")
    )  # fmt: skip
    source = opened(tmp_path, sheet(row), styles)
    assert source.format == "spreadsheetml"
    assert source.grids[0].rows[0] == (
        "95%", "50%", "5364", "TRUE", "FALSE", "2020/6/30", "2020年6月", "2020-13-30T00:00:00", "1900-01-05T00:00:00", "甲\n乙", "", "x",
    )  # fmt: skip
    assert [problem.code for problem in source.problems] == ["values-hidden"]


def test_positions_and_merges(tmp_path: Path) -> None:
    source = opened(
        tmp_path,
        sheet(
            cell("标题", attributes='ss:MergeAcross="2" ss:MergeDown="1"') + cell("右"),
            '<Row ss:Index="4">' + cell("a", attributes='ss:Index="2"') + cell("b") + "</Row>",
            '<Row ss:Span="1"/>',
            cell("末"),
        )
        + '<Worksheet ss:Name="空"/>',
    )
    (grid,) = source.grids
    assert grid.rows[0] == ("标题", "", "", "右")
    assert grid.rows[3] == ("", "a", "b", "")
    assert grid.rows[6] == ("末", "", "", "")
    assert grid.spans == (Span(0, 0, 1, 2),)


def test_errors_formulas_and_what_is_hidden(tmp_path: Path) -> None:
    hidden = '<WorksheetOptions xmlns="urn:x"><Visible>SheetHidden</Visible></WorksheetOptions>'
    rows = (cell("#DIV/0!", "Error") + '<Cell ss:Formula="=1+1"/>' + "<Cell/>", '<Row ss:Hidden="1">' + cell("隐") + "</Row>")
    source = opened(tmp_path, sheet(*rows, more=hidden))
    told = {problem.code: dict(problem.parameters) for problem in source.problems}
    assert set(told) == {"sheet-hidden", "cell-error", "formula-no-value", "rows-hidden"}
    assert told["formula-no-value"]["formula"] == "1+1"


def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [
        (sheet(), "empty"),
        (sheet('<Row ss:Index="99999999">' + cell("x") + "</Row>"), "outside-sheet"),
        (sheet(cell("x", attributes='ss:Index="99999"')), "outside-sheet"),
    ]
    for content, code in cases:
        with pytest.raises(Refused) as caught:
            opened(tmp_path, content)
        assert caught.value.problem.code == code
    monkeypatch.setattr("zhiheng.tables.formats.spreadsheetml.MAX_GRIDS", 0)
    with pytest.raises(Refused):
        opened(tmp_path, sheet(cell("x")))
