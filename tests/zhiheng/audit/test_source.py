"""Sources: weak or firm, out of date or not, and words that are no value."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.audit.source import is_source, is_weak, out_of_date
from zhiheng.parameters.parameters import in_force
from zhiheng.plan.plan import Cell

PARAMETERS = in_force(date(2020, 12, 31))
YEARS = st.integers(min_value=2012, max_value=2030)


@given(YEARS, YEARS)
def test_a_yearly_document_holds_for_its_year_alone(named: int, year: int) -> None:
    found = out_of_date(Cell(f"《{named}年科技工作要点》"), year, PARAMETERS)
    assert found == ("" if named == year else str(named))


@given(YEARS, st.integers(min_value=0, max_value=9), YEARS)
def test_a_plan_holds_from_its_first_year_to_its_last(first: int, length: int, year: int) -> None:
    last = first + length
    found = out_of_date(Cell(f"《科技创新行动计划（{first}—{last}年）》"), year, PARAMETERS)
    assert bool(found) == (last < year), "a plan to come is a horizon"


@given(st.integers(min_value=11, max_value=15), YEARS)
def test_a_five_year_plan_holds_for_five_years(number: int, year: int) -> None:
    name = "十" + "一二三四五"[number - 11] + "五"
    found = out_of_date(Cell(f"“{name}”规划目标"), year, PARAMETERS)
    covered = 5 * number + 1951 <= year <= 5 * number + 1955
    assert found == ("" if covered else name)


@pytest.mark.parametrize(
    "text", ["", "—", "鲁政办字〔2015〕20号", "《标准化法》（2017年修订）", "2019年印发的管理办法", "《2019年统计年鉴》", "2015年版指南"]
)
def test_standing_sources_do_not_age(text: str) -> None:
    assert out_of_date(Cell(text), 2020, PARAMETERS) == ""


def test_no_source_is_neither_weak_nor_old() -> None:
    assert not is_weak(None, PARAMETERS)
    assert out_of_date(None, 2020, PARAMETERS) == ""


@pytest.mark.parametrize("firm", ["《办法》", "规划", "行业标准", "上级文件", "统计局"])
def test_a_firm_source_beside_a_weak_one_is_firm(firm: str) -> None:
    assert is_weak(Cell("内部统计"), PARAMETERS)
    assert not is_weak(Cell(f"{firm}及内部统计"), PARAMETERS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("内部统计", True),
        ("内部 统计。", True),
        ("《临沂统计年鉴》", True),
        ("统计局统计", True),
        ("科技部全国技术合同认定登记系统", True),
        ("100家（内部统计）", False),
        ("完成统计", False),
        ("建立系统", False),
        ("应检尽检", False),
        ("", False),
    ],
)
def test_source_words(text: str, expected: bool) -> None:
    assert is_source(text, PARAMETERS) is expected
