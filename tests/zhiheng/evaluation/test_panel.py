"""The panel: worked by hand, against a plain oracle, and as properties."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.evaluation.panel import Fate, ItemResult, Mark, MarkError, Rule, grade, result, total
from zhiheng.scoring.rounding import ROUNDINGS

BANDS = ((Fraction(90), "优"), (Fraction(80), "良"), (Fraction(60), "中"), (Fraction(0), "差"))
RULE = Rule(5, Fraction(3, 10), ROUNDINGS["half_up_2"], BANDS)
TEN = Fraction(10)
points = st.integers(0, 1000).map(lambda n: Fraction(n, 100))


def marked(*given: str | None) -> list[Mark]:
    return [Mark(f"e{place}", None if points is None else Fraction(points)) for place, points in enumerate(given)]


class TestTrimming:
    def test_four_marks_are_not_trimmed(self) -> None:
        """2, 8, 8, 9 → 27 / 4."""
        assert result(TEN, marked("2", "8", "8", "9"), RULE).exact == Fraction(27, 4)

    def test_five_marks_lose_one_high_and_one_low(self) -> None:
        """2, 8, 8, 9, 10 → (8 + 8 + 9) / 3 = 8.33."""
        found = result(TEN, marked("2", "8", "8", "9", "10"), RULE)
        assert (found.exact, found.points) == (Fraction(25, 3), Decimal("8.33"))
        assert [fate for _, _, fate in found.fates] == [Fate.LOWEST, Fate.COUNTED, Fate.COUNTED, Fate.COUNTED, Fate.HIGHEST]

    def test_only_one_of_several_highest_leaves(self) -> None:
        """10, 10, 10, 0, 0 → (10 + 10 + 0) / 3."""
        assert result(TEN, marked("10", "10", "10", "0", "0"), RULE).exact == Fraction(20, 3)

    def test_five_of_whom_one_says_not_applicable_are_four(self) -> None:
        """n/a does not count towards the five: 2, 8, 8, 9 → 27 / 4, not (8 + 8) / 2."""
        assert result(TEN, marked("2", "8", None, "8", "9"), RULE).exact == Fraction(27, 4)

    def test_five_of_whom_one_is_void_are_four(self) -> None:
        marks = [*marked("2", "8", "8", "9"), Mark("x", Fraction(10), voided=True)]
        found = result(TEN, marks, RULE)
        assert found.exact == Fraction(27, 4)
        assert ("x", Fraction(10), Fate.VOIDED) in found.fates

    @pytest.mark.parametrize("trim_from", [0, 1, 2])
    def test_two_are_never_trimmed_away(self, trim_from: int) -> None:
        rule = Rule(trim_from, RULE.hearing, RULE.rounding, BANDS)
        assert result(TEN, marked("4", "6"), rule).exact == 5


class TestHearing:
    def test_at_the_bound_and_beyond(self) -> None:
        """30 % of 10 points: 6 and 9 are just not heard, 6 and 9.01 are."""
        assert not result(TEN, marked("6", "9"), RULE).hearing
        assert result(TEN, marked("6", "9.01"), RULE).hearing

    def test_the_marks_left_out_disagree_too(self) -> None:
        assert result(TEN, marked("2", "8", "8", "8", "8"), RULE).hearing

    def test_void_and_not_applicable_do_not_disagree(self) -> None:
        found = result(TEN, [*marked("8", None), Mark("x", Fraction(0), voided=True)], RULE)
        assert (found.apart, found.hearing) == (0, False)


class TestLeaving:
    def test_nobody_marked(self) -> None:
        found = result(TEN, [], RULE)
        assert (found.exact, found.points, found.applies) == (None, None, True)

    def test_all_say_not_applicable(self) -> None:
        found = result(TEN, marked(None, None), RULE)
        assert (found.exact, found.applies) == (None, False)

    def test_only_a_void_mark(self) -> None:
        """It is not known whether the item applies: nobody's mark stands."""
        found = result(TEN, [Mark("x", Fraction(3), voided=True)], RULE)
        assert (found.exact, found.applies) == (None, True)

    def test_a_zero_is_a_mark(self) -> None:
        assert result(TEN, marked("0"), RULE).exact == 0


