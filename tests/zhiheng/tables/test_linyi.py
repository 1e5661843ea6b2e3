"""The first user's real table: every row as published, and every trap of its print-out."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from zhiheng.plan.plan import Figure, Plan, Table
from zhiheng.tables import read
from zhiheng.values.comparison import comparable
from zhiheng.values.value import Phrase, Quantity, Unresolved

TABLE = Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt"

# name | target | 2019 as published; written from the paper, not from the program
ROWS = """
拟订科技创新政策措施|1项|
高层次科技人才培养|8个|9个
依法行政|应做尽做|应做尽做
完成各类科技评审活动|应审尽审|应审尽审
组织科技奖励评审|应审尽审|应审尽审
高新技术企业认定数量|60家|160家
市级科技企业孵化器备案数量|8家|12家
新增科技企业孵化面积|20万平方米|25.81万平方米
省级以上科技企业孵化器新增数量|3家|0家
入库科技型中小微企业新增数量|100家|120家
高新技术产业产值占比|34.6%|33.6%
省级科技创新平台新增数量|10家|20家
全市R&D投入占比|达到全省平均水平|2.13%
实施科技成果转化贷款风险补偿资金政策|应补尽补|
落实完善“创新券”补助政策|应补尽补|
健全项目管理制度|建立4项|内部统计
规范创新平台管理|应检尽检|内部统计
推动科技企业与省内院校开展实质性产学研合作|促成合作160项|促成合作179项
院士工作站备案|6家|20家
军民科技融合工作|1项|1
组织技术对接|组织对接次数/对接企业数10|20
建设农科驿站总数|80家|53家
农业类高层次人才培养|5个|5个
挖掘争取重大专项项目|5项|13项
科技宣传信息每月报送|8篇|8篇
科技宣传载体建设与维护|2周/次|2周/次
编辑科技年鉴|1次|1次
上报重点工作及事项|应报尽报|应报尽报
党建工作完成情况|应做尽做|应做尽做
省级文明单位复审|完成|完成
外国专家项目申报|4项|7项
引智基地管理与申报|2家|3家
友谊奖推荐工作|1人|1人
技术市场服务|400项|380项
科技查新与检索服务|500项|300项
科技专家库完善与应用|700项|500项
""".strip().splitlines()


@pytest.fixture(scope="module")
def table() -> Table:
    document = read(TABLE)
    assert len(document.tables) == 1
    return document.tables[0]


@pytest.fixture(scope="module")
def plan(table: Table) -> Plan:
    return table.plan


def text(figure: Figure | None) -> str:
    return figure.text if figure else "-"


def test_every_row_as_published(plan: Plan) -> None:
    assert [f"{row.name.text}|{text(row.target)}|{text(row.references.last_year)}" for row in plan.indicators] == ROWS


def test_head_and_money(plan: Plan) -> None:
    assert (plan.title, plan.year, plan.layout) == ("2020年部门预算整体绩效目标表", 2020, "duty-table")
    assert plan.department and plan.department.text == "临沂市科学技术局"
    amounts = [getattr(plan.budget, name) for name in ("total", "fiscal", "other", "basic", "project")]
    assert [text(amount) for amount in amounts] == ["5364万元", "5364万元", "", "714万元", "4650万元"]
    assert [(a.place.row, a.place.column) for a in amounts] == [(5, 5), (5, 9), (6, 9), (5, 13), (6, 13)]
    assert plan.strategic_goal and plan.strategic_goal.text.startswith("根据《临沂市十三五科技创新规划》")


def test_totals(plan: Plan) -> None:
    rows = plan.indicators
    assert (len(rows), len(plan.duties)) == (36, 11)
    assert [duty.number for duty in plan.duties] == list(range(1, 12))
    assert [count for _, count in sorted(Counter(row.duty for row in rows).items())] == [3, 2, 8, 4, 3, 1, 3, 4, 2, 3, 3]
    assert (
        sum(row.target.reading.value == row.references.standard.reading.value for row in rows if row.target and row.references.standard)
        == 36
    )
    assert not any(text(row.references.planned) for row in rows)
    assert sum(bool(row.activity and row.activity.text) for row in rows) == 8
    assert sum(bool(row.project and row.project.text) for row in rows) == 1
    assert [row.place.row for row in rows if text(row.references.mean)] == [31, 32, 54]


def test_pairs_of_target_and_last_year(plan: Plan) -> None:
    pairs: list[tuple[Decimal, Decimal]] = []
    for row in plan.indicators:
        if (
            row.target
            and row.references.last_year
            and (pair := comparable(row.target.reading.value, row.references.last_year.reading.value))
        ):
            pairs.append(pair)
    texts = [
        row for row in plan.indicators if row.target and type(row.target.reading.value).__name__ in {"Coverage", "Relative", "Achieved"}
    ]
    assert len(texts) == 10
    assert [sum(target < last for target, last in pairs), sum(a > b for a, b in pairs), sum(a == b for a, b in pairs)] == [12, 6, 6]


def test_three_heading_blocks_that_differ_are_one_table(plan: Plan) -> None:
    sources = [row.references.standard_source.text if row.references.standard_source else "" for row in plan.indicators]
    assert (sources[0], sources[12], sources[13], sources[35]) == (
        "省里文件市县配套",
        "内部统计",
        "《临沂市科技成果转化贷款风险补偿金管理暂行办法》",
        "根据往年情况制定",
    )


def test_columns_beside_their_headings_are_recognised_by_what_they_hold(plan: Plan) -> None:
    first, award = plan.indicators[0], plan.indicators[3]
    assert first.remark and first.activity and (first.remark.text, first.activity.text) == ("新增", "出台政策措施")
    assert (
        award.activity and award.project and (award.activity.text, award.project.text) == ("科技评审", "科技发展专项资金项目、科技创新平台")
    )
    assert (
        plan.indicators[33].references.history_source
        and plan.indicators[33].references.history_source.text == "科技部全国技术合同认定登记系统"
    )


def test_shifted_rows_stay_where_they_stand_and_are_asked_about(table: Table) -> None:
    for index, published in ((15, "1项管理办法"), (16, "100家")):
        references = table.plan.indicators[index].references
        assert references.mean and references.last_year
        assert (references.mean.text, references.last_year.text) == (published, "内部统计")
        for figure in (references.mean, references.last_year):
            assert isinstance(figure.reading.value, Unresolved) and figure.reading.value.reason == "shifted"
        (candidate,) = references.mean.reading.value.candidates if isinstance(references.mean.reading.value, Unresolved) else ()
        assert isinstance(candidate, Quantity)
    problems = [(problem.code, problem.place.row) for problem in table.problems]
    assert problems == [("shifted-row-open", 31), ("shifted-row-open", 32)]
    assert (
        "均值=100家" in dict(table.problems[1].parameters)["candidates"]
        and "上年值=100家" in dict(table.problems[1].parameters)["candidates"]
    )


def test_year_labels_are_kept_as_published(plan: Plan) -> None:
    assert plan.labels.planned == "“十三五”规划值"
    assert plan.labels.standard == "2020年标准值"
    assert plan.labels.mean.startswith("2017-2019年") and plan.labels.last_year.startswith("2019年值")


def test_no_target_is_mere_words(plan: Plan) -> None:
    assert not [row.name.text for row in plan.indicators if row.target and isinstance(row.target.reading.value, (Phrase, Unresolved))]
