"""The duty table of 临沂, cell for cell as the office publishes it."""

from __future__ import annotations

from tests.plans import plan_of

from zhiheng.plan.place import Place
from zhiheng.plan.plan import Budget, Cell, Duty, Figure, Indicator, Plan
from zhiheng.reports.form import Form, FormCell, Role
from zhiheng.reports.forms import form
from zhiheng.values.parse import parse

PLAN = plan_of(
    {
        "title": "2020年部门预算整体绩效目标表",
        "year": 2020,
        "department": "某市某局",
        "strategic_goal": "到十三五末……",
        "budget": {"unit": "万元", "total": "100万元", "fiscal": "100万元", "other": "", "basic": "40万元", "project": "60万元"},
        "duties": [{"number": 1, "name": "职责甲", "objective": "目标甲"}, {"number": 2, "name": "职责乙", "objective": "目标乙"}],
        "indicators": [
            {"name": "指标一", "duty": 1, "definition": "解释", "target": "60家", "remark": "备注甲", "activity": "活动", "project": "项目",
             "references": {"planned": "", "standard": "60家", "standard_source": "内部统计", "mean": "", "last_year": "50家",
                            "history_source": "统计局"}},
            {"name": "指标二", "duty": 1, "definition": "", "target": "1项", "remark": "", "activity": "", "project": "",
             "references": {"planned": "", "standard": "", "standard_source": "", "mean": "", "last_year": "", "history_source": ""}},
            {"name": "指标三", "duty": 2, "definition": "", "target": "1项", "remark": "", "activity": "", "project": "",
             "references": {"planned": "", "standard": "", "standard_source": "", "mean": "", "last_year": "", "history_source": ""}},
        ],
    }
).plan  # fmt: skip


def at(laid: Form, row: int, column: int) -> FormCell:
    return next(placed.cell for placed in laid.placed() if (placed.row, placed.column) == (row, column))


def texts(laid: Form) -> list[list[str]]:
    grid = [[""] * len(laid.widths) for _ in laid.rows]
    for placed in laid.placed():
        grid[placed.row][placed.column] = placed.cell.text
    return grid


def test_the_words_stand_where_the_official_form_has_them() -> None:
    assert texts(form(PLAN)) == [
        ["部门名称", "", "某市某局", "部门整体预算总额", "100万元", "", "1. 资金来源：（1）财政拨款", "", "100万元", "",
         "2. 资金结构：（1）基本支出", "", "40万元", "", ""],
        ["", "", "", "", "", "", "（2）其他资金", "", "", "", "（2）项目支出", "", "60万元", "", ""],
        ["战略目标", "", "到十三五末……", *[""] * 12],
        ["职责序号", "部门职责", "职责目标", "绩效指标", "指标解释", "年度指标值", "指标参考值", "", "", "", "", "",
         "备注 (标准值和历史值均无的原因/其他需要说明的问题)", "工作活动", "预算项目"],
        [*[""] * 6, "标准值 (规划目标、行业标准或其他明确标准)", "", "", "历史值 (统计年鉴/统计公报/内部统计/其他需明确的来源)", *[""] * 5],
        [*[""] * 6, "“十三五”规划值", "2020年标准值", "", "2017-2019年均值", "2019年值(实际完成)",
         "数据来源 (统计年鉴/统计公报/内部统计/其他需明确的来源)", "", "", ""],
        [*[""] * 7, "标准值", "来源", *[""] * 6],
        ["1", "职责甲", "目标甲", "指标一", "解释", "60家", "", "60家", "内部统计", "", "50家", "统计局", "备注甲", "活动", "项目"],
        ["", "", "", "指标二", "", "1项", *[""] * 9],
        ["2", "职责乙", "目标乙", "指标三", "", "1项", *[""] * 9],
    ]  # fmt: skip


