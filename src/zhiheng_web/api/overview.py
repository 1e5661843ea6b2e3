"""Reading the year at a glance: all departments, one table, an indicator of a table."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from zhiheng_web.api.entrance import answers
from zhiheng_web.api.inputs import Code, Line, Year
from zhiheng_web.api.reviewing_shapes import MessageShape, OpinionShape
from zhiheng_web.api.told import Known, Number, Words
from zhiheng_web.planning.queries.departments import departments_page, departments_year
from zhiheng_web.planning.queries.indicator import indicator_page
from zhiheng_web.planning.queries.overview import table_glance

router = Router(tags=["总览 Overview"])
NOTHING = {"years": [], "tables": 0, "money": "0", "without_money": 0, "states": [], "found": 0, "page": 1, "pages": 1, "lines": []}


class StateShape(Schema):
    """The tables in a state and their money (元)."""

    state: str
    name: Words
    tables: int
    money: Number


class DepartmentLineShape(Schema):
    """A department's or unit's newest visible version."""

    table: UUID
    code: str
    department: str
    unit: str
    kind: str
    state: str
    number: int
    total: Number
    fiscal: Number
    project: Number
    indicators: int
    errors: int
    warnings: int


class DepartmentsShape(Schema):
    """The tables of all departments: totals of the year, one page of lines."""

    year: int
    years: list[int]
    tables: int
    money: Number
    without_money: int
    states: list[StateShape]
    found: int
    page: int
    pages: int
    lines: list[DepartmentLineShape]


class RowGlanceShape(Schema):
    """An indicator at a glance: target, mean of the years before, last year, change."""

    id: UUID
    name: str
    target: str
    mean: str
    last_year: str
    change: str
    errors: int
    warnings: int
    points: Number


class DutyGlanceShape(Schema):
    """A duty with its indicators."""

    number: int | None
    name: str
    objective: str
    rows: list[RowGlanceShape]


class GlanceShape(Schema):
    """A table at a glance."""

    table: Known
    version: Known
    versions: list[Known]
    duties: list[DutyGlanceShape]
    errors: int
    warnings: int
    open_warnings: int
    information: int
    opinions: int
    due_on: date | None


class TargetShape(Schema):
    """The target in one version of the table."""

    version: Known
    target: str
    name: str
    changed: bool
    in_force: bool


class ReferenceShape(Schema):
    """What the target is measured by: plan value, mean, last year."""

    label: str
    words: str
    source: str


class IndicatorPageShape(Schema):
    """One indicator of a table, as its page shows it."""

    row: Known
    version: Known
    duty: str
    holder: str
    targets: list[TargetShape]
    references: list[ReferenceShape]
    opinions: list[OpinionShape]
    projects: list[Known]
    messages: list[MessageShape]


@router.get("/departments", response=answers(DepartmentsShape), operation_id="departments", summary="All departments 部门总览")
def departments(
    request: HttpRequest, year: Year | None = None, search: Line = "", state: Code = "", order: Code = "code", page: Code = "1"
) -> Any:
    """The newest versions that the caller sees of all departments' tables, a page at a time."""
    totals = departments_year(request.viewer, year)
    if totals is None:  # nothing is visible yet
        return {**NOTHING, "year": year or timezone.localdate().year}
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    found = departments_page(totals, search=search, state=state, order=order, page=number)
    states = [{"state": one.state, "name": one.text, "tables": one.tables, "money": one.money} for one in totals.states]
    whole = {name: getattr(totals, name) for name in ("year", "years", "tables", "money", "without_money")}
    return {**whole, "states": states, "found": found.found, "page": found.page, "pages": found.pages, "lines": found.lines}


@router.get("/tables/{uuid:table}/glance", response=answers(GlanceShape), operation_id="glance", summary="A table at a glance 年度一览")
def glance(request: HttpRequest, table: UUID) -> Any:
    """Duty by duty: targets, means, last year's actuals, findings."""
    return table_glance(request.viewer, table)


@router.get(
    "/tables/{uuid:table}/indicators/{uuid:indicator}",
    response=answers(IndicatorPageShape),
    operation_id="indicator_of_table",
    summary="An indicator of a table 表中一项指标",
)
def indicator(request: HttpRequest, table: UUID, indicator: UUID) -> Any:
    """Its targets in the versions, what they are measured by, opinions, projects and discussion."""
    return indicator_page(request.viewer, table, indicator)
