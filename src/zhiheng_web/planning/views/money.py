"""Pages of projects: the list, one project, entering and correcting one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from zhiheng_web.organisation.authority import authorise, may
from zhiheng_web.planning.actions.keep_project import ProjectValues, keep_project
from zhiheng_web.planning.forms import money as sent
from zhiheng_web.planning.models import Project
from zhiheng_web.planning.money.execution import day_of
from zhiheng_web.planning.money.projects import project_for
from zhiheng_web.planning.policies import project_scope
from zhiheng_web.planning.queries.money import ATTRIBUTES, Filters, once, project_years, units_for, years_of
from zhiheng_web.planning.queries.project_page import offices_for, project_page
from zhiheng_web.planning.views.money_done import go_on
from zhiheng_web.wording import Text

SAVED = Text("已保存。", "Saved.")
STEPS = ("keep_project", "link_project", "declare_project", "keep_budget_line", "change_budget", "carry_over", "pre_assess")


@login_required
@require_GET
def projects(request: HttpRequest) -> HttpResponse:
    """The projects of a year, filtered, with their money, links and goals."""
    viewer, query = request.viewer, request.GET
    years = years_of(viewer, timezone.localdate())
    year = sent.year(query, "year", years[0])
    day = day_of(year, timezone.localdate(), sent.day(query, "day"))
    filters = Filters(*(sent.text(query, name) for name in ("q", "unit", "attribute", "links", "goals")))
    found = project_years(viewer, year, day)
    shown = [row for row in found if filters.keep(row)]
    context = {"rows": shown, "all": len(found), "filters": filters, "year": year, "years": years, "day": day, "total": once(shown)}
    context |= {"units": units_for(viewer), "attributes": ATTRIBUTES, "synthetic": any(row.project.synthetic for row in shown)}
    context["may_enter"] = may(viewer, "planning.keep_project", None)
    return render(request, "planning/money/projects.html", context)


@login_required
@require_GET
def project(request: HttpRequest, project: UUID) -> HttpResponse:
    """One project in a year."""
    years = years_of(request.viewer, timezone.localdate())
    year = sent.year(request.GET, "year", years[0])
    page = project_page(request.viewer, project, year, day_of(year, timezone.localdate(), sent.day(request.GET, "day")))
    scope = project_scope(page.of_year.project)
    can = {name: may(request.viewer, f"planning.{name}", scope) for name in STEPS}
    context = {"page": page, "row": page.of_year, "project": page.of_year.project, "year": year, "years": years, "can": can}
    return render(request, "planning/money/project.html", {**context, "entry_page": any(can.values())})


@login_required
@require_http_methods(["GET", "POST"])
def new_project(request: HttpRequest) -> HttpResponse:
    """Enter a project."""
    if request.method == "POST":
        unit = sent.needed_identifier(request.POST, "unit")
        made = keep_project(request.viewer, unit, _values(request))
        messages.success(request, str(SAVED), "good")
        return go_on(request, reverse("planning:project", args=[made.pk]))
    return _form(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit_project(request: HttpRequest, project: UUID) -> HttpResponse:
    """Correct what is known of a project."""
    row = project_for(request.viewer, project)
    authorise(request.viewer, "planning.keep_project", project_scope(row))
    if request.method == "POST":
        keep_project(request.viewer, row.unit_id, _values(request), project=project, edits=sent.whole(request.POST, "edits"))
        messages.success(request, str(SAVED), "good")
        return go_on(request, reverse("planning:project", args=[project]))
    return _form(request, row)


def _form(request: HttpRequest, row: Project | None) -> HttpResponse:
    units = [row.unit] if row else units_for(request.viewer)
    offices = offices_for(units)
    context = {"project": row, "units": units, "offices": offices, "attributes": ATTRIBUTES, "entry_page": True}
    return render(request, "planning/money/project_form.html", {**context, "this_year": timezone.localdate().year})


def _values(request: HttpRequest) -> ProjectValues:
    post = request.POST
    return ProjectValues(
        sent.text(post, "code"),
        sent.text(post, "name"),
        sent.text(post, "attribute"),
        sent.year(post, "first_year") or 0,
        sent.year(post, "last_year"),
        sent.text(post, "basis"),
        sent.identifier(post, "office"),
        sent.text(post, "responsible"),
    )
