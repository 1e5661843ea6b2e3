"""Brackets that repeat or explain, and bounds written one after the other: read by hand."""

from __future__ import annotations

import pytest
from tests.zhiheng.values.catalogue import EQ, GE, GT, LE, LT, MONTH, between, per, q

from zhiheng.values import flags as f
from zhiheng.values.parse import parse
from zhiheng.values.value import Phrase, Value


@pytest.mark.parametrize(
    ("text", "value", "remark"),
    [
        ("60家（含新增5家）", q(60, "家"), True),
        ("60家（其中新增5家）", q(60, "家"), True),
        ("90%以上（含90%）", q(90, "%", GE), False),
        ("10天以内（含10天）", q(10, "天", LE), False),
        ("90%以上（不含90%）", q(90, "%", GT), False),
        ("10天以内（不含本数）", q(10, "天", LT), False),
        ("≥95%（满意度）", q(95, "%", GE), True),
        ("每月8篇（信息）", per(8, "篇", 1, MONTH), True),
        ("3家（省级）", q(3, "家", qualifier="省级"), False),
        ("100%（含）", q(100, "%", EQ), False),
    ],
)
def test_a_bracket_that_changes_nothing_is_left_out_and_told(text: str, value: Value, remark: bool) -> None:
    reading = parse(text)
    assert reading.value == value
    assert (f.REMARK in reading.flags) is remark


@pytest.mark.parametrize(
    "text",
    [
        "60家（暂定）",
        "60万元（不含税）",
        "60家（人均）",
        "60家（预计）",
        "60家以上（不含新增5家）",
        "5家（不含5家）",
        "60家（含60家）",
        "完成（市级）",
    ],
)
def test_a_bracket_that_may_change_the_figure_is_left_to_people(text: str) -> None:
    assert isinstance(parse(text).value, Phrase)


@pytest.mark.parametrize("text", ["5家以上10家以下", "5家以上、10家以下", "5家以上至10家以下", "5家以上10家以内", "五家以上十家以下"])
def test_two_bounds_in_a_row_are_a_range_with_both_ends(text: str) -> None:
    assert parse(text).value == between(5, 10, "家")


@pytest.mark.parametrize("text", ["10家以上5家以下", "5家以上10人以下"])
def test_bounds_that_make_no_range_are_not_one(text: str) -> None:
    assert isinstance(parse(text).value, Phrase)
