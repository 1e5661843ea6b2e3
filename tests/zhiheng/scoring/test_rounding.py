"""Rounding against the decimal module at a precision that cannot matter, and against its own definition."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.scoring.rounding import ROUNDINGS, Mode, Rounding, decimal, scaled

WIDE = Context(prec=200)
ORACLE = {Mode.HALF_UP: ROUND_HALF_UP, Mode.HALF_EVEN: ROUND_HALF_EVEN, Mode.CUT: ROUND_DOWN}
finite = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=7)
fractions = st.fractions(min_value=-1000, max_value=1000, max_denominator=10**9)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("half_up_0", "8.5", "9"),
        ("half_up_0", "-8.5", "-9"),
        ("half_even_0", "8.5", "8"),
        ("half_even_0", "9.5", "10"),
        ("half_even_0", "8.51", "9"),
        ("half_up_1", "9.95", "10.0"),
        ("half_up_2", "89.995", "90.00"),
        ("half_up_2", "2.135", "2.14"),
        ("half_up_2", "0.004", "0.00"),
        ("cut_0", "9.8", "9"),
        ("cut_0", "-9.8", "-9"),
        ("cut_1", "9.99", "9.9"),
        ("cut_2", "8.629", "8.62"),
    ],
)
def test_by_hand(name: str, value: str, expected: str) -> None:
    figure = ROUNDINGS[name].apply(Fraction(value))
    assert str(figure) == expected


@given(finite, st.sampled_from(list(Mode)), st.integers(0, 5))
def test_finite_decimals_agree_with_the_decimal_module(value: Decimal, mode: Mode, places: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places, WIDE), rounding=ORACLE[mode], context=WIDE)
    figure = Rounding(mode, places).apply(Fraction(value))
    assert figure == expected
    assert figure.as_tuple().exponent == -places


@given(fractions, st.integers(0, 4))
def test_half_up_is_the_nearest_and_the_half_goes_away_from_zero(exact: Fraction, places: int) -> None:
    rounding = Rounding(Mode.HALF_UP, places)
    error = abs(Fraction(rounding.apply(exact))) - abs(exact)
    assert -rounding.unit / 2 < error <= rounding.unit / 2


@given(fractions, st.integers(0, 4))
def test_half_even_is_nearest_and_even_at_the_half(exact: Fraction, places: int) -> None:
    rounding = Rounding(Mode.HALF_EVEN, places)
    figure = Fraction(rounding.apply(exact))
    assert abs(figure - exact) <= rounding.unit / 2
    if abs(figure - exact) == rounding.unit / 2:
        assert (figure / rounding.unit) % 2 == 0


@given(fractions, st.integers(0, 4))
def test_cut_never_adds(exact: Fraction, places: int) -> None:
    rounding = Rounding(Mode.CUT, places)
    lost = abs(exact) - abs(Fraction(rounding.apply(exact)))
    assert 0 <= lost < rounding.unit


@given(st.integers(0, 10**12), st.integers(1, 10**9), st.integers(0, 10**6))
def test_the_scaled_integer_formula_of_the_design(actual: int, target: int, weight: int) -> None:
    """score = (2·w·a + t) div (2·t) on scaled integers: the same digits as half up of the exact quotient."""
    assert Rounding(Mode.HALF_UP, 0).apply(Fraction(weight * actual, target)) == (2 * weight * actual + target) // (2 * target)


@given(fractions.filter(lambda value: value > 0), st.integers(0, 3))
def test_below_is_the_greatest_figure_under_the_limit(limit: Fraction, places: int) -> None:
    rounding = Rounding(Mode.HALF_UP, places)
    figure = Fraction(rounding.below(limit))
    assert figure < limit <= figure + rounding.unit


def test_below_by_hand() -> None:
    assert Rounding(Mode.HALF_UP, 2).below(Fraction(10)) == Decimal("9.99")
    assert Rounding(Mode.HALF_UP, 0).below(Fraction("33.33")) == Decimal(33)


@given(finite)
def test_a_finite_fraction_is_its_decimal(value: Decimal) -> None:
    assert decimal(Fraction(value)) == value


def test_a_fraction_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="1/3 has no finite decimal form"):
        decimal(Fraction(1, 3))
    assert decimal(Fraction(1, 1024)) == Decimal(1) / 1024


def test_no_context_precision_cuts_long_figures() -> None:
    assert scaled(-12345678901234567890123456789012345, 4) == Decimal("-1234567890123456789012345678901.2345")


def test_names_are_those_of_the_table() -> None:
    assert all(rounding.name == name for name, rounding in ROUNDINGS.items())