class TestRefused:
    @pytest.mark.parametrize("given", ["10.01", "-0.01"])
    def test_out_of_bounds(self, given: str) -> None:
        with pytest.raises(MarkError):
            result(TEN, marked(given), RULE)

    def test_twice(self) -> None:
        with pytest.raises(MarkError):
            result(TEN, [Mark("a", TEN), Mark("a", TEN)], RULE)


def oracle(full: Decimal, given: list[Decimal | None]) -> Decimal | None:
    """By plain decimals: sort, cut from five on, mean, half up."""
    left = sorted(one for one in given if one is not None)
    if len(left) >= 5:
        left = left[1:-1]
    mean = sum(left, Decimal(0)) / len(left) if left else None
    return None if mean is None else mean.quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(st.lists(st.one_of(st.none(), st.integers(0, 20).map(lambda n: Decimal(n) / 2)), max_size=7), st.randoms())
def test_against_the_oracle_in_any_order(given: list[Decimal | None], chance: Random) -> None:
    marks = [Mark(f"e{place}", None if one is None else Fraction(one)) for place, one in enumerate(given)]
    mixed = list(marks)
    chance.shuffle(mixed)
    found = result(TEN, marks, RULE)
    assert found == result(TEN, mixed, RULE)
    assert found.points == oracle(Decimal(10), given)


@given(st.lists(points, min_size=1, max_size=9))
def test_between_lowest_and_highest_and_every_mark_has_one_fate(given: list[Fraction]) -> None:
    found = result(TEN, [Mark(f"e{place}", one) for place, one in enumerate(given)], RULE)
    assert found.exact is not None
    assert min(given) <= found.exact <= max(given)
    assert len(found.fates) == len(given)


class TestTotal:
    def items(self, *given: tuple[str, str | None]) -> list[ItemResult]:
        return [result(Fraction(full), marked(mark) if mark != "" else [], RULE) for full, mark in given]

    def test_sum(self) -> None:
        found = total(self.items(("60", "55.5"), ("40", "34")), RULE)
        assert (found.points, found.ceiling, found.grade) == (Decimal("89.50"), 100, "良")

    def test_rounded_once_from_the_exact_sum(self) -> None:
        """Three items of 8.33…: 25, not 24.99 as the sum of rounded ones."""
        three = [result(Fraction(10), marked("8", "8", "9"), RULE)] * 3
        assert total(three, Rule(5, TEN, RULE.rounding, BANDS)).exact == 25 * Fraction(30, 30)

    def test_an_item_that_does_not_apply_leaves_with_its_points(self) -> None:
        """45 of 50, the other 50 do not apply: 90 of 100."""
        found = total(self.items(("50", "45"), ("50", None)), RULE)
        assert (found.points, found.ceiling, found.grade) == (Decimal("90.00"), 50, "优")

    def test_an_item_without_marks_stops_the_total(self) -> None:
        found = total(self.items(("50", "45"), ("50", "")), RULE)
        assert (found.exact, found.points, found.grade) == (None, None, "")

    def test_nothing_to_be_had(self) -> None:
        assert total(self.items(("50", None)), RULE).points is None
        assert total([], RULE).points is None


@pytest.mark.parametrize(
    ("share", "expected"),
    [("100", "优"), ("90", "优"), ("89.995", "良"), ("80", "良"), ("79.999999", "中"), ("60", "中"), ("59.99", "差"), ("0", "差")],
)
def test_bands_are_half_open(share: str, expected: str) -> None:
    assert grade(Fraction(share) / 100, BANDS) == expected


def test_a_total_that_prints_as_90_may_be_good_only() -> None:
    found = total([result(Fraction(100), marked("89.995"), RULE)], RULE)
    assert (found.points, found.grade) == (Decimal("90.00"), "良")
