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
    assert dict(explain(parse("较上年提高"), "zh"))["变化"] == "较上年提高，幅度未写"
    assert dict(explain(parse("达到国家标准"), "zh"))["依据"] == "国家标准"


def test_the_direction_is_said_with_its_reason() -> None:
    assert dict(explain(parse("5天"), "zh", "平均办理时间"))["方向"] == "越小越好：指标名称含反向词“办理时间”，越小越好"
    assert "方向" not in dict(explain(parse("5天"), "zh"))


def test_flags_are_said() -> None:
    assert ("提示", "频次写反了：“2周/次”是每 2 周 1 次") in explain(parse("2周/次"), "zh")


def test_zero_is_explained_as_an_upper_bound_without_a_name() -> None:
    for text in ("0起", "0件", "零事故", "零投诉"):
        lines = dict(explain(parse(text), "zh"))
        assert lines["方向"] == "越小越好：目标为零，越小越好"
        assert lines["怎样算达到"].startswith("实际值不超过 0")
        assert "提示" not in lines
    assert dict(explain(parse("零事故"), "zh"))["限定"] == "事故"


def test_what_meets_a_bare_number_follows_the_direction_of_the_name() -> None:
    assert dict(explain(parse("5天"), "zh", "平均办理时间"))["怎样算达到"] == "实际值不超过 5天"
    assert dict(explain(parse("60家"), "zh", "服务企业数量"))["怎样算达到"] == "实际值不少于 60家"
    assert dict(explain(parse("60家"), "zh"))["怎样算达到"] == "按方向：正向不少于、反向不超过 60家"


def test_a_change_without_its_size_shows_no_comparator() -> None:
    lines = dict(explain(parse("比上年下降"), "zh"))
    assert lines["变化"] == "较上年下降，幅度未写"
    assert "比较" not in lines
    assert "含本数" in dict(explain(parse("同比增长10%以上"), "zh"))["比较"]


@pytest.mark.parametrize(
    ("text", "classed"),
    [
        ("效果明显", "提升程度：“明显”档"),
        ("不断完善", "提升程度：“不断”档"),
        ("优秀", "等次（优、良、中、差）：“优”档"),
        ("良好以上", "等次（优、良、中、差）：“良以上”档"),
        ("通过", "是否做到：已做到"),
        ("验收合格", "是否做到：已做到"),
        ("达标", "是否做到：已做到"),
        ("是", "是否做到：已做到"),
        ("否", "是否做到：没有做到"),
        ("严格执行相关制度规定", "是否符合相关制度规定：符合"),
        ("不符合相关规定", "是否符合相关规定：不符合"),
    ],
)
def test_words_are_put_in_a_class_and_not_replaced(text: str, classed: str) -> None:
    lines = explain(parse(text), "zh")
    assert dict(lines)["归入"] == classed
    assert "规范写法" not in dict(lines)
    for other in ("明显提升", "不断提升", "达到相关制度规定"):
        assert other not in str(lines)


@pytest.mark.parametrize(
    ("text", "strength"),
    [("显著提升", "强"), ("效果明显", "强"), ("有效提升", "中"), ("有所提升", "弱"), ("逐步下降", "弱")],
)
def test_words_of_degree_show_how_strong_they_are(text: str, strength: str) -> None:
    assert dict(explain(parse(text), "zh"))["强弱"].startswith(strength)


def test_levels_without_a_good_end_and_levels_with_a_bound_are_met_as_such() -> None:
    assert "由指标决定" in dict(explain(parse("高"), "zh"))["怎样算达到"]
    assert dict(explain(parse("良好以上"), "zh"))["怎样算达到"] == "按所写的界限：良以上"
    assert dict(explain(parse("≤良"), "zh"))["怎样算达到"] == "按所写的界限：良以下"
    assert dict(explain(parse(">良"), "zh"))["规范写法"] == ">良"
    assert dict(explain(parse("优于中等"), "zh"))["类型"] == "文字（须人工判定）"


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("2周/次", "Period", "every 2 weeks"),
        ("每月8篇", "Period", "every month"),
        ("5000元/年", "Period", "every year"),
        ("半年1次", "Period", "every half-year"),
        ("达到全省平均水平", "Compared with", "provincial average"),
        ("不低于上年", "Compared with", "last year"),
        ("不超预算", "Compared with", "budget"),
        ("比上年下降", "Change", "fall against last year, size not written"),
    ],
)
def test_periods_and_well_known_bases_are_english_in_english(text: str, label: str, words: str) -> None:
    assert dict(explain(parse(text), "en"))[label] == words
