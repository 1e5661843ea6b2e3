"""Reading projects, budget, payments and coverage."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from zhiheng_web.api import shapes
from zhiheng_web.api.entrance import answers, page
from zhiheng_web.api.inputs import Limit, Offset, Year
from zhiheng_web.api.reading import named, unit_shape
from zhiheng_web.api.shapes import exact
from zhiheng_web.organisation.authority import absent
from zhiheng_web.planning.models import BudgetChange, BudgetLine, Project, TreasuryPayment
from zhiheng_web.planning.money.execution import by_line, day_of, spending
from zhiheng_web.planning.money.projects import project_for, unit_for
from zhiheng_web.planning.policies import visible_projects, visible_units
from zhiheng_web.planning.queries.coverage import Part, coverage
from zhiheng_web.wording import Text

DEPARTMENT = Text("该部门", "this department")
router = Router(tags=["预算与项目 Budget and projects"])


@router.get("/projects", response=answers(shapes.Page[shapes.ProjectShape]), operation_id="projects", summary="Budget projects 预算项目")
def projects(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """The projects the caller may see."""
    found = visible_projects(request.viewer).select_related("unit__department").order_by("unit__code", "code", "pk")
    return page(found, limit, offset, project_shape)


@router.get("/projects/{uuid:project}", response=answers(shapes.ProjectShape), operation_id="project", summary="One project 一个项目")
def project(request: HttpRequest, project: UUID) -> dict[str, Any]:
    """One project."""
    return project_shape(project_for(request.viewer, project))


@router.get(
    "/units/{uuid:unit}/money/{year}",
    response=answers(list[shapes.MoneyShape]),
    operation_id="money",
    summary="Budget and payments of a unit 预算与支付",
)
def money(request: HttpRequest, unit: UUID, year: Year) -> list[dict[str, Any]]:
    """Every budget line of the unit and its projects for the year, with adjustments, payments and execution rate to date."""
    found = unit_for(request.viewer, unit)
    lines = list(BudgetLine.objects.filter(unit=found, year=year).select_related("project").order_by("project__code", "source"))
    changes = by_line(list(BudgetChange.objects.filter(line__in=lines)))
    payments = by_line(list(TreasuryPayment.objects.filter(line__in=lines)))
    day = day_of(year, timezone.localdate())
    return [money_shape(line, spending([line], changes.get(line.pk, ()), payments.get(line.pk, ()), day)) for line in lines]


@router.get(
    "/departments/{uuid:department}/coverage/{year}",
    response=answers(shapes.CoverageShape),
    operation_id="coverage",
    summary="Coverage of money by goals 覆盖情况",
)
def covered(request: HttpRequest, department: UUID, year: Year) -> dict[str, Any]:
    """Projects with goals and links, in number and money, of those the caller may see."""
    unit = visible_units(request.viewer).filter(department=department).select_related("department").first()
    if unit is None:
        raise absent(DEPARTMENT)
    found = coverage(request.viewer, unit.department, year, day_of(year, timezone.localdate()))
    parts = {name: part_shape(getattr(found, name)) for name in ("total", "with_goals", "without_goals", "linked", "unlinked")}
    return {"year": year, "department": named(unit.department), **parts, "links": found.links}


def part_shape(part: Part) -> dict[str, Any]:
    """Some of the projects."""
    shares = {"percent_of_number": exact(part.of_number), "percent_of_amount": exact(part.of_amount)}
    return {"number": part.number, "amount": exact(part.amount), **shares}


def project_shape(row: Project) -> dict[str, Any]:
    """A project."""
    plain = {name: getattr(row, name) for name in ("code", "name", "attribute", "first_year", "last_year", "synthetic")}
    return {"id": row.pk, **plain, "unit": unit_shape(row.unit)}


def money_shape(line: BudgetLine, spent: Any) -> dict[str, Any]:
    """A budget line with what was paid."""
    amounts = {"initial": exact(spent.initial), "changed": exact(spent.changed), "paid": exact(spent.paid)}
    return {
        "line": line.pk,
        "project": named(line.project),
        "source": line.source,
        **amounts,
        "execution_percent": exact(spent.rate.percent),
    }
