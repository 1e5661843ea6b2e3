"""A route as an office edits it, and what one decision on it must carry.

:mod:`zhiheng.plan.procedure` says who may take which step from which state. Here stands what binds a person besides the role
(nobody approves what is his own), what a decision must carry, which offices have still to sign, and which routes are sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from zhiheng.plan.procedure import (
    DEFAULT_ROUTE,
    REQUIREMENTS,
    UNIT_ROUTE,
    Checkpoint,
    Grade,
    Outcome,
    Refused,
    Role,
    State,
    permitted,
    step,
)

Office = TypeVar("Office")

DECIDERS = frozenset(checkpoint.role for checkpoint in DEFAULT_ROUTE)
"""The roles that may stand in a route: who files, audits or administers decides nothing."""
LONGEST_DAYS = 90
LONGEST_ROUTE = 20


def default_route(kind: str) -> tuple[Checkpoint, ...]:
    """The route that tables of a kind (department, unit, project) start from."""
    return UNIT_ROUTE if kind == "unit" else DEFAULT_ROUTE


@dataclass(frozen=True, slots=True)
class Person:
    """What binds somebody at a circulating version besides the roles held: what is the person's own, what was decided before."""

    roles: frozenset[Role]
    submitted: bool = False
    proposed: bool = False
    decided: bool = False


def may_decide(code: str, state: State, checkpoint: Checkpoint | None, person: Person) -> Refused | None:
    """None if the person may take a deciding step (agree, return, block, approve) at the checkpoint, else why not.

    Nobody decides on what he submitted, nor on an adjustment he proposed, through whatever role; nobody decides twice in one
    circulation, unless the checkpoint says ``again``.
    """
    refused = permitted(code, state, person.roles, checkpoint)
    if refused is not None:
        return refused
    if person.submitted:
        return Refused("own_submission")
    if person.proposed:
        return Refused("own_proposal")
    if person.decided and not (checkpoint is not None and checkpoint.again):
        return Refused("decided_before")
    return None


def step_of(outcome: Outcome, last: bool) -> str:
    """The step that an outcome is: the last agreement is the 批复."""
    return "approve" if outcome is Outcome.AGREE and last else outcome.value


def needed(checkpoint: Checkpoint, outcome: Outcome, *, last: bool, grade: Grade | None = None) -> tuple[str, ...]:
    """The :data:`REQUIREMENTS` that a decision must carry, in the order of that table.

    Only agreement asks for what the checkpoint requires; where it grades, every outcome carries the grades; 良 that passes
    carries what is to be mended.
    """
    wanted = set(step(step_of(outcome, last)).requires)
    if outcome is Outcome.AGREE:
        wanted |= set(checkpoint.requires)
        if grade is Grade.GOOD:
            wanted.add("mend")
    if checkpoint.grades:
        wanted.add("grades")
    return tuple(word for word in REQUIREMENTS if word in wanted)


def outstanding(offices: Iterable[Office], signed: Iterable[Office]) -> frozenset[Office]:
    """The offices that hold duties and have not signed yet."""
    return frozenset(offices) - frozenset(signed)


def to_json(route: Sequence[Checkpoint]) -> list[dict[str, Any]]:
    """The route as a circulation keeps it, verbatim."""
    return [
        {
            "code": entry.code,
            "name_zh": entry.zh,
            "name_en": entry.en,
            "role": entry.role.value,
            "requires": list(entry.requires),
            "grades": entry.grades,
            "by_office": entry.by_office,
            "again": entry.again,
            "days": entry.days,
            "working_days": entry.working,
        }
        for entry in route
    ]


def from_json(data: Iterable[Mapping[str, Any]]) -> tuple[Checkpoint, ...]:
    """The route of :func:`to_json`."""
    return tuple(
        Checkpoint(
            entry["code"],
            entry["name_zh"],
            entry["name_en"],
            Role(entry["role"]),
            tuple(entry["requires"]),
            entry["grades"],
            entry["by_office"],
            entry["again"],
            entry["days"],
            entry["working_days"],
        )
        for entry in data
    )


def route_problems(kind: str, route: Sequence[Checkpoint]) -> tuple[Refused, ...]:
    """Why a route is not sound. A unit's route ends within the department; every other ends with finance."""
    if not route:
        return (Refused("route_empty"),)
    found = [Refused("route_long", (("most", str(LONGEST_ROUTE)),))] if len(route) > LONGEST_ROUTE else []
    for number, entry in enumerate(route, 1):
        found += [Refused(code, (("number", str(number)),)) for code in _faults(entry)]
    if len({entry.code for entry in route}) < len(route):
        found.append(Refused("route_code_twice"))
    outside = [entry.outside for entry in route]
    if outside != sorted(outside):
        found.append(Refused("route_back_inside"))
    if kind == "unit" and any(outside):
        found.append(Refused("route_unit_outside"))
    if kind != "unit" and not outside[-1]:
        found.append(Refused("route_without_finance"))
    return tuple(found)


def _faults(entry: Checkpoint) -> list[str]:
    """What is wrong with one checkpoint by itself."""
    faults = []
    if not entry.code or not entry.zh.strip() or not entry.en.strip():
        faults.append("checkpoint_unnamed")
    if entry.role not in DECIDERS:
        faults.append("checkpoint_role")
    if set(entry.requires) - set(REQUIREMENTS):
        faults.append("checkpoint_requirement")
    if entry.by_office and entry.role is not Role.SECTION_HEAD:
        faults.append("checkpoint_by_office")
    if entry.days is not None and not 1 <= entry.days <= LONGEST_DAYS:
        faults.append("checkpoint_days")
    return faults
