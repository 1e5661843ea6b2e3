"""Readings period by period: each pitfall by its number, with its worked figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.monitoring.series import Entry, Increment, Period, Series, Sort, half, month, quarter, series, target_of

RUNNING, AMOUNT, LEVEL = Sort.RUNNING, Sort.AMOUNT, Sort.LEVEL
D = Decimal
NOON = datetime(2020, 8, 1, 12, tzinfo=UTC)
TODAY = date(2020, 12, 31)


def entry(period: Period, value: str | int | None, hours: int = 0, number: int = 0, by: str = "") -> Entry:
    return Entry(period, D(value) if value is not None else None, NOON + timedelta(hours=hours), number, by)


def running(*values: int | None, sort: Sort = RUNNING) -> Series:
    """A value for each month from January on."""
    return series(sort, [entry(month(2020, number), value) for number, value in enumerate(values, start=1)])


def test_30_running_totals_are_never_summed() -> None:
    assert running(10, 20, 30).total().value == 30
    assert running(10, 20, 30, sort=AMOUNT).total().value == 60
    assert running(10, 20, 30, sort=LEVEL).total().value == 30


def test_31_the_target_of_running_totals_is_that_of_the_last_period() -> None:
    """10/20/30 met is 100 %, not 50 %."""
    targets = [(month(2020, number), D(number * 10)) for number in (1, 2, 3)]
    target = target_of(RUNNING, targets)
    assert target == 30
    assert running(10, 20, 30).total().value == target
    assert target_of(AMOUNT, targets) == 60
    assert target_of(LEVEL, targets) == 30
    assert target_of(AMOUNT, []) is None


def test_32_a_late_entry_in_an_earlier_period_leaves_later_ones() -> None:
    """Case C2: running 1, 2 | 3, 5 | none, then late 3 in period 1 → 3, 5, 5."""
    first, second, third = (quarter(2020, number) for number in (1, 2, 3))
    reported = [entry(first, 1), entry(first, 2, 1), entry(second, 3, 2), entry(second, 5, 3)]
    before = series(RUNNING, reported)
    after = series(RUNNING, [*reported, entry(first, 3, 9)])

    def shown(of: Series) -> list[tuple[Decimal, bool]]:
        found = [of.at(period.last, TODAY) for period in (first, second, third)]
        return [(each.value, each.carried) for each in found if each is not None]

    assert shown(before) == [(2, False), (5, False), (5, True)]
    assert shown(after) == [(3, False), (5, False), (5, True)]


def test_33_a_running_total_that_falls_is_flagged() -> None:
    (fell,) = running(10, 15, 12).falls()
    assert [each.value for each in fell] == [15, 12]
    assert running(10, None, 9).falls() != ()
    assert running(10, 10, 12).falls() == ()
    assert running(10, 5, sort=AMOUNT).falls() == ()


def test_34_a_handover_does_not_add_two_running_totals() -> None:
    """Officer u1 reports 10, u2 takes over and reports 15: 15, not 25."""
    handed = series(RUNNING, [entry(month(2020, 1), 10, by="u1"), entry(month(2020, 2), 15, 1, by="u2")])
    assert handed.total().value == 15
    assert [each.value for each in handed.increments()] == [10, 5]


def test_34_a_handover_within_a_period() -> None:
    """Case C3: u1 2, u2 2 | u2 4 → 2, then 4."""
    first, second = month(2020, 1), month(2020, 2)
    handed = series(RUNNING, [entry(first, 2, by="u1"), entry(first, 2, 1, by="u2"), entry(second, 4, 2, by="u2")])
    assert [each.value for each in handed.entries] == [2, 4]
    assert handed.total().value == 4


def test_35_a_missing_middle_period_stays_unknown() -> None:
    """10, –, 30 → 10, ?, total 30 (another system made 40 of it)."""
    gap = running(10, None, 30)
    first, second, third = gap.increments()
    assert (first.value, second.value, third.value) == (10, None, None)
    assert (third.jointly, third.since) == (20, date(2020, 1, 31))
    assert gap.total().value == 30


def test_35_a_middle_period_that_nobody_reported() -> None:
    gap = series(RUNNING, [entry(month(2020, 1), 10), entry(month(2020, 3), 30), entry(month(2020, 4), 34)])
    assert [(each.value, each.jointly) for each in gap.increments()] == [(10, None), (None, 20), (4, None)]


def test_35_a_series_that_begins_with_an_unknown() -> None:
    assert [(each.value, each.jointly, each.since) for each in running(None, 30).increments()] == [(None, None, None), (None, 30, None)]


def test_36_a_carried_value_is_marked_and_the_future_stays_empty() -> None:
    of = running(2, 5)
    march = of.at(date(2020, 3, 31), date(2020, 4, 10))
    assert march is not None
    assert (march.value, march.carried, march.of) == (5, True, month(2020, 2))
    assert of.at(date(2020, 2, 29), date(2020, 4, 10)).carried is False  # type: ignore[union-attr]
    assert of.at(date(2020, 5, 31), date(2020, 4, 10)) is None
    assert of.at(date(2019, 12, 31), TODAY) is None


def test_36_an_amount_is_not_carried() -> None:
    """A month without report added nothing that is known."""
    of = running(2, 5, sort=AMOUNT)
    assert of.at(date(2020, 3, 31), TODAY) is None
    assert of.at(date(2020, 2, 29), TODAY).value == 5  # type: ignore[union-attr]


def test_38_several_reports_in_a_period_do_not_multiply_its_target() -> None:
    """One target a period, however often it was reported on."""
    assert target_of(AMOUNT, [(month(2020, 1), D(4)), (month(2020, 1), D(4)), (month(2020, 2), D(6))]) == 10


def test_39_what_was_there_at_the_start_is_no_part_of_the_year() -> None:
    """A stock of 520 that runs up to 601 added 81."""
    of = series(RUNNING, [entry(half(2020, 1), 560), entry(half(2020, 2), 601)], start=D(520))
    assert of.total().value == 81
    assert [each.value for each in of.increments()] == [40, 41]
    assert of.latest() is not None
    assert of.latest().value == 601  # type: ignore[union-attr]


def test_41_latest_by_the_end_of_the_period_then_by_approval() -> None:
    """June approved after September does not come after it."""
    of = series(LEVEL, [entry(month(2020, 6), 7, hours=99), entry(month(2020, 9), 8)])
    assert of.latest() is not None
    assert of.latest().value == 8  # type: ignore[union-attr]
    assert of.latest(date(2020, 8, 31)).value == 7  # type: ignore[union-attr]


def test_42_of_one_month_reported_twice_the_last_approved_holds_and_the_earlier_is_kept() -> None:
    june = month(2020, 6)
    for order in permutations([entry(june, 5), entry(june, 6, 1), entry(june, 4, 1, number=2)]):
        of = series(AMOUNT, order)
        assert [each.value for each in of.entries] == [4], "one instant: the later number holds"
        assert [each.value for each in of.replaced] == [5, 6]
        assert of.total().value == 4


def test_43_months_quarters_and_half_years_mixed() -> None:
    """First half-year as a whole, then a quarter, then a month: each day counts once."""
    mixed = series(AMOUNT, [entry(half(2020, 1), 50), entry(quarter(2020, 3), 20), entry(month(2020, 10), 7)])
    assert mixed.total().value == 77
    assert mixed.total().complete


def test_43_parts_beside_their_whole_count_once() -> None:
    parts = [entry(month(2020, number), value) for number, value in ((1, 5), (2, 6), (3, 7))]
    assert series(AMOUNT, [*parts, entry(quarter(2020, 1), 18)]).total().value == 18
    known = series(AMOUNT, [*parts[:2], entry(quarter(2020, 1), 18)]).total()
    assert (known.value, known.complete) == (18, True)


def test_43_parts_that_contradict_their_whole() -> None:
    parts = [entry(month(2020, number), 5) for number in (1, 2, 3)]
    found = series(AMOUNT, [*parts, entry(quarter(2020, 1), 18)]).total()
    assert (found.value, found.conflicts, found.complete) == (None, (quarter(2020, 1),), False)


def test_43_parts_of_parts_count_once() -> None:
    """A half-year whose quarter is also there by months: 9 + 9 + 12 = 30, the months within the quarter not again."""
    months = [entry(month(2020, number), 3) for number in (1, 2, 3)]
    quarters = [entry(quarter(2020, 1), 9), entry(quarter(2020, 2), 21)]
    assert series(AMOUNT, [*months, *quarters, entry(half(2020, 1), 30)]).total().value == 30
    assert series(AMOUNT, [*months, *quarters, entry(half(2020, 1), 31)]).total().conflicts == (half(2020, 1),)


def test_43_periods_that_overlap() -> None:
    odd = Period(date(2020, 3, 1), date(2020, 5, 31))
    found = series(AMOUNT, [entry(quarter(2020, 1), 9), entry(odd, 9)]).total()
    assert found.value is None
    assert found.conflicts


def test_43_a_month_missing_among_amounts_is_named() -> None:
    found = series(AMOUNT, [entry(month(2020, 1), 5), entry(month(2020, 3), 6)]).total()
    assert (found.value, found.missing, found.complete) == (11, (month(2020, 2),), False)
    unknown = running(5, None, 6, sort=AMOUNT).total()
    assert (unknown.value, unknown.missing) == (11, (month(2020, 2),))


def test_45_what_was_added_in_mid_year_lacks_nothing_before() -> None:
    entries = [entry(month(2020, number), 3) for number in (7, 8)]
    assert series(AMOUNT, entries).total().missing == (Period(date(2020, 1, 1), date(2020, 6, 30)),)
    assert series(AMOUNT, entries, begins=date(2020, 7, 1)).total().complete


@pytest.mark.parametrize("sort", list(Sort))
def test_nothing_reported_is_not_0(sort: Sort) -> None:
    assert series(sort, []).total().value is None
    assert running(None, sort=sort).total().value is None
    assert running(0, sort=sort).total().value == 0
    assert series(sort, []).latest() is None


def test_amounts_are_their_own_increments() -> None:
    assert running(5, None, sort=AMOUNT).increments() == (Increment(month(2020, 1), D(5)), Increment(month(2020, 2), None))


def test_changes_of_a_level_have_no_beginning() -> None:
    assert [each.value for each in running(10, 12, 9, sort=LEVEL).increments()] == [None, 2, -3]


def test_up_to_a_day() -> None:
    assert running(10, 20, 30, sort=AMOUNT).total(date(2020, 2, 29)).value == 30
    assert running(10, 20, 30).total(date(2020, 2, 29)).value == 20
    assert running(10, sort=AMOUNT).total(date(2020, 1, 30)).value is None


@given(amounts=st.lists(st.integers(0, 1000), min_size=1, max_size=12), order=st.randoms(use_true_random=False))
def test_adding_up_and_taking_apart_are_inverse(amounts: list[int], order: object) -> None:
    """Monthly amounts and the running totals made of them say the same, in whatever order they came."""
    totals = [sum(amounts[: count + 1]) for count in range(len(amounts))]
    entries = [entry(month(2020, number), total) for number, total in enumerate(totals, start=1)]
    order.shuffle(entries)  # type: ignore[attr-defined]
    of = series(RUNNING, entries)
    assert [each.value for each in of.increments()] == amounts
    assert of.total().value == sum(amounts) == running(*amounts, sort=AMOUNT).total().value
    assert of.falls() == ()
