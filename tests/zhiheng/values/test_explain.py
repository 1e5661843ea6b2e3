"""The lines that explain a cell, in both languages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from tests.zhiheng.values.catalogue import CATALOGUE, Entry
from tests.zhiheng.values.strategies import values

from zhiheng.values.explain import explain
from zhiheng.values.parse import parse
from zhiheng.values.reading import Reading
from zhiheng.values.value import Value

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.text or "blank")
def test_every_form_is_explained(entry: Entry) -> None:
    reading = parse(entry.text, entry.context)
    zh, en = explain(reading, "zh", "合格率"), explain(reading, "en", "合格率")
    assert len(zh) == len(en)
    assert zh[0] == ("原文", entry.text)
    assert not any(HAN.search(label) for label, _ in en)
    assert all(HAN.search(label) for label, _ in zh)
    assert not any("{" in text for _, text in zh + en)


@given(values)
def test_every_value_is_explained(value: Value) -> None:
    assert len(explain(Reading("", value), "zh")) >= 3


def test_the_legal_reading_is_said() -> None:
    lines = dict(explain(parse("34.6%以上"), "zh"))
    assert lines["类型"] == "百分比"
    assert "含本数" in lines["比较"]
    assert lines["怎样算达到"] == "实际值不少于 34.6%"
    assert "不含本数" in dict(explain(parse("超过3家"), "zh"))["比较"]
    assert "excluded" in dict(explain(parse("超过3家"), "en"))["Comparator"]


def test_the_reason_of_an_open_cell_and_its_candidates_are_said() -> None:
    lines = explain(parse("0"), "en")
    assert "may be a figure of zero or a row that does not apply" in dict(lines)["Why it stays open"]
    assert [text for label, text in lines if label == "Possible reading"] == ["=0 · number", "不适用 · no figure"]


def test_unit_period_limit_and_ends_are_said() -> None:
    assert dict(explain(parse("5000元/年"), "zh"))["周期"] == "每年"
    assert dict(explain(parse("20万平方米"), "zh"))["单位"] == "万平方米（面积）"
    assert dict(explain(parse("净增60家"), "zh"))["限定"] == "净增"
    assert dict(explain(parse("≥80分且<90分"), "zh"))["两端"] == "含下限，不含上限"
    assert dict(explain(parse("较上年提高"), "zh"))["变化"] == "提高，没有写幅度"
    assert dict(explain(parse("达到国家标准"), "zh"))["依据"] == "国家标准"


def test_the_direction_is_said_with_its_reason() -> None:
    assert dict(explain(parse("5天"), "zh", "平均办理时间"))["方向"] == "越小越好：指标名称含反向词“办理时间”，越小越好"
    assert "方向" not in dict(explain(parse("5天"), "zh"))


def test_flags_are_said() -> None:
    assert ("提示", "频次写反了：“2周/次”是每 2 周 1 次") in explain(parse("2周/次"), "zh")
