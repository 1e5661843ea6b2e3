"""An indicator from its entries: which reading holds, how it stands, what is missing stays different from zero (pitfalls 1 to 63)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.zhiheng_web.ledgers.measures.ledger import EARLY, Ledger, at, new_ledger, on

from zhiheng.plan.procedure import Role
from zhiheng_web.ledgers.actions.confirm_circumstance import confirm_circumstance
from zhiheng_web.ledgers.actions.decide_circumstance import decide_circumstance
from zhiheng_web.ledgers.measures.actual import actuals, actuals_of_bases, bases_of, months
from zhiheng_web.ledgers.measures.behind import entries_behind, shared
from zhiheng_web.ledgers.measures.counting import end_of
from zhiheng_web.ledgers.measures.result import Actual, Reason, State
from zhiheng_web.ledgers.models import Binding
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Held, Viewer
from zhiheng_web.planning.models import IndicatorRow
from zhiheng_web.trail.action import Forbidden, Invalid, Refusal

pytestmark = pytest.mark.django_db
YEAR_END = on(12, 31)
NOW = at(2021, 3, 1)


@pytest.fixture
def ledger() -> Ledger:
    return new_ledger()


def of(binding: Binding, upto: date = YEAR_END, target: str = "", direction: str = "", basis: str = "", known: Any = NOW) -> Actual:
    """The actual of a binding's indicator against a target."""
    indicator = binding.basis.indicator_id
    row = IndicatorRow(indicator_id=indicator, name="登记数", target_text=target, direction=direction, counting_basis=basis, position=1)
    return actuals([indicator], upto, known, {indicator: row} if target or basis else {})[indicator]


def done(ledger: Ledger, day: date, **more: Any) -> None:
    ledger.put({"happened_on": day, "due_on": day, "valid_from": day, "quantity": Decimal(1), **more})


# --- zero, missing, state


def test_1_zero_is_a_value(ledger: Ledger) -> None:
    actual = of(ledger.bind("flow", unit="项"), target="4项")
    assert (actual.value, actual.state, actual.shown.zh) == (Decimal(0), State.MISSED, "0项")


def test_2_no_statistic_is_waiting_and_not_zero(ledger: Ledger) -> None:
    ledger.put({"category": "share", "data_year": 2019, "quantity": Decimal("33.6"), "edition": "公报", "decided_on": on(3, 1)})
    actual = of(ledger.bind("external", series="share", counted_on="decided_on", unit="%"), target="34.6%")
    assert (actual.value, actual.state) == (None, State.WAITING)
    assert actual.parts[0].extra["latest"]["number"] == Decimal("33.6")


def test_4_8_nothing_due_is_no_denominator(ledger: Ledger) -> None:
    done(ledger, on(5, 1), state="excused")
    actual = of(ledger.bind("coverage", counted_on="due_on", states=["done"], excused=["excused"]), target="应审尽审")
    assert (actual.value, actual.state, actual.shown.zh) == (None, State.NOTHING_DUE, "无应办事项")


def test_5_before_the_years_end_a_target_is_under_way(ledger: Ledger) -> None:
    done(ledger, on(2, 29))
    binding = ledger.bind("flow", unit="项")
    assert [of(binding, day, "2项").state for day in (on(6, 30), on(12, 30), YEAR_END)] == [State.UNDER_WAY, State.UNDER_WAY, State.MISSED]
    assert of(binding, on(2, 29), "1项").state is State.MET
    assert of(ledger.bind("cadence", window="quarter", per_window=1), on(2, 29), "每季度1次").state is State.NOT_DUE


def test_a_ceiling_that_is_passed_is_missed_at_once_and_kept_when_the_year_is_over(ledger: Ledger) -> None:
    """What was counted does not become less by the year's end: nothing is under way any more once it is passed, and until the last day
    nobody knows that it is kept. A level may still come down.
    """
    for day in (on(2, 1), on(3, 1), on(4, 1)):
        done(ledger, day)
    flow, gap = ledger.bind("flow", unit="起"), ledger.bind("cadence", longest_gap=40)
    passed = [of(flow, day, "≤2起", "falling").state for day in (on(3, 1), on(4, 1), YEAR_END)]
    assert passed == [State.UNDER_WAY, State.MISSED, State.MISSED]
    kept = [of(flow, day, "不超过3起", "falling").state for day in (on(4, 1), on(12, 30), YEAR_END)]
    assert kept == [State.UNDER_WAY, State.UNDER_WAY, State.MET]
    assert [of(gap, day, "2周/次").state for day in (on(1, 10), on(6, 30))] == [State.MET, State.MISSED]
    stock = ledger.bind("stock", unit="项", counted_on="valid_from")
    assert of(stock, on(6, 30), "≤2项", "falling").state is State.UNDER_WAY


