"""How targets stand to history, against plain arithmetic."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans import plan_of

from zhiheng.audit.standing import Level, Standing, falling, level, standing, stated
from zhiheng.plan.plan import Indicator
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context

AMOUNTS = st.integers(min_value=1, max_value=9999)


def row(name: str, target: str, last_year: str) -> Indicator:
    return plan_of({"indicators": [{"name": name, "target": target, "references": {"last_year": last_year}}]}).plan.indicators[0]


def beside(name: str, target: str, last_year: str) -> Standing | None:
    indicator = row(name, target, last_year)
    return standing(indicator, indicator.references.last_year)


def sure(name: str, target: str, last_year: str) -> Standing:
    found = beside(name, target, last_year)
    assert found is not None
    return found


@given(AMOUNTS, AMOUNTS)
def test_less_is_worse_when_rising_and_better_when_falling(target: int, last: int) -> None:
    rising, lower = sure("孵化器数量", f"{target}家", f"{last}家"), sure("有效投诉数", f"{target}起", f"{last}起")
    assert rising.worse == (target < last)
    assert lower.worse == (target > last)
    assert rising.gap == lower.gap == Fraction(abs(target - last), last)


@given(AMOUNTS, AMOUNTS)
def test_the_scale_of_the_unit_changes_nothing(target: int, last: int) -> None:
    small = sure("孵化面积", f"{target}万平方米", f"{last}0000平方米")
    large = sure("孵化面积", f"{target}平方米", f"{last}平方米")
    assert (small.worse, small.gap) == (large.worse, large.gap)


@given(AMOUNTS, AMOUNTS)
def test_a_comparator_of_the_target_moves_no_figure(target: int, last: int) -> None:
    plain, at_least = beside("孵化器数量", f"{target}家", f"{last}家"), beside("孵化器数量", f"≥{target}家", f"{last}家")
    assert plain == at_least


@pytest.mark.parametrize(
    ("name", "target", "last_year"),
    [
        ("人才培养", "8个", "9人"),
        ("平台检查", "应检尽检", "100家"),
        ("杠杆比例", "1:3", "1:4"),
        ("孵化器数量", "60家", ""),
        ("孵化器数量", "60家", "—"),
        ("孵化器数量", "", "60家"),
        ("成果转化", "≥95%", "0.9"),
        ("孵化器数量", "≥8家", "近10家"),
        ("高新技术企业", "净增60家", "总数130家"),
        ("孵化培育年限", "2年", "3年"),
    ],
)
def test_what_does_not_compare_stands_nowhere(name: str, target: str, last_year: str) -> None:
    assert beside(name, target, last_year) is None


def test_a_form_without_target_or_history() -> None:
    indicator = plan_of({"indicators": [{"name": "孵化器数量"}]}).plan.indicators[0]
    assert standing(indicator, None) is None
    assert falling(indicator) is None
    assert not stated(indicator.target)


def test_from_nought_there_is_no_share() -> None:
    found = sure("有效投诉数", "≤2起", "0起")
    assert found.worse
    assert found.gap is None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("25.81万平方米", "", Level(Fraction(258100), Fraction(258100), level(parse("1平方米").value).unit)),  # type: ignore[union-attr]
        ("第3名", "", Level(Fraction(3), Fraction(3), "名次")),
        ("应检尽检", "", None),
        ("1:3", "", None),
        ("完成", "", None),
        ("1部宣传片,2套方案", "", None),
        ("约100人", "", Level(Fraction(95), Fraction(105), level(parse("1人").value).unit)),  # type: ignore[union-attr]
    ],
)
def test_levels(text: str, name: str, expected: Level | None) -> None:
    assert level(parse(text, Context(name=name)).value, name) == expected


def test_a_growth_beside_the_rate_it_is() -> None:
    assert sure("地区生产总值增速", "同比增长6%以上", "7%").worse
    assert not sure("地区生产总值增速", "同比增长8%以上", "7%").worse
    assert beside("高新技术产值", "同比增长6%以上", "7亿元") is None
    assert sure("万元产值能耗", "较上年下降3%", "较上年下降5%").worse, "a smaller decrease is worse"
    assert sure("高新产值占比", "较上年提高1个百分点", "较上年提高2个百分点").worse


@given(st.integers(min_value=1, max_value=50), st.sampled_from([("每月", 12), ("每季度", 4), ("每年", 1)]))
def test_so_many_per_period_is_so_many_a_year(count: int, period: tuple[str, int]) -> None:
    found = sure("科技信息报送", f"{period[0]}{count}篇", f"{count * period[1]}篇")
    assert found.target == found.before
