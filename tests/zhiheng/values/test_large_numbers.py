"""Numbers whose digits stand between Chinese powers, and numbers below zero: the figure is worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.zhiheng.values.catalogue import GE, LE, q

from zhiheng.values.numerals import arabic, chinese
from zhiheng.values.parse import parse
from zhiheng.values.value import Phrase, Quantity, Value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1亿2千万元", q(12000, "万元")),
        ("一亿两千万元", q(12000, "万元")),
        ("1亿2000万元", q(12000, "万元")),
        ("1亿2千3百万元", q(12300, "万元")),
        ("2亿5万元", q(20005, "万元")),
        ("不超过1亿2千万元", q(12000, "万元", LE)),
        ("1亿2千万", q(12000, "万")),
        ("1万5000元", q(15000, "元")),
        ("≥1万5000元", q(15000, "元", GE)),
        ("1万零500元", q(10500, "元")),
        ("3万5千人", q(35000, "人")),
        ("3千5百万元", q(3500, "万元")),
        ("1千5百元", q(1500, "元")),
        ("1万5千6百元", q(15600, "元")),
        ("12亿3456万7890元", q(1234567890, "元")),
        ("一亿两千三百万零五百元", q(123000500, "元")),
        ("一万二千亿元", q(12000, "亿元")),
        ("负5万元", q(-5, "万元")),
        ("负五万元", q(-5, "万元")),
        ("≥负5%", q(-5, "%", GE)),
    ],
)
def test_the_whole_number_is_read(text: str, value: Value) -> None:
    assert parse(text).value == value


@pytest.mark.parametrize("text", ["1亿5000元", "1千5000元", "1亿20000万元", "1万23人", "净利润负5万元", "负增长5%"])
def test_a_number_that_fits_no_place_or_hides_its_minus_is_left_to_people(text: str) -> None:
    assert parse(text).value == Phrase(text)


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_sections_add_up(hundred_millions: int, ten_thousands: int) -> None:
    expected = hundred_millions * 10**8 + ten_thousands * 10**4
    value = parse(f"{hundred_millions}亿{ten_thousands}万元").value
    assert isinstance(value, Quantity)
    assert value.unit == "万元"
    assert value.amount * 10**4 == expected


@given(st.integers(1, 10**12))
def test_numerals_and_digits_between_powers_agree(number: int) -> None:
    from cn2an import an2cn

    assert chinese(an2cn(number)) == number


def test_what_is_no_such_number_stays() -> None:
    assert arabic("2020年3万") == "2020年3万"