def test_the_merges_of_the_official_form() -> None:
    laid = form(PLAN)
    assert (at(laid, 0, 0).rows, at(laid, 0, 0).columns) == (2, 2)
    assert at(laid, 2, 2).columns == 13
    assert [(at(laid, 3, column).rows, at(laid, 3, column).columns) for column in (0, 5, 6, 12)] == [(4, 1), (4, 1), (1, 6), (4, 1)]
    assert (at(laid, 4, 6).columns, at(laid, 4, 9).columns) == (3, 3)
    third = [(at(laid, 5, column).rows, at(laid, 5, column).columns) for column in (6, 7, 9, 10, 11)]
    assert third == [(2, 1), (1, 2), (2, 1), (2, 1), (2, 1)]
    assert [at(laid, 7, column).rows for column in range(4)] == [2, 2, 2, 1]
    assert (laid.heading_start, laid.heading_stop) == (3, 7)
    assert (laid.paper.name, laid.paper.landscape) == ("a3", True)


def test_roles() -> None:
    laid = form(PLAN)
    assert [at(laid, *place).role for place in ((3, 0), (0, 0), (7, 2), (7, 5))] == [Role.HEADING, Role.LABEL, Role.TEXT, Role.VALUE]


def test_a_duty_without_indicators_keeps_its_turn() -> None:
    plan = Plan(
        "表",
        "duty-table",
        duties=tuple(Duty(number, Cell(f"职责{number}")) for number in (1, 2, 2, 3, 4)),
        indicators=(Indicator(Cell("甲"), duty=1), Indicator(Cell("乙"), duty=3), Indicator(Cell("丙"), duty=1), Indicator(Cell("丁"))),
    )
    rows = [(row[0], row[1], row[3]) for row in texts(form(plan))[7:]]
    assert rows == [
        ("1", "职责1", "甲"),
        ("2", "职责2", ""),
        ("2", "职责2", ""),
        ("3", "职责3", "乙"),
        ("1", "职责1", "丙"),
        ("", "", "丁"),
        ("4", "职责4", ""),
    ]


def test_nothing_that_only_other_forms_have_is_lost() -> None:
    plan = plan_of(
        {
            "title": "表", "year": 2021, "project": "专项甲", "unit": "中心", "grade": "优", "total_weight": "100", "total_points": "98",
            "duties": [{"number": 1, "name": "甲"}], "goals": [{"expected": "总目标", "actual": "已完成"}],
            "budget": {"funds": [{"name": "年度资金总额", "budget": "10"}]},
            "indicators": [{"name": "指标", "duty": 1, "weight": "10", "points": "9", "actual": "2家", "reason": "原因", "rule": "规则",
                            "nature": "定量", "unit": "家", "category": ["产出指标", "数量指标"], "grades": {"优": "3家", "良": "2家"}}],
        }
    ).plan  # fmt: skip
    said = {placed.cell.text for placed in form(plan).placed()}
    head = {"专项甲", "中心", "优", "100", "98", "总目标", "已完成", "年度资金总额", "10"}
    row = {"9", "2家", "原因", "规则", "定量", "家", "产出指标", "数量指标", "3家"}
    assert head | row <= said


def test_columns_that_the_published_table_lacks_are_not_made_up() -> None:
    plan = Plan(
        "表",
        "duty-table",
        budget=Budget("万元", total=Figure(parse("100"))),
        indicators=(Indicator(Cell("甲"), duty=1, target=Figure(parse("1项"))),),
        duties=(Duty(1, Cell("职责")),),
        columns=(("name", Place()), ("target", Place())),
    )
    laid = form(plan)
    assert texts(laid)[laid.heading_start] == ["职责序号", "部门职责", "职责目标", "绩效指标", "年度指标值", "", "", ""]
    assert "（2）其他资金" not in {placed.cell.text for placed in laid.placed()}
    assert "部门整体预算总额（万元）" in {placed.cell.text for placed in laid.placed()}


def test_a_year_that_the_title_does_not_say_stands_under_it() -> None:
    assert form(PLAN).subtitle == ""
    assert form(Plan("部门预算整体绩效目标表", "duty-table", year=2022)).subtitle == "（2022年度）"