def test_6_a_part_that_is_missing_is_not_outweighed(ledger: Ledger) -> None:
    indicator = ledger.indicator()
    basis = ledger.basis(indicator, join="weakest")
    done(ledger, on(5, 1))
    ledger.bind("flow", basis=basis, unit="项", target="1项", position=1)
    ledger.bind("external", basis=basis, series="share", target="30%", position=2)
    actual = actuals([indicator], YEAR_END, NOW, {})[indicator.pk]
    assert [part.state for part in actual.parts] == [State.MET, State.WAITING]
    assert (actual.state, actual.decisive) == (State.WAITING, 1)


def test_unbound_is_said(ledger: Ledger) -> None:
    indicator = ledger.indicator()
    assert actuals([indicator], YEAR_END, NOW, {})[indicator.pk].state is State.UNBOUND


# --- what was decided instead of a figure


def viewer(ledger: Ledger, role: Role, name: str, when: Any) -> Viewer:
    account, _ = Account.objects.get_or_create(username=name, defaults={"name": name})
    return Viewer(account, (Held(role, ledger.department.pk),), at=when)


def test_9_not_organised_needs_a_second_person_and_is_known_from_then(ledger: Ledger) -> None:
    binding = ledger.bind("flow", unit="家")
    officer = viewer(ledger, Role.PERFORMANCE_OFFICER, "officer", at(2020, 11, 1))
    indicator = binding.basis.indicator_id
    with pytest.raises(Invalid):
        decide_circumstance(officer, indicator, 2020, "not_organised", "省厅未组织申报", "")
    made = decide_circumstance(officer, indicator, 2020, "not_organised", "省厅未组织申报", "鲁科函〔2020〕5号")
    assert of(binding, target="3家").state is State.MISSED
    with pytest.raises(Refusal):
        confirm_circumstance(viewer(ledger, Role.SECTION_HEAD, "officer", at(2020, 11, 2)), made.pk)
    with pytest.raises(Forbidden):
        confirm_circumstance(viewer(ledger, Role.AUDITOR, "auditor", at(2020, 11, 2)), made.pk)
    confirm_circumstance(viewer(ledger, Role.HEAD, "head", at(2020, 11, 2)), made.pk)
    after, before = of(binding, target="3家"), of(binding, target="3家", known=end_of(on(11, 1)))
    assert (after.state, after.value, after.circumstance) == (State.NOT_ORGANISED, None, "省厅未组织申报")
    assert (before.state, before.value) == (State.MISSED, Decimal(0))
    decide_circumstance(
        viewer(ledger, Role.PERFORMANCE_OFFICER, "officer", at(2020, 12, 1)), indicator, 2020, "not_applicable", "取消", "文"
    )
    assert of(binding, known=end_of(on(11, 20)), target="3家").state is State.NOT_ORGANISED


# --- targets


def test_23_28_the_target_decides_at_its_bound(ledger: Ledger) -> None:
    for number in range(3):
        done(ledger, on(5, number + 1))
    binding = ledger.bind("flow", unit="项")
    answers = {text: of(binding, target=text).state for text in ("3项", "4项", "≥3项", "≤3项", "<3项", "3项以上", "完成", "另行确定")}
    assert answers == {
        "3项": State.MET, "4项": State.MISSED, "≥3项": State.MET, "≤3项": State.MET, "<3项": State.MISSED, "3项以上": State.MET,
        "完成": State.MET, "另行确定": State.JUDGE,
    }  # fmt: skip


