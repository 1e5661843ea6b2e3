"""Documents, written by python-docx and by hand: merged cells, what stands around tables, tracked changes, list numbers."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.zhiheng.tables.formats import samples

from zhiheng.tables.formats.docx import read_docx
from zhiheng.tables.grid import Refused, Span


def p(text: str = "", properties: str = "", run: str = "") -> str:
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}<w:r>{run and f'<w:rPr>{run}</w:rPr>'}<w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def read(body: str, **members: str) -> tuple:  # type: ignore[type-arg]
    return read_docx(samples.docx_of(body, **members), "f")


def refusal(body: str) -> str:
    with pytest.raises(Refused) as caught:
        read(body)
    return caught.value.problem.code


def test_merged_cells_written_by_hand() -> None:
    restart, go_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    (grid,), _, problems = read(
        tbl(
            tr(tc(p("职责"), restart), tc(p("参考值"), wide), tc(p("备注"), restart)),
            tr(tc(p(), go_on), tc(p("标准")), tc(p("历史")), tc(p(), '<w:vMerge w:val="continue"/>')),
            tr(tc(p("一"), restart), tc(p("1")), tc(p("2")), tc(p("3"))),
            tr(tc(p("x"), go_on), tc(p("4")), tc(p("5")), tc(p("6"))),
            tr(tc(p("末"), go_on.replace("/>", ' w:val="restart"/>')), tc(p("7"), wide + restart), tc(p("8"))),
            tr(tc(p()), tc(p(), wide + go_on), tc(p("9"))),
        )
    )
    assert grid.rows[0] == ("职责", "参考值", "", "备注")
    assert grid.rows[3] == ("", "4", "5", "6")
    assert set(grid.spans) == {Span(0, 0, 1, 0), Span(0, 1, 0, 2), Span(0, 3, 1, 3), Span(2, 0, 3, 0), Span(4, 1, 5, 2)}
    assert [problem.code for problem in problems] == ["merge-hides-text"]


def test_a_continued_merge_with_nothing_above_is_a_cell() -> None:
    (grid,), _, _ = read(tbl(tr(tc(p("甲"), "<w:vMerge/>"), tc(p("乙"))), tr(tc(p("丙")), tc(p("丁")))))
    assert grid.rows == (("甲", "乙"), ("丙", "丁"))
    assert grid.spans == ()


def test_rows_that_begin_later() -> None:
    (grid,), _, _ = read(tbl(tr(tc(p("甲")), tc(p("乙"))), tr(tc(p("丙")), properties='<w:gridBefore w:val="1"/>')))
    assert grid.rows == (("甲", "乙"), ("", "丙"))


def test_several_tables_with_their_paragraphs() -> None:
    grids, below, _ = read(p("标题") + tbl(tr(tc(p("1")), tc(p("2")))) + p("单位:万元") + p() + tbl(tr(tc(p("3")), tc(p("4")))) + p("注"))
    assert [grid.before for grid in grids] == [("标题",), ("单位:万元",)]
    assert below == ("注",)


def test_a_frame_around_a_text_is_no_table() -> None:
    grids, below, _ = read(tbl(tr(tc(p("说明") + p("二")))) + tbl(tr(tc(p()), tc(p()))))
    assert grids == ()
    assert below == ("说明", "二")


def test_a_table_in_a_cell_follows_the_table_around_it() -> None:
    inner = tbl(tr(tc(p("内")), tc(p("表"))))
    grids, _, _ = read(tbl(tr(tc(p("外") + inner + p()), tc(p("右")))))
    assert [grid.rows for grid in grids] == [(("外", "右"),), (("内", "表"),)]


def test_tracked_changes_are_read_as_accepted() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    changed = f"<w:p>{run.format('目标')}<w:del><w:r><w:delText>50</w:delText></w:r></w:del><w:ins>{run.format('60')}</w:ins>" + "</w:p>"
    moved = f"<w:p><w:moveFrom>{run.format('旧')}</w:moveFrom><w:moveTo>{run.format('新')}</w:moveTo></w:p>"
    (grid,), below, _ = read(
        tbl(
            tr(tc(changed), tc(moved)),
            tr(tc(p("删去的行")), tc(p()), properties="<w:del/>"),
            tr(tc(p("插入的行")), tc(p("留")), tc(p("删"), "<w:cellDel/>"), properties="<w:ins/>"),
        )
        + "<w:ins>"
        + p("补充")
        + "</w:ins>"
    )
    assert grid.rows == (("目标60", "新"), ("插入的行", "留"))
    assert below == ("补充",)


def test_breaks_tabs_symbols_fields_and_links() -> None:
    body = (
        "<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t><w:br w:type='page'/><w:noBreakHyphen/><w:cr/></w:r>"
        "<w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:sym w:font='Arial' w:char='F041'/><w:sym w:font='x' w:char='zz'/>"
        "<w:sym w:font='x' w:char='2264'/><w:sym w:font='x' w:char='D800'/></w:r>"
        "<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:fldSimple w:instr='PAGE'><w:r><w:t>7</w:t></w:r></w:fldSimple>"
        "<w:r><w:instrText>DATE</w:instrText></w:r><w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        f"<w:sdt><w:sdtContent>{p('块')}</w:sdtContent></w:sdt><!-- 注 -->"
    )
    assert read(body)[1] == ("一", "二\t三-", "☑\uf041≤链接7控件", "块")


def test_wrapped_rows_and_cells() -> None:
    cell = f"<w:sdt><w:sdtContent>{tc(p('乙'))}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent>{tr(tc(p('甲')), cell)}</w:sdtContent></w:sdt>"
    assert read(tbl(row))[0][0].rows == (("甲", "乙"),)


def test_hidden_text_is_not_read_and_told() -> None:
    _, below, problems = read(p("看得见") + p("看不见", run="<w:vanish/>") + p("也看得见", run="<w:vanish w:val='0'/>"))
    assert below == ("看得见", "也看得见")
    assert [problem.code for problem in problems] == ["hidden-text"]


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{p('框内')}{tbl(tr(tc(p('a')), tc(p('b'))))}</w:txbxContent>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    anchored = f"<w:p><w:r>{twice}<w:t>正文</w:t></w:r></w:p>"
    grids, below, _ = read(anchored)
    assert grids[0].before == ("正文", "框内")
    assert below == ()
    (grid,), _, _ = read(
        tbl(tr(tc(f"<w:p><w:r><w:t>甲</w:t><w:pict><w:txbxContent>{p('乙')}</w:txbxContent></w:pict></w:r></w:p>"), tc(p("丙"))))
    )
    assert grid.rows == (("甲\n乙", "丙"),)


def test_too_deep_too_wide_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(tbl(tr(tc(p("x"), '<w:gridSpan w:val="99999"/>')))) == "too-many-columns"
    monkeypatch.setattr("zhiheng.tables.formats.docx.MAX_DEPTH", 3)
    assert refusal("<w:ins>" * 6 + p("x") + "</w:ins>" * 6) == "too-deep"
    assert refusal("<w:p>" + "<w:hyperlink>" * 6 + "<w:r/>" + "</w:hyperlink>" * 6 + "</w:p>") == "too-deep"
    monkeypatch.setattr("zhiheng.tables.formats.docx.MAX_GRIDS", 0)
    assert refusal(tbl(tr(tc(p("x")), tc(p("y"))))) == "too-many-grids"


def test_deep_nesting_in_real_bounds_is_no_fault() -> None:
    assert refusal("<w:ins>" * 400 + p("x") + "</w:ins>" * 400) in {"too-deep", "xml-damaged"}


def test_macros_are_told() -> None:
    data = samples.replaced(samples.docx(), {"word/vbaProject.bin": b"x"})
    assert [problem.code for problem in read_docx(data, "f")[2]] == ["macros"]


def test_a_document_without_its_main_part() -> None:
    with pytest.raises(Refused):
        read_docx(samples.replaced(samples.docx(), {"word/document.xml": None}), "f")


def levels(*described: tuple[str, str]) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(described)
    )


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def numbering(*kinds: str, numbers: str = "") -> str:
    lists = "".join(f'<w:abstractNum w:abstractNumId="{i}">{kind}</w:abstractNum>' for i, kind in enumerate(kinds))
    default = "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>' for i in range(len(kinds)))
    return f'<w:numbering xmlns:w="{samples.WORD}">{lists}{default}{numbers}</w:numbering>'


def test_numbers_of_lists_are_written_as_word_shows_them() -> None:
    made = numbering(levels(("chineseCounting", "%1、"), ("decimal", "%1.%2")), levels(("bullet", "·")), levels(("decimal", "%1")))
    body = (
        numbered("甲") + numbered("子", level=1) + numbered("丑", level=1) + numbered("乙") + numbered("寅", level=1)
        + numbered("点", 2) + numbered("60家", 3) + numbered("", 3) + numbered("无", 9) + numbered("深", 1, 7)
    )  # fmt: skip
    assert read(body, numbering=made)[1] == ("一、甲", "一.1 子", "一.2 丑", "二、乙", "二.1 寅", "点", "1 60家", "2", "无", "深")


def test_a_list_may_start_again() -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    made = numbering(levels(("decimal", "(%1)")), numbers=again)
    body = numbered("a") + numbered("b") + numbered("c", 2) + numbered("d", 2)
    assert read(body, numbering=made)[1] == ("(1)a", "(2)b", "(5)c", "(6)d")


def test_a_style_may_number_its_paragraphs() -> None:
    styles = (
        f'<w:styles xmlns:w="{samples.WORD}"><w:style w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="N"/></w:styles>'
    )
    made = numbering(levels(("upperRoman", "%1.")))
    body = "".join(p(text, f'<w:pStyle w:val="{style}"/>') for text, style in (("a", "L"), ("b", "N"), ("c", "L")))
    off = p("d", '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    empty = p("e", '<w:pStyle w:val="L"/><w:numPr><w:ilvl w:val="0"/></w:numPr>')
    assert read(body + off + empty, numbering=made, styles=styles)[1] == ("I.a", "b", "II.c", "d", "III.e")


TEXTS = st.lists(st.lists(st.text(alphabet="职责指标60%家\n", max_size=5), min_size=2, max_size=4), min_size=1, max_size=4)


@given(TEXTS.filter(lambda rows: len({len(row) for row in rows}) == 1), st.data())
def test_what_python_docx_merges_is_read_again(rows: list[list[str]], data: st.DataObject) -> None:
    from docx import Document

    height, width = len(rows), len(rows[0])
    top, bottom = sorted((data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, height - 1))))
    left, right = sorted((data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, width - 1))))
    document = Document()
    table = document.add_table(height, width)
    inside = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
    for r in range(height):
        for c in range(width):
            if (r, c) not in inside:
                table.cell(r, c).text = rows[r][c]
    merged = table.cell(top, left).merge(table.cell(bottom, right))
    merged.text = "合并"
    buffer = io.BytesIO()
    document.save(buffer)
    grids, below, problems = read_docx(buffer.getvalue(), "f")
    assert problems == []
    if not grids:
        assert below == ("合并",)
        return
    (grid,) = grids
    expected = {(top, left): "合并"}
    for r in range(height):
        for c in range(width):
            text = "\n".join(line for line in [rows[r][c]] if line.strip())
            if (r, c) not in inside and text:
                expected[r, c] = text
    assert {(r, c): t for r, row in enumerate(grid.rows) for c, t in enumerate(row) if t} == expected
    assert grid.spans == (() if len(inside) == 1 else (Span(top, left, bottom, right),))
