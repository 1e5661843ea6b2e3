"""Where a version stands on its route: the checkpoint that decides, who has decided, which offices have still to sign.

Actions and queries ask here, so that what a page offers and what an action allows are one answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from zhiheng.plan.procedure import Checkpoint, Outcome, Refused, Role, State
from zhiheng.plan.route import Person, default_route, from_json, may_decide, outstanding, step_of
from zhiheng_web.organisation.calendar import add_days
from zhiheng_web.organisation.models import RoleAssignment
from zhiheng_web.organisation.viewer import Held, Scope, Viewer
from zhiheng_web.planning.models import Circulation, Decision, DutyHolding, DutyRow, PerformanceTable, Route, SignOff, TableVersion

WITHDRAWN = "withdraw"
"""The outcome of a decision row that records a withdrawal."""
WHOLE = None
"""Stands for the duties that no single office holds: signed by the head of the whole unit."""


@dataclass(frozen=True)
class Standing:
    """A version with its latest circulation (None: it never travelled), decisions, and the offices that hold its duties."""

    version: TableVersion
    circulation: Circulation | None
    decisions: tuple[Decision, ...]
    holders: frozenset[UUID | None]
    signed: frozenset[UUID | None]

    @cached_property
    def route(self) -> tuple[Checkpoint, ...]:
        """The checkpoints of the circulation, as they were at submission."""
        return from_json(self.circulation.checkpoints) if self.circulation else ()

    @property
    def position(self) -> int | None:
        """The index of the checkpoint that decides now."""
        return self.circulation.position if self.circulation and self.circulation.ended_at is None else None

    @property
    def checkpoint(self) -> Checkpoint | None:
        """The checkpoint that decides now."""
        return None if self.position is None else self.route[self.position]

    @property
    def last(self) -> bool:
        """Whether the checkpoint that decides now is the last one."""
        return self.position is not None and self.position + 1 == len(self.route)

    @property
    def turn(self) -> int:
        """What a form sends back, so that a decision on something older is a conflict."""
        return self.circulation.turn if self.circulation else 0

    @property
    def scope(self) -> Scope:
        """Where the version belongs, with all offices that hold its duties."""
        unit = self.version.table.unit
        return Scope(unit.department_id, unit.pk, frozenset(office for office in self.holders if office is not None))

    @property
    def unsigned(self) -> frozenset[UUID | None]:
        """The offices that have still to sign, at a checkpoint that every office signs."""
        return outstanding(self.holders, self.signed) if self.checkpoint is not None and self.checkpoint.by_office else frozenset()

    def signs_for(self, viewer: Viewer) -> frozenset[UUID | None]:
        """The offices for which the viewer would sign now: a head of the whole unit signs for all that are left."""
        if self.checkpoint is None or not self.checkpoint.by_office:
            return frozenset()
        held = [entry for entry in self.held_here(viewer) if entry.lent_by not in self.barred]
        if any(entry.office is None for entry in held):
            return self.unsigned
        return self.unsigned & {entry.office for entry in held}

    @property
    def proposer(self) -> UUID | None:
        """Who proposed the adjustment; None for any other version."""
        return self.version.created_by_id if self.version.purpose == TableVersion.Purpose.ADJUSTMENT else None

    @property
    def barred(self) -> frozenset[UUID]:
        """Who decides nothing here, neither himself nor by a role that he lent: the sender and the proposer."""
        sender = self.circulation.submitted_by_id if self.circulation else None
        return frozenset({sender, self.proposer} - {None})

    def held_here(self, viewer: Viewer) -> list[Held]:
        """The viewer's assignments that reach the checkpoint at which the version stands."""
        return [entry for entry in viewer.bounds([self.checkpoint.role]) if entry.covers(self.scope)] if self.checkpoint else []

    def person(self, viewer: Viewer) -> Person:
        """What binds the viewer here: roles over the version, and what is his own or the lender's whose role he has."""
        account = viewer.account.pk if viewer.account else None
        lenders = {entry.lent_by for entry in self.held_here(viewer)}
        own = {account} | (lenders if lenders and lenders <= self.barred else set())
        return Person(
            viewer.roles_over(self.scope),
            submitted=self.circulation is not None and self.circulation.submitted_by_id in own,
            proposed=self.proposer is not None and self.proposer in own,
            decided=any(row.decided_by_id == account and row.outcome != WITHDRAWN for row in self.decisions),
        )

    def refused(self, viewer: Viewer, outcome: Outcome) -> Refused | None:
        """Why the viewer may not decide so now; None if he may."""
        return may_decide(step_of(outcome, self.last), State(self.version.state), self.checkpoint, self.person(viewer))

    def waits_for(self, viewer: Viewer) -> bool:
        """Whether the version waits for the viewer's decision."""
        if self.checkpoint is None or self.refused(viewer, Outcome.AGREE) is not None:
            return False
        return not self.checkpoint.by_office or bool(self.signs_for(viewer))


def standing(version: TableVersion, *, lock: bool = False) -> Standing:
    """Where a version stands. Five queries at most. ``lock`` holds its circulation until the transaction ends."""
    runs = Circulation.objects.select_related("submitted_by").order_by("-submitted_at")
    if lock:
        runs = runs.select_for_update(of=("self",), no_key=True)
    return standings([version], {row.version_id: row for row in runs.filter(version=version)[:1]})[version.pk]


