"""Printing a value and reading it again gives the same value."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from tests.zhiheng.values.catalogue import ABOUT, CATALOGUE, EQ, LE, MONTH, Entry, between, d, each, q
from tests.zhiheng.values.strategies import values

from zhiheng.values.parse import parse
from zhiheng.values.value import Deadline, NotDue, NotOrganised, Part, Parts, Relative, Value
from zhiheng.values.wording import wording


@given(values)
def test_printed_values_read_back(value: Value) -> None:
    assert parse(wording(value)).value == value


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (between(80, 90, "", "[)"), "≥80且<90"),
        (replace(between(80, 90, "家", "(]"), per=each(MONTH)), "(80,90]家(每月)"),
        (between(3, 5, ""), "≥3且≤5"),
        (between(3, 5, "泵"), "3—5(单位:泵)"),
        (q(2020, "年"), "2020(单位:年)"),
        (q(8, "篇", per=each(MONTH)), "8篇(每月)"),
        (q(0), "=0"),
        (q("2020.12"), "=2020.12"),
        (q(290, "%"), "=290%"),
        (Deadline(LE, day=5), "当月5日前"),
        (Parts((Part("开始", Deadline(EQ, 2021, 1)), Part("结束", Deadline(EQ, 2021, 12)))), "2021年1月至2021年12月"),
        (Relative("上年", EQ, "up", d(10), "家"), "较上年增加10家"),
        (Relative("", EQ, "up", d(2), "番"), "翻两番"),
        (Relative("", LE, "up", d(0), "%"), "零增长"),
        (Relative("全市平均", ABOUT), "全市平均左右"),
        (NotOrganised(), "未组织"),
        (NotDue(), "未到期"),
    ],
)
def test_what_context_settled_is_printed(value: Value, printed: str) -> None:
    assert wording(value) == printed
    assert parse(printed).value == value


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.text or "blank")
def test_every_form_of_the_catalogue_prints_and_reads_back_without_its_context(entry: Entry) -> None:
    value = parse(entry.text, entry.context).value
    assert parse(wording(value)).value == value


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("34.6%以上", "≥34.6%"),
        ("2周/次", "每2周1次"),
        ("3～5家", "3—5家"),
        ("不超过200万元", "≤200万元"),
        ("11月前", "11月底前"),
        ("2022年底之前", "2022年底前"),
        ("按期完成", "按期"),
        ("符合相关规定", "达到相关规定"),
        ("同比增长10%以上", "较上年提高≥10%"),
        ("30个工作日", "30个工作日"),
        ("4个行政村", "4个行政村"),
        ("零事故", "零事故"),
        ("", ""),
    ],
)
def test_canonical_spelling(text: str, printed: str) -> None:
    assert wording(parse(text).value) == printed
