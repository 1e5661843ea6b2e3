"""Whatever a grid holds, reading gives plans and problems or refuses; it never fails and never drops a row in silence."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhiheng.tables.canonical import document_json
from zhiheng.tables.grid import Grid, Refused, Source, Span
from zhiheng.tables.layouts.tokens import LONGEST_STREAM
from zhiheng.tables.problems import message, texts, where
from zhiheng.tables.reading import read_source

WORDS = (
    "一级指标 二级指标 三级指标 绩效指标 指标解释 年度指标值 指标值 实际完成值 分值 得分 偏差原因分析及改进措施 "
    "备注 职责序号 部门职责 职责目标 标准值 2020年标准值 来源 2017-2019年均值 2019年值 数据来源 工作活动 预算项目 "
    "产出指标 数量指标 满意度指标 成本指标 总分 项目名称 主管部门 年度资金总额 年初预算数 全年预算数 全年执行数 "
    "执行率 优 良 中 差 职责活动 某局2022年绩效目标表 （2022年度） 60家 ≥95% 10 0 — 内部统计 《某办法》 完成 "
    "应报尽报 指标1 …… 年度总体目标 预期目标 实际完成情况 1. 其他资金 100.5"
).split()
CELL = st.one_of(st.sampled_from(["", *WORDS]), st.text(max_size=6))


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    rows = draw(st.lists(st.lists(CELL, min_size=1, max_size=8), min_size=1, max_size=12))
    spans = []
    for _ in range(draw(st.integers(0, 3))):
        top, left = draw(st.integers(0, 12)), draw(st.integers(0, 8))
        spans.append(Span(top, left, top + draw(st.integers(0, 4)), left + draw(st.integers(0, 4))))
    return Grid(
        tuple(tuple(row) for row in rows),
        tuple(range(1, len(rows) + 1)),
        tuple(spans),
        sheet=draw(st.sampled_from([None, "表"])),
        page=draw(st.sampled_from([None, 1])),
        aligned=draw(st.booleans()),
        before=tuple(draw(st.lists(CELL, max_size=2))),
    )


@given(st.lists(grids(), min_size=1, max_size=3))
@example([Grid((("三级指标", "指标值"), ("", "")), (1, 2))])
def test_reading_answers_for_any_grid(found: list[Grid]) -> None:
    try:
        document = read_source(Source("f", "x", tuple(found)))
    except Refused as refused:
        said = message(refused.problem, "zh")
        assert said
        return
    data = document_json(document)
    assert data["indicators"] is not None
    for table in document.tables:
        for problem in table.problems:
            assert message(problem, "zh")
            assert message(problem, "en")


@given(st.lists(st.tuples(st.sampled_from(["甲", "乙", "丙丁戊"]), st.integers(1, 99)), min_size=1, max_size=20))
def test_every_row_of_an_aligned_table_is_there(rows: list[tuple[str, int]]) -> None:
    cells = (("三级指标", "指标值", "分值"), *((f"{name}{i}", f"{value}家", "1") for i, (name, value) in enumerate(rows)))
    (table,) = read_source(Source("f", "x", (Grid(cells, tuple(range(1, len(cells) + 1))),))).tables
    assert [(row.name.text, row.target.text if row.target else "") for row in table.plan.indicators] == [(c[0], c[1]) for c in cells[1:]]


@given(
    st.lists(
        st.tuples(st.sampled_from(["造林面积", "培训人数", "设备购置"]), st.integers(1, 99), st.integers(1, 99), st.integers(1, 9)),
        min_size=1,
        max_size=12,
    )
)
def test_every_row_of_a_stream_is_there(rows: list[tuple[str, int, int, int]]) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    body = ["产出指标", "数量指标"]
    for name, target, actual, points in rows:
        body += [name, f"≥{target}项", f"{actual}项", str(points), str(points)]
    lines = ("某局2022年绩效自评表", *heads, *body)
    grid = Grid(tuple((line,) for line in lines), tuple(range(1, len(lines) + 1)), aligned=False)
    (table,) = read_source(Source("f", "x", (grid,))).tables
    assert [
        (r.name.text, r.target and r.target.text, r.actual and r.actual.text, r.points and r.points.text) for r in table.plan.indicators
    ] == [(name, f"≥{target}项", f"{actual}项", str(points)) for name, target, actual, points in rows]


def test_running_text_beyond_any_table_is_refused() -> None:
    rows = tuple(("字",) for _ in range(LONGEST_STREAM + 1))
    with pytest.raises(Refused) as refused:
        read_source(Source("f.txt", "text", (Grid(rows, tuple(range(1, len(rows) + 1)), aligned=False),)))
    assert refused.value.problem.code == "stream-too-long"
    assert "f.txt" in message(refused.value.problem, "zh")


def test_no_table_is_said_so() -> None:
    with pytest.raises(Refused) as refused:
        read_source(Source("通知.docx", "docx", (Grid((("关于开会的通知",),), (1,), aligned=False),)))
    assert refused.value.problem.code == "no-table"


def test_every_wording_is_there_in_both_languages() -> None:
    for code, wording in texts().items():
        assert set(wording) == {"zh", "en"}, code
        assert all(wording.values()), code


def test_places_in_words() -> None:
    from zhiheng.plan.place import Place

    assert where(Place("f", "表", 2, 3, 4), "zh") == "第2页 工作表“表” 第3行第4列"
    assert where(Place("f", "表", 2, 3, 4), "en") == "page 2, sheet “表”, row 3, column 4"
    assert where(Place("f"), "zh") == ""


TABLE = ("三级指标", "指标值", "分值", "甲数量", "1项", "1")


@pytest.mark.parametrize(
    "lines",
    [
        [f"第{i}段普通文字说明内容" for i in range(4000)],
        ["甲"] * 20000,
        ["绩效指标" * 4000],
        ["（1" + " " * 20000],
        ["甲乙", "指标值"] * 8000,
    ],
    ids=["prose", "single characters", "headings in one line", "blanks in brackets", "headings and words by turns"],
)
def test_long_texts_above_a_table_do_not_hold_it_up(lines: list[str]) -> None:
    # each of these once took time with the square of its length: minutes at this size
    cells = (*lines, *TABLE)
    document = read_source(Source("f", "text", (Grid(tuple((c,) for c in cells), tuple(range(1, len(cells) + 1)), aligned=False),)))
    assert any(row.name.text == "甲数量" for table in document.tables for row in table.plan.indicators)
