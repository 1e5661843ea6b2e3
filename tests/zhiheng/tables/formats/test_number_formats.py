"""Figures as cells show them: worked examples of ECMA-376 formats, and Python's own arithmetic and calendar as witnesses."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import from_excel

from zhiheng.tables.formats.number_formats import BUILT_IN, general, number, shown, shown_text

MONEY = BUILT_IN[44]


@pytest.mark.parametrize(
    ("stored", "code", "seen"),
    [
        ("0.95", "0%", "95%"),
        ("0.95", "0.00%", "95.00%"),
        ("0.346", "0.0%", "34.6%"),
        ("5364", "0.00", "5364.00"),
        ("5364", "General", "5364"),
        ("5364", "0", "5364"),
        ("5364.5", "#,##0.00", "5,364.50"),
        ("1234567.891", "#,##0", "1,234,568"),
        ("0", "#,##0", "0"),
        ("0", "#", ""),
        ("12", "000", "012"),
        ("1234", "0,000,000", "0,001,234"),
        ("0.5", "#.##", ".5"),
        ("1.50", "0.0#", "1.5"),
        ("60", '0"家"', "60家"),
        ("60", '0"家以上"', "60家以上"),
        ("95", "≥0\\%", "≥95%"),
        ("53640000", '0!.0,"万元"', "5364.0万元"),
        ("53640000", '#,##0.00,,"百万"', "53.64百万"),
        ("1234567", "0.0,,", "1.2"),
        ("1234567", "#,##0,", "1,235"),
        ("-5", "0;(0)", "(5)"),
        ("-5", "0", "-5"),
        ("-5", "0.0_ ;[Red]-0.0 ", "-5.0"),
        ("-0.001", "0.00", "0.00"),
        ("0", "0;-0;;@", ""),
        ("3", ";;;", ""),
        ("0", MONEY, "¥-"),
        ("12", MONEY, "¥12.00"),
        ("5", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "5.00"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("95", '[>=90]"优";[>=80]"良";"差"', "优"),
        ("85", '[>=90]"优";[>=80]"良";"差"', "良"),
        ("5", '[>=90]"优";[>=80]"良";"差"', "差"),
        ("5", '[>=90]"优";[>=80]"良"', "优"),
        ("1", "[$¥-804]#,##0.00", "¥1.00"),
        ("5", "[DBNum1][$-804]General", "5"),
        ("1.25", 'G/通用格式"分"', "1.25分"),
        ("12", "@", "12"),
        ("13800138000", "000-0000-0000", "138-0013-8000"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("99999", "0.0E+0", "1.0E+5"),
        ("0.00012", '0.0E-0"x"', "1.2E-4x"),
        ("0", "0E+0", "0E+0"),
        ("5.25", "# ?/?", "5 1/4"),
        ("-5.25", "# ?/?", "-5 1/4"),
        ("0.25", "# ?/?", "1/4"),
        ("3", "# ?/?", "3"),
        ("1.5", "?/?", "3/2"),
        ("2.25", "# ?/8", "2 2/8"),
        ("43646", 'yyyy"年"m"月"d"日"', "2019年6月30日"),
        ("43646", BUILT_IN[57], "2019年6月"),
        ("43646", BUILT_IN[31], "2019年6月30日"),
        ("43646", BUILT_IN[14], "2019/6/30"),
        ("43646", '[$-804]yyyy"年"m"月"d"日";@', "2019年6月30日"),
        ("43646", "yy-mm-dd", "19-06-30"),
        ("43646", "d-mmm-yy", "30-Jun-19"),
        ("43646", "mmmm mmmmm dddd ddd", "June J Sunday Sun"),
        ("43646", "aaaa aaa", "星期日 日"),
        ("43646.5", "yyyy/m/d h:mm", "2019/6/30 12:00"),
        ("0.5", "h:mm AM/PM", "12:00 PM"),
        ("0.25", '上午/下午h"时"mm"分"', "上午6时00分"),
        ("0.75", "h A/P", "6 P"),
        ("1.5", "[h]:mm", "36:00"),
        ("1.5", "[mm]:ss", "2160:00"),
        ("0.0001", "[s]", "9"),
        ("43646.123", "mm:ss.0", "57:07.2"),
        ("43646.99999999", "yyyy-m-d h:mm:ss", "2019-7-1 0:00:00"),
        ("60", "yyyy-mm-dd", "1900-02-29"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("-1", "yyyy-mm-dd", "-1"),
        ("2958466", "yyyy-mm-dd", "2958466"),
        ("9999999999", "yyyy", "9999999999"),
        ("1", "0" * 300, "1"),
        ("1", "", "1"),
        ("0.5", ".00", ".50"),
        ("7", '"第"0"名"', "第7名"),
        ("7", "0.0.0", "7.0.0"),
    ],
)
def test_worked_examples(stored: str, code: str, seen: str) -> None:
    assert shown(Decimal(stored), code) == seen


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("274.65999999999997", "274.66"),
        ("0.30000000000000004", "0.3"),
        ("5.3640000000000001E3", "5364"),
        ("1E-7", "0.0000001"),
        ("100", "100"),
        ("-0", "0"),
        ("371302199001010011", "371302199001010000"),  # a workbook keeps 15 digits of a number
        ("1E22", "1E+22"),
        ("1.5E-30", "1.5E-30"),
    ],
)
def test_numbers_without_a_format_lose_their_binary_noise(stored: str, seen: str) -> None:
    assert general(Decimal(stored)) == seen


@pytest.mark.parametrize("text", ["", "abc", "NaN", "Infinity", "1E999999999", "1,5", "--1"])
def test_what_is_no_number(text: str) -> None:
    assert number(text) is None


@given(st.floats(min_value=-1e9, max_value=1e9, allow_nan=False), st.integers(0, 6))
def test_decimals_are_rounded_half_up_on_15_digits(value: float, places: int) -> None:
    code = "0" + ("." + "0" * places if places else "")
    digits = Decimal(f"{value:.14e}")
    expected = digits.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert Decimal(shown(Decimal(repr(value)), code)) == expected


@given(st.integers(-(10**12), 10**12))
def test_groups_are_python_groups(value: int) -> None:
    assert shown(Decimal(value), "#,##0") == f"{value:,}"
    assert shown(Decimal(value), "#,##0.00") == f"{value:,}.00"


@given(st.decimals(min_value=-1000, max_value=1000, places=4))
def test_general_is_exact(value: Decimal) -> None:
    assert Decimal(general(value)) == value
    assert "E" not in general(value)


@given(st.integers(61, 2_900_000), st.integers(0, 86_399))
def test_moments_are_those_of_another_reader(day: int, second: int) -> None:
    stored = Decimal(day) + Decimal(second) / 86_400
    there = from_excel(float(stored))
    assert isinstance(there, datetime.datetime)
    assert shown(stored, "yyyy-mm-dd hh:mm:ss") == there.strftime("%Y-%m-%d %H:%M:%S").zfill(19)


@given(st.integers(0, 60_000))
def test_the_calendar_from_1904(day: int) -> None:
    expected = datetime.date(1904, 1, 1) + datetime.timedelta(days=day)
    assert shown(Decimal(day), "yyyy-mm-dd", since_1904=True) == expected.isoformat()


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15),
    st.text(alphabet='0#?.,%/E+-;@"\\_*[]yYmdhsa$>=1 "分General', max_size=16),
)
def test_any_format_gives_a_text(value: Decimal, code: str) -> None:
    assert isinstance(shown(value, code), str)
    assert isinstance(shown_text("甲", code), str)


def test_formats_of_texts() -> None:
    assert shown_text("甲", '@"(盖章)"') == "甲(盖章)"
    assert shown_text("甲", "0;0;0;;") == ""
    assert shown_text("甲", "0.00") == "甲"
    assert shown_text("甲", '0;-0;;"项目:"@') == "项目:甲"
