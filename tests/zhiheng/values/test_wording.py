"""Printing a value and reading it again gives the same value."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.zhiheng.values.catalogue import CATALOGUE, Entry
from tests.zhiheng.values.strategies import values

from zhiheng.values.parse import parse
from zhiheng.values.value import Value
from zhiheng.values.wording import wording


@given(values)
def test_printed_values_read_back(value: Value) -> None:
    assert parse(wording(value)).value == value


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
