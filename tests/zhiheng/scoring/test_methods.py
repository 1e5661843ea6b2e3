"""The scoring methods against hand-worked figures and an oracle that knows nothing but fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.scoring.methods import METHODS
from zhiheng.scoring.methods.execution import execution
from zhiheng.scoring.methods.given import Given, NotScored, Result
from zhiheng.scoring.over_achievement import judged
from zhiheng.scoring.scheme_file import load, scheme
from zhiheng.values.value import Comparator as Op

F = Fraction
numbers = st.fractions(min_value=-50, max_value=50, max_denominator=40)
positive = st.fractions(min_value=F(1, 40), max_value=50, max_denominator=40)
weights = st.fractions(min_value=0, max_value=100, max_denominator=100)


def points(method: str, target: object, actual: object, weight: object = 10, op: Op = Op.GE, **more: object) -> Fraction:
    result = METHODS[method](Given(F(str(weight)), F(str(target)), F(str(actual)), op, **more))  # type: ignore[arg-type]
    assert isinstance(result, Result)
    return result.exact


@pytest.mark.parametrize(
    ("method", "op", "target", "actual", "weight", "expected"),
    [
        # 正向: reached is full, else A/T·w
        ("proportional", Op.GE, 60, 60, 10, "10"),
        ("proportional", Op.GE, 60, 160, 10, "10"),
        ("proportional", Op.GE, 60, 45, 10, "7.5"),
        ("proportional", Op.GE, "43.2", "37.24", 10, "4655/540"),
        ("proportional", Op.GE, 60, 0, 10, "0"),
        # 等于: above it is not punished
        ("proportional", Op.EQ, 100, 120, 5, "5"),
        ("proportional", Op.EQ, 100, 98, 10, "9.8"),
        ("proportional", Op.EQ, 0, 0, 10, "10"),
        ("proportional", Op.EQ, 0, 3, 10, "0"),
        ("proportional", Op.GE, 0, 0, 10, "10"),
        ("proportional", Op.GE, 0, 3, 10, "0"),
        # 反向: (1-(A-T)/T)·w, nothing from 2T on
        ("reverse_linear", Op.LE, 100, 100, 10, "10"),
        ("reverse_linear", Op.LE, 100, 60, 10, "10"),
        ("reverse_linear", Op.LE, 100, 110, 10, "9"),
        ("reverse_linear", Op.LE, 100, 150, 10, "5"),
        ("reverse_linear", Op.LE, 100, 199, 10, "0.1"),
        ("reverse_linear", Op.LE, 100, 200, 10, "0"),
        ("reverse_linear", Op.LE, 100, 900, 10, "0"),
        ("reverse_linear", Op.LE, 0, 0, 10, "10"),
        ("reverse_linear", Op.LE, 0, 1, 10, "0"),
        # 反向, the other variant: T/A·w
        ("reverse_ratio", Op.LE, 100, 125, 10, "8"),
        ("reverse_ratio", Op.LE, 100, 100, 10, "10"),
        ("reverse_ratio", Op.LE, 100, 400, 10, "2.5"),
        ("reverse_ratio", Op.LE, 0, 5, 10, "0"),
        # 直接赋分
        ("yes_no", Op.GE, 3, 3, 10, "10"),
        ("yes_no", Op.GE, 3, 2, 10, "0"),
        ("yes_no", Op.LT, 3, 3, 10, "0"),
    ],
)
def test_worked_examples(method: str, op: Op, target: object, actual: object, weight: object, expected: str) -> None:
    assert points(method, target, actual, weight, op) == F(expected)


@given(weights, positive, st.fractions(min_value=0, max_value=200, max_denominator=40))
def test_oracle_for_positive_targets(weight: Fraction, target: Fraction, actual: Fraction) -> None:
    """82: the checker of the falling formulas falls too."""
    rising = weight if actual >= target else weight * actual / target
    falling = weight if actual <= target else max(F(0), weight * (2 * target - actual) / target)
    ratio = weight if actual <= target else weight * target / actual
    assert points("proportional", target, actual, weight) == rising
    assert points("reverse_linear", target, actual, weight, Op.LE) == falling
    assert points("reverse_ratio", target, actual, weight, Op.LE) == ratio


@given(st.sampled_from(["proportional", "reverse_linear", "yes_no", "distance", "nearest_bound"]), weights, numbers, numbers, numbers)
def test_79_points_stay_between_nothing_and_the_points_of_the_row(
    method: str, weight: Fraction, target: Fraction, actual: Fraction, start: Fraction
) -> None:
    op = Op.LE if method == "reverse_linear" else Op.GE
    result = METHODS[method](Given(weight, target, actual, op, start=start, upper=target + 3))
    assert isinstance(result, Result)
    assert 0 <= result.exact <= weight


@given(numbers.filter(bool), numbers, numbers)
def test_more_is_never_worse_when_rising_nor_better_when_falling(target: Fraction, one: Fraction, other: Fraction) -> None:
    less, more = sorted((one, other))
    assert points("proportional", target, less) <= points("proportional", target, more)
    assert points("reverse_linear", target, less, op=Op.LE) >= points("reverse_linear", target, more, op=Op.LE)


@given(numbers.filter(bool), numbers)
def test_79_full_marks_only_when_met(target: Fraction, actual: Fraction) -> None:
    for method, op in (("proportional", Op.GE), ("reverse_linear", Op.LE)):
        result = METHODS[method](Given(F(10), target, actual, op))
        assert isinstance(result, Result)
        assert (result.exact == 10) == result.met


@pytest.mark.parametrize(
    ("op", "target", "actual", "expected"),
    [
        (Op.GE, -5, 3, "10"),
        (Op.GE, -5, -7, "6"),
        (Op.GE, -5, -10, "0"),
        (Op.GE, 3, -5, "0"),
        (Op.LE, -5, -7, "10"),
        (Op.LE, -5, -3, "6"),
        (Op.LE, -5, 3, "0"),
    ],
)
def test_18_negative_values_have_defined_points(op: Op, target: int, actual: int, expected: str) -> None:
    assert points("proportional" if op is Op.GE else "reverse_linear", target, actual, op=op) == F(expected)


def test_a_ratio_of_a_negative_limit_is_refused_with_a_reason() -> None:
    assert METHODS["reverse_ratio"](Given(F(10), F(-5), F(-3), Op.LE)) == NotScored("ratio_of_negative")
    assert METHODS["banded"](Given(F(10), F(0), F(1), Op.GE)) == NotScored("ratio_of_negative")


@pytest.mark.parametrize("target", [0, "0.0"])
def test_16_target_zero_rising_and_falling(target: object) -> None:
    assert points("proportional", target, 0, op=Op.EQ) == 10
    assert points("proportional", target, 5, op=Op.GE) == 0
    assert points("proportional", target, 5, op=Op.GE, zero_target="met") == 10
    assert points("proportional", target, -5, op=Op.GE, zero_target="met") == 0
    assert points("reverse_linear", target, 0, op=Op.LE) == 10
    assert points("reverse_linear", target, "0.01", op=Op.LE) == 0


def test_22_lower_is_better_has_its_cap_and_floor() -> None:
    """22: (2T-R)/T gives 200 % for R = 0 and 0 at R = 2T; here capped at the points and floored at 0."""
    result = METHODS["reverse_linear"](Given(F(10), F(100), F(0), Op.LE))
    assert isinstance(result, Result)
    assert result.exact == 10
    assert result.rate == 2
    assert points("reverse_linear", 100, 200, op=Op.LE) == points("reverse_linear", 100, 300, op=Op.LE) == 0


def test_27_the_raw_rate_is_kept_beside_the_capped_points() -> None:
    result = METHODS["proportional"](Given(F(10), F(2000), F(3061), Op.GE))
    assert isinstance(result, Result)
    assert result.rate == F(3061, 2000)
    assert result.exact == 10
    assert points("proportional", 100, 40) == 4


@pytest.mark.parametrize(
    ("op", "target", "actual", "met"),
    [
        (Op.GE, 5, 5, True), (Op.GE, 5, "4.99", False), (Op.GT, 5, 5, False), (Op.GT, 5, "5.01", True),
        (Op.EQ, 5, 6, True), (Op.EQ, 5, 4, False),
        (Op.LE, 5, 5, True), (Op.LE, 5, "5.01", False), (Op.LT, 5, 5, False), (Op.LT, 5, "4.99", True),
    ],
)  # fmt: skip
def test_23_limits_are_inclusive_exactly_as_stated(op: Op, target: object, actual: object, met: bool) -> None:
    method = "reverse_linear" if op in (Op.LE, Op.LT) else "proportional"
    result = METHODS[method](Given(F(10), F(str(target)), F(str(actual)), op))
    assert isinstance(result, Result)
    assert result.met is met
    assert ("limit_only" in result.notes) == (op in (Op.GT, Op.LT) and not met and target == actual)


@pytest.mark.parametrize(("actual", "met"), [("2.99", False), (3, True), (4, True), (5, True), ("5.01", False)])
def test_23_a_range_includes_both_ends(actual: object, met: bool) -> None:
    result = METHODS["nearest_bound"](Given(F(10), F(3), F(str(actual)), Op.BETWEEN, upper=F(5)))
    assert isinstance(result, Result)
    assert result.met is met
    assert (result.exact == 10) is met


@pytest.mark.parametrize(
    ("low", "high", "actual", "expected"),
    [(3, 5, "1.5", "5"), (3, 5, 6, "8"), (3, 5, 10, "0"), (3, 5, 11, "0"), (0, 5, -1, "0"), (-4, 0, 1, "0")],
)
def test_outside_a_range_the_nearer_bound_counts(low: int, high: int, actual: object, expected: str) -> None:
    assert points("nearest_bound", low, actual, op=Op.BETWEEN, upper=F(high)) == F(expected)


RISING = [
    (0, 100, 50, "50"),
    (50, 100, 40, "0"),
    (0, 100, 150, "100"),
    (120, 100, 110, "100"),
    (120, 100, 90, "0"),
    (100, 100, 100, "100"),
    (100, 100, 99, "0"),
]
FALLING = [
    (100, 100, 100, "100"),
    (100, 100, 99, "100"),
    (100, 50, 100, "0"),
    (100, 50, 75, "50"),
    (100, 50, 40, "100"),
    (40, 50, 45, "100"),
    (40, 50, 55, "0"),
]


@pytest.mark.parametrize(("start", "target", "actual", "expected"), RISING)
def test_17_distance_rising(start: int, target: int, actual: int, expected: str) -> None:
    assert points("distance", target, actual, 100, Op.GE, start=F(start)) == F(expected)


@pytest.mark.parametrize(("start", "target", "actual", "expected"), FALLING)
def test_17_distance_falling(start: int, target: int, actual: int, expected: str) -> None:
    assert points("distance", target, actual, 100, Op.LE, start=F(start)) == F(expected)


def test_the_raw_distance_is_kept_over_full() -> None:
    result = METHODS["distance"](Given(F(100), F(50), F(40), Op.LE, start=F(100)))
    assert isinstance(result, Result)
    assert result.rate == F(120, 100)


def test_11_12_a_falling_indicator_that_did_not_move_gets_nothing_and_progress_is_possible() -> None:
    assert points("distance", 10, 50, 100, Op.LE, start=F(50)) == 0
    assert points("distance", 10, 30, 100, Op.LE, start=F(50)) == 50


def test_14_both_measures_of_a_small_rise_are_named_and_differ() -> None:
    assert points("distance", 34, 33, 100, start=F(33)) == 0
    assert points("proportional", 34, 33, 100) == F(3300, 34)


def test_15_target_equal_to_baseline_is_met_or_not_without_division() -> None:
    kept = METHODS["distance"](Given(F(10), F(33), F(33), Op.GE, start=F(33)))
    slipped = METHODS["distance"](Given(F(10), F(33), F(32), Op.GE, start=F(33)))
    assert isinstance(kept, Result)
    assert isinstance(slipped, Result)
    assert (kept.exact, kept.rate, slipped.exact, slipped.rate) == (10, None, 0, None)


def test_a_distance_without_start_is_refused() -> None:
    assert METHODS["distance"](Given(F(10), F(33), F(33))) == NotScored("start_missing")


@pytest.mark.parametrize(
    ("rate", "expected"),
    [("100", "10"), ("90", "10"), ("89.99", "8"), ("80", "8"), ("79.99", "5"), ("60", "5"), ("59.99", "0"), ("0", "0"), ("-1", "0")],
)
def test_satisfaction_bands(rate: str, expected: str) -> None:
    bands = scheme("with_cost").bands("satisfaction.bands")
    assert points("satisfaction_steps", 95, rate, bands=bands, unit="%", share=F(1, 100)) == F(expected)


@pytest.mark.parametrize(("actual", "expected"), [(100, "10"), (120, "10"), (90, "8"), (60, "5"), (59, "0")])
def test_bands_of_attainment(actual: int, expected: str) -> None:
    assert points("banded", 100, actual, bands=scheme().bands("banded.bands")) == F(expected)


STAFF = {"full": F(1), "step": F(1, 100), "per_step": F(1, 2), "floor": F(0)}


@pytest.mark.parametrize(
    ("rate", "expected"),
    [("98", "5"), ("100", "5"), ("100.9", "5"), ("101", "4.5"), ("102.4", "4"), ("109", "0.5"), ("110", "0"), ("150", "0")],
)
def test_staff_against_posts_loses_half_a_point_for_each_whole_point_above(rate: str, expected: str) -> None:
    """在职人员控制率: up to 100 % full, each percentage point over takes 0.5 of 5."""
    assert points("deduction", 100, rate, 5, Op.LE, numbers=STAFF, unit="%", share=F(1, 100)) == F(expected)


def test_a_deduction_stops_at_its_floor_and_a_limit_of_zero_works() -> None:
    rule = {"full": F(0), "step": F(1, 100), "per_step": F("0.8"), "floor": F(2)}
    assert points("deduction", 0, "-5", 8, Op.LE, numbers=rule, unit="%", share=F(1, 100)) == 8
    assert points("deduction", 0, "3", 8, Op.LE, numbers=rule, unit="%", share=F(1, 100)) == F("5.6")
    assert points("deduction", 0, "99", 8, Op.LE, numbers=rule, unit="%", share=F(1, 100)) == 2


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 20))
def test_88_execution_points_are_min_of_weight_and_share(executed: int, budget: int, weight: int) -> None:
    result = execution(F(budget), F(executed), F(weight), "undefined")
    assert isinstance(result, Result)
    assert result.exact == min(F(weight), F(executed * weight, budget))
    assert result.rate == F(executed, budget)
    assert ("overspent" in result.notes) == (executed > budget)


def test_88_execution_of_no_budget_is_a_branch_of_the_scheme() -> None:
    assert execution(F(0), F(5), F(10), "undefined") == NotScored("zero_budget")
    full, none = execution(F(0), F(5), F(10), "full"), execution(F(0), F(0), F(10), "zero")
    assert isinstance(full, Result)
    assert isinstance(none, Result)
    assert (full.exact, full.rate, none.exact, none.rate) == (10, None, 0, None)
    assert execution(F(-1), F(0), F(10), "full") == execution(F(1), F(-1), F(10), "full") == NotScored("negative_amount")


def test_88_overspending_is_capped_unless_a_scheme_lets_it_exceed() -> None:
    capped, free = execution(F("329.77"), F("338.31"), F(10), "undefined"), execution(F(100), F(110), F(10), "undefined", "uncapped")
    assert isinstance(capped, Result)
    assert isinstance(free, Result)
    assert (capped.exact, free.exact) == (10, 11)


OWN = """
[scheme]
zh = "本单位方案"
en = "own"
from = 2024-01-01
extends = "national"
basis = "本单位规定"
status = "convention"
[over]
factor = {{ value = "{factor}", zh = "扣减", en = "deduction", basis = "本单位规定", status = "convention" }}
"""


@pytest.mark.parametrize(
    ("actual", "factor", "expected", "notes"),
    [
        (100, "0", "10", ()),
        (120, "0", "10", ()),
        (121, "0", "10", ("explain_over",)),
        (150, "0", "10", ("explain_over",)),
        (151, "0", "10", ("target_too_low",)),
        (160, "0.5", "9.5", ("target_too_low",)),
        (500, "0.5", "8", ("target_too_low",)),  # capped at a fifth of the points
        (150, "0.5", "10", ("explain_over",)),
        (90, "0.5", "9", ()),
    ],
)
def test_89_over_achievement_bands(actual: int, factor: str, expected: str, notes: tuple[str, ...]) -> None:
    own = load("own.toml", OWN.format(factor=factor))
    row = Given(F(10), F(100), F(actual), Op.GE)
    result = METHODS["proportional"](row)
    assert isinstance(result, Result)
    after = judged(result, row, own)
    assert (after.exact, after.notes) == (F(expected), notes)


def test_a_target_written_equal_keeps_its_points_and_a_zero_target_has_no_excess() -> None:
    own = load("own.toml", OWN.format(factor="0.5"))
    for row in (Given(F(10), F(100), F(300), Op.EQ), Given(F(10), F(0), F(300), Op.GE, zero_target="met")):
        result = METHODS["proportional"](row)
        assert isinstance(result, Result)
        assert judged(result, row, own).exact == 10


def test_without_bounds_nothing_is_said_of_over_achievement() -> None:
    text = OWN.format(factor="0.5") + "".join(
        f'{key} = {{ value = "", zh = "不设", en = "none", basis = "本单位规定", status = "convention" }}\n'
        for key in ("explain_above", "deduct_above", "cap")
    )
    row = Given(F(10), F(100), F(900), Op.GE)
    result = METHODS["proportional"](row)
    assert isinstance(result, Result)
    assert judged(result, row, load("own.toml", text)) == result
