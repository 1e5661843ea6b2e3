"""Web pages: spans, nested and laying-out tables, what stands around them. A plain walk of the HTML standard is the witness."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.tables.formats import read
from zhiheng.tables.formats.html import read_html
from zhiheng.tables.grid import Grid, Refused, Span


def only(text: str) -> Grid:
    (grid,), _, _ = read_html(text, "f")
    return grid


def refusal(text: str) -> str:
    with pytest.raises(Refused) as caught:
        read_html(text, "f")
    return caught.value.problem.code


def test_spans_and_rows_without_end_tags() -> None:
    grid = only("<table><tr><td rowspan=2>职责<td colspan=2>参考值<tr><td>标准<td>历史<tr><td>1<td>2<td>3</table>")
    assert grid.rows == (("职责", "参考值", ""), ("", "标准", "历史"), ("1", "2", "3"))
    assert grid.spans == (Span(0, 0, 1, 0), Span(0, 1, 0, 2))


def test_spans_to_the_end_beyond_it_and_of_nonsense() -> None:
    rows = "<tr><td rowspan=0>a<td rowspan=99999999999>b<td colspan=0>c<td colspan=x>d<tr><td>e<td rowspan=60000>f"
    grid = only(f"<table>{rows}</table>")
    assert grid.rows == (("a", "b", "c", "d"), ("", "", "e", "f"))
    assert grid.spans == (Span(0, 0, 1, 0), Span(0, 1, 1, 1))


def test_lines_inside_cells() -> None:
    grid = only("<table><tr><td>一<br>二<p>三</p><p> 四 </p><td>  科技\n   创新&nbsp;&nbsp;券  big\n word <b>粗</b>体</table>")
    assert grid.rows == (("一\n二\n三\n四", "科技创新 券 big word 粗体"),)


def test_text_around_several_tables() -> None:
    grids, below, _ = read_html(
        "<h1>标题</h1><div>单位:万元</div><table><caption>表1</caption><tr><td>a<td>b</table>中<table><tr><td>c<td>d</table>末", "f"
    )
    assert [grid.before for grid in grids] == [("标题", "单位:万元", "表1"), ("中",)]
    assert below == ("末",)


def test_scripts_styles_and_comments_are_no_text() -> None:
    head = "<head><title>t</title><style>x</style></head><script>var a='<table>';</script><!-- c -->"
    page = head + "<table><tr><td>a<script>b</script><td>c</table>"
    grids, below, _ = read_html(page, "f")
    assert (grids[0].rows, grids[0].before, below) == ((("a", "c"),), (), ())


def test_tables_that_lay_out_a_page_are_walked_through() -> None:
    data = "<table><tr><td>指标<td>值<tr><td>受理<td>60家</table>"
    page = f"<table><tr><td>导航<td><table><tr><td><p>标题</p>{data}</td></tr></table><td>侧栏</table>"
    grids, below, _ = read_html(page, "f")
    assert [(grid.rows, grid.before) for grid in grids] == [((("指标", "值"), ("受理", "60家")), ("导航", "标题"))]
    assert below == ("侧栏",)


def test_a_small_table_inside_a_table_of_data() -> None:
    rows = "".join(f"<tr><td>指标{i}<td>{i}家" for i in range(4))
    page = f"<table>{rows}<tr><td>明细<td>见下<table><tr><td>甲<td>1</table></table>"
    grids, _, _ = read_html(page, "f")
    assert [len(grid.rows) for grid in grids] == [5, 1]
    assert grids[0].rows[4] == ("明细", "见下")


def test_a_frame_of_one_cell_is_text() -> None:
    grids, below, _ = read_html("<table><tr><td>只有说明</table>", "f")
    assert (grids, below) == ((), ("只有说明",))
    assert read_html("<table></table>x", "f")[:2] == ((), ("x",))


def test_groups_of_rows() -> None:
    grid = only("<table><thead><tr><th>a<th>b</thead><tbody><tr><td>1<td>2</tbody><tfoot><tr><td>3<td>4</tfoot></table>")
    assert grid.rows == (("a", "b"), ("1", "2"), ("3", "4"))


def test_what_is_hidden_is_not_read_and_told() -> None:
    page = "<p style='display: none'>x</p><p hidden></p><table><tr><td>a<td style='visibility:hidden'>b<td>c</table>"
    grids, _, problems = read_html(page, "f")
    assert grids[0].rows == (("a", "c"),)
    assert [(problem.code, dict(problem.parameters)["count"]) for problem in problems] == [("hidden-text", "2")]


def test_forms_that_were_filled_in() -> None:
    page = (
        "<table><tr><td><input value='60家'><input type=hidden value=x><td><input type=checkbox checked>是<input type=radio>否"
        "<td><select><option>甲<option selected>乙</select><td><textarea>多\n行</textarea><td><input type=text></table>"
    )
    assert only(page).rows == (("60家", "☑是○否", "乙", "多\n行"),)


def test_a_page_that_breaks_off_is_told() -> None:
    _, _, problems = read_html("<table><tr><td>a<td>b<tr><td>c", "f")
    assert [problem.code for problem in problems] == ["html-unclosed"]


def test_text_kept_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><pre>指标\t值\t注\n受理\t60家\t\n甲\t乙\t</pre></body></html>", "utf-8")
    source = read(path)
    assert source.format == "html"
    assert source.grids[0].rows[1] == ("受理", "60家", "")


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal("<div>" * 5000 + "x" + "</div>" * 5000) == "html-too-deep"
    assert refusal("") in {"empty", "html-damaged"}
    assert refusal("<!-- x -->") in {"empty", "html-damaged"}
    wide = "<table>" + "<tr>" + "<td colspan=1000>x" * 3000 + "</table>"
    assert refusal(wide) == "merge-too-large"
    assert refusal("<table><tr>" + "<td>x" * 16_385 + "</table>") == "too-many-columns"
    monkeypatch.setattr("zhiheng.tables.formats.html.MAX_GRIDS", 0)
    assert refusal("<table><tr><td>a<td>b</table>") == "too-many-grids"
    monkeypatch.setattr("zhiheng.tables.formats.html.MAX_HTML", 5)
    assert refusal("<table></table>") == "html-too-large"


def test_many_blank_wide_cells_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhiheng.tables.formats.html.MAX_CELLS", 2000)
    assert refusal("<table><tr>" + "<td colspan=1000>" * 3 + "</table>") == "merge-too-large"
    assert refusal("<table><tr>" + "<td colspan=400>" * 6 + "</table>") == "too-many-cells"


@pytest.mark.parametrize(
    ("charset", "meta"),
    [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gbk", None), ("utf-8", None), ("utf-8-sig", None), ("utf-16", "utf-16")],
)
def test_encodings_of_pages_and_of_pages_named_xls(tmp_path: Path, charset: str, meta: str | None) -> None:
    told = f"<meta http-equiv=Content-Type content='text/html; charset={meta}'>" if meta else ""
    path = tmp_path / "报表.xls"
    path.write_bytes(f"<html>{told}<body><table><tr><td>绩效目标</td><td>年度指标值</td></tr></table></body></html>".encode(charset))
    source = read(path)
    assert source.grids[0].rows == (("绩效目标", "年度指标值"),)
    assert source.format == "html"


def test_a_fragment_inside_a_text_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("标题\n<table><tr><td>a</td><td>b</td></tr></table>", "utf-8")
    assert read(path).grids[0].before == ("标题",)
    path.write_text("<?xml version='1.0'?><html><table><tr><td>a</td><td>b</td></tr></table></html>", "utf-8")
    assert read(path).grids[0].rows == (("a", "b"),)


TABLE = st.lists(
    st.lists(
        st.tuples(st.text(alphabet="职责a<&1 ", min_size=1, max_size=4), st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=4
    ),
    min_size=1,
    max_size=4,
)


def test_a_wide_cell_over_a_tall_one_does_not_end_it() -> None:
    rows = ("<td>a</td><td rowspan=3>b</td>", "<td colspan=2>c</td>", "<td>d</td><td>e</td>")
    grids, _, _ = read_html("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>", "f")
    assert grids[0].rows[2] == ("d", "", "e")


@given(TABLE)
def test_cells_stand_where_the_standard_puts_them(rows: list[list[tuple[str, int, int]]]) -> None:
    cells = [[f"<td rowspan={tall} colspan={wide}>{html.escape(text)}</td>" for text, wide, tall in row] for row in rows]
    source = "<table>" + "".join("<tr>" + "".join(row) + "</tr>" for row in cells) + "</table>"
    slots: dict[tuple[int, int], str] = {}
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 0
        for text, wide, tall in row:
            while (r, column) in taken:
                column += 1
            if text.strip() and (r, column) not in slots:
                slots[r, column] = " ".join(text.split())
            taken |= {(i, j) for i in range(r, min(r + tall, len(rows))) for j in range(column, column + wide)}
            column += wide
    if sum(map(len, rows)) < 2:
        return
    grids, _, problems = read_html(source, "f")
    found = {(r, c): text for grid in grids for r, line in enumerate(grid.rows) for c, text in enumerate(line) if text}
    hidden = {dict(problem.parameters).get("text") for problem in problems}
    assert found.items() <= slots.items()
    assert all(text in hidden for at, text in slots.items() if at not in found)
