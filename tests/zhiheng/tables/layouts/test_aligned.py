"""Forms whose columns hold: merged workbooks of the national forms, as grids."""

from __future__ import annotations

from zhiheng.plan.plan import Plan, Table
from zhiheng.tables.grid import Grid, Source, Span
from zhiheng.tables.reading import read_source


def grid(rows: list[list[str]], *spans: tuple[int, int, int, int], **more: object) -> Grid:
    width = max(len(row) for row in rows)
    cells = tuple((*row, *[""] * (width - len(row))) for row in rows)
    return Grid(cells, tuple(range(1, len(rows) + 1)), tuple(Span(*span) for span in spans), sheet="表1", **more)  # type: ignore[arg-type]


def only(*grids: Grid) -> Table:
    document = read_source(Source("表.xlsx", "xlsx", grids))
    assert len(document.tables) == 1
    return document.tables[0]


def lines(plan: Plan) -> list[tuple[str, ...]]:
    return [
        (
            "/".join(row.category),
            row.name.text,
            *(part.text if part else "-" for part in (row.target, row.actual, row.weight, row.points, row.reason)),
        )
        for row in plan.indicators
    ]


SELF_EVALUATION = grid(
    [
        ["项目支出绩效自评表"],
        ["（2023年度）"],
        ["项目名称", "", "科技创新券"],
        ["主管部门", "", "某市科学技术局", "", "", "", "实施单位", "", "某市科技服务中心"],
        ["项目资金（万元）", "", "", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"],
        ["", "", "年度资金总额", "100", "110", "104.5", "10", "95%", "9.5"],
        ["", "", "其中：当年财政拨款", "100", "100", "95", "—", "95%", "—"],
        ["", "", "上年结转资金", "0", "10", "9.5", "—", "", "—"],
        ["", "", "其他资金", "", "", "", "—", "", "—"],
        ["年度总体目标", "预期目标", "", "", "", "实际完成情况"],
        ["", "兑现创新券", "", "", "", "已兑现"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        ["", "产出指标（50分）", "数量指标", "兑现企业数", "≥50家", "48家", "20", "19.2", "申请减少"],
        ["", "", "", "兑现张数", "≥100张", "120张", "10", "10", ""],
        ["", "", "质量指标", "兑现准确率", "100%", "100%", "20", "20", ""],
        ["", "", "成本指标", "", "", "", "", "", ""],
        ["", "效益指标（30分）", "经济效益指标", "带动研发投入", "≥500万元", "600万元", "30", "30", ""],
        ["", "满意度指标（10分）", "服务对象满意度指标", "企业满意度", "≥90%", "92%", "10", "10", ""],
        ["总分", "", "", "", "", "", "100", "98.7", ""],
    ],
    (0, 0, 0, 8),
    (4, 0, 8, 1),
    (11, 0, 17, 0),
    (12, 1, 15, 1),
    (12, 2, 13, 2),
)


def test_self_evaluation_is_read_by_its_columns() -> None:
    table = only(SELF_EVALUATION)
    plan = table.plan
    assert (plan.layout, plan.year, plan.department and plan.department.text) == ("self-evaluation", 2023, "某市科学技术局")
    assert lines(plan) == [
        ("产出指标/数量指标", "兑现企业数", "≥50家", "48家", "20", "19.2", "申请减少"),
        ("产出指标/数量指标", "兑现张数", "≥100张", "120张", "10", "10", ""),
        ("产出指标/质量指标", "兑现准确率", "100%", "100%", "20", "20", ""),
        ("效益指标/经济效益指标", "带动研发投入", "≥500万元", "600万元", "30", "30", ""),
        ("满意度指标/服务对象满意度指标", "企业满意度", "≥90%", "92%", "10", "10", ""),
    ]
    assert dict(plan.levels) == {"产出指标": "50", "效益指标": "30", "满意度指标": "10"}
    assert [problem.code for problem in table.problems] == ["level-without-indicator"]
    assert plan.total_weight and plan.total_points and (plan.total_weight.text, plan.total_points.text) == ("100", "98.7")


def test_money_stands_under_its_headings_and_a_blank_is_no_zero() -> None:
    funds = {fund.name.text: fund for fund in only(SELF_EVALUATION).plan.budget.funds}
    carried = funds["上年结转资金"]
    assert (
        carried.initial
        and carried.budget
        and carried.rate
        and (carried.initial.text, carried.budget.text, carried.rate.text) == ("0", "10", "")
    )
    other = funds["其他资金"]
    assert other.initial and other.initial.text == "" and type(other.initial.reading.value).__name__ == "Missing"


def test_every_value_knows_its_cell() -> None:
    row = only(SELF_EVALUATION).plan.indicators[1]
    assert row.actual and (row.actual.place.sheet, row.actual.place.row, row.actual.place.column) == ("表1", 14, 6)
    assert row.place.row == 14 and row.name.place.column == 4


def test_targets_of_the_period_and_of_the_year_are_told_apart() -> None:
    table = only(
        grid(
            [
                ["项目支出绩效目标申报表"],
                ["（2024年度）"],
                ["项目名称", "", "科技特派员"],
                ["主管部门及代码", "", "某市科学技术局 031", "", "实施单位", "", "某中心"],
                ["项目资金（万元）", "", "实施期资金总额：", "", "300", "年度资金总额：", "", "100"],
                ["", "", "其中：财政拨款", "", "300", "其中：财政拨款", "", "100"],
                ["", "", "其他资金", "", "", "其他资金", "", ""],
                ["总体目标", "实施期目标（2023年—2025年）", "", "", "", "年度目标", "", ""],
                ["", "选派300人", "", "", "", "选派100人", "", ""],
                ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
                ["", "产出指标", "数量指标", "选派人数", "≥300人", "数量指标", "选派人数", "≥100人"],
                ["", "", "", "培训场次", "≥30场", "", "培训场次", "≥10场"],
            ],
            (7, 1, 7, 4),
            (7, 5, 7, 7),
            (10, 1, 11, 1),
            (10, 2, 11, 2),
            (10, 5, 11, 5),
        )
    )
    plan = table.plan
    assert [(row.horizon, row.name.text, row.target.text if row.target else "") for row in plan.indicators] == [
        ("period", "选派人数", "≥300人"),
        ("period", "培训场次", "≥30场"),
        ("year", "选派人数", "≥100人"),
        ("year", "培训场次", "≥10场"),
    ]
    assert plan.budget.total and plan.budget.fiscal and (plan.budget.total.text, plan.budget.fiscal.text) == ("100", "100")
    assert [(label.text, figure.text) for label, figure in plan.budget.items] == [("实施期资金总额", "300"), ("其中：财政拨款", "300")]
    assert [goal.expected.text for goal in plan.goals] == ["选派300人", "选派100人"]
    assert table.problems == ()


def test_graded_form() -> None:
    plan = only(
        grid(
            [
                ["2021年部门职责—工作活动绩效目标表"],
                ["部门名称：某市科技局", "", "", "", "", "", "单位：万元"],
                ["职责活动", "年度预算数", "内容描述", "绩效目标", "绩效指标", "评价标准"],
                ["", "", "", "", "", "优", "良", "中", "差"],
                ["科技计划管理", "500", "组织科技计划项目", "完成立项", "项目立项数", "≥50项", "≥40项", "≥30项", "＜30项"],
                ["", "", "", "", "验收合格率", "≥95%", "≥90%", "≥80%", "＜80%"],
                ["成果转化", "300", "推动成果转化", "成果落地", "登记成果数", "≥100项", "≥80项", "≥60项", "＜60项"],
            ],
            (2, 5, 2, 8),
            *((2, c, 3, c) for c in range(5)),
            *((4, c, 5, c) for c in range(4)),
        )
    ).plan
    assert plan.layout == "graded-goals"
    assert [(row.activity and row.activity.text, row.name.text, [(g, f.text) for g, f in row.grades]) for row in plan.indicators] == [
        ("科技计划管理", "项目立项数", [("优", "≥50项"), ("良", "≥40项"), ("中", "≥30项"), ("差", "＜30项")]),
        ("科技计划管理", "验收合格率", [("优", "≥95%"), ("良", "≥90%"), ("中", "≥80%"), ("差", "＜80%")]),
        ("成果转化", "登记成果数", [("优", "≥100项"), ("良", "≥80项"), ("中", "≥60项"), ("差", "＜60项")]),
    ]
    assert [(label.text, figure.text) for label, figure in plan.budget.items] == [("科技计划管理", "500"), ("成果转化", "300")]
    assert [goal.expected.text for goal in plan.goals] == ["完成立项", "成果落地"]


def test_head_in_columns_beside_the_indicators() -> None:
    plan = only(
        grid(
            [
                ["2023年部门整体支出绩效目标表"],
                ["部门名称", "年度预算申请", "", "", "整体绩效目标", "部门整体支出年度绩效目标"],
                [
                    "",
                    "资金总额",
                    "基本支出",
                    "项目支出",
                    "",
                    "一级指标",
                    "二级指标",
                    "三级指标",
                    "指标值类型",
                    "指标值",
                    "度量单位",
                    "评（扣）分标准",
                ],
                ["某县科技局", "200", "150", "50", "强化创新", "产出指标", "数量指标", "培训人数", "定量", "100", "人", "少1人扣1分"],
                ["", "", "", "", "", "", "质量指标", "合格率", "定量", "95", "%", "未达标扣分"],
            ],
            (1, 0, 2, 0),
            (1, 4, 2, 4),
            (1, 5, 1, 11),
            *((3, c, 4, c) for c in range(6)),
        )
    ).plan
    assert plan.department and plan.department.text == "某县科技局"
    assert plan.budget.total and plan.budget.basic and (plan.budget.total.text, plan.budget.basic.text) == ("200", "150")
    assert [goal.expected.text for goal in plan.goals] == ["强化创新"]
    assert [
        (row.name.text, row.target and row.target.text, row.nature and row.nature.text, row.rule and row.rule.text)
        for row in plan.indicators
    ] == [
        ("培训人数", "100人", "定量", "少1人扣1分"),
        ("合格率", "95%", "定量", "未达标扣分"),
    ]


def test_pages_of_one_table_are_one_plan_and_keep_their_pages() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标值"]
    first = Grid((("某局2022年绩效目标表", "", "", ""), tuple(head), ("产出指标", "数量指标", "甲", "1项")), (1, 2, 3), page=1)
    second = Grid((tuple(head), ("产出指标", "质量指标", "乙", "90%"), ("", "", "丙", "2项")), (1, 2, 3), page=2)
    plan = only(first, second).plan
    assert [(row.name.text, row.place.page, row.place.row) for row in plan.indicators] == [("甲", 1, 3), ("乙", 2, 2), ("丙", 2, 3)]
    assert [row.category for row in plan.indicators][-1] == ("产出指标", "质量指标")


def test_a_cell_without_heading_is_reported_not_dropped() -> None:
    table = only(grid([["某局2022年绩效目标表"], ["三级指标", "指标值", "分值", ""], ["甲", "1项", "10", "口头补充"]]))
    assert [
        (problem.code, problem.place.row, problem.place.column, dict(problem.parameters)["text"])
        for problem in table.problems
        if problem.code == "cell-without-heading"
    ] == [("cell-without-heading", 3, 4, "口头补充")]


def test_a_heading_that_stands_twice_is_reported() -> None:
    table = only(grid([["某局2022年绩效目标表"], ["三级指标", "指标值", "分值", "指标值"], ["甲", "1项", "10", "2项"]]))
    assert {problem.code for problem in table.problems} >= {"heading-twice", "cell-without-heading"}
    assert table.plan.indicators[0].target and table.plan.indicators[0].target.text == "1项"


def test_a_sheet_without_a_table_is_named() -> None:
    notes = Grid((("说明",),), (1,), sheet="封面")
    document = read_source(Source("表.xlsx", "xlsx", (notes, SELF_EVALUATION)))
    assert [problem.code for problem in document.problems] == ["sheet-without-table"]
    assert len(document.tables) == 1


def test_head_of_one_title_over_two_levels_takes_names_from_the_second() -> None:
    plan = only(
        grid(
            [
                ["某局2022年绩效目标表"],
                ["一级指标", "二级指标", "绩效标准", "预期当年实现值"],
                ["数量指标", "检查次数", "反映检查", "12次"],
                ["", "整改次数", "反映整改", "3次"],
            ]
        )
    ).plan
    assert [(row.category, row.name.text, row.definition and row.definition.text) for row in plan.indicators] == [
        (("数量指标",), "检查次数", "反映检查"),
        (("数量指标",), "整改次数", "反映整改"),
    ]


def test_names_come_from_the_content_column_when_both_levels_are_levels() -> None:
    plan = only(
        grid([["某局2022年绩效目标表"], ["一级指标", "二级指标", "指标内容", "指标值"], ["产出指标", "数量指标", "检查次数", "12次"]])
    ).plan
    assert [(row.category, row.name.text) for row in plan.indicators] == [(("产出指标", "数量指标"), "检查次数")]


def test_value_split_over_sign_value_and_unit_is_one_value() -> None:
    plan = only(
        grid(
            [
                ["某局2022年绩效目标表"],
                ["三级指标", "指标性质", "指标值", "度量单位"],
                ["甲", "≥", "735", "人次"],
                ["乙", "＝", "100", "%"],
                ["丙", "定性", "提升", ""],
                ["丁", "≤", "≤5", "件"],
            ]
        )
    ).plan
    assert [row.target.text if row.target else "" for row in plan.indicators] == ["≥735人次", "=100%", "提升", "≤5件"]


def test_a_duty_without_indicators_stays_a_duty() -> None:
    plan = only(
        grid(
            [
                ["2020年部门预算整体绩效目标表"],
                ["职责序号", "部门职责", "职责目标", "绩效指标", "指标解释", "年度指标值"],
                ["1", "甲", "目标甲", "开展检查次数", "全年检查的次数", "1次"],
                ["2", "乙", "目标乙", "", "", ""],
                ["3", "丙", "目标丙", "培训人数", "参加培训的人数", "20人"],
            ]
        )
    ).plan
    assert [(duty.number, duty.name.text) for duty in plan.duties] == [(1, "甲"), (2, "乙"), (3, "丙")]
    assert [(row.name.text, row.duty) for row in plan.indicators] == [("开展检查次数", 1), ("培训人数", 3)]


def test_a_level_without_an_indicator_but_with_points_stays_a_row() -> None:
    table = only(
        grid(
            [
                ["某局2022年绩效自评表"],
                ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"],
                ["产出指标", "数量指标", "培训人数", "20人", "20人", "90", "90"],
                ["", "质量指标", "", "", "", "10", "10"],
                ["", "时效指标", "", "", "", "", ""],
            ]
        )
    )
    assert [(row.category, row.name.text, row.weight and row.weight.text) for row in table.plan.indicators] == [
        (("产出指标", "数量指标"), "培训人数", "90"),
        (("产出指标", "质量指标"), "", "10"),
    ]
    assert [problem.code for problem in table.problems if problem.code == "level-without-indicator"] == ["level-without-indicator"]


def test_two_tables_in_one_sheet() -> None:
    rows = [
        ["项目支出绩效目标表（2023年度）"],
        ["项目名称", "甲项目"],
        ["三级指标", "指标值"],
        ["培训人数", "20人"],
        ["合计"],
        ["项目支出绩效目标表（2023年度）"],
        ["项目名称", "乙项目"],
        ["三级指标", "指标值"],
        ["检查次数", "5次"],
    ]
    document = read_source(Source("表.xlsx", "xlsx", (grid(rows),)))
    assert [(t.plan.project and t.plan.project.text, [r.name.text for r in t.plan.indicators]) for t in document.tables] == [
        ("甲项目", ["培训人数"]),
        ("乙项目", ["检查次数"]),
    ]


def test_the_goal_of_a_duty_cut_by_a_page_goes_on() -> None:
    head = ("职责序号", "部门职责", "职责目标", "绩效指标", "指标解释", "年度指标值")
    first = Grid(
        (("2020年部门预算整体绩效目标表", *[""] * 5), head, ("1", "服务", "做好", "培训人数", "参训人数", "20人")), (1, 2, 3), page=1
    )
    second = Grid((head, ("", "", "服务工作", "检查次数", "全年检查次数", "5次")), (1, 2), page=2)
    plan = only(first, second).plan
    assert [(duty.name.text, duty.objective and duty.objective.text) for duty in plan.duties] == [("服务", "做好服务工作")]
    assert [row.duty for row in plan.indicators] == [1, 1]


def test_a_duty_number_that_is_none_is_told() -> None:
    table = only(
        grid(
            [
                ["2020年部门预算整体绩效目标表"],
                ["职责序号", "部门职责", "职责目标", "绩效指标", "指标解释", "年度指标值"],
                ["壹", "服务", "做好", "培训人数", "参训人数", "20人"],
            ]
        )
    )
    assert [duty.number for duty in table.plan.duties] == [1]
    assert "duty-number" in {problem.code for problem in table.problems}


def test_duty_numbers_in_other_characters_and_missing_ones() -> None:
    head = ["职责序号", "部门职责", "职责目标", "绩效指标", "指标解释", "年度指标值"]
    rows = [
        ["", "甲", "目标甲", "a数量", "解释说明", "1项"],
        ["①", "乙", "目标乙", "b数量", "解释说明", "2项"],
        ["1", "丙", "目标丙", "c数量", "解释说明", "3项"],
    ]
    table = only(grid([["2020年部门预算整体绩效目标表"], head, *rows]))
    numbers = [(duty.name.text, duty.number) for duty in table.plan.duties]
    assert numbers == [("甲", 2), ("乙", 1), ("丙", 3)]
    assert [row.duty for row in table.plan.indicators] == [2, 1, 3]
    assert [dict(p.parameters)["name"] for p in table.problems if p.code == "duty-number"] == ["甲", "丙"]
