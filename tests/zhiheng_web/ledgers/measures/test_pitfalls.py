"""Pitfalls of other performance systems that concern what entries amount to (docs: pitfalls, section 6), those not named in test_actuals.

Of 1 to 63 these do not apply to the measures: 7 (words that stand for nothing are refused where they are entered: tests of entering and of
values), 10 and 44 (no measure averages), 11 to 22 (rates by distance belong to the comparison of values), 53 (counts are shown, no
shares), 59, 61 and 62 (indicators have no children; what a register is bound to changes by an adjustment only), 63 (parts join by the
weakest, the first or all: test_actuals 6).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_web.ledgers.measures.ledger import Ledger, at, new_ledger, on
from tests.zhiheng_web.ledgers.measures.test_actuals import NOW, YEAR_END, done, of

from zhiheng_web.ledgers.actions.take_snapshot import take_snapshot
from zhiheng_web.ledgers.measures.actual import actuals, bases_of, months
from zhiheng_web.ledgers.measures.counting import end_of
from zhiheng_web.ledgers.measures.result import Reason, State
from zhiheng_web.ledgers.models import Binding
from zhiheng_web.ledgers.templatetags.ledgers import actual_badge
from zhiheng_web.organisation.models import Office, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger() -> Ledger:
    return new_ledger()


def by_month(binding: Binding) -> list[int]:
    (basis,) = bases_of([binding.basis.indicator_id])
    return [int(one.value or 0) for one in months(basis, 2020, NOW)]


def offices(ledger: Ledger) -> tuple[Office, Office]:
    unit = Unit.objects.create(department=ledger.department, code=ledger.department.code, name="市科技局")
    return Office.objects.create(unit=unit, code="1", name="法规科"), Office.objects.create(unit=unit, code="2", name="高新科")


@pytest.mark.parametrize("state", [State.WAITING, State.NOTHING_DUE, State.NOT_DUE, State.UNBOUND, State.NOT_ORGANISED, State.SHOWN])
def test_3_what_has_no_figure_is_neither_good_nor_bad(state: State) -> None:
    tone = actual_badge(state).split('class="badge ')[1].split('"')[0]
    assert tone not in ("good", "bad")


def test_31_37_the_target_is_the_years_and_no_sum_of_months(ledger: Ledger) -> None:
    """One firm in each of three months: three months with one, a year with one."""
    for month in (1, 2, 3):
        done(ledger, on(month, 5), organisation=ledger.organisations[0])
    binding = ledger.bind("flow", once_by="organisation", unit="家")
    assert by_month(binding) == [1] * 12
    assert of(binding, target="1家").state is State.MET
    assert of(binding, target="3家").state is State.MISSED


def test_33_a_value_that_falls_is_frozen_again_only_with_a_reason(ledger: Ledger) -> None:
    from tests.zhiheng_web.ledgers.measures.test_snapshots import keeper

    ledger.put({"happened_on": on(5, 1)}, {"happened_on": on(5, 1), "standing": "revoked", "known_from": at(2020, 9, 1)})
    binding = ledger.bind("flow")
    assert [of(binding, known=end_of(day)).value for day in (on(8, 31), on(9, 1))] == [1, 0]
    (first,) = take_snapshot(keeper(ledger), [binding.basis.indicator_id], YEAR_END, known=at(2020, 8, 1))
    (second,) = take_snapshot(keeper(ledger), [binding.basis.indicator_id], YEAR_END, "合同注销")
    assert (first.value["value"], second.value["value"], second.replaces_id, second.reason) == ("1", "0", first.pk, "合同注销")


def test_34_an_entry_handed_to_another_office_counts_once(ledger: Ledger) -> None:
    """Ten entries of one office, handed over in July; five more of the other: fifteen, not twenty-five."""
    before, after = offices(ledger)
    for _ in range(10):
        fields: dict[str, Any] = {"happened_on": on(3, 1)}
        ledger.put({**fields, "office": before}, {**fields, "office": after, "known_from": at(2020, 7, 1)})
    for _ in range(5):
        done(ledger, on(8, 1), office=after, known_from=at(2020, 8, 2))
    for measure in ("flow", "total", "coverage"):
        binding = ledger.bind(measure, counted_on="happened_on", column="quantity" if measure == "total" else "")
        part = of(binding).parts[0]
        assert part.counted == (15 if measure != "total" else 5), measure
    binding = ledger.bind("flow")
    assert [of(binding, known=end_of(day)).value for day in (on(6, 30), on(7, 1), on(8, 2))] == [10, 10, 15]


def test_56_a_register_that_another_department_counts_keeps_its_history(ledger: Ledger) -> None:
    """Department-level hand-over: the new department binds the old register; its past values are those the old department had."""
    for month in (2, 11):
        done(ledger, on(month, 1))
    old = ledger.bind("flow")
    receiving = new_ledger()
    receiving.count = 1000
    new = receiving.bind("flow", register=ledger.register)
    done(receiving, on(12, 1), register=receiving.register)
    assert new.basis.indicator.department_id != old.basis.indicator.department_id
    assert (by_month(old), by_month(new)) == ([0, *[1] * 9, 2, 2], [0, *[1] * 9, 2, 2])
    both = actuals([old.basis.indicator_id, new.basis.indicator_id], YEAR_END, NOW, {})
    assert {one.value for one in both.values()} == {Decimal(2)}


def test_35_a_month_without_entries_takes_nothing_and_gives_nothing(ledger: Ledger) -> None:
    for month, number in ((1, 3), (3, 4)):
        for _ in range(number):
            done(ledger, on(month, 9))
    assert by_month(ledger.bind("flow"))[:4] == [3, 3, 7, 7]


def test_38_several_entries_do_not_multiply_the_target(ledger: Ledger) -> None:
    for _ in range(3):
        done(ledger, on(5, 1))
    actual = of(ledger.bind("flow", unit="项"), target="4项")
    assert (actual.target, actual.state) == ("4项", State.MISSED)


def test_39_a_stock_holds_what_was_there_and_a_flow_does_not(ledger: Ledger) -> None:
    done(ledger, on(5, 1, 2018))
    done(ledger, on(5, 1))
    found = {measure: of(ledger.bind(measure)).value for measure in ("stock", "flow", "net")}
    assert found == {"stock": 2, "flow": 1, "net": 1}


def test_40_a_target_is_not_cut_to_the_part_of_the_year(ledger: Ledger) -> None:
    for _ in range(40):
        done(ledger, on(1, 5))
    binding = ledger.bind("stock", unit="家")
    assert of(binding, on(6, 30), target="80家").state is State.UNDER_WAY  # half of it by half of the year is not met
    assert of(binding, on(6, 30), target="40家").state is State.MET


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_41_the_latest_edition_is_the_same_in_whatever_order_they_came(ledger: Ledger, order: tuple[int, ...]) -> None:
    editions = [("快报", on(2, 1, 2021), "1"), ("初核", on(2, 20, 2021), "2"), ("终核", on(2, 20, 2021), "3")]
    for number in order:
        edition, day, figure = editions[number]
        ledger.put({"category": "share", "data_year": 2020, "quantity": Decimal(figure), "edition": edition, "decided_on": day})
    actual = of(ledger.bind("external", series="share", counted_on="decided_on"))
    assert (actual.value, actual.parts[0].extra["edition"]) == (Decimal(3), "终核")
    assert actual.parts[0].not_counted == {Reason.SUPERSEDED: 2}


def test_42_a_figure_corrected_counts_once_and_the_earlier_stays_readable(ledger: Ledger) -> None:
    first: dict[str, Any] = {"happened_on": on(4, 30), "quantity": Decimal(30)}
    ledger.put(first, {**first, "quantity": Decimal(25), "known_from": at(2020, 5, 20)})
    binding = ledger.bind("total", column="quantity")
    assert [of(binding, known=end_of(day)).value for day in (on(5, 19), on(5, 20))] == [30, 25]


def test_43_months_and_quarters_begin_with_the_calendar_year(ledger: Ledger) -> None:
    for month in range(1, 13):
        done(ledger, date(2020, month, 28))
    done(ledger, on(12, 31, 2019))
    monthly = of(ledger.bind("cadence", window="month", per_window=1)).parts[0]
    quarterly = of(ledger.bind("cadence", window="quarter", per_window=3)).parts[0]
    assert (monthly.number, monthly.extra["of"]) == (1, 12)
    assert (quarterly.number, quarterly.extra["windows"]) == (3, [3, 3, 3, 3])


def test_45_a_channel_that_began_in_the_year_is_judged_from_then(ledger: Ledger) -> None:
    from zhiheng_web.ledgers.models import Register

    other = Register.objects.create(department=ledger.department, code="channels", name_zh="载体", name_en="channels", definition={})
    channel = ledger.put({"register": other, "valid_from": on(9, 15)})
    for month in (10, 11, 12):
        ledger.put({"happened_on": on(month, 3), "about_id": channel})
    part = of(ledger.bind("cadence", window="month", per_window=1, groups=other)).parts[0]
    assert (part.number, part.extra["met"], part.extra["of"]) == (1, 3, 3)


def test_47_49_a_ratio_of_a_year_is_its_own_and_its_denominator_exact(ledger: Ledger) -> None:
    """Half of January's and half of February's: half of the year's, not the whole."""
    for month in (1, 2):
        for state in ("done", "open"):
            done(ledger, on(month, 20), state=state, done_on=on(month, 20) if state == "done" else None)
    binding = ledger.bind("coverage", counted_on="due_on", states=["done"])
    parts = [of(binding, day).parts[0] for day in (on(1, 31), YEAR_END)]
    assert [(part.numerator, part.denominator, part.number) for part in parts] == [(1, 2, 50), (2, 4, 50)]


