"""Curves: what is due by a day, and which milestones are none."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.monitoring.curve import Curve, CurveError, linear, milestones, month_end, once

F = Fraction


def test_linear_is_the_months_over_twelve() -> None:
    """Rules 2.3: 年度指标值/12×月."""
    curve = linear(2020)
    for month in range(1, 13):
        assert curve.share(date(2020, month, monthrange(2020, month)[1])) == F(month, 12)


def test_within_a_month_by_days() -> None:
    assert linear(2020).share(date(2020, 7, 15)) == F(6, 12) + F(1, 12) * F(15, 31)
    assert linear(2021).share(date(2021, 2, 14)) == F(1, 12) + F(1, 12) * F(14, 28)
    assert linear(2020).share(date(2020, 1, 1)) == F(1, 12 * 31)


def test_before_and_after_the_year() -> None:
    curve = linear(2020)
    assert curve.share(date(2019, 12, 31)) == 0
    assert curve.share(date(2019, 6, 1)) == 0
    assert curve.share(date(2021, 3, 1)) == 1


def test_a_project_begun_in_mid_year_has_a_partial_target() -> None:
    """Pitfall 45: added in July, one sixth is due by the end of July, not 7/12."""
    curve = linear(2020, 7)
    assert curve.share(date(2020, 6, 30)) == 0
    assert curve.share(date(2020, 3, 1)) == 0
    assert curve.share(date(2020, 7, 31)) == F(1, 6)
    assert curve.share(date(2020, 9, 30)) == F(1, 2)
    assert curve.share(date(2020, 12, 31)) == 1


def test_a_project_that_ends_in_mid_year() -> None:
    curve = linear(2020, 3, 6)
    assert [curve.share(month_end(2020, month)) for month in (2, 3, 4, 6, 9)] == [0, F(1, 4), F(1, 2), 1, 1]


def test_the_yearbook_is_due_once_in_november() -> None:
    """编辑科技年鉴 1次: nothing is due in July."""
    curve = once(date(2020, 11, 30), 2020)
    assert curve.share(date(2020, 7, 31)) == 0
    assert curve.share(date(2020, 11, 29)) == 0
    assert curve.share(date(2020, 11, 30)) == 1
    assert curve.share(date(2020, 12, 31)) == 1


PAIRS = [(date(2020, 9, 30), Decimal("0.7")), (date(2020, 3, 31), Decimal("0.2")), (date(2020, 12, 20), 1)]


def test_steps_hold_between_milestones() -> None:
    curve = milestones(2020, PAIRS)
    shares = {
        date(2020, 3, 30): 0,
        date(2020, 3, 31): F(1, 5),
        date(2020, 9, 29): F(1, 5),
        date(2020, 9, 30): F(7, 10),
        date(2020, 12, 20): 1,
    }
    assert {day: curve.share(day) for day in shares} == shares


def test_a_table_may_choose_the_line_between() -> None:
    curve = milestones(2020, PAIRS, between="linear")
    begun = date(2019, 12, 31)
    assert curve.share(date(2020, 1, 31)) == F(1, 5) * F(31, (date(2020, 3, 31) - begun).days)
    assert curve.share(date(2020, 6, 30)) == F(1, 5) + F(1, 2) * F(91, 183)


def test_the_next_milestone() -> None:
    curve = milestones(2020, PAIRS)
    assert curve.next(date(2020, 3, 31)) == (date(2020, 9, 30), F(7, 10))
    assert curve.next(date(2020, 12, 20)) is None


DAY = date(2020, 5, 1)


@pytest.mark.parametrize(
    ("pairs", "code", "zh", "en"),
    [
        ([], "empty", "没有一个进度节点", "no milestone"),
        ([(date(2021, 1, 1), 1)], "outside_year", "2021-01-01", "outside 2020"),
        ([(DAY, Decimal("-0.1")), (date(2020, 12, 1), 1)], "below_zero", "-10%", "-10 %"),
        ([(DAY, Decimal("1.2"))], "above_one", "120%", "120 %"),
        ([(DAY, F(1, 2)), (DAY, 1)], "twice", "两次", "stands twice"),
        ([(DAY, F(1, 2)), (date(2020, 6, 1), Decimal("0.4")), (date(2020, 12, 1), 1)], "falling", "不能倒退", "falls"),
        ([(DAY, Decimal("0.9"))], "not_whole", "90%", "90 %"),
    ],
)
def test_what_is_no_curve(pairs: list[tuple[date, Fraction]], code: str, zh: str, en: str) -> None:
    with pytest.raises(CurveError) as refused:
        milestones(2020, pairs)
    assert refused.value.code == code
    assert zh in refused.value.text()
    assert en in refused.value.text("en") == str(refused.value)


@pytest.mark.parametrize(("first", "last"), [(0, 12), (1, 13), (8, 7)])
def test_months_that_are_no_span(first: int, last: int) -> None:
    with pytest.raises(CurveError, match="no span of a year"):
        linear(2020, first, last)


@given(
    days=st.lists(st.integers(0, 365), min_size=1, max_size=8, unique=True),
    shares=st.data(),
    between=st.sampled_from(["step", "linear"]),
    ask=st.tuples(st.integers(-400, 800), st.integers(-400, 800)),
)
def test_a_curve_never_falls_and_stays_between_nothing_and_all(
    days: list[int], shares: st.DataObject, between: str, ask: tuple[int, int]
) -> None:
    steps = sorted(shares.draw(st.lists(st.fractions(0, 1), min_size=len(days) - 1, max_size=len(days) - 1)))
    first = date(2020, 1, 1)
    curve = milestones(2020, zip((first + timedelta(days=day) for day in sorted(days)), [*steps, F(1)], strict=True), between)  # type: ignore[arg-type]
    assert isinstance(curve, Curve)
    early, late = (curve.share(first + timedelta(days=day)) for day in sorted(ask))
    assert 0 <= early <= late <= 1
    assert all(curve.share(day) == share for day, share in curve.points)
