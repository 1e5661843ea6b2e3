"""Authority: how a policy table is asked. Every app has its own table in ``policies.py``; nothing else says who may do what.

A policy table maps the trail name of an action (or the name of a query) to the roles that may do it. Where a checkpoint of
a route decides, the role comes from the route (see planning.policies). The generated table of who may do what in
docs/permissions.md is made from these tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from zhiheng.plan.procedure import ROLE_NAMES, Role
from zhiheng_web.organisation.viewer import Held, Scope, Viewer
from zhiheng_web.trail.action import Absent, Forbidden
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Grant:
    """Who may do one thing: ``roles`` that must cover the object's scope. ``own`` tells that everybody may do it to what is theirs."""

    roles: frozenset[Role]
    text: Text
    own: bool = False


Policies = Mapping[str, Grant]
ALL_POLICIES: dict[str, Grant] = {}
"""Every grant of every app by name."""


def policies(table: Policies) -> Policies:
    """Register an app's table. A name stands once."""
    for name, grant in table.items():
        if name in ALL_POLICIES:
            raise ValueError(f"two policies for {name}")
        ALL_POLICIES[name] = grant
    return table


def may(viewer: Viewer, name: str, scope: Scope | None) -> bool:
    """Whether the viewer may do ``name`` to something of ``scope`` (None: to anything at all, as for a menu entry)."""
    grant = ALL_POLICIES[name]
    return viewer.account is not None and (grant.own or viewer.holds(grant.roles, scope))


def allowed(name: str) -> Callable[[Viewer], bool]:
    """Whether a viewer may do ``name`` at all: what a menu entry asks."""
    return lambda viewer: may(viewer, name, None)


def authorise(viewer: Viewer, name: str, scope: Scope) -> None:
    """Go on if the viewer may, else :class:`Forbidden` with who may."""
    if not may(viewer, name, scope):
        grant = ALL_POLICIES[name]
        roles = sorted(grant.roles)
        names = Text("、".join(ROLE_NAMES[role][0] for role in roles), ", ".join(ROLE_NAMES[role][1] for role in roles))
        raise Forbidden(
            "not_permitted",
            Text("您没有“{what}”的权限；可由{who}办理。", "You may not do this: {what}. It is for: {who}.").with_(
                what=grant.text, who=names
            ),
        )


def within(held: Iterable[Held], department: str = "department", unit: str = "unit", office: str = "", reporter: str = "") -> Q:
    """What a query filters by so that it gives only rows within these assignments.

    The arguments are the paths from the queried model to its department, unit, office and reporting unit; '' where it has none: an
    assignment bound to one then shows nothing.
    """
    found = Q(pk__in=[])
    for entry in held:
        if entry.reporter is not None:
            found |= Q(**{reporter: entry.reporter}) if reporter else Q(pk__in=[])
        elif entry.office is not None:
            found |= Q(**{office: entry.office}) if office else Q(pk__in=[])
        elif entry.unit is not None:
            found |= Q(**{unit: entry.unit})
        elif entry.department is not None:
            found |= Q(**{department: entry.department})
        else:
            return Q(pk__isnull=False)  # an empty Q would vanish when it is joined to another by OR
    return found


def absent(what: Text) -> Absent:
    """The answer for an object that the viewer may not know of, the same as for one that is not there."""
    return Absent("absent", Text("没有找到{what}，或者您无权查看。", "{what} was not found, or you may not see it.").with_(what=what))


def authorise_menu(viewer: Viewer, name: str) -> None:
    """Go on if the viewer may do ``name`` to anything at all: asked by a page whose rows the query bounds."""
    if not may(viewer, name, None):
        authorise(viewer, name, Scope())
