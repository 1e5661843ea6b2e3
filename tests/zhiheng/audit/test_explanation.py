"""The figures and items that an explanation states."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.audit.explanation import named_items, stated_figures
from zhiheng.values.parse import parse
from zhiheng.values.value import Comparator, Quantity

DEEDS = ("建立", "制定", "出台", "建立健全")


def figures(definition: str, target: str, name: str = "孵化器数量") -> list[tuple[Fraction | None, Comparator]]:
    value = parse(target).value
    assert isinstance(value, Quantity)
    return [
        (found.level.low if found.level.low is not None else found.level.high, found.op)
        for found in stated_figures(definition, name, value, 2020)
    ]


@given(st.integers(min_value=2, max_value=99999), st.sampled_from(["家", "项", "人", "次"]))
def test_the_figure_at_the_end_of_a_clause_is_the_aim(number: int, unit: str) -> None:
    assert figures(f"新增科技企业孵化器{number}{unit}", f"7{unit}") == [(number, Comparator.EQ)]
    assert figures(f"新增科技企业孵化器{number}{unit}以上，其中国家级1{unit}", f"7{unit}") == [(number, Comparator.GE)]
    assert figures(f"孵化器不少于{number}{unit}。", f"7{unit}") == [(number, Comparator.GE)]
    assert figures(f"培育从业人员{number}{unit}以上的企业", f"7{unit}") == []


@given(st.integers(min_value=2, max_value=999), st.integers(min_value=2015, max_value=2025))
def test_another_years_figure_is_not_this_years_aim(number: int, year: int) -> None:
    found = figures(f"{year}年孵化器达到{number}家", "7家")
    assert found == ([(number, Comparator.EQ)] if year == 2020 else [])


@pytest.mark.parametrize(
    ("definition", "target", "expected"),
    [
        ("服务企业1,200家", "7家", [(1200, Comparator.EQ)]),
        ("新增孵化面积1.5万平方米", "7平方米", [(15000, Comparator.EQ)]),
        ("新增平台五家以上", "7家", [(5, Comparator.GE)]),
        ("围绕三个方面开展", "7个", []),
        ("组织3期科技培训", "7期", [(3, Comparator.EQ)]),
        ("面向从业人员3期培训", "7期", []),
        ("", "7家", []),
        ("孵化器60家", "7", []),
    ],
)
def test_figures(definition: str, target: str, expected: list[tuple[int, Comparator]]) -> None:
    assert figures(definition, target) == expected


@given(st.integers(min_value=2, max_value=9), st.booleans())
def test_items_are_counted_as_they_are_named(count: int, more: bool) -> None:
    names = [f"{sign}类项目管理制度" for sign in "甲乙丙丁戊己庚辛壬"[:count]]
    assert named_items("建立" + "、".join(names) + ("等" if more else "") + "。", DEEDS) == (count, more)
    titles = [f"《{sign}办法》" for sign in "甲乙丙丁戊己庚辛壬"[:count]]
    assert named_items("出台" + "、".join(titles) + ("等" if more else ""), DEEDS) == (count, more)
    assert named_items("根据" + "、".join(titles) + "开展工作", DEEDS) is None


@pytest.mark.parametrize(
    "definition",
    ["", "建立制度", "申报甲项目、乙项目", "为企业技术开发、转让、咨询、服务等技术合同提供登记", "建立甲制度、乙制度等4项制度"],
)
def test_what_names_no_items(definition: str) -> None:
    assert named_items(definition, DEEDS) is None
