"""Spreading the points of rows that left."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from zhiheng.scoring.spread import apportion, spread

CENT = Fraction(1, 100)
F = Fraction


def test_4_80_a_row_that_leaves_gives_its_points_to_its_duty_and_it_is_shown() -> None:
    done = spread([F(10), F(20), F(30), F(40)], frozenset({0}), ["1", "1", "1", "2"], CENT)
    assert done.weights == (0, 24, 36, 40)
    (shown,) = done.redistributions
    assert (shown.left, shown.points, shown.to) == ((0,), 10, ((1, 4), (2, 6)))


def test_shares_are_cents_and_add_up_to_what_left() -> None:
    done = spread([F(5), F(10), F(10), F(10)], frozenset({0}), ["1"] * 4, CENT)
    assert done.weights == (0, F("11.67"), F("11.67"), F("11.66"))


def test_a_duty_that_leaves_as_a_whole_goes_to_the_rest_of_the_table() -> None:
    done = spread([F(10), F(10), F(60), F(20)], frozenset({0, 1}), ["1", "1", "2", "3"], CENT)
    assert done.weights == (0, 0, 75, 25)
    assert done.redistributions[0].left == (0, 1)


def test_a_row_without_points_inherits_nothing() -> None:
    done = spread([F(10), F(0), F(90)], frozenset({0}), ["1", "1", "2"], CENT)
    assert done.weights == (0, 0, 100)


def test_where_nobody_is_left_the_points_leave_the_total() -> None:
    done = spread([F(40), F(60)], frozenset({0, 1}), ["1", "2"], CENT)
    assert done.weights == (0, 0)
    assert [each.to for each in done.redistributions] == [(), ()]


def test_points_finer_than_the_unit_are_not_lost() -> None:
    assert apportion(F("0.015"), [F(1), F(1)], CENT) == [F("0.01"), F("0.005")]


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.booleans(), st.sampled_from("123")), min_size=1, max_size=12),
)
def test_nothing_is_lost_nothing_is_made(rows: list[tuple[int, bool, str]]) -> None:
    weights = [F(cents, 100) for cents, _, _ in rows]
    leaving = frozenset(index for index, (_, leaves, _) in enumerate(rows) if leaves)
    done = spread(weights, leaving, [group for _, _, group in rows], CENT)
    if any(weight and index not in leaving for index, weight in enumerate(weights)):
        assert sum(done.weights) == sum(weights)
    assert all(done.weights[index] == 0 for index in leaving)
    assert all(now >= before for index, (now, before) in enumerate(zip(done.weights, weights, strict=True)) if index not in leaving)
    for each in done.redistributions:
        assert all((share / CENT).denominator == 1 for _, share in each.to)
