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
from zhiheng.monitoring.deviation import gaps
from zhiheng.monitoring.judgement import Judgement
from zhiheng.monitoring.lamp import Lamp, worst
from zhiheng.monitoring.policy import parse, shipped
from zhiheng.monitoring.wording import explain, note

JULY = date(2020, 7, 31)
POLICY = shipped()
OVER = 'over = { value = "red", zh = "超预算", en = "Above the budget", basis = "本市规定", status = "convention" }'
HEAD = '[policy]\nzh = "严"\nen = "Strict"\nextends = "national"\nbasis = "本市规定"\nstatus = "convention"\n'
STRICT = parse("strict.toml", f"{HEAD}[budget]\n{OVER}\n")
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
    if executed > budget:
        lamp = "yellow"
    found = judge_execution(D(budget), D(budget), D(executed), month_end(2020, month), POLICY)
    assert found.lamp == lamp
    assert (found.attainment, found.ratio) == (F(executed, budget), F(executed * 12, budget * month))


@pytest.mark.parametrize(
    ("initial", "budget", "executed", "note"),
    [
        (None, None, "0", "budget_missing"),
        (None, None, None, "budget_missing"),
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


@pytest.mark.parametrize(("initial", "note"), [(D(0), "zero_budget"), (None, "budget_missing")])
def test_spending_without_a_budget_is_said_and_never_on_course(initial: Decimal | None, note: str) -> None:
    """40万元 paid out of a budget of 0: no rate, and no lamp that reads as 正常."""
    found = judge_execution(initial, None, D(40), JULY, POLICY)
    assert (found.lamp, found.notes, found.attainment) == (Lamp.YELLOW, (note, "spent_without_budget"), None)
    assert any("40" in text for text in explain(found.steps)) and any("须说明" in text for text in explain(found.steps))
    assert worst((found.lamp, Lamp.GREEN)) is not Lamp.GREEN


def test_spending_above_the_budget_is_never_on_course() -> None:
    """111 of 100 by the year's end are ahead of the pace: yellow, not green; red by an office's own rule; 100 of 100 are green."""
    end = date(2020, 12, 31)
    assert judge_execution(D(100), None, D(111), end, POLICY).lamp is Lamp.YELLOW
    assert judge_execution(D(100), None, D(100), end, POLICY).lamp is Lamp.GREEN
    assert judge_execution(D(100), None, D(111), end, STRICT).lamp is Lamp.RED
    nothing_due = (milestones(2020, [(date(2020, 10, 31), D("0.3")), (date(2020, 12, 20), 1)]), JULY)
    assert judge_execution(D(100), None, D(111), nothing_due, POLICY).lamp is Lamp.YELLOW


def test_money_above_the_budget_is_not_said_to_lag() -> None:
    """The lamp of 120 % is red by that rule; beside a green goal nobody is told that the money lags, beside a red one that it is spent."""
    money = judge_execution(D(100), None, D(120), JULY, STRICT)
    assert not list(gaps(Judgement(Lamp.GREEN), money, STRICT))
    assert [one.code for one in gaps(Judgement(Lamp.RED), money, STRICT)] == ["money_ahead"]


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
