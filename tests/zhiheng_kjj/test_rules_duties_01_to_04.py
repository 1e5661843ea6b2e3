"""The calculations of duties 1 to 4 on numbers worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhiheng_kjj.rules import documents, enterprises, finances, reviews, talents
from zhiheng_kjj.rules.known import in_force

KNOWN = in_force(date(2020, 6, 1))
START = date(2020, 3, 1)


@pytest.mark.parametrize(
    ("title", "end", "fits"),
    [
        ("管理办法", date(2023, 3, 1), True),
        ("管理办法", date(2025, 3, 1), True),
        ("管理办法", date(2024, 3, 1), False),
        ("管理办法", date(2025, 2, 28), False),
        ("管理办法（试行）", date(2021, 3, 1), True),
        ("管理暂行办法", date(2022, 3, 1), True),
        ("管理暂行办法", date(2021, 9, 15), True),
        ("管理暂行办法", date(2022, 3, 2), False),
        ("管理办法（试行）", date(2025, 3, 1), False),
    ],
)
def test_a_document_holds_three_or_five_years_and_on_trial_one_to_two(title: str, end: date, fits: bool) -> None:
    assert documents.term_fits(title, START, end, KNOWN) is fits


def test_another_programme_bars_until_the_day_its_period_is_over() -> None:
    assert talents.managed_elsewhere(date(2020, 7, 10), date(2020, 7, 11))
    assert not talents.managed_elsewhere(date(2020, 7, 11), date(2020, 7, 11))
    assert not talents.managed_elsewhere(date(2020, 7, 11), None)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1960, 5, 1), date(2020, 4, 30), 59),
        (date(1960, 5, 1), date(2020, 5, 1), 60),
        (date(1960, 2, 29), date(2021, 2, 28), 60),
        (date(1960, 2, 29), date(2021, 3, 1), 61),
    ],
)
def test_age_in_full_years(born: date, day: date, age: int) -> None:
    assert talents.age_on(born, day) == age


def test_the_age_limit_itself_is_allowed() -> None:
    assert talents.within_age(Decimal(40), Decimal(40))
    assert not talents.within_age(Decimal(41), Decimal(40))
    assert talents.within_age(None, Decimal(40))


def test_a_certificate_ends_after_three_years_or_before() -> None:
    assert enterprises.certificate_fits(date(2020, 2, 29), date(2023, 3, 1), KNOWN)
    assert enterprises.certificate_fits(date(2020, 11, 30), date(2021, 5, 1), KNOWN)
    assert not enterprises.certificate_fits(date(2020, 11, 30), date(2023, 12, 1), KNOWN)


def test_a_tenth_of_the_staff_does_research() -> None:
    assert enterprises.enough_research_staff(Decimal(10), Decimal(100), KNOWN)
    assert not enterprises.enough_research_staff(Decimal(99), Decimal(1000), KNOWN)
    assert enterprises.enough_research_staff(Decimal(1), None, KNOWN)


def test_a_published_ratio_is_its_terms_to_two_decimals() -> None:
    assert enterprises.ratio_agrees(Decimal("34.6"), Decimal(1730), Decimal(5000), KNOWN)
    assert enterprises.ratio_agrees(Decimal("33.33"), Decimal(1), Decimal(3), KNOWN)
    assert not enterprises.ratio_agrees(Decimal("0.346"), Decimal(1730), Decimal(5000), KNOWN)


def test_tenants_use_two_thirds_of_a_city_incubator_and_three_quarters_of_a_national_one() -> None:
    assert enterprises.enough_used(Decimal(8000), Decimal(12000), "city", KNOWN)
    assert not enterprises.enough_used(Decimal(7999), Decimal(12000), "city", KNOWN)
    assert enterprises.enough_used(Decimal(9000), Decimal(12000), "national", KNOWN)
    assert not enterprises.enough_used(Decimal(8999), Decimal(12000), "national", KNOWN)


def test_loans_run_three_years_at_most_one_and_a_half_times_the_benchmark() -> None:
    assert finances.loan_term_fits(date(2020, 4, 1), date(2023, 4, 1), KNOWN)
    assert not finances.loan_term_fits(date(2020, 4, 1), date(2023, 4, 2), KNOWN)
    assert finances.loan_rate_fits(Decimal("5.775"), Decimal("3.85"), KNOWN)
    assert not finances.loan_rate_fits(Decimal("5.776"), Decimal("3.85"), KNOWN)


def test_the_bank_bears_three_tenths_of_a_loss() -> None:
    assert finances.bank_bears_enough(Decimal(35), Decimal(35), Decimal(30), KNOWN)
    assert not finances.bank_bears_enough(Decimal(36), Decimal(35), Decimal(29), KNOWN)
    assert finances.bank_bears_enough(Decimal(36), None, Decimal(29), KNOWN)


def test_a_voucher_pays_sixty_per_cent_and_at_most_half_a_million() -> None:
    assert finances.voucher_fits(Decimal(100000), Decimal(60000), KNOWN)
    assert not finances.voucher_fits(Decimal(100000), Decimal("60000.01"), KNOWN)
    assert finances.voucher_fits(Decimal(2000000), Decimal(500000), KNOWN)
    assert not finances.voucher_fits(Decimal(2000000), Decimal(500001), KNOWN)


def test_two_thirds_of_the_experts_make_a_review() -> None:
    assert reviews.quorate(Decimal(6), Decimal(9), KNOWN)
    assert not reviews.quorate(Decimal(5), Decimal(9), KNOWN)
    assert reviews.quorate(None, Decimal(9), KNOWN)
