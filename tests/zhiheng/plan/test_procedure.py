"""Who may take which step from which state, by brute force over every role, state, step and checkpoint, against the issue's table."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.plan.procedure import (
    DEFAULT_ROUTE,
    EDITABLE,
    FROZEN,
    REQUIREMENTS,
    STEPS,
    UNIT_ROUTE,
    Checkpoint,
    Grade,
    Outcome,
    Role,
    State,
    consequence,
    decided,
    permitted,
    step,
)
from zhiheng.plan.route import DECIDERS, Person, from_json, may_decide, needed, outstanding, route_problems, step_of, to_json

FILLER, HEAD_OF_SECTION, OFFICER = Role.FILLER, Role.SECTION_HEAD, Role.PERFORMANCE_OFFICER
OPEN = {State.DRAFT, State.RETURNED}
# Written by hand from the issue: step → (roles, states). None: the role of the checkpoint; the state where it is said only here.
EXPECTED: dict[str, tuple[set[Role] | None, set[State]]] = {
    "edit": ({FILLER, HEAD_OF_SECTION, OFFICER}, OPEN),
    "weigh": ({OFFICER}, OPEN),
    "divide": ({OFFICER}, OPEN),
    "reply": ({FILLER, HEAD_OF_SECTION, OFFICER}, OPEN),
    "submit": ({FILLER, OFFICER}, OPEN),
    "withdraw": ({FILLER, OFFICER}, {State.CIRCULATING}),
    "adjust": ({FILLER, HEAD_OF_SECTION, OFFICER}, {State.APPROVED}),
    "agree": (None, {State.CIRCULATING}),
    "return": (None, {State.CIRCULATING}),
    "approve": (None, {State.CIRCULATING}),
    "block": (None, {State.CIRCULATING}),
}


def test_every_role_state_step_and_checkpoint_comes_out_as_the_table_says() -> None:
    count = 0
    for code, (roles, states) in EXPECTED.items():
        for role, state, checkpoint in itertools.product(Role, State, DEFAULT_ROUTE):
            wanted = {checkpoint.role} if roles is None else roles
            if code == "block" and checkpoint.role not in (Role.FINANCE_BUSINESS, Role.FINANCE_PERFORMANCE):
                wanted = set()
            allowed = permitted(code, state, frozenset({role}), checkpoint) is None
            assert allowed == (role in wanted and state in states), (code, role, state, checkpoint.code)
            count += 1
    assert count == len(EXPECTED) * len(Role) * len(State) * len(DEFAULT_ROUTE)


def test_no_step_leads_out_of_a_frozen_version_but_those_on_what_is_in_force() -> None:
    for entry, state in itertools.product(STEPS, FROZEN):
        if entry.before and permitted(entry.code, state, frozenset(Role), DEFAULT_ROUTE[-1]) is None:
            assert state is State.APPROVED
            assert entry.after in (None, State.DRAFT)
    assert not EDITABLE & FROZEN


@pytest.mark.parametrize("route", [DEFAULT_ROUTE, UNIT_ROUTE])
def test_where_a_version_stands_after_every_outcome_at_every_checkpoint(route: tuple[Checkpoint, ...]) -> None:
    for position, outcome in itertools.product(range(len(route)), Outcome):
        moved = decided(route, position, outcome)
        if outcome is Outcome.BLOCK:
            assert (moved.state, moved.position) == (State.BLOCKED, None)
        elif outcome is Outcome.RETURN:
            assert (moved.state, moved.position) == (State.RETURNED, None)
        elif position == len(route) - 1:
            assert (moved.state, moved.position) == (State.APPROVED, None)
        else:
            assert (moved.state, moved.position) == (State.CIRCULATING, position + 1)


@given(st.lists(st.sampled_from(list(Outcome)), max_size=12))
def test_any_run_of_outcomes_is_approved_only_by_every_checkpoint_in_order(outcomes: list[Outcome]) -> None:
    state, position, agreed = State.CIRCULATING, 0, 0
    for outcome in outcomes:
        if position is None:
            break
        moved = decided(DEFAULT_ROUTE, position, outcome)
        agreed += outcome is Outcome.AGREE
        state, position = moved.state, moved.position  # type: ignore[assignment]
        assert (position is None) == (state is not State.CIRCULATING)
    assert (state is State.APPROVED) == (agreed == len(DEFAULT_ROUTE))


def test_nobody_decides_on_what_is_his_own_or_twice_whatever_roles_he_holds() -> None:
    everything = frozenset(Role)
    for checkpoint, code, own in itertools.product(DEFAULT_ROUTE, ("agree", "return"), itertools.product((True, False), repeat=3)):
        submitted, proposed, before = own
        refused = may_decide(code, State.CIRCULATING, checkpoint, Person(everything, submitted, proposed, before))
        assert (refused is None) == (not any(own))
    again = Checkpoint("x", "甲", "x", Role.HEAD, again=True)
    assert may_decide("agree", State.CIRCULATING, again, Person(everything, decided=True)) is None
    assert may_decide("agree", State.CIRCULATING, again, Person(everything, submitted=True, decided=True)) is not None


def test_what_a_decision_carries() -> None:
    by_code = {entry.code: entry for entry in DEFAULT_ROUTE}
    assert needed(by_code["leader"], Outcome.AGREE, last=False) == ()
    assert needed(by_code["leader"], Outcome.RETURN, last=False) == ("opinion",)
    assert needed(by_code["performance"], Outcome.AGREE, last=False) == ("weights",)
    assert needed(by_code["performance"], Outcome.RETURN, last=False) == ("opinion",)
    assert needed(by_code["meeting"], Outcome.AGREE, last=False) == ("minutes",)
    assert set(needed(by_code["finance_business"], Outcome.AGREE, last=False)) == {"opinion", "grades"}
    assert set(needed(by_code["finance_business"], Outcome.AGREE, last=False, grade=Grade.GOOD)) == {"opinion", "grades", "mend"}
    assert set(needed(by_code["finance_business"], Outcome.BLOCK, last=False)) == {"opinion", "grades"}
    assert set(needed(by_code["finance_performance"], Outcome.AGREE, last=True)) == {"weights", "document"}
    assert "document" in needed(Checkpoint("x", "甲", "x", Role.HEAD), Outcome.AGREE, last=True)
    assert step_of(Outcome.AGREE, last=True) == "approve"
    assert {word for entry in (*DEFAULT_ROUTE, *UNIT_ROUTE) for word in entry.requires} <= set(REQUIREMENTS)


def test_the_grades_have_the_consequences_of_the_regulation() -> None:
    assert [consequence(grade) for grade in (Grade.EXCELLENT, Grade.GOOD, Grade.FAIR, Grade.POOR)] == [
        Outcome.AGREE, Outcome.AGREE, Outcome.RETURN, Outcome.BLOCK,
    ]  # fmt: skip


def test_the_shipped_routes_are_sound_and_come_back_equal() -> None:
    assert (
        route_problems("department", DEFAULT_ROUTE) == route_problems("project", DEFAULT_ROUTE) == route_problems("unit", UNIT_ROUTE) == ()
    )
    assert from_json(to_json(DEFAULT_ROUTE)) == DEFAULT_ROUTE
    assert from_json(to_json(UNIT_ROUTE)) == UNIT_ROUTE
    assert {entry.code for entry in DEFAULT_ROUTE if not entry.outside} == {"section", "performance", "leader", "meeting", "head"}
    assert not any(entry.outside for entry in UNIT_ROUTE)


@pytest.mark.parametrize(
    ("kind", "route", "code"),
    [
        ("department", (), "route_empty"),
        ("department", DEFAULT_ROUTE[:5], "route_without_finance"),
        ("unit", DEFAULT_ROUTE, "route_unit_outside"),
        ("department", (*DEFAULT_ROUTE[5:], *DEFAULT_ROUTE[:5]), "route_back_inside"),
        ("department", (DEFAULT_ROUTE[0], *DEFAULT_ROUTE), "route_code_twice"),
        ("unit", (Checkpoint("a", "甲", "a", Role.AUDITOR),), "checkpoint_role"),
        ("unit", (Checkpoint("a", "甲", "a", Role.FILLER),), "checkpoint_role"),
        ("unit", (Checkpoint("a", "甲", " ", Role.HEAD),), "checkpoint_unnamed"),
        ("unit", (Checkpoint("a", "甲", "a", Role.HEAD, by_office=True),), "checkpoint_by_office"),
        ("unit", (Checkpoint("a", "甲", "a", Role.HEAD, ("nonsense",)),), "checkpoint_requirement"),
        ("unit", (Checkpoint("a", "甲", "a", Role.HEAD, days=0),), "checkpoint_days"),
        ("unit", tuple(Checkpoint(str(n), "甲", "a", Role.HEAD) for n in range(21)), "route_long"),
    ],
)
def test_an_unsound_route_is_named(kind: str, route: tuple[Checkpoint, ...], code: str) -> None:
    assert code in [problem.code for problem in route_problems(kind, route)]


def test_who_files_audits_or_administers_decides_nothing() -> None:
    assert DECIDERS.isdisjoint({Role.FILLER, Role.AUDITOR, Role.DISCIPLINE, Role.AGENCY, Role.SYSTEM_ADMINISTRATOR})
    for entry in STEPS:
        assert not {Role.AUDITOR, Role.DISCIPLINE, Role.AGENCY, Role.SYSTEM_ADMINISTRATOR} & set(entry.roles)


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_offices_outstanding(held: set[int], signed: set[int]) -> None:
    assert all((office in outstanding(held, signed)) == (office in held and office not in signed) for office in range(10))


def test_unknown_steps_are_the_callers_mistake() -> None:
    with pytest.raises(KeyError):
        step("nonsense")
