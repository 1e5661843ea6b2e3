"""Viewer: who is asking, with the roles in force today and their scope. Every action and query takes one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from zhiheng.plan.procedure import Role
from zhiheng_web.organisation.models import Account, RoleAssignment
from zhiheng_web.trail.actor import Actor


@dataclass(frozen=True, slots=True)
class Scope:
    """Where something belongs: its department, unit, the offices that answer for it and, in ledgers, the reporting unit that entered it."""

    department: UUID | None = None
    unit: UUID | None = None
    offices: frozenset[UUID] = frozenset()
    reporter: UUID | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One role in force with its bounds; None is no bound. ``place`` is the department's name, ``lent_by`` who lent it (代理)."""

    role: Role
    department: UUID | None = None
    unit: UUID | None = None
    office: UUID | None = None
    reporter: UUID | None = None
    place: str = field(default="", compare=False)
    lent_by: UUID | None = field(default=None, compare=False)

    def covers(self, scope: Scope) -> bool:
        """Whether something of that scope lies within the bounds."""
        if self.reporter is not None:
            return self.reporter == scope.reporter
        if self.office is not None:
            return self.office in scope.offices
        if self.unit is not None:
            return self.unit == scope.unit
        return self.department is None or self.department == scope.department


@dataclass(frozen=True)
class Viewer:
    """An account with what it holds. ``account`` None: nobody has signed in."""

    account: Account | None
    held: tuple[Held, ...] = ()
    address: str = ""
    api_scopes: frozenset[str] | None = None
    at: datetime | None = None
    """The instant of what is done where it is not the present: a year that is entered afterwards, as in the demonstration."""

    def now(self) -> datetime:
        """The instant of what this viewer does."""
        return self.at or timezone.now()

    def today(self) -> date:
        """The day of it in China."""
        return timezone.localtime(self.now()).date()

    @property
    def roles(self) -> frozenset[Role]:
        """All roles held anywhere."""
        return frozenset(held.role for held in self.held)

    def roles_over(self, scope: Scope) -> frozenset[Role]:
        """The roles held over something."""
        return frozenset(held.role for held in self.held if held.covers(scope))

    def holds(self, roles: Iterable[Role], scope: Scope | None = None) -> bool:
        """Whether one of ``roles`` is held, over ``scope`` if given."""
        wanted = frozenset(roles)
        return any(held.role in wanted and (scope is None or held.covers(scope)) for held in self.held)

    def bounds(self, roles: Iterable[Role]) -> tuple[Held, ...]:
        """The assignments of these roles: what a query filters by."""
        wanted = frozenset(roles)
        return tuple(held for held in self.held if held.role in wanted)

    @cached_property
    def where(self) -> str:
        """The department the viewer works in, for the frame of a page; '' where roles cover several."""
        places = {held.department: held.place for held in self.held if held.department}
        return next(iter(places.values())) if len(places) == 1 else ""

    @property
    def actor(self) -> Actor:
        """Who the trail names."""
        if self.account is None:
            return Actor("", "", self.address, self.at)
        return Actor(str(self.account.pk), self.account.name, self.address, self.at)


def viewer_of(account: Account, today: date, address: str = "", api_scopes: frozenset[str] | None = None) -> Viewer:
    """The viewer for an account: the roles in force on ``today``. One query."""
    in_force = RoleAssignment.objects.filter(Q(until__isnull=True) | Q(until__gt=today), account=account, since__lte=today)
    named = in_force.select_related("department", "unit__department", "office__unit__department", "reporter__department")
    held = tuple(held_by(row) for row in named.order_by("role", "pk"))
    return Viewer(account, held, address, api_scopes)


def held_by(row: RoleAssignment) -> Held:
    """The assignment with its bounds; what an office or unit belongs to is filled in."""
    unit = row.office.unit if row.office else row.unit
    department = row.reporter.department if row.reporter else unit.department if unit else row.department
    bounds = (department.pk, unit.pk if unit else None, row.office_id, row.reporter_id) if department else (None, None, None, None)
    return Held(Role(row.role), *bounds, place=department.name if department else "", lent_by=row.delegated_by_id)
