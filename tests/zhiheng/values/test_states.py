"""Zero, missing, not due, not applicable, not organised are five different states."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.zhiheng.values.strategies import simple

from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng.values.states import state_of
from zhiheng.values.value import Quantity, Value


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("0家", "zero"),
        ("0.00万元", "zero"),
        ("零事故", "zero"),
        ("3家", "reported"),
        ("应审尽审", "reported"),
        ("0", "reported"),  # open: zero or not applicable
        ("无", "reported"),
        ("0-3家", "reported"),
        ("", "missing"),
        ("  ", "missing"),
        ("XX%", "missing"),
        ("待填", "missing"),
        ("待统计发布", "not_due"),
        ("未到期", "not_due"),
        ("统计数据尚未公布", "not_due"),
        ("/", "not_applicable"),
        ("——", "not_applicable"),
        ("不涉及", "not_applicable"),
        ("无应办事项", "not_applicable"),
        ("本年度无此项工作", "not_applicable"),
        ("未组织申报", "not_organised"),
        ("省科技厅未组织评选", "not_organised"),
    ],
)
def test_states(text: str, state: str) -> None:
    assert state_of(parse(text).value) == state


def test_a_bare_zero_is_zero_where_a_column_gives_its_unit() -> None:
    assert state_of(parse("0", Context(unit="家")).value) == "zero"


@given(simple)
def test_a_figure_is_reported_unless_it_is_zero(value: Value) -> None:
    zero = isinstance(value, Quantity) and value.amount == 0 and value.upper is None
    assert state_of(value) == ("zero" if zero else "reported")
