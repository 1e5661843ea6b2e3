"""The routes that a viewer may edit, each as its tables travel it now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhiheng.plan.procedure import REQUIREMENTS, ROLE_NAMES, Checkpoint, Role
from zhiheng.plan.route import DECIDERS
from zhiheng_web.organisation.authority import absent, authorise, within
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.actions.edit_route import DEPARTMENT, editable_roles, inherited
from zhiheng_web.planning.circulation.standing import checkpoints_of
from zhiheng_web.planning.models import PerformanceTable, Route
from zhiheng_web.planning.policies import ROUTE_EDITORS
from zhiheng_web.wording import Text

KINDS: dict[str, Text] = {
    PerformanceTable.Kind.DEPARTMENT: Text("部门整体绩效目标表", "Tables of departments"),
    PerformanceTable.Kind.UNIT: Text("单位整体绩效目标表", "Tables of units"),
    PerformanceTable.Kind.PROJECT: Text("项目支出绩效目标表", "Tables of projects"),
}
CARRIED = ("opinion", "minutes", "document", "weights")
"""What a checkpoint may be told to ask for; the rest follows from the step."""


@dataclass(frozen=True)
class RoutePage:
    """One route with the choices of its editor. ``own`` tells that the department has a route of its own."""

    departments: list[Department]
    department: Department | None
    kind: str
    checkpoints: tuple[Checkpoint, ...]
    edits: int
    own: bool
    editable: frozenset[Role]

    @property
    def rows(self) -> list[tuple[int, Checkpoint, bool]]:
        """Each checkpoint with its place and whether the viewer may change it."""
        return [(number, entry, entry.role in self.editable) for number, entry in enumerate(self.checkpoints, 1)]

    @property
    def roles(self) -> list[tuple[str, Text]]:
        """The roles that the viewer may put into the route."""
        return [(role.value, Text(*names)) for role, names in ROLE_NAMES.items() if role in DECIDERS & self.editable]

    @property
    def requirements(self) -> list[tuple[str, Text]]:
        """What a checkpoint may ask for."""
        return [(word, Text(*REQUIREMENTS[word])) for word in CARRIED]


def route_page(viewer: Viewer, department: UUID | None, kind: str) -> RoutePage:
    """The route of a department (None: the first that the viewer may edit, or the installation's)."""
    bounds = viewer.bounds(ROUTE_EDITORS)
    departments = list(Department.objects.filter(within(bounds, "pk", "units"), kind=Department.Kind.DEPARTMENT).distinct())
    everywhere = any(held.department is None and held.unit is None and held.office is None for held in bounds)
    chosen = next((row for row in departments if row.pk == department), None)
    if department is None and not everywhere and departments:
        chosen = departments[0]
    if department is not None and chosen is None or kind not in KINDS:
        raise absent(DEPARTMENT)
    pk = chosen.pk if chosen else None
    authorise(viewer, "planning.edit_route", Scope(pk))
    route = Route.objects.filter(department=chosen, kind=kind).prefetch_related("checkpoints").first()
    checkpoints = checkpoints_of(route) if route else inherited(pk, kind)
    return RoutePage(departments, chosen, kind, checkpoints, route.edits if route else 0, route is not None, editable_roles(viewer, pk))