def test_48_a_ratio_without_its_terms_is_no_figure_and_says_so(ledger: Ledger) -> None:
    ledger.put({"category": "share", "data_year": 2020, "numerator": Decimal(3), "edition": "公报", "decided_on": on(3, 1)})
    actual = of(ledger.bind("external", series="share", counted_on="decided_on"), target="34.6%")
    assert (actual.value, actual.state, actual.not_counted) == (None, State.WAITING, {Reason.NO_VALUE: 1})


def test_52_a_share_of_what_is_due_is_never_more_than_all_of_it(ledger: Ledger) -> None:
    for _ in range(3):
        done(ledger, on(5, 1), counts_as="one", done_on=on(5, 1))
    assert of(ledger.bind("coverage", counted_on="due_on", states=["done"])).value == 100


def test_58_the_counties_and_the_unknown_one_make_the_whole(ledger: Ledger) -> None:
    for county in ("371302", "371302", "371311", ""):
        done(ledger, on(5, 1), county=county)
    parts = [of(ledger.bind("flow", counties=[county])).value for county in ("371302", "371311", "")]
    assert (parts, of(ledger.bind("flow")).value) == ([2, 1, 1], 4)


def test_34_what_is_only_shown_beside_is_not_added_to_what_counts(ledger: Ledger) -> None:
    """Contracts and their amount are the same entries."""
    for _ in range(4):
        done(ledger, on(5, 1))
    done(ledger, on(5, 1), gap="evidence")
    basis = ledger.basis(ledger.indicator(), join="first")
    ledger.bind("flow", basis=basis, unit="项", position=1)
    binding = ledger.bind("total", basis=basis, unit="元", column="quantity", target="-", position=2)
    actual = of(binding, target="4项")
    assert (actual.counted, actual.recorded, actual.not_counted) == (4, 5, {Reason.EVIDENCE: 1})
    weakest = ledger.basis(ledger.indicator(), join="weakest")
    for target in ("3项", "9项"):
        last = ledger.bind("flow", basis=weakest, unit="项", target=target)
    assert (of(last).counted, of(last).recorded, of(last).state) == (4, 5, State.MISSED)


def test_what_was_done_on_the_first_day_of_the_year_was_left_over_by_the_year_before(ledger: Ledger) -> None:
    """Due in 2019: done on its last day it is 2019's; done on 1 January it is due and done in 2020; without `arrears` neither is."""
    for day in (on(12, 31, 2019), on(1, 1)):
        ledger.put({"due_on": on(11, 30, 2019), "done_on": day})
    fields: dict[str, Any] = {"counted_on": "due_on", "states": ["done"]}
    parts = [of(ledger.bind("coverage", arrears=arrears, **fields)).parts[0] for arrears in (True, False)]
    assert [(part.numerator, part.denominator) for part in parts] == [(1, 1), (0, 0)]
    assert [part.not_counted for part in parts] == [{Reason.PERIOD: 1}, {Reason.PERIOD: 2}]


def test_the_first_and_the_last_day_of_a_window_belong_to_it(ledger: Ledger) -> None:
    for day in (on(1, 31), on(2, 29), on(3, 1)):
        done(ledger, day)
    part = of(ledger.bind("cadence", window="month", per_window=1), on(3, 31)).parts[0]
    assert part.extra["windows"] == [1, 1, 1]
