"""The checks that a register declares: what each refuses, keeps from counting, or warns of, against days and counts worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.zhiheng_web.ledgers.entering.conftest import CONTRACTS, at, declare, words

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.actions.correct_entry import correct_entry
from zhiheng_web.ledgers.actions.record_entries import record_entries
from zhiheng_web.ledgers.actions.record_entry import record_entry
from zhiheng_web.ledgers.definition import Check
from zhiheng_web.ledgers.entering.cells import Fault
from zhiheng_web.ledgers.entering.rules import RULES, Facts, register_rule
from zhiheng_web.ledgers.models import EntryVersion, Register
from zhiheng_web.ledgers.queries.entering import warnings_of
from zhiheng_web.ledgers.writing import Draft
from zhiheng_web.organisation.models import CalendarDay
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Invalid, Refusal
from zhiheng_web.uscc import made_up

LATER = datetime(2020, 6, 30, tzinfo=UTC)


def with_check(organisation: Demonstrated, kind: Any, effect: Any = "refuse", **more: Any) -> Register:
    check = Check("checked", kind, "请核对。", "Check it.", effect=effect, **more)
    return declare(organisation, replace(CONTRACTS, code=f"with_{kind}_{effect}", checks=(check,)))


def faults(viewer: Viewer, register: Register, **given: str) -> set[str]:
    """The columns that are refused; empty if it is recorded."""
    try:
        record_entry(viewer, register.pk, words(**given))
    except Invalid as refusal:
        return set(refusal.fields)
    return set()


@pytest.mark.parametrize(
    ("received", "done", "passes"),
    [
        ("2020-06-01", "2020-06-08", True),
        ("2020-06-01", "2020-06-09", False),
        ("2020-06-05", "2020-06-12", True),
        ("2020-06-06", "2020-06-12", True),
    ],
)
def test_within_five_working_days(organisation: Demonstrated, filler: Viewer, received: str, done: str, passes: bool) -> None:
    """Monday 1 June + 5 working days = Monday 8; Friday 5 + 5 = Friday 12; Saturday 6 + 5 = Friday 12."""
    register = with_check(organisation, "within", columns=("received_on", "done_on"), days=5, working=True)
    assert faults(filler, register, received_on=received, done_on=done) == (set() if passes else {"done_on"})


def test_the_calendar_moves_working_days(organisation: Demonstrated, filler: Viewer) -> None:
    CalendarDay.objects.create(day="2020-06-03", working=False, name="假日")
    register = with_check(organisation, "within", columns=("received_on", "done_on"), days=5, working=True)
    assert faults(filler, register, done_on="2020-06-09") == set()


def test_within_natural_days(organisation: Demonstrated, filler: Viewer) -> None:
    register = with_check(organisation, "within", columns=("received_on", "done_on"), days=5)
    assert faults(filler, register, done_on="2020-06-07") == {"done_on"}
    assert faults(filler, register, done_on="2020-06-06") == set()


def test_order_may_forbid_the_same_day(organisation: Demonstrated, filler: Viewer) -> None:
    strict = with_check(organisation, "order", columns=("received_on", "happened_on", "done_on"), strict=True)
    assert faults(filler, strict, done_on="2020-06-01") == {"done_on"}
    assert faults(filler, strict, done_on="2020-06-02") == set()


def test_together(organisation: Demonstrated, filler: Viewer) -> None:
    register = with_check(organisation, "together", columns=("amount", "category"))
    assert faults(filler, register, amount="3") == {"amount"}
    assert faults(filler, register, number="000002", amount="3", category="dev") == set()
    assert faults(filler, register, number="000003") == set()


def test_range_of_a_quantity_and_of_the_year(organisation: Demonstrated, filler: Viewer) -> None:
    register = with_check(organisation, "range", columns=("quantity",), least="1", most="100.5")
    assert [faults(filler, register, number=f"00000{n}", quantity=q) for n, q in enumerate(("0.9", "1", "100.5", "100.6", ""))] == [
        {"quantity"}, set(), set(), {"quantity"}, set(),
    ]  # fmt: skip
    this_year = Check("y", "range", "不在本年度。", "Not this year.", columns=("happened_on",), least="year", most="year")
    year = declare(organisation, replace(CONTRACTS, code="year", checks=(this_year,)))
    assert faults(filler, year, happened_on="2019-12-31") == {"happened_on"}
    assert faults(filler, year, happened_on="2020-01-01") == set()


def test_a_limit_counts_open_entries_and_the_batch_itself(organisation: Demonstrated, filler: Viewer) -> None:
    register = with_check(organisation, "limit", columns=("category",), per=("organisation",), states=("received",), most="2")
    firm = {"organisation": made_up(1), "organisation_name": "甲公司"}
    with pytest.raises(Invalid) as told:
        record_entries(filler, register.pk, [words(f"00000{n}", **firm) for n in range(3)])
    assert set(told.value.fields) == {"3.category"}
    record_entries(filler, register.pk, [words(f"00000{n}", **firm) for n in range(2)])
    assert faults(filler, register, number="000009", **firm) == {"category"}
    assert faults(filler, register, number="000009", organisation=made_up(2), organisation_name="乙公司") == set()
    first = EntryVersion.objects.get(number="000000")
    correct_entry(filler, first.entry_id, {"title": "仍在限额内"}, reason="笔误")


def test_same_as_the_entry_it_is_about(organisation: Demonstrated, filler: Viewer) -> None:
    register = with_check(organisation, "same", columns=("received_on", "received_on"))
    other = replace(CONTRACTS, code="contracts", checks=())
    source = declare(organisation, other)
    record_entry(filler, source.pk, words("000001", received_on="2020-05-01"))
    assert faults(filler, register, number="000002", about="000001", received_on="2020-05-02") == {"received_on"}
    assert faults(filler, register, number="000002", about="000001", received_on="2020-05-01") == set()


def test_an_uncounted_check_is_the_gap_until_it_passes(organisation: Demonstrated, filler: Viewer) -> None:
    register = with_check(organisation, "range", "uncounted", columns=("quantity",), least="10")
    made = record_entry(filler, register.pk, words(quantity="3"))
    assert made.gap == "checked"
    assert correct_entry(filler, made.entry_id, {"quantity": "12"}, reason="补录").gap == ""


def test_a_warning_is_shown_and_stored(organisation: Demonstrated, filler: Viewer) -> None:
    register = with_check(organisation, "range", "warn", columns=("quantity",), least="10")
    made = record_entry(filler, register.pk, words(quantity="3", received_on="2019-12-20"))
    told: list[Fault] = warnings_of(filler, made)
    assert {fault.code for fault in told} == {"checked", "other_year"} and made.gap == ""


def test_a_rule_of_a_pack_is_asked_once_for_many(organisation: Demonstrated, filler: Viewer) -> None:
    asked: list[int] = []

    def even(drafts: Sequence[Draft], check: Check, facts: Facts) -> list[bool]:
        asked.append(len(drafts))
        return [int(draft.values["number"]) % 2 == 0 for draft in drafts]

    register_rule("test.even", even)
    try:
        register = with_check(organisation, "rule", columns=("number",), rule="test.even")
        with pytest.raises(Invalid) as told:
            record_entries(filler, register.pk, [words(f"{n:06d}") for n in range(4)])
        assert set(told.value.fields) == {"2.number", "4.number"} and asked == [4]
        with pytest.raises(ValueError, match=r"test\.even"):
            register_rule("test.even", lambda drafts, check, facts: [True] * len(drafts))
    finally:
        RULES.pop("test.even")
    with pytest.raises(Refusal) as missing:
        record_entry(filler, register.pk, words("000002"))
    assert missing.value.code == "no_rule"


@pytest.mark.parametrize("kind", ["within", "limit", "same", "range", "order", "together"])
def test_no_check_asks_once_a_row(organisation: Demonstrated, filler: Viewer, kind: str) -> None:
    more: dict[str, Any] = {"columns": ("received_on", "done_on"), "days": 9, "working": True, "per": ("organisation",), "most": "99999"}
    register = with_check(organisation, kind, "warn", **more)
    counts = []
    for first, n in ((0, 50), (1000, 400)):
        rows = [words(f"{k:06d}", done_on="2020-06-05", organisation=made_up(k), organisation_name="甲") for k in range(first, first + n)]
        with CaptureQueriesContext(connection) as seen:
            record_entries(at(filler, LATER), register.pk, rows)
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 4