def test_50_units_are_converted_and_nothing_is_rounded(ledger: Ledger) -> None:
    for text in ("129050.0001", "70949.9998"):
        done(ledger, on(5, 1), quantity=Decimal(text))
    binding = ledger.bind("total", column="quantity", unit="万㎡", scale=Decimal("0.0001"))
    actual = of(binding, target="20万平方米")
    assert (actual.value, actual.state) == (Decimal("19.99999999"), State.MISSED)
    done(ledger, on(5, 2), quantity=Decimal("0.0001"))
    assert of(binding, target="20万平方米").state is State.MET


def test_46_ratios_are_compared_by_their_terms(ledger: Ledger) -> None:
    """One third is more than 0.333333, though both are shown as 33.33 %."""
    for category, over, under in (("city", 1, 3), ("province", 333_333, 1_000_000)):
        ledger.put(
            {"category": category, "data_year": 2020, "numerator": Decimal(over), "denominator": Decimal(under), "edition": "公报",
             "decided_on": on(10, 1)}
        )  # fmt: skip
    binding = ledger.bind("external", series="city", benchmark="province", counted_on="decided_on")
    assert of(binding, target="达到全省平均水平").state is State.MET
    ledger.put(
        {
            "category": "province",
            "data_year": 2020,
            "numerator": Decimal(2),
            "denominator": Decimal(5),
            "edition": "初步",
            "decided_on": on(11, 1),
        }
    )
    assert of(binding, target="达到全省平均水平").state is State.MET  # the benchmark of another edition is not compared


def test_51_a_coverage_counts_each_item_once_above_and_below(ledger: Ledger) -> None:
    for counts_as, state in (("a", "done"), ("a", "done"), ("b", "open"), ("c", "done")):
        done(ledger, on(5, 1), counts_as=counts_as, state=state, done_on=on(5, 1))
    binding = ledger.bind("coverage", counted_on="due_on", states=["done"])
    part = of(binding, target="应审尽审").parts[0]
    assert (part.numerator, part.denominator, part.state) == (Decimal(2), Decimal(3), State.MISSED)
    assert of(binding, target="66%").state is State.MET
    assert of(binding, target="≥66.67%").state is State.MISSED
    assert of(binding, target="66%").shown.zh == "66.67%（2/3）"


# --- time


def test_32_36_a_late_entry_changes_the_month_it_belongs_to_and_not_what_was_known(ledger: Ledger) -> None:
    done(ledger, on(3, 5))
    done(ledger, on(2, 5), known_from=at(2020, 9, 1))
    binding = ledger.bind("flow", unit="项")
    (basis,) = bases_of([binding.basis.indicator_id])
    assert [int(one.value or 0) for one in months(basis, 2020, NOW)] == [0, 1, *[2] * 10]
    assert [int(one.value or 0) for one in months(basis, 2020, end_of(on(8, 31)))] == [0, 0, *[1] * 10]


def test_30_stock_is_not_the_sum_of_months(ledger: Ledger) -> None:
    for month in (1, 4, 9):
        done(ledger, on(month, 1), valid_until=on(7, 1) if month == 4 else None)
    (basis,) = bases_of([ledger.bind("stock").basis.indicator_id])
    assert [int(one.value or 0) for one in months(basis, 2020, NOW)] == [1, 1, 1, 2, 2, 2, 1, 1, 2, 2, 2, 2]


def test_57_net_is_its_own_explanation(ledger: Ledger) -> None:
    """Two at the beginning; one expires, one is revoked, three come new and one moves in: 2 − 2 + 4."""
    start, later = on(5, 1, 2018), on(6, 1)
    ledger.put({"valid_from": start, "valid_until": on(5, 1), "state": "valid"})
    ledger.put({"valid_from": start, "valid_until": on(8, 1), "state": "revoked"})
    for number in range(4):
        ledger.put({"valid_from": later, "state": "valid", "category": "moved_in" if number == 0 else "new"})
    part = of(ledger.bind("net", states=["valid", "revoked"], unit="家"), target="净增2家").parts[0]
    assert (part.number, part.state) == (Decimal(2), State.MET)
    assert part.extra == {"opening": 2, "closing": 4, "moved_in": 1, "new": 3, "revoked": 1, "moved_out": 0, "expired": 1}


def test_known_on_a_day_means_the_end_of_that_day_in_china(ledger: Ledger) -> None:
    done(ledger, on(12, 20), known_from=at(2020, 12, 31, 16))  # midnight of 1 January in China
    binding = ledger.bind("flow")
    assert of(binding, known=end_of(on(12, 31))).value == 0
    assert of(binding, known=end_of(on(1, 1, 2021))).value == 1


