"""Chinese numerals against cn2an, and where they count something."""

from __future__ import annotations

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.values.numerals import arabic, chinese


@given(st.integers(0, 99_999_999))
def test_numbers_as_cn2an_writes_them(number: int) -> None:
    assert chinese(cn2an.an2cn(number)) == number


@given(st.integers(1, 9999))
def test_financial_numerals(number: int) -> None:
    assert chinese(cn2an.an2cn(number, "up")) == number


SPOKEN = [("两千五", 2500), ("三万五", 35000), ("二〇二〇", 2020), ("十五", 15), ("两", 2), ("一百零五", 105)]


@pytest.mark.parametrize(("text", "number"), SPOKEN)
def test_spoken_forms(text: str, number: int) -> None:
    assert chinese(text) == number


@pytest.mark.parametrize("text", ["", "三五", "两三", "万", "人", "一" * 30, "一二人", "三五十"])
def test_what_writes_no_number(text: str) -> None:
    assert chinese(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建立四项", "建立4项"),
        ("二十万平方米", "20万平方米"),
        ("十余家", "10余家"),
        ("第一名", "第1名"),
        ("前十名", "前10名"),
        ("2万3千人", "23000人"),
        ("半年", "6个月"),
        ("一带一路", "一带一路"),
        ("第三方", "第三方"),
        ("统一管理", "统一管理"),
        ("数十人", "数十人"),
        ("三五家", "三五家"),
        ("上半年", "上半年"),
        ("1万23人", "1万23人"),
    ],
)
def test_only_what_counts_becomes_digits(text: str, expected: str) -> None:
    assert arabic(text) == expected
