"""The 36 targets and last-year values of the real Linyi table (rules 7.4), with the names and explanations of the table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.zhiheng.values.catalogue import GE, MONTH, WEEK, d, each, per, q

from zhiheng.values import flags as f
from zhiheng.values.comparison import comparable
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng.values.value import Achieved, Coverage, Missing, Part, Parts, Relative, Value

TABLE = Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt"
SHARED = Parts((Part("组织对接次数", None), Part("对接企业数", q(10))), shared=True)
NONE = Missing()

EXPECTED: list[tuple[str, str, Value, str, Value, tuple[str, ...]]] = [
    ("拟订科技创新政策措施", "1项", q(1, "项"), "", NONE, ()),
    ("高层次科技人才培养", "8个", q(8, "个"), "9个", q(9, "个"), ()),
    ("依法行政", "应做尽做", Coverage("做"), "应做尽做", Coverage("做"), (f.DENOMINATOR_UNKNOWN,)),
    ("完成各类科技评审活动", "应审尽审", Coverage("审"), "应审尽审", Coverage("审"), (f.DENOMINATOR_UNKNOWN,)),
    ("组织科技奖励评审", "应审尽审", Coverage("审"), "应审尽审", Coverage("审"), (f.DENOMINATOR_UNKNOWN,)),
    ("高新技术企业认定数量", "60家", q(60, "家"), "160家", q(160, "家"), ()),
    ("市级科技企业孵化器备案数量", "8家", q(8, "家"), "12家", q(12, "家"), ()),
    ("新增科技企业孵化面积", "20万平方米", q(20, "万平方米"), "25.81万平方米", q("25.81", "万平方米"), ()),
    ("省级以上科技企业孵化器新增数量", "3家", q(3, "家"), "0家", q(0, "家"), ()),
    ("入库科技型中小微企业新增数量", "100家", q(100, "家"), "120家", q(120, "家"), ()),
    ("高新技术产业产值占比", "34.6%", q("34.6", "%"), "33.6%", q("33.6", "%"), ()),
    ("省级科技创新平台新增数量", "10家", q(10, "家"), "20家", q(20, "家"), ()),
    ("全市R&D投入占比", "达到全省平均水平", Relative("全省平均", GE), "2.13%", q("2.13", "%"), (f.NO_BASELINE,)),
    ("实施科技成果转化贷款风险补偿资金政策", "应补尽补", Coverage("补"), "", NONE, (f.DENOMINATOR_UNKNOWN,)),
    ("落实完善“创新券”补助政策", "应补尽补", Coverage("补"), "", NONE, (f.DENOMINATOR_UNKNOWN,)),
    ("健全项目管理制度", "建立4项", q(4, "项"), "1项管理办法", q(1, "项"), (f.VERB,)),
    ("规范创新平台管理", "应检尽检", Coverage("检"), "100家", q(100, "家"), (f.DENOMINATOR_UNKNOWN,)),
    ("推动科技企业与省内院校开展实质性产学研合作", "促成合作160项", q(160, "项"), "促成合作179项", q(179, "项"), (f.VERB,)),
    ("院士工作站备案", "6家", q(6, "家"), "20家", q(20, "家"), ()),
    ("军民科技融合工作", "1项", q(1, "项"), "1", q(1), ()),
    ("组织技术对接", "组织对接次数/对接企业数10", SHARED, "20", q(20), (f.MULTIPLE, f.NO_UNIT)),
    ("建设农科驿站总数", "80家", q(80, "家"), "53家", q(53, "家"), ()),
    ("农业类高层次人才培养", "5个", q(5, "个"), "5个", q(5, "个"), ()),
    ("挖掘争取重大专项项目", "5项", q(5, "项"), "13项", q(13, "项"), ()),
    ("科技宣传信息每月报送", "8篇", q(8, "篇", per=each(MONTH)), "8篇", q(8, "篇", per=each(MONTH)), (f.PERIOD_FROM_NAME,)),
    ("科技宣传载体建设与维护", "2周/次", per(1, "次", 2, WEEK), "2周/次", per(1, "次", 2, WEEK), (f.INVERTED,)),
    ("编辑科技年鉴", "1次", q(1, "次"), "1次", q(1, "次"), ()),
    ("上报重点工作及事项", "应报尽报", Coverage("报"), "应报尽报", Coverage("报"), (f.DENOMINATOR_UNKNOWN,)),
    ("党建工作完成情况", "应做尽做", Coverage("做"), "应做尽做", Coverage("做"), (f.DENOMINATOR_UNKNOWN,)),
    ("省级文明单位复审", "完成", Achieved(True), "完成", Achieved(True), ()),
    ("外国专家项目申报", "4项", q(4, "项"), "7项", q(7, "项"), ()),
    ("引智基地管理与申报", "2家", q(2, "家"), "3家", q(3, "家"), ()),
    ("友谊奖推荐工作", "1人", q(1, "人"), "1人", q(1, "人"), ()),
    ("技术市场服务", "400项", q(400, "项"), "380项", q(380, "项"), ()),
    ("科技查新与检索服务", "500项", q(500, "项"), "300项", q(300, "项"), ()),
    ("科技专家库完善与应用", "700项", q(700, "项"), "500项", q(500, "项"), ()),
]


def table_rows() -> dict[str, tuple[str, str, str]]:
    """Name → (explanation, target, standard) of the rows of the table, cut at the tabs."""
    rows = {}
    for line in TABLE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > 8 and (cells[0] == "" or re.fullmatch(r"[0-9]+", cells[0])) and cells[3] and cells[5]:
            rows[cells[3]] = (cells[4], cells[5], cells[7])
    return rows


@pytest.mark.parametrize("row", EXPECTED, ids=[row[0] for row in EXPECTED])
def test_target_and_last_year(row: tuple[str, str, Value, str, Value, tuple[str, ...]]) -> None:
    name, target, expected, last_year, before, marks = row
    explanation, published, _ = table_rows()[name]
    assert published == target
    reading = parse(target, Context(name, explanation, year=2020))
    assert (reading.value, reading.flags) == (expected, tuple(sorted(marks)))
    assert parse(last_year, Context(name, explanation, year=2020)).value == before


def test_the_fixture_is_the_table() -> None:
    rows = table_rows()
    assert len(EXPECTED) == len(rows) == 36
    assert {row[0] for row in EXPECTED} == set(rows)


def test_every_standard_repeats_its_target_even_where_a_blank_differs() -> None:
    for name, (explanation, target, standard) in table_rows().items():
        context = Context(name, explanation, year=2020)
        assert parse(standard, context).value == parse(target, context).value, name


def test_comparable_pairs_twelve_lower_six_higher_six_equal() -> None:
    pairs = [comparable(row[2], row[4]) for row in EXPECTED if row[0] != "健全项目管理制度"]
    found = [pair for pair in pairs if pair is not None]
    assert [sum(1 for a, b in found if a < b), sum(1 for a, b in found if a > b), sum(1 for a, b in found if a == b)] == [12, 6, 6]
    assert (d(20), d("25.81")) in found
