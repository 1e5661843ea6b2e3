"""预算执行进度: rules 2.3 and pitfall 88 (a budget of 0, a budget cut in the year, spending above it)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.monitoring.budget import judge_execution
from zhiheng.monitoring.curve import milestones, month_end
from zhiheng.monitoring.lamp import Lamp
from zhiheng.monitoring.policy import shipped
from zhiheng.monitoring.wording import explain, note

JULY = date(2020, 7, 31)
POLICY = shipped()
D, F = Decimal, Fraction


@pytest.mark.parametrize(
    ("executed", "lamp"),
    [("0", "red"), ("34.99", "red"), ("35", "yellow"), ("46.66", "yellow"), ("46.67", "green"), ("58", "green"), ("99", "green")],
)
def test_the_lamps_of_spending(executed: str, lamp: str) -> None:
    """Of 100, 58.33 are due by July: 60 % of that is 35, 80 % is 46.666…; spending has no blue."""
    assert judge_execution(D(100), None, D(executed), JULY, POLICY).lamp == lamp


@given(budget=st.integers(1, 10**9), executed=st.integers(0, 10**9), month=st.integers(1, 12))
def test_against_the_rule_in_integers(budget: int, executed: int, month: int) -> None:
    crosswise = executed * 12 * 100
    lamp = "green" if crosswise >= 80 * budget * month else "yellow" if crosswise >= 60 * budget * month else "red"
    found = judge_execution(D(budget), D(budget), D(executed), month_end(2020, month), POLICY)
    assert found.lamp == lamp
    assert (found.attainment, found.ratio) == (F(executed, budget), F(executed * 12, budget * month))


@pytest.mark.parametrize(
    ("initial", "budget", "executed", "note"),
    [
        (None, None, "5", "budget_missing"),
        ("0", None, "0", "zero_budget"),
        ("100", "0", None, "zero_budget"),
        ("100", None, None, "executed_missing"),
        ("-1", None, "0", "negative_amount"),
        ("100", "-1", "0", "negative_amount"),
        ("100", None, "-5", "negative_amount"),
    ],
)
def test_what_has_no_rate_never_divides(initial: str | None, budget: str | None, executed: str | None, note: str) -> None:
    amounts = [D(text) if text is not None else None for text in (initial, budget, executed)]
    found = judge_execution(amounts[0], amounts[1], amounts[2], JULY, POLICY)
    assert found.lamp is Lamp.NONE
    assert note in found.notes
    assert (found.ratio, found.attainment) == (None, None)
    assert all("{" not in text for text in (*explain(found.steps), *explain(found.steps, "en")))


def test_spending_without_a_budget_is_said() -> None:
    assert judge_execution(D(0), None, D(3), JULY, POLICY).notes == ("zero_budget", "spent_without_budget")


@pytest.mark.parametrize(
    ("initial", "budget", "code", "word"), [("100", "80", "budget_cut", "调减"), ("80", "100", "budget_raised", "调增")]
)
def test_a_budget_changed_in_the_year_counts_as_adjusted(initial: str, budget: str, code: str, word: str) -> None:
    found = judge_execution(D(initial), D(budget), D(40), JULY, POLICY)
    assert found.notes == (code,)
    assert found.attainment == F(40, int(budget))
    assert word in explain(found.steps)[0]


def test_more_than_the_budget_is_shown_as_it_is() -> None:
    """Cut to 50 after 60 were spent: 120 %, not 100 %."""
    found = judge_execution(D(100), D(50), D(60), JULY, POLICY)
    assert found.attainment == F(6, 5)
    assert found.notes == ("budget_cut", "overspent")
    assert any("须说明" in text for text in explain(found.steps))


def test_payments_may_have_a_curve_of_their_own() -> None:
    curve = milestones(2020, [(date(2020, 10, 31), D("0.3")), (date(2020, 12, 20), 1)])
    before = judge_execution(D(100), None, D(0), (curve, JULY), POLICY)
    assert (before.lamp, before.notes) == (Lamp.NONE, ("not_begun",))
    after = judge_execution(D(100), None, D(20), (curve, date(2020, 11, 1)), POLICY)
    assert (after.lamp, after.due) == (Lamp.YELLOW, D(30))


def test_every_note_is_worded() -> None:
    for code in ("budget_cut", "budget_raised", "overspent", "zero_budget", "spent_without_budget", "executed_missing"):
        assert note(code) != f"note.{code}" != note(code, "en")
