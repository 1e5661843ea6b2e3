"""Routes, duties and who holds them, deadlines, the calendar, departments and units."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from zhiheng.plan.procedure import Checkpoint
from zhiheng_web.api import more_inputs as inputs
from zhiheng_web.api import shapes
from zhiheng_web.api.entrance import READ, STEPS, answers, results
from zhiheng_web.api.inputs import Code, Year
from zhiheng_web.api.reviewing_shapes import CheckpointShape
from zhiheng_web.api.told import Known, MaybeKnown
from zhiheng_web.api.work import task_shape
from zhiheng_web.organisation.authority import absent, authorise, authorise_menu
from zhiheng_web.organisation.models import Office, Unit
from zhiheng_web.organisation.queries.calendar import year_seen
from zhiheng_web.organisation.viewer import Scope
from zhiheng_web.planning.actions.edit_route import edit_route
from zhiheng_web.planning.actions.merge_offices import merge_offices
from zhiheng_web.planning.actions.transfer_duty import transfer_duty
from zhiheng_web.planning.policies import visible_units
from zhiheng_web.planning.queries.duties import duties_seen, taking_units
from zhiheng_web.planning.queries.routes import route_page
from zhiheng_web.tasks.actions.keep_deadline import keep_deadline
from zhiheng_web.tasks.queries import deadlines as deadlines_of
from zhiheng_web.tasks.queries import departments_of
from zhiheng_web.tasks.worklist import overdue
from zhiheng_web.wording import Text

router = Router(tags=["设置 Arrangements"], auth=STEPS)
MADE = results(shapes.MadeShape)
UNIT, OFFICE, DEPARTMENT = Text("该单位", "this unit"), Text("该科室", "this office"), Text("该部门", "this department")


class RouteShape(Schema):
    """A route; ``own``: the department has one of its own. ``edits`` goes back with a change."""

    department: MaybeKnown
    kind: str
    checkpoints: list[CheckpointShape]
    edits: int
    own: bool


class HoldingShape(Schema):
    """Who answered for a duty from when until when, by which document."""

    unit: Known
    office: MaybeKnown
    since: date
    until: date | None
    document: str


class DutyShape(Schema):
    """A duty with who held it, the last first."""

    id: UUID
    code: str
    name: str
    department: Known
    holdings: list[HoldingShape] = Field(alias="held")


class DeadlineShape(Schema):
    """A deadline: a fixed day, or days from the step's beginning; ``department`` null: for all."""

    id: UUID
    department: MaybeKnown
    year: int
    step: str
    due_on: date | None
    days: int | None
    working_days: bool
    basis: str


class DayShape(Schema):
    """A day that the calendar names."""

    day: date
    working: bool
    name: str
    source: str


class YearShape(Schema):
    """A year of the calendar. ``known``: its arrangement was taken over."""

    year: int
    known: bool
    working_days: int
    named: list[DayShape]


@router.get("/units", response=answers(list[shapes.UnitShape]), auth=READ, operation_id="units", summary="Units 单位")
def units(request: HttpRequest) -> Any:
    """The units whose goals or money the caller may see, with their departments."""
    found = visible_units(request.viewer).select_related("department").order_by("code", "pk")
    return [
        {"id": row.pk, "code": row.code, "name": row.name, "department": {"id": row.department_id, "name": str(row.department)}}
        for row in found
    ]


@router.get("/routes/{kind}", response=answers(RouteShape), auth=READ, operation_id="route", summary="A route 流转路线")
def route(request: HttpRequest, kind: Code, department: UUID | None = None) -> Any:
    """The route that the tables of a kind travel."""
    return route_page(request.viewer, department, kind)


@router.post("/routes", response=MADE, operation_id="edit_route", summary="Change a route 修改流转路线")
def change_route(request: HttpRequest, payload: inputs.RouteInput) -> dict[str, Any]:
    """Write the route of a department, or the installation's."""
    rows = [Checkpoint(**{**row.dict(), "requires": tuple(row.requires)}) for row in payload.checkpoints]
    return {"id": edit_route(request.viewer, payload.department, payload.kind, rows, edits=payload.edits).pk}


@router.get("/duties", response=answers(list[DutyShape]), auth=READ, operation_id="duties", summary="Duties 职责")
def duties(request: HttpRequest, department: UUID | None = None) -> Any:
    """The duties the caller may see, with who held them when."""
    authorise_menu(request.viewer, "planning.see_duties")
    return duties_seen(request.viewer, str(department or ""))


@router.post("/duties/{uuid:duty}/transfer", response=MADE, operation_id="transfer_duty", summary="Hand a duty over 职责划转")
def transfer(request: HttpRequest, duty: UUID, payload: inputs.TransferInput) -> dict[str, Any]:
    """From a day on; the years before stay."""
    unit: Unit | None = taking_units(request.viewer).select_related("department").filter(pk=payload.unit).first()
    if unit is None:
        raise absent(UNIT)
    office = Office.objects.filter(pk=payload.office, unit=unit).first() if payload.office else None
    if payload.office and office is None:
        raise absent(OFFICE)
    return {"id": transfer_duty(request.viewer, duty, unit, office, payload.since, payload.document).pk}


@router.post("/offices/{uuid:office}/merge", response=MADE, operation_id="merge_offices", summary="Merge an office 科室合并")
def merge(request: HttpRequest, office: UUID, payload: inputs.MergeInput) -> dict[str, Any]:
    """Into another of the same unit, with duties and roles."""
    return {"id": merge_offices(request.viewer, office, payload.into, payload.since, payload.document).pk}


@router.get("/deadlines", response=answers(list[DeadlineShape]), auth=READ, operation_id="deadlines", summary="Deadlines 办理时限")
def deadlines(request: HttpRequest) -> Any:
    """The deadlines that hold for the caller."""
    return list(deadlines_of(request.viewer))


@router.post("/deadlines", response=MADE, operation_id="keep_deadline", summary="Set a deadline 设置时限")
def set_deadline(request: HttpRequest, payload: inputs.DeadlineInput) -> dict[str, Any]:
    """A fixed day or a number of days."""
    department = departments_of(request.viewer).filter(pk=payload.department).first() if payload.department else None
    if payload.department and department is None:
        raise absent(DEPARTMENT)
    named = {name: getattr(payload, name) for name in ("due_on", "days", "working_days", "basis")}
    return {"id": keep_deadline(request.viewer, department, payload.year, payload.step, **named).pk}


@router.get("/overdue", response=answers(list[shapes.TaskShape]), auth=READ, operation_id="overdue", summary="Overdue 超期")
def late(request: HttpRequest) -> Any:
    """All that is overdue within the caller's reach."""
    viewer = request.viewer
    for held in viewer.held[:1]:
        authorise(viewer, "tasks.see_overdue", Scope(held.department, held.unit, frozenset({held.office} - {None})))
    return [task_shape(task) for task in overdue(viewer, timezone.localdate())]


@router.get("/calendar/{year}", response=answers(YearShape), auth=READ, operation_id="calendar", summary="Working days 工作日历")
def calendar(request: HttpRequest, year: Year) -> Any:  # noqa: ARG001 - everybody with a token reads the calendar
    """The days of a year that are named, and how many days are worked."""
    return year_seen(year)
