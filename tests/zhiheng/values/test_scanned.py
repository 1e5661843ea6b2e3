"""Figures whose digits scanning turned into letters stay open; words and units with such letters do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.zhiheng.values.catalogue import GE, LE, between, per, q

from zhiheng.values import flags as f
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng.values.value import Deadline, PeriodUnit, Tier, Unresolved, Value
from zhiheng.values.wording import wording


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("6O家", q(60, "家")),
        ("4OO项", q(400, "项")),
        ("l0家", q(10, "家")),
        ("lO人", q(10, "人")),
        ("l5项", q(15, "项")),
        ("B家", q(8, "家")),
        ("S项", q(5, "项")),
        ("Z次", q(2, "次")),
        ("O起", q(0, "起")),
        ("ll项", q(11, "项")),
        ("1O0%", q(100, "%")),
        ("≥9O%", q(90, "%", GE)),
        ("≥B次", q(8, "次", GE)),
        ("6O家以上", q(60, "家", GE)),
        ("不超过2OO万元", q(200, "万元", LE)),
        ("5O", q(50)),
        ("12S篇", q(125, "篇")),
        ("l0-2O家", between(10, 20, "家")),
        ("1S篇", q(15, "篇")),
        ("每月l0篇", per(10, "篇", 1, PeriodUnit.MONTH)),
        ("202O年12月底前", Deadline(LE, 2020, 12)),
        ("６Ｏ家", q(60, "家")),
    ],
)
def test_look_alikes_stay_open_with_the_figure_they_look_like(text: str, repaired: Value) -> None:
    reading = parse(text)
    assert reading.value == Unresolved((repaired,), "digit_misread")
    assert f.OCR_SUSPECT in reading.flags


@pytest.mark.parametrize("text", ["?家", "？家", "1?家", "≥?次", "9?%"])
def test_a_question_mark_may_be_any_digit(text: str) -> None:
    reading = parse(text)
    assert reading.value == Unresolved((), "digit_misread")
    assert parse(wording(reading.value)).value == reading.value


WORDS = (
    "25TB 5G基站 3A级 A级 B级 S级 R&D 10KV B类 B座 I类 B包 B2B平台1个 O2O项目3个 4S店 6S店3家 "
    "5S管理 IOS5个 SO2 PM2.5 CO2 S3线 BIM模型2个 10l APP1个 2B铅笔5支 B超3台 ISO9001 100Mbps Ⅰ级 II级 ？ 60家"
).split()


@pytest.mark.parametrize("text", WORDS)
def test_real_words_and_units_are_not_hit(text: str) -> None:
    reading = parse(text)
    assert f.OCR_SUSPECT not in reading.flags
    assert not (isinstance(reading.value, Unresolved) and reading.value.reason == "digit_misread")


def test_grades_and_data_keep_their_reading() -> None:
    assert parse("25TB").value == q(25, "TB")
    assert parse("3A级").value == Tier("stars", "3A")
    assert parse("B级").value == Tier("letter", "B")
    assert parse("APP1个").value == q(1, "个")


@given(st.integers(10, 99999), st.sampled_from("家项次人%"), st.data())
def test_any_digit_lost_within_a_figure_is_told(number: int, unit: str, data: st.DataObject) -> None:
    digits = str(number)
    place = data.draw(st.integers(1, len(digits) - 1))
    letter = {"0": "O", "1": "l", "8": "B", "5": "S", "2": "Z"}.get(digits[place])
    if letter is None:
        return
    reading = parse(f"{digits[:place]}{letter}{digits[place + 1 :]}{unit}")
    assert reading.value == Unresolved((q(number, unit),), "digit_misread")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("半年1次", per(1, "次", 1, PeriodUnit.HALF_YEAR)),
        ("半年一次", per(1, "次", 1, PeriodUnit.HALF_YEAR)),
        ("半年不少于2次", per(2, "次", 1, PeriodUnit.HALF_YEAR, GE)),
        ("隔周1次", per(1, "次", 2, PeriodUnit.WEEK)),
        ("隔周一次", per(1, "次", 2, PeriodUnit.WEEK)),
        ("隔月", per(1, "次", 2, PeriodUnit.MONTH)),
        ("逐月", per(1, "次", 1, PeriodUnit.MONTH)),
        ("逐月报送", per(1, "次", 1, PeriodUnit.MONTH)),
        ("2周1次", per(1, "次", 2, PeriodUnit.WEEK)),
        ("两周一次", per(1, "次", 2, PeriodUnit.WEEK)),
        ("3个月1次", per(1, "次", 3, PeriodUnit.MONTH)),
        ("每旬1次", per(1, "次", 1, PeriodUnit.TEN_DAYS)),
    ],
)
def test_periods_in_front_are_kept(text: str, value: Value) -> None:
    assert parse(text).value == value


@pytest.mark.parametrize("text", ["半月1次", "每学期2次", "双月1次"])
def test_a_period_the_types_lack_is_not_dropped(text: str) -> None:
    assert parse(text).value.__class__.__name__ == "Phrase"


@pytest.mark.parametrize("digit", ["2", "7"])
def test_a_digit_before_the_figure_of_the_definition_is_told(digit: str) -> None:
    reading = parse(f"{digit}280次", Context("日常维修维护次数", "全年维修维护280次"))
    assert reading.value == Unresolved((q(280, "次", GE), q(f"{digit}280", "次")), "sign_lost")
    assert reading.flags == (f.OCR_SUSPECT,)
    assert parse(f"{digit}280次", Context("日常维修维护次数")).value == q(f"{digit}280", "次")
