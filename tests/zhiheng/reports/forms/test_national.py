"""The national forms: fields, money, goals, merged levels, totals, two horizons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.plans import plan_of

from zhiheng.plan.place import Place
from zhiheng.plan.plan import Budget, Cell, Plan
from zhiheng.reports.form import Form
from zhiheng.reports.forms import form
from zhiheng.reports.forms.head import enough, spread


def plan(layout: str, **data: Any) -> Plan:
    return plan_of({"title": "项目支出绩效表", "layout": layout, "year": 2022, **data}).plan


def texts(laid: Form) -> list[list[str]]:
    """The cells of every row, blank ones left out."""
    grid = [[""] * len(laid.widths) for _ in laid.rows]
    for placed in laid.placed():
        grid[placed.row][placed.column] = placed.cell.text
    return [[text for text in row if text] for row in grid]


ROWS = [
    {"name": "甲", "category": ["产出指标", "数量指标"], "target": "≥3次", "actual": "3次", "weight": "10", "points": "10", "reason": ""},
    {"name": "乙", "category": ["产出指标", "数量指标"], "target": "1项", "actual": "1项", "weight": "10", "points": "9", "reason": "晚了"},
    {"name": "丙", "category": ["产出指标", "质量指标"], "target": "完成", "actual": "完成", "weight": "30", "points": "30", "reason": ""},
    {"name": "丁", "category": ["效益指标", "质量指标"], "target": "提升", "actual": "提升", "weight": "50", "points": "50", "reason": ""},
]


def test_a_self_evaluation_in_full() -> None:
    laid = form(
        plan(
            "self-evaluation",
            project="地震经费", department="某局", unit="某中心", grade="优", total_weight="100", total_points="99",
            goals=[{"expected": "防震减灾", "actual": "已完成"}],
            budget={"unit": "万元", "funds": [{"name": "年度资金总额", "initial": "25", "budget": "25", "executed": "20", "points": "10",
                                              "rate": "80%", "score": "8"}]},
            indicators=ROWS,
        )
    )  # fmt: skip
    assert laid.subtitle == "（2022年度）"
    assert texts(laid) == [
        ["项目名称", "地震经费", "主管部门", "某局"],
        ["实施单位", "某中心"],
        ["项目资金（万元）", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"],
        ["年度资金总额", "25", "25", "20", "10", "80%", "8"],
        ["年度总体目标", "预期目标", "实际完成情况"],
        ["防震减灾", "已完成"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        ["产出指标", "数量指标", "甲", "≥3次", "3次", "10", "10"],
        ["乙", "1项", "1项", "10", "9", "晚了"],
        ["质量指标", "丙", "完成", "完成", "30", "30"],
        ["效益指标", "质量指标", "丁", "提升", "提升", "50", "50"],
        ["总分", "100", "99"],
        ["自评等级", "优"],
    ]


def test_equal_second_levels_under_different_first_levels_are_not_merged() -> None:
    laid = form(plan("self-evaluation", indicators=ROWS))
    spans = {
        (placed.cell.text, placed.cell.rows)
        for placed in laid.placed()
        if placed.cell.text in {"产出指标", "数量指标", "质量指标", "效益指标"}
    }
    assert spans == {("产出指标", 3), ("数量指标", 2), ("质量指标", 1), ("效益指标", 1)}
    side = next(placed.cell for placed in laid.placed() if placed.cell.text == "绩效指标")
    assert side.rows == 1 + len(ROWS)


def test_the_sum_stands_under_its_column() -> None:
    laid = form(plan("self-evaluation", total_weight="100", total_points="99", indicators=ROWS))
    columns = {placed.cell.text: placed.column for placed in laid.placed() if placed.row >= laid.heading_start}
    assert (columns["100"], columns["99"]) == (columns["分值"], columns["得分"])


def test_a_sum_without_its_column_has_a_line_of_its_own() -> None:
    assert ["总分", "100"] in texts(form(plan("goal-declaration", total_weight="100", indicators=[{"name": "甲", "target": "1项"}])))


def test_a_column_stands_exactly_when_the_plan_has_it() -> None:
    laid = form(plan("goal-declaration", indicators=[{"name": "甲", "target": "1项", "remark": ""}, {"name": "乙", "target": "2项"}]))
    assert texts(laid)[laid.heading_start] == ["绩效指标", "指标名称", "指标值", "备注"]
    named = replace(plan("goal-declaration", indicators=[{"name": "甲", "target": "1项"}]), columns=(("weight", Place()),))
    assert texts(form(named))[form(named).heading_start] == ["绩效指标", "指标名称", "指标值", "分值"]


def test_amounts_two_to_a_line_with_the_unit_beside_the_first() -> None:
    laid = form(plan("goal-declaration", department="某局", budget={"unit": "万元", "total": "10", "fiscal": "8", "other": "2"},
                     indicators=[{"name": "甲", "target": "1项"}]))  # fmt: skip
    assert texts(laid)[:3] == [["部门名称", "某局"], ["资金总额（万元）", "10", "财政拨款", "8"], ["其他资金", "2"]]


def test_a_total_that_the_funds_give_is_not_printed_twice() -> None:
    data = plan("self-evaluation", budget={"unit": "万元", "funds": [{"name": "年度资金总额", "budget": "7"}]}, indicators=ROWS)
    whole = replace(data, budget=replace(data.budget, total=data.budget.funds[0].budget))
    assert sum(placed.cell.text == "7" for placed in form(whole).placed()) == 1


def test_notes_stand_where_they_were() -> None:
    data = replace(
        plan("goal-declaration", indicators=[{"name": "甲", "target": "1项"}]),
        notes=((Cell("项目属性"), Cell("延续性")), (Cell("填表说明"), Cell("以元为单位"))),
    )
    lines = texts(form(data))
    assert lines[0] == ["项目属性", "延续性"]
    assert lines[-1] == ["填表说明：以元为单位"]


def test_the_graded_form_sets_its_grades_under_one_heading() -> None:
    laid = form(plan("graded-goals", strategic_goal="远景", indicators=[
        {"name": "甲", "definition": "解释", "grades": {"优": "≥95%", "良": "≥90%", "中": "≥80%", "差": "＜80%"}, "remark": ""},
    ]))  # fmt: skip
    assert texts(laid)[laid.heading_start : laid.heading_stop] == [
        ["绩效指标", "指标名称", "指标描述", "评价标准", "备注"],
        ["优", "良", "中", "差"],
    ]
    assert ["战略目标", "远景"] in texts(laid)


def test_graded_goals_under_duties() -> None:
    duties = [{"number": 1, "name": "职责甲", "objective": "目标"}, {"number": 2, "name": "职责乙"}]
    laid = form(plan("graded-goals", duties=duties, indicators=[
        {"name": "甲", "duty": 1, "grades": {"优": "3"}}, {"name": "乙", "duty": 1, "grades": {"优": "4"}},
    ]))  # fmt: skip
    assert texts(laid)[laid.heading_start :] == [
        ["职责序号", "部门职责", "职责目标", "绩效指标", "评价标准"],
        ["优"],
        ["1", "职责甲", "目标", "甲", "3"],
        ["乙", "4"],
        ["2", "职责乙"],
    ]


def test_two_horizons_stand_beside_each_other() -> None:
    data = plan(
        "goal-declaration", indicators=[{"name": name, "target": target} for name, target in (("甲", "9项"), ("甲", "3项"), ("乙", "1项"))]
    )
    first, second, third = data.indicators
    both = replace(data, indicators=(replace(first, horizon="period"), replace(second, horizon="year"), replace(third, horizon="year")))
    laid = form(both)
    assert texts(laid)[laid.heading_start :] == [
        ["绩效指标", "实施期目标", "年度目标"],
        ["指标名称", "指标值", "指标名称", "指标值"],
        ["甲", "9项", "甲", "3项"],
        ["乙", "1项"],
    ]


def test_announced_points_stand_beside_their_level() -> None:
    laid = form(replace(plan("self-evaluation", indicators=ROWS), levels=(("产出指标", "50"),)))
    assert "产出指标（50分）" in {placed.cell.text for placed in laid.placed()}


def test_a_wide_form_lies_and_a_narrow_one_stands() -> None:
    assert not form(plan("goal-declaration", indicators=[{"name": "甲", "target": "1项"}])).paper.landscape
    assert form(plan("self-evaluation", indicators=[{**ROWS[0], "definition": "解释", "rule": "规则"}])).paper.landscape


def test_a_form_without_indicators_still_has_its_headings() -> None:
    assert texts(form(Plan("项目支出绩效目标申报表", "goal-declaration", budget=Budget())))[-1] == [
        "绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
    ]


def test_spread_comes_near_the_shares_and_gives_every_cell_a_column() -> None:
    assert spread((1, 3), (1, 1, 1, 1)) == (1, 3)
    assert spread((1, 1, 1), (9, 1, 1)) == (1, 1, 1)
    assert spread((1,), (5, 5)) == (2,)
    with pytest.raises(ValueError, match="cells"):
        spread((1, 1), (5,))


def test_narrow_tables_are_cut_up_for_the_lines_above() -> None:
    assert enough((5, 20), 4) == (5, 6, 6, 6)
    assert enough((5, 20), 2) == (5, 20)
