"""A row of a duty table that lost a cell: repaired only where one order of the rest is possible."""

from __future__ import annotations

import pytest
from tests.zhiheng.tables.layouts.test_aligned import grid, only

from zhiheng.plan.plan import Table
from zhiheng.values.value import Unresolved

HEAD = ["职责序号", "部门职责", "职责目标", "绩效指标", "指标解释", "年度指标值", "“十三五”规划值", "2020年标准值", "来源"]
HEAD += ["2017-2019年均值", "2019年值", "数据来源", "备注", "工作活动", "预算项目"]
WHOLE = ["1", "服务", "做好服务", "培训人数", "参训人数", "20人", "", "20人", "内部统计", "18人", "19人", "内部统计", "", "", ""]


def table(*cells: str) -> Table:
    """A duty table with one whole row and one whose cells from 来源 to 数据来源 are these."""
    row = ["", "", "", "检查次数", "全年检查次数", "5次", "", "5次", *cells, "", "", ""]
    return only(grid([["2020年部门预算整体绩效目标表"], ["部门名称", "某局"], HEAD, WHOLE, row]))


def read(found: Table) -> list[str]:
    references = found.plan.indicators[1].references
    cells = (references.standard_source, references.mean, references.last_year, references.history_source)
    return [cell.text if cell else "-" for cell in cells]


@pytest.mark.parametrize(
    "published",
    [
        ("内部统计", "3次", "4次", "内部统计"),
        ("内部统计", "", "4次", "内部统计"),
        ("内部统计", "3次", "", "内部统计"),
        ("", "", "4次", "内部统计"),
        ("内部统计", "", "", "内部统计"),
        ("", "", "", ""),
    ],
)
def test_a_row_in_order_stays_as_it_is(published: tuple[str, ...]) -> None:
    found = table(*published)
    assert read(found) == list(published)
    assert found.problems == ()


def test_one_order_only_is_taken_and_told() -> None:
    found = table("3次", "4次", "内部统计", "")
    assert read(found) == ["", "3次", "4次", "内部统计"]
    assert [(problem.code, problem.repaired) for problem in found.problems] == [("shifted-row", True)]


def test_more_than_one_order_is_asked_about() -> None:
    found = table("内部统计", "3次", "内部统计", "")
    assert read(found) == ["内部统计", "3次", "内部统计", ""]
    assert [(problem.code, problem.repaired) for problem in found.problems] == [("shifted-row-open", False)]
    references = found.plan.indicators[1].references
    assert all(figure and isinstance(figure.reading.value, Unresolved) for figure in (references.mean, references.last_year))


def test_no_order_at_all_is_asked_about() -> None:
    found = table("3次", "内部统计", "4次", "内部统计")
    assert read(found) == ["3次", "内部统计", "4次", "内部统计"]
    assert [problem.code for problem in found.problems] == ["shifted-row-open"]
