"""Values beside each other, against arithmetic with fractions and against counting days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.zhiheng.values.strategies import amounts, simple

from zhiheng.values import units
from zhiheng.values.comparison import comparable, equal_meaning, meets
from zhiheng.values.direction import Direction
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng.values.value import Cadence, Comparator, Deadline, Every, PeriodUnit, Quantity, Value

RISING, FALLING, EQUAL = Direction.RISING, Direction.FALLING, Direction.EQUAL


def v(text: str) -> Value:
    return parse(text).value


@pytest.mark.parametrize(
    ("a", "b", "pair"),
    [
        ("20万平方米", "25.81万平方米", ("20", "25.81")),
        ("20万平方米", "258100平方米", ("200000", "258100")),
        ("1公顷", "20亩", ("15", "20")),
        ("1亿元", "9000万元", ("10000", "9000")),
        ("5%", "40‰", ("50", "40")),
        ("1项", "1", ("1", "1")),
        ("10", "20", ("10", "20")),
        ("10批次", "12批", ("10", "12")),
        ("30名", "28人", ("30", "28")),
        ("2年", "18个月", ("24", "18")),
        ("200万", "195.5万元", ("200", "195.5")),
        ("组织对接次数/对接企业数10", "20", ("10", "20")),
        ("2周/次", "1次/2周", ("1", "1")),
        ("每月1次", "每季度3次", ("12", "12")),
        ("全年12次", "10次", ("12", "10")),
        ("5000元/年", "5200元", ("5000", "5200")),
        ("1:3", "2:5", ("5", "6")),
        ("净增60家", "60家", ("60", "60")),
        ("100", "98%", ("100", "98")),
        ("-5万元", "3万元", ("-5", "3")),
    ],
)
def test_pairs_in_one_unit(a: str, b: str, pair: tuple[str, str]) -> None:
    first, second = comparable(v(a), v(b)) or (None, None)
    assert first is not None
    assert second is not None
    assert first * Decimal(pair[1]) == second * Decimal(pair[0])
    assert (first < second) == (Decimal(pair[0]) < Decimal(pair[1]))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("4项", "100家"),
        ("应检尽检", "100家"),
        ("5天", "5个工作日"),
        ("1年", "365天"),
        ("0.346", "34.6%"),
        ("5%", "5个百分点"),
        ("3-5家", "4家"),
        ("一等奖2项", "二等奖3项"),
        ("每月1次", "12次"),
        ("每个工作日1次", "每日1次"),
        ("达到全省平均水平", "2.13%"),
        ("0", "3家"),
        ("", "3家"),
        ("5泵", "3家"),
    ],
)
def test_what_has_no_common_unit(a: str, b: str) -> None:
    assert comparable(v(a), v(b)) is None
    assert comparable(v(b), v(a)) is None


def test_an_unknown_unit_compares_only_with_itself() -> None:
    pump = parse("5", Context(unit="泵")).value
    assert comparable(pump, pump) == (5, 5)
    assert comparable(pump, v("5")) == (5, 5)
    assert comparable(pump, v("5台")) is None


FAMILIES: dict[str, list[str]] = {}
for _unit in units.UNITS.values():
    if _unit.family and len(_unit.name) <= 4:
        FAMILIES.setdefault(_unit.family, []).append(_unit.name)
CONVERTIBLE = sorted(family for family, names in FAMILIES.items() if len(names) > 1)


@given(st.data(), amounts, amounts)
def test_conversion_keeps_order_and_ratio(data: st.DataObject, a: Decimal, b: Decimal) -> None:
    names = FAMILIES[data.draw(st.sampled_from(CONVERTIBLE))]
    one, other = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
    pair = comparable(Quantity(a, one), Quantity(b, other))
    assert pair is not None
    base = Fraction(a) * units.UNITS[one].factor, Fraction(b) * units.UNITS[other].factor
    assert (pair[0] > pair[1]) == (base[0] > base[1])
    assert Fraction(pair[0]) * base[1] == Fraction(pair[1]) * base[0]


@given(simple, simple)
def test_comparing_is_symmetric(a: Value, b: Value) -> None:
    there, back = comparable(a, b), comparable(b, a)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there[0] * back[0] == there[1] * back[1]
    assert equal_meaning(a, b) == equal_meaning(b, a)


@pytest.mark.parametrize(
    ("a", "b", "equal"),
    [
        ("20万平方米", "200000平方米", True),
        ("≥20万平方米", "200000平方米", False),
        ("2周/次", "1次/2周", True),
        ("每季度3次", "每月1次", True),
        ("3-5家", "3至5家", True),
        ("1-2万元", "10000-20000元", True),
        ("[1,2)万元", "10000-20000元", False),
        ("5家", "5", False),
        ("1:3", "2:6", True),
        ("应审尽审", "应做尽做", False),
        ("0.50%", "0.5%", True),
        ("净增5家", "5家", False),
    ],
)
def test_equal_meaning(a: str, b: str, equal: bool) -> None:
    assert equal_meaning(v(a), v(b)) is equal


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("≥95%", "95%", True),
        ("≥95%", "94.99%", False),
        (">95%", "95%", False),
        (">95%", "95.01%", True),
        ("≤5天", "5天", True),
        ("<5天", "5天", False),
        ("超过3次", "3次", False),
        ("3次以上", "3次", True),
        ("≥20万平方米", "258100平方米", True),
        ("≥60家", "200余家", True),
        ("≥300家", "200余家", None),
        ("≤100家", "200余家", False),
        ("≥3次", "3", True),
        ("≥3次", "3家", None),
        ("60家", "60家", True),
        ("60家", "160家", None),
        ("约100人", "104人", True),
        ("约100人", "106人", False),
        ("≥96人", "约100人", None),
        ("≥95人", "约100人", True),
        ("3-5家", "3家", True),
        ("3-5家", "5家", True),
        ("3-5家", "6家", False),
        ("3-5家", "4-6家", None),
        ("3-5家", "3-4家", True),
        ("≥80分且<90分", "90分", False),
        ("≥80分且<90分", "80分", True),
        ("≥3家", "3-5家", True),
        ("≥4家", "3-5家", None),
        ("≥6家", "3-5家", False),
        ("应审尽审", "应审尽审", True),
        ("应审尽审", "100%", True),
        ("应审尽审", "99%", False),
        ("应审尽审", "完成", True),
        ("应审尽审", "12项", None),
        ("应审尽审", "应做尽做", None),
        ("完成", "完成", True),
        ("完成", "未完成", False),
        ("完成", "全部完成", True),
        ("完成", "98%", False),
        ("否", "否", True),
        ("否", "100%", None),
        ("达到国家标准", "达到国家标准", True),
        ("达到国家标准", "达到行业标准", None),
        ("11月底前", "10月", True),
        ("11月底前", "11月", True),
        ("11月底前", "12月", False),
        ("9月前", "7月", True),
        ("2022年底之前", "2022年11月", True),
        ("2022年底之前", "2023年1月5日", False),
        ("2022年6月底前", "2022年", None),
        ("2022年底之前", "10月", None),
        ("11月底前", "11月30日前", True),
        ("第三季度", "9月30日", True),
        ("第三季度", "10月1日", False),
        ("6月15日前", "6月", None),
        ("2022年底之前", "达成预期指标", True),
        ("2022年底之前", "5家", None),
        ("每月1次", "每月2次", True),
        ("每月2次", "每月1次", False),
        ("每季度3次", "每月1次", True),
        ("每月1次", "每季度3次", None),
        ("每月1次", "每季度2次", False),
        ("每年12次", "每月1次", True),
        ("每周1次", "每日1次", True),
        ("全年12次", "12次", True),
        ("1:3", "1:3", True),
        ("≥1:3", "1:2", True),
        ("≥1:3", "1:4", False),
        ("≥1:3", "5%", None),
        ("良", "优", True),
        ("良", "中等", False),
        ("良好以上", "优秀", True),
        ("满意", "基本满意", False),
        ("基本满意", "满意", True),
        ("高", "高", True),
        ("高", "低", None),
        ("显著提升", "显著提升", True),
        ("显著提升", "有所提升", False),
        ("显著提升", "显著下降", None),
        ("显著提升", "达成预期指标", True),
        ("创业能力提升", "达成预期指标", True),
        ("创业能力提升", "部分达成预期指标并具有一定效果", False),
        ("创业能力提升", "基本达成", None),
        ("创业能力提升", "创业能力提升", None),
        ("达成预期指标", "部分达成预期指标", False),
        ("≥3次", "达成预期指标", None),
        ("全省前5名", "全省第3名", True),
        ("全省前5名", "全省第6名", False),
        ("全省前5名", "全市第1名", None),
        ("全省前5名", "全省前10名", None),
        ("较上年提高5个百分点", "较上年提高6个百分点", True),
        ("较上年提高5个百分点", "较上年提高4个百分点", False),
        ("较上年提高5个百分点", "较上年提高6%", None),
        ("较上年提高", "较上年提高6%", True),
        ("较上年提高", "较上年下降6%", False),
        ("较上年下降5%以上", "较上年下降6%", True),
        ("较上年下降5%", "较上年下降3%", False),
        ("不低于上年", "较上年提高3%", True),
        ("不低于上年", "与上年持平", True),
        ("不低于上年", "较上年下降3%", False),
        ("与上年持平", "与上年持平", True),
        ("达到全省平均水平", "2.13%", None),
        ("1部宣传片,2套方案", "1部宣传片,2套方案", True),
        ("≥1部宣传片,≥2套方案", "1部宣传片,1套方案", False),
        ("1部宣传片,2套方案", "1部宣传片,3套方案", None),
        ("1部宣传片,2套方案", "1部宣传片,2套图纸", None),
        ("组织对接次数/对接企业数10", "20", None),
        ("≥3次", "", None),
        ("≥3次", "未组织申报", None),
        ("增强", "增强", None),
        ("3-5家", "完成", None),
        ("3-5家", "4项", None),
        ("≥3家", "(3,5]家", None),
        ("≥3家", "完成", None),
        ("每月1次", "5家", None),
        ("每月1次", "100%", None),
        ("每月1次", "每周1次", True),
        ("每旬1次", "每月3次", None),
        ("每月5次", "每周1次", False),
        ("每月1次", "每4周1次", None),
        ("每月1次", "每2周1次", True),
        ("上半年", "6月30日", True),
        ("上半年", "7月", False),
        ("应审尽审", "≥90%", None),
        ("完成", "≥90%", None),
        ("良好以上", "良好以上", True),
        ("优", "良好以上", None),
        ("≤良", "优", None),
        (">良", "良", False),
        ("优", "95%", None),
        ("全省前5名", "5家", None),
        ("较上年提高5%", "5%", None),
        ("1部宣传片,2套方案", "3套", None),
        ("约100人", "100人以上", None),
    ],
)
def test_meeting(target: str, actual: str, met: bool | None) -> None:
    assert meets(v(target), v(actual)) is met


@pytest.mark.parametrize(
    ("target", "actual", "direction", "met"),
    [
        ("60家", "160家", RISING, True),
        ("60家", "59家", RISING, False),
        ("5天", "3天", FALLING, True),
        ("5天", "6天", FALLING, False),
        ("100%", "100%", EQUAL, True),
        ("100%", "98%", EQUAL, False),
        ("1部宣传片,2套方案", "1部宣传片,3套方案", RISING, True),
    ],
)
def test_a_bare_number_is_met_by_its_direction(target: str, actual: str, direction: Direction, met: bool) -> None:
    assert meets(v(target), v(actual), direction) is met


def test_the_year_of_the_table_completes_dates() -> None:
    assert meets(v("11月底前"), v("2020年10月"), year=2020) is True
    assert meets(v("11月底前"), v("2021年3月"), year=2020) is False
    assert meets(v("11月底前"), v("2021年3月")) is None


def test_open_readings_are_decided_where_all_readings_agree() -> None:
    rate = Context("工程完工率")
    target, full, less = (parse(text, rate).value for text in ("100", "100", "98"))
    assert meets(target, full, RISING) is True
    assert meets(target, less, RISING) is False
    assert meets(target, v("100%"), RISING) is True
    assert comparable(target, less) == (100, 98)
    assert meets(v("≥1家"), v("0")) is None


COMPARATORS = [Comparator.GE, Comparator.GT, Comparator.LE, Comparator.LT]


@given(st.sampled_from(COMPARATORS), st.integers(-50, 50), st.sampled_from([Comparator.EQ, *COMPARATORS]), st.integers(-50, 50))
def test_meeting_against_brute_force(op: Comparator, bound: int, said: Comparator, number: int) -> None:
    """On a grid of halves the result is any number that its own comparator allows."""
    grid = [Fraction(half, 2) for half in range(-300, 301)]
    tests = {
        Comparator.GE: lambda x, y: x >= y,
        Comparator.GT: lambda x, y: x > y,
        Comparator.LE: lambda x, y: x <= y,
        Comparator.LT: lambda x, y: x < y,
        Comparator.EQ: lambda x, y: x == y,
    }
    answers = {tests[op](x, bound) for x in grid if tests[said](x, number)}
    expected = answers.pop() if len(answers) == 1 else None
    assert meets(Quantity(Decimal(bound), "家", op), Quantity(Decimal(number), "家", said)) is expected


@given(st.integers(1, 12), st.dates(date(2020, 1, 1), date(2021, 12, 31)))
def test_deadlines_against_the_calendar(month: int, done: date) -> None:
    due = date(2020 + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    actual = Deadline(Comparator.EQ, done.year, done.month, done.day)
    assert meets(Deadline(Comparator.LE, 2020, month), actual) is (done <= due)


@given(st.integers(1, 6), st.sampled_from([PeriodUnit.MONTH, PeriodUnit.QUARTER, PeriodUnit.YEAR]), st.integers(1, 9), st.integers(1, 9))
def test_a_cadence_meets_itself_and_less(count: int, unit: PeriodUnit, amount: int, more: int) -> None:
    every = Every(Decimal(count), unit)
    target = Cadence(Decimal(amount), "次", every)
    assert meets(target, Cadence(Decimal(amount + more), "次", every)) is True
    assert meets(Cadence(Decimal(amount + more), "次", every), target) is False


@given(simple, simple)
def test_meeting_always_answers(target: Value, actual: Value) -> None:
    assert meets(target, actual) in (True, False, None)
