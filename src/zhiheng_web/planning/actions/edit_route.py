"""编辑审批流程: the checkpoints that a department's tables of a kind pass. What is under way keeps the route it started with."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F

from zhiheng.plan.procedure import FINANCE_ROLES, Checkpoint, Role
from zhiheng.plan.route import default_route, route_problems, to_json
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.circulation.refusing import refusal
from zhiheng_web.planning.circulation.standing import checkpoints_of
from zhiheng_web.planning.models import PerformanceTable, Route, RouteCheckpoint
from zhiheng_web.trail.action import Conflict, Done, Forbidden, Refusal, action
from zhiheng_web.wording import Text

DEPARTMENT = Text("该部门", "this department")


@action("planning.edit_route")
def edit_route(viewer: Viewer, department: UUID | None, kind: str, checkpoints: Sequence[Checkpoint], *, edits: int) -> Done[Route]:
    """Replace the route. ``department`` None: the installation's default. ``edits`` is the count of changes that was shown."""
    owner = Department.objects.filter(pk=department).first() if department else None
    if department is not None and owner is None or kind not in PerformanceTable.Kind.values:
        raise absent(DEPARTMENT)
    authorise(viewer, "planning.edit_route", Scope(department))
    route = Route.objects.select_for_update(of=("self",), no_key=True).filter(department=owner, kind=kind).first()
    if edits != (route.edits if route else 0):
        raise Conflict(
            "edited_since",
            Text(
                "您打开页面之后，别人改过这个流程，请重新查看后再改。", "Somebody changed this route after you opened the page; look again."
            ),
            {"edits": route.edits if route else 0},
        )
    before = checkpoints_of(route) if route else inherited(department, kind)
    problems = route_problems(kind, checkpoints)
    if problems:
        raise refusal(problems[0])
    own = editable_roles(viewer, department)
    if [entry for entry in before if entry.role not in own] != [entry for entry in checkpoints if entry.role not in own]:
        raise Forbidden("not_your_checkpoint", NOT_YOURS)
    if tuple(checkpoints) == before and route is not None:
        return Done(route, "planning.Route", str(route.pk), nothing=True)
    if route is None:
        name = f"{owner or '默认'}：{PerformanceTable.Kind(kind).label}"
        route = Route.objects.create(department=owner, kind=kind, name=name[:100])
    route.checkpoints.all().delete()
    RouteCheckpoint.objects.bulk_create(_row(route, position, entry) for position, entry in enumerate(checkpoints))
    Route.objects.filter(pk=route.pk).update(edits=F("edits") + 1)
    return Done(
        route,
        "planning.Route",
        str(route.pk),
        route.name,
        str(department or ""),
        details={"before": to_json(before), "after": to_json(checkpoints)},
    )


NOT_YOURS = Text(
    "部门只能改本部门的环节，财政只能改财政的环节。请保留另一方的环节不变。",
    "A department changes its own checkpoints and finance those outside. Leave the other side's as they are.",
)


def editable_roles(viewer: Viewer, department: UUID | None) -> frozenset[Role]:
    """The roles whose checkpoints the viewer may add, change and remove in a route: the department's own, or finance's."""
    held = viewer.roles_over(Scope(department))
    everything = frozenset(Role)
    own = (everything - FINANCE_ROLES) if Role.PERFORMANCE_OFFICER in held else frozenset()
    outside = FINANCE_ROLES if Role.FINANCE_PERFORMANCE in held else frozenset()
    return everything if department is None and outside else own | outside


def inherited(department: UUID | None, kind: str) -> tuple[Checkpoint, ...]:
    """The route of a kind where the department has none of its own: the installation's, else the library's default."""
    shared = Route.objects.filter(department=None, kind=kind).prefetch_related("checkpoints").first() if department else None
    return checkpoints_of(shared) if shared else default_route(kind)


def _row(route: Route, position: int, entry: Checkpoint) -> RouteCheckpoint:
    requires = " ".join(entry.requires)
    if len(requires) > RouteCheckpoint._meta.get_field("requires").max_length:
        raise Refusal("route_long", Text("一个环节的要求太多。", "A checkpoint asks for too much."))
    return RouteCheckpoint(
        route=route,
        position=position,
        code=entry.code,
        name_zh=entry.zh,
        name_en=entry.en,
        role=entry.role.value,
        requires=requires,
        grades=entry.grades,
        by_office=entry.by_office,
        again=entry.again,
        days=entry.days,
        working_days=entry.working,
    )