def standings(
    versions: Sequence[TableVersion], circulations: dict[UUID, Circulation], *, offices: Callable[[Circulation], bool] | None = None
) -> dict[UUID, Standing]:
    """Where each of several versions stands: the same number of queries for any number of them.

    ``offices`` tells for which the offices that hold the duties are looked up; None: for all.
    """
    runs = [row.pk for row in circulations.values()]
    decisions: dict[UUID, list[Decision]] = {}
    for row in Decision.objects.filter(circulation__in=runs).select_related("decided_by").order_by("turn"):
        decisions.setdefault(row.circulation_id, []).append(row)
    signed: dict[tuple[UUID, str], set[UUID | None]] = {}
    for run, code, office in SignOff.objects.filter(circulation__in=runs).values_list("circulation", "checkpoint_code", "office"):
        signed.setdefault((run, code), set()).add(office)
    wanted = [row for row in versions if offices is None or (row.pk in circulations and offices(circulations[row.pk]))]
    holders = holders_of(wanted) if wanted else {}
    found = {}
    for version in versions:
        ran = circulations.get(version.pk)
        at = ran.checkpoints[ran.position]["code"] if ran is not None and ran.position is not None else ""
        found[version.pk] = Standing(
            version,
            ran,
            tuple(decisions.get(ran.pk, ())) if ran else (),
            holders.get(version.pk, frozenset()),
            frozenset(signed.get((ran.pk, at), ())) if ran else frozenset(),
        )
    return found


def holders_of(versions: Iterable[TableVersion]) -> dict[UUID, frozenset[UUID | None]]:
    """The offices that hold the duties of each version now, or in a past year on its last day. Two queries.

    A unit's table is signed within the unit, a project's by the office that answers for the project. :data:`WHOLE` stands for
    duties that no single office of those holds, and for a version without duties.
    """
    tables = {version.pk: version.table for version in versions}
    duties: dict[UUID, set[UUID]] = {pk: set() for pk in tables}
    for version, duty in DutyRow.objects.filter(version__in=list(tables)).values_list("version", "duty"):
        duties[version].add(duty)
    holdings: dict[UUID, list[DutyHolding]] = {}
    for row in DutyHolding.objects.filter(duty__in=set().union(*duties.values())):
        holdings.setdefault(row.duty_id, []).append(row)
    return {pk: _holders(table, [holdings.get(duty, []) for duty in duties[pk]]) for pk, table in tables.items()}


def _holders(table: PerformanceTable, duties: Iterable[Sequence[DutyHolding]]) -> frozenset[UUID | None]:
    if table.kind == PerformanceTable.Kind.PROJECT and table.project is not None:
        return frozenset({table.project.office_id})
    day, offices = _day_in(table.year), set()
    for holdings in duties:
        held = next((row for row in holdings if row.since <= day and (row.until is None or row.until > day)), None)
        elsewhere = held is None or (table.kind == PerformanceTable.Kind.UNIT and held.unit_id != table.unit_id)
        offices.add(WHOLE if elsewhere else held.office_id)
    return frozenset(offices or {WHOLE})


def _day_in(year: int) -> date:
    return min(max(timezone.localdate(), date(year, 1, 1)), date(year, 12, 31))


def route_for(table: PerformanceTable) -> tuple[Checkpoint, ...]:
    """The route that a table takes: its department's, else the installation's, else the library's default. At most two queries."""
    found = Route.objects.filter(Q(department=table.unit.department_id) | Q(department=None), kind=table.kind)
    own = sorted(found.prefetch_related("checkpoints"), key=lambda route: route.department_id is None)
    return checkpoints_of(own[0]) if own else default_route(table.kind)


def checkpoints_of(route: Route) -> tuple[Checkpoint, ...]:
    """The checkpoints of a route as the library's values."""
    return tuple(
        Checkpoint(
            row.code,
            row.name_zh,
            row.name_en,
            Role(row.role),
            tuple(row.requires.split()),
            row.grades,
            row.by_office,
            row.again,
            row.days,
            row.working_days,
        )
        for row in route.checkpoints.all()
    )


def due_on(checkpoint: Checkpoint, reached: date) -> date | None:
    """The day by which a checkpoint decides that was reached on ``reached``."""
    return None if checkpoint.days is None else add_days(reached, checkpoint.days, checkpoint.working)


def deciders(roles: Iterable[Role], scope: Scope, day: date, barred: Iterable[UUID | None] = ()) -> dict[Role, frozenset[UUID]]:
    """The active accounts that hold each of ``roles`` over ``scope`` on ``day``, but ``barred`` and by what they lent. One query."""
    excluded = set(barred) - {None}
    wanted = list(roles)
    rows = RoleAssignment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), since__lte=day, role__in=[role.value for role in wanted], account__is_active=True
    )
    found: dict[Role, set[UUID]] = {role: set() for role in wanted}
    for row in rows:
        if row.account_id in excluded or row.delegated_by_id in excluded:
            continue
        if Held(Role(row.role), row.department_id, row.unit_id, row.office_id).covers(scope):
            found[Role(row.role)].add(row.account_id)
    return {role: frozenset(accounts) for role, accounts in found.items()}
