"""Units: the lexicon, compound units, conversion by hand-checked factors."""

from __future__ import annotations

from fractions import Fraction

import pytest

from zhiheng.values import units
from zhiheng.values.value import Every, PeriodUnit

LEXICON = (  # rules 7.3
    "个 项 家 件 份 篇 册 本 部 套 台 辆 座 所 处 条 例 宗 起 次 批 批次 期 场 轮 届 班 门 节 人 名 位 人次 人年 户 户次 "
    "元 万元 亿元 元/人 元/天 万元/家 平方米 ㎡ 万平方米 亩 公顷 平方公里 米 公里 千米 克 千克 公斤 吨 万吨 立方米 升 "
    "天 日 工作日 小时 分钟 周 月 季度 年 % ‰ 个百分点 倍 分 星 级 GB TB 兆 村 镇 县 学时 课时 平台 基地"
).split()


@pytest.mark.parametrize("word", LEXICON)
def test_the_lexicon_of_the_catalogue_is_known(word: str) -> None:
    assert units.whole(word) is not None


def test_there_are_more_than_seventy_units_and_every_alias_leads_to_one() -> None:
    assert len(units.UNITS) > 70
    assert set(units.ALIASES.values()) <= set(units.UNITS)
    assert not set(units.ALIASES) & set(units.UNITS)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("万平方米", "平方米", 10_000),
        ("公顷", "亩", 15),
        ("平方公里", "公顷", 100),
        ("亿元", "万元", 10_000),
        ("公里", "米", 1000),
        ("万吨", "公斤", 10_000_000),
        ("小时", "分钟", 60),
        ("天", "小时", 24),
        ("年", "个月", 12),
        ("年", "个季度", 4),
        ("%", "‰", 10),
        ("TB", "GB", 1024),
        ("万人次", "人次", 10_000),
        ("万元/家", "元/家", 10_000),
        ("元/人", "元/万人", 10_000),
        ("公斤", "斤", 2),
    ],
)
def test_factors(one: str, other: str, ratio: int) -> None:
    first, second = units.unit(one), units.unit(other)
    assert first is not None
    assert second is not None
    assert first.family == second.family
    assert first.factor / second.factor == Fraction(ratio)


APART = [("天", "工作日"), ("天", "个月"), ("项", "家"), ("人", "人次"), ("元", "美元"), ("%", "个百分点"), ("元/人", "元/户")]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_does_not_convert(one: str, other: str) -> None:
    first, second = units.unit(one), units.unit(other)
    assert first is not None
    assert second is not None
    assert first.family != second.family


@pytest.mark.parametrize(
    ("text", "unit", "per"),
    [
        ("元/人·月", "元/人", (1, PeriodUnit.MONTH)),
        ("元/人*月", "元/人", (1, PeriodUnit.MONTH)),
        ("元/人/年", "元/人", (1, PeriodUnit.YEAR)),
        ("元/月·人", "元/人", (1, PeriodUnit.MONTH)),
        ("元/人月", "元/人", (1, PeriodUnit.MONTH)),
        ("次/2周", "次", (2, PeriodUnit.WEEK)),
        ("吨/天", "吨", (1, PeriodUnit.DAY)),
        ("人/次", "人次", None),
        ("平米", "平方米", None),
        ("百分比", "%", None),
        ("万元", "万元", None),
    ],
)
def test_compound_units(text: str, unit: str, per: tuple[int, PeriodUnit] | None) -> None:
    measure = units.whole(text)
    assert measure is not None
    assert measure.unit == unit
    assert measure.per == (Every(units.ONE * per[0], per[1]) if per else None)


@pytest.mark.parametrize("text", ["", "泵", "家/0月x", "元/泵"])
def test_what_is_no_unit(text: str) -> None:
    assert units.whole(text) is None


def test_an_unknown_unit_has_no_dimension_and_counts_things() -> None:
    assert units.dimension("泵") is None
    assert units.unit("泵/人") is None
    assert units.unit("元/泵") is None
    assert units.counted("泵")


def test_dimensions_have_names_in_both_languages() -> None:
    found = units.dimension("万平方米")
    assert found is not None
    assert (found.key, found.zh, found.en) == ("area", "面积", "area")