# --- double counting


def test_54_55_a_firm_of_two_indicators_counts_once_in_the_total(ledger: Ledger) -> None:
    for number, state in enumerate(("a", "a", "b", "b")):
        done(ledger, on(5, 1), organisation=ledger.organisations[(0, 1, 1, 2)[number]], state=state)
    first, second = ledger.bind("flow", states=["a"]), ledger.bind("stock", states=["b"])
    found = shared([first.basis.indicator_id, second.basis.indicator_id], YEAR_END, NOW)
    assert found.total == 3
    assert found.several == {ledger.organisations[1].pk: {first.basis.indicator_id, second.basis.indicator_id}}


def test_57_60_the_total_is_what_the_list_shows(ledger: Ledger) -> None:
    done(ledger, on(5, 1))
    done(ledger, on(5, 2), gap="evidence")
    done(ledger, on(5, 3), standing="submitted")
    ledger.put({"happened_on": on(5, 4)}, {"happened_on": on(5, 4), "standing": "revoked", "known_from": at(2020, 8, 1)})
    binding = ledger.bind("flow")
    assert sorted(str(one.reason) for one in entries_behind(binding, YEAR_END, NOW)) == ["None", "evidence", "pending", "revoked"]
    actual = of(binding)
    assert (actual.counted, actual.recorded, actual.not_counted[Reason.EVIDENCE]) == (1, 2, 1)
    assert of(binding, known=at(2020, 7, 1)).counted == 2


# --- readings and cost


def test_the_reading_is_that_of_the_target_and_the_others_stay_visible(ledger: Ledger) -> None:
    for number in range(4):
        done(ledger, on(5, 1), organisation=ledger.organisations[number % 2])
    first = ledger.bind("flow", unit="次")
    other = ledger.bind("flow", basis=ledger.basis(first.basis.indicator, "firms", default=False), once_by="organisation", unit="家")
    assert (of(first, target="4").value, of(other, target="4", basis="firms").value) == (Decimal(4), Decimal(2))
    readings = actuals_of_bases([first.basis.indicator_id], YEAR_END, NOW, {})[first.basis.indicator_id]
    assert {code: actual.value for code, actual in readings.items()} == {"usual": Decimal(4), "firms": Decimal(2)}


def test_two_figures_stand_beside_each_other(ledger: Ledger) -> None:
    for number in range(4):
        done(ledger, on(5, 1), organisation=ledger.organisations[number % 2])
    basis = ledger.basis(ledger.indicator(), join="first")
    ledger.bind("flow", basis=basis, unit="次", position=1)
    binding = ledger.bind("flow", basis=basis, unit="家", once_by="organisation", target="-", position=2)
    actual = of(binding, target="4次")
    assert (actual.state, actual.shown.zh, actual.parts[1].state) == (State.MET, "4次；2家", State.SHOWN)


def test_cadence_is_judged_by_its_worst_window_and_its_longest_gap(ledger: Ledger) -> None:
    for month in range(1, 13):
        for _ in range(7 if month == 6 else 8):
            done(ledger, on(month, 2))
    binding = ledger.bind("cadence", window="month", per_window=8, unit="篇/月")
    part = of(binding, target="每月8篇").parts[0]
    assert (part.number, part.extra["met"], part.extra["of"], part.state) == (Decimal(7), 11, 12, State.MISSED)
    assert of(binding, target="每月7篇").state is State.MET
    gap = of(ledger.bind("cadence", longest_gap=14), target="2周/次").parts[0]
    assert (gap.number, gap.state) == (Decimal(31), State.MISSED)


def test_101_statements_do_not_grow_with_indicators(ledger: Ledger) -> None:
    def queries(bindings: list[Binding]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            actuals([binding.basis.indicator_id for binding in bindings], YEAR_END, NOW)
        return len(captured)

    done(ledger, on(5, 1), known_from=EARLY)
    few = [ledger.bind(measure, series="x") for measure in ("flow", "stock", "coverage", "external", "cadence", "net")]
    first = queries(few)
    many = few + [ledger.bind(measure, series="x") for measure in ("flow", "stock", "coverage", "external", "cadence", "net") * 5]
    assert queries(many) == first
