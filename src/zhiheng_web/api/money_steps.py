"""Budget, projects, links and payments: what their pages show, and their steps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form
from ninja.files import UploadedFile

from zhiheng_web.api import money_shapes, shapes
from zhiheng_web.api import more_inputs as inputs
from zhiheng_web.api.entrance import IMPORT, STEPS, answers, results
from zhiheng_web.api.inputs import Year
from zhiheng_web.api.money import project_shape, router
from zhiheng_web.api.reading import version_shape
from zhiheng_web.planning.actions.carry_over import carry_over
from zhiheng_web.planning.actions.change_budget import change_budget
from zhiheng_web.planning.actions.declare_project import declare_project
from zhiheng_web.planning.actions.import_payments import import_payments
from zhiheng_web.planning.actions.keep_budget_line import keep_budget_line
from zhiheng_web.planning.actions.keep_project import ProjectValues, keep_project
from zhiheng_web.planning.actions.link_project import link_project, unlink_project
from zhiheng_web.planning.actions.receive_payments import receive_payments
from zhiheng_web.planning.money.execution import day_of
from zhiheng_web.planning.money.projects import project_for, unit_for
from zhiheng_web.planning.queries.money import budget_page, department_of, departments_for, project_years
from zhiheng_web.planning.queries.payments import Preview, months_of, previewed, sheets_of, source_for
from zhiheng_web.planning.queries.project_page import project_page

MADE = results(shapes.MadeShape)


@router.get(
    "/years/{year}/projects",
    response=answers(list[money_shapes.ProjectYearShape]),
    operation_id="projects_of_year",
    summary="Projects of a year 年度项目",
)
def of_year(request: HttpRequest, year: Year, day: date | None = None) -> Any:
    """Each project with money in the year: spending until a day, links, goals, what it lacks."""
    return project_years(request.viewer, year, day_of(year, timezone.localdate(), day))


@router.get(
    "/projects/{uuid:project}/years/{year}",
    response=answers(money_shapes.ProjectPageShape),
    operation_id="project_of_year",
    summary="A project in a year 项目年度情况",
)
def one_year(request: HttpRequest, project: UUID, year: Year) -> Any:
    """Its budget lines, adjustments, payments by month, links and pre-assessments."""
    page = project_page(request.viewer, project, year, day_of(year, timezone.localdate()))
    names = ("year", "of_year", "lines", "changes", "months", "assessments")
    return {"about": project_shape(page.of_year.project), **{name: getattr(page, name) for name in names}}


@router.get(
    "/departments/{uuid:department}/budget/{year}",
    response=answers(money_shapes.BudgetYearShape),
    operation_id="budget",
    summary="Budget by structure and source 预算结构与来源",
)
def budget(request: HttpRequest, department: UUID, year: Year) -> Any:
    """What the department and its units have, against the amounts of their tables."""
    found = department_of(departments_for(request.viewer), department)
    page = budget_page(request.viewer, found, year, day_of(year, timezone.localdate()))
    units = [money_shapes.budget_row(one) for one in page.units]
    return {"year": year, "department": found, "whole": money_shapes.budget_row(page.whole), "units": units}


@router.post("/projects", response=MADE, auth=STEPS, operation_id="keep_project", summary="Enter a project 录入项目")
def new_project(request: HttpRequest, payload: inputs.NewProjectInput) -> dict[str, Any]:
    """Enter a project of a unit."""
    return {"id": keep_project(request.viewer, payload.unit, _values(payload)).pk}


@router.post("/projects/{uuid:project}", response=MADE, auth=STEPS, operation_id="correct_project", summary="Correct a project 修改项目")
def correct(request: HttpRequest, project: UUID, payload: inputs.ProjectInput) -> dict[str, Any]:
    """Write what is known of a project; with ``edits`` a later change of somebody else is a conflict."""
    unit = project_for(request.viewer, project).unit_id
    return {"id": keep_project(request.viewer, unit, _values(payload), project=project, edits=payload.edits).pk}


def _values(said: inputs.ProjectInput) -> ProjectValues:
    years = (said.first_year, said.last_year)
    return ProjectValues(said.code, said.name, said.attribute, *years, said.basis, said.office, said.responsible)


@router.post(
    "/projects/{uuid:project}/budget", response=MADE, auth=STEPS, operation_id="project_budget", summary="Budget of a project 项目预算"
)
def project_budget(request: HttpRequest, project: UUID, payload: inputs.BudgetInput) -> dict[str, Any]:
    """Enter or correct the initial budget from one source."""
    unit = project_for(request.viewer, project).unit_id
    initial = Decimal(payload.initial)
    line = keep_budget_line(request.viewer, unit, payload.year, payload.source, initial, project=project, document=payload.document)
    return {"id": line.pk}


@router.post(
    "/units/{uuid:unit}/budget", response=MADE, auth=STEPS, operation_id="keep_budget_line", summary="Basic expenditure 基本支出预算"
)
def basic(request: HttpRequest, unit: UUID, payload: inputs.BudgetInput) -> dict[str, Any]:
    """Enter or correct a unit's basic expenditure from one source."""
    line = keep_budget_line(request.viewer, unit, payload.year, payload.source, Decimal(payload.initial), document=payload.document)
    return {"id": line.pk}


