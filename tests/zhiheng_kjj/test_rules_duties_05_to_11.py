"""Rules of duties 5 to 11 against cases worked out by hand from the documents they name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhiheng_kjj.rules import academicians, contracts, cooperation, foreign_experts, information, novelty, party, supervision
from zhiheng_kjj.rules.known import in_force, parameters

IN_2020 = in_force(date(2020, 6, 30))


def test_an_academician_in_service_has_one_station_and_a_retired_one_three():
    assert academicians.station_limit(retired=False, known=IN_2020) == 1
    assert academicians.station_limit(retired=True, known=IN_2020) == 3


def test_ninety_days_at_the_station_are_enough():
    assert academicians.days_suffice(Decimal(90), IN_2020)
    assert not academicians.days_suffice(Decimal("89.5"), IN_2020)


def test_before_the_limit_was_set_nothing_is_limited():
    assert academicians.station_limit(retired=False, known=in_force(date(2018, 1, 1))) is None


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        (date(2020, 7, 1), date(2023, 7, 1), True),
        (date(2020, 7, 1), date(2023, 6, 30), False),
        (date(2020, 7, 1), date(2025, 7, 1), True),
        (date(2020, 7, 1), date(2025, 7, 2), False),
        (date(2020, 2, 29), date(2023, 3, 1), True),
        (date(2020, 2, 29), date(2023, 2, 28), False),
    ],
)
def test_an_agreement_runs_three_to_five_years(start: date, end: date, *, fits: bool):
    assert academicians.agreement_fits(start, end, IN_2020) is fits


@pytest.mark.parametrize(
    ("amount", "number", "record", "kind", "counts"),
    [
        (Decimal(1), "", "", "service", True),
        (Decimal(0), "", "", "service", False),
        (None, "", "", "development", False),
        (None, "2020371300000123", "", "development", True),
        (None, " ", " ", "training", False),
        (None, "", "2020年9月联合试制", "training", True),
        (None, "", "", "platform", True),
    ],
)
def test_cooperation_is_substantive_by_money_contract_platform_or_record(amount, number, record, kind, *, counts):
    assert cooperation.substantive(amount, number, record, kind) is counts


def test_points_rise_with_level_and_journal_and_an_unknown_level_is_an_error():
    table = {level: [information.points(level, journal, IN_2020) for journal in ("daily", "special", "instruction")] for level in LEVELS}
    assert all(row == sorted(row) and len(set(row)) == 3 for row in table.values())
    assert all(table["city"][n] < table["province"][n] < table["state"][n] for n in range(3))
    assert information.points("city", "", IN_2020) == information.points("city", "daily", IN_2020)
    with pytest.raises(KeyError):
        information.points("village", "daily", IN_2020)


LEVELS = ("city", "province", "state")


def test_an_office_may_set_its_own_points_but_no_unknown_key():
    own = in_force(date(2020, 1, 1), {"information.city_special": "8"})
    assert information.points("city", "special", own) == 8
    with pytest.raises(KeyError, match="information"):
        in_force(date(2020, 1, 1), {"information.nothing": "8"})


def test_more_time_holds_only_when_asked_for_before_the_due_day():
    first, later = date(2020, 6, 30), date(2020, 7, 31)
    assert supervision.due_day(first, date(2020, 6, 29), later) == later
    assert supervision.due_day(first, first, later) == first, "asked on the day itself is too late"
    assert supervision.due_day(first, None, later) == first
    assert supervision.due_day(first, date(2020, 6, 1), None) == first


def test_a_later_due_day_stands_only_with_a_request_in_time():
    first, later = date(2020, 6, 30), date(2020, 7, 31)
    assert supervision.extension_holds(first, later, date(2020, 6, 29))
    assert not supervision.extension_holds(first, later, first)
    assert not supervision.extension_holds(first, later, None)
    assert supervision.extension_holds(first, first, None)
    assert supervision.extension_holds(None, later, None)


@pytest.mark.parametrize(
    ("on", "paper"),
    [(date(2020, 6, 30), "assignment"), (date(2020, 7, 1), "reminder"), (date(2020, 7, 9), "reminder"), (date(2020, 7, 10), "notice")],
)
def test_the_ladder_goes_from_assignment_over_reminder_to_notice(on: date, paper: str):
    assert supervision.paper(date(2020, 6, 30), on, IN_2020) == paper


def test_near_is_the_last_five_days_and_the_day_itself():
    near = [day for day in range(20, 31) if supervision.near(date(2020, 6, 30), date(2020, 6, day), IN_2020)]
    assert near == [25, 26, 27, 28, 29, 30]
    assert not supervision.near(date(2020, 6, 30), date(2020, 7, 1), IN_2020)


def test_attendance_and_points_stay_within_their_whole():
    assert party.within(Decimal(18), Decimal(18))
    assert not party.within(Decimal(19), Decimal(18))
    assert party.within(None, Decimal(18))
    assert party.within(Decimal(19), None)


def test_material_is_of_the_year_in_which_the_system_closes():
    closes = date(2020, 11, 30)
    assert party.of_the_year(date(2020, 1, 1), closes)
    assert not party.of_the_year(date(2019, 12, 31), closes)
    assert not party.of_the_year(date(2020, 12, 1), closes)
    assert party.of_the_year(None, closes)


def test_days_in_china_of_the_double_hundred_plan():
    assert not foreign_experts.days_suffice("hundred_person", "long", Decimal(179), IN_2020)
    assert foreign_experts.days_suffice("hundred_person", "long", Decimal(180), IN_2020)
    assert not foreign_experts.days_suffice("hundred_team", "short", Decimal(59), IN_2020)
    assert foreign_experts.days_suffice("hundred_team", "short", Decimal(60), IN_2020)
    assert foreign_experts.days_suffice("rural", "short", Decimal(1), IN_2020)
    assert foreign_experts.days_suffice("hundred_person", "long", None, IN_2020)


def test_a_state_nominee_holds_the_provincial_award():
    assert not foreign_experts.may_be_nominated("state", holds_provincial=False)
    assert foreign_experts.may_be_nominated("state", holds_provincial=True)
    assert foreign_experts.may_be_nominated("provincial", holds_provincial=False)


def test_the_technology_amount_never_exceeds_the_total():
    assert contracts.technology_fits(Decimal(100), Decimal(100))
    assert not contracts.technology_fits(Decimal(100), Decimal("100.01"))
    assert not contracts.technology_fits(Decimal(100), Decimal(-1))
    assert contracts.technology_fits(Decimal(100), None)


@pytest.mark.parametrize(
    ("state", "cancelled", "fits"),
    [
        ("cancelled", date(2020, 12, 31), True),
        ("cancelled", date(2021, 1, 1), False),
        ("cancelled_later", date(2021, 1, 1), True),
        ("cancelled_later", date(2020, 12, 31), False),
        ("cancelled", None, False),
        ("registered", None, True),
        ("registered", date(2020, 12, 1), False),
    ],
)
def test_only_a_cancellation_in_the_year_of_registration_takes_the_contract_out_of_it(state: str, cancelled: date | None, *, fits: bool):
    assert contracts.state_fits(state, date(2020, 3, 1), cancelled) is fits


def test_searcher_and_auditor_are_two_people():
    assert not novelty.two_people("张 三", "张三")
    assert novelty.two_people("张三", "李四")
    assert novelty.two_people("张三", "")


def test_what_is_not_verified_is_not_called_law():
    for key, parameter in parameters().items():
        if parameter.status in ("convention", "unverified"):
            assert any(word in value.basis for value in parameter.values for word in ("默认", "凭记忆", "未核", "约定")), key