@router.post(
    "/budget-lines/{uuid:line}/changes", response=MADE, auth=STEPS, operation_id="change_budget", summary="Adjust a budget 预算调整"
)
def change(request: HttpRequest, line: UUID, payload: inputs.ChangeInput) -> dict[str, Any]:
    """Add an adjustment; the initial budget stays."""
    return {"id": change_budget(request.viewer, line, payload.on, Decimal(payload.amount), payload.reason, payload.document).pk}


@router.post("/projects/{uuid:project}/carry-over", response=MADE, auth=STEPS, operation_id="carry_over", summary="Carry over 结转")
def carried(request: HttpRequest, project: UUID, payload: inputs.CarryInput) -> dict[str, Any]:
    """Carry what is left of a year into the next."""
    amount = None if payload.amount is None else Decimal(payload.amount)
    return {"id": carry_over(request.viewer, project, payload.year, payload.document, amount).pk}


@router.post("/projects/{uuid:project}/links", response=MADE, auth=STEPS, operation_id="link_project", summary="Link a project 关联")
def link(request: HttpRequest, project: UUID, payload: inputs.LinkInput) -> dict[str, Any]:
    """To an activity of a duty, an indicator, or both."""
    named = {"duty": payload.duty, "activity": payload.activity, "indicator": payload.indicator}
    return {"id": link_project(request.viewer, project, payload.year, **named).pk}


@router.post(
    "/projects/{uuid:project}/links/{uuid:link}/remove",
    response=MADE,
    auth=STEPS,
    operation_id="unlink_project",
    summary="Take a link away 取消关联",
)
def unlink(request: HttpRequest, project: UUID, link: UUID) -> dict[str, Any]:
    """Take a link away."""
    unlink_project(request.viewer, project, link)
    return {"id": link}


@router.post(
    "/projects/{uuid:project}/declare",
    response=results(shapes.ChangedShape),
    auth=STEPS,
    operation_id="declare_project",
    summary="A project's own table 申报项目绩效目标",
)
def declare(request: HttpRequest, project: UUID, payload: inputs.DeclareInput) -> dict[str, Any]:
    """Start the project's own table of a year."""
    return {"version": version_shape(declare_project(request.viewer, project, payload.year, goal=payload.goal))}


@router.get(
    "/units/{uuid:unit}/payments/{year}",
    response=answers(money_shapes.PaymentsShape),
    operation_id="payments",
    summary="Payments by month 按月支付",
)
def payments(request: HttpRequest, unit: UUID, year: Year) -> Any:
    """What was paid of each budget line month by month, and the sheets."""
    found = unit_for(request.viewer, unit)
    page = months_of(request.viewer, found, year)
    rows = [
        {"line": row.line.pk, "project": row.line.project, "source": row.source, "months": row.months, "spending": row.spending}
        for row in page.rows
    ]
    return {"year": year, "unit": found, "rows": rows, "totals": page.totals, "sheets": sheets_of(request.viewer, found)}


@router.post("/payments", response=MADE, auth=IMPORT, operation_id="receive_payments", summary="Upload payments 上传支付数据")
def upload(request: HttpRequest, unit: Form[UUID], file: File[UploadedFile]) -> dict[str, Any]:
    """Keep a sheet of treasury payments. Nothing is imported yet."""
    return {"id": receive_payments(request.viewer, unit, file).pk}


@router.get(
    "/payments/{uuid:source}",
    response=answers(money_shapes.SheetPreviewShape),
    operation_id="payment_sheet",
    summary="What a sheet would do 支付数据预览",
)
def sheet(request: HttpRequest, source: UUID, unit: UUID, year: Year, money_unit: str = "") -> Any:
    """Each line and month that would be written, and each fault at its cell."""
    home = unit_for(request.viewer, unit)
    return _sheet(source, previewed(source_for(request.viewer, source), home, year, money_unit if money_unit in ("元", "万元") else ""))


def _sheet(source: UUID, found: Preview) -> dict[str, Any]:
    return {"source": source, "unit_of_money": found.sheet.unit, "faults": found.sheet.faults, "planned": found.planned}


@router.post(
    "/payments/{uuid:source}/import",
    response=results(money_shapes.ImportedShape),
    auth=IMPORT,
    operation_id="import_payments",
    summary="Import payments 导入支付数据",
)
def confirm(request: HttpRequest, source: UUID, payload: inputs.PaymentsInput) -> dict[str, Any]:
    """Write what the preview shows. The same sheet again changes nothing."""
    named = {"money_unit": payload.money_unit, "totals_checked": payload.totals_checked}
    done = import_payments(request.viewer, source, payload.unit, payload.year, **named)
    same = sum(1 for row in done if row.same)
    return {"written": len(done) - same, "same": same}
