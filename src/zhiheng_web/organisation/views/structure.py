"""Departments, units and offices, for the system administrator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhiheng_web.organisation.actions.close_office import close_office
from zhiheng_web.organisation.actions.close_reporting_unit import close_reporting_unit
from zhiheng_web.organisation.actions.create_department import create_department
from zhiheng_web.organisation.actions.create_office import create_office
from zhiheng_web.organisation.actions.create_reporting_unit import create_reporting_unit
from zhiheng_web.organisation.actions.create_unit import create_unit
from zhiheng_web.organisation.actions.edit_department import edit_department
from zhiheng_web.organisation.actions.edit_reporting_unit import edit_reporting_unit
from zhiheng_web.organisation.actions.edit_unit import edit_unit
from zhiheng_web.organisation.actions.rename_office import rename_office
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.forms import (
    CloseForm,
    CloseReportingUnitForm,
    CodeNameForm,
    DepartmentEditForm,
    DepartmentForm,
    NameForm,
    RenameForm,
    ReportingUnitForm,
    refuse,
)
from zhiheng_web.organisation.queries.structure import department_seen, departments_seen
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

PAGE = 50
SAVED = Text("已保存。", "Saved.")
STEPS: dict[str, tuple[Callable[..., Any], type[forms.Form]]] = {
    "edit": (edit_department, DepartmentEditForm),
    "new-unit": (create_unit, CodeNameForm),
    "edit-unit": (edit_unit, NameForm),
    "new-office": (create_office, CodeNameForm),
    "rename-office": (rename_office, RenameForm),
    "close-office": (close_office, CloseForm),
    "new-reporting-unit": (create_reporting_unit, ReportingUnitForm),
    "edit-reporting-unit": (edit_reporting_unit, ReportingUnitForm),
    "close-reporting-unit": (close_reporting_unit, CloseReportingUnitForm),
}
"""What the page of a department offers: the action and the form of its arguments; the object is in the address."""


@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    """All departments I look after."""
    authorise_menu(request.viewer, "organisation.see_organisation")
    words = request.GET.get("q", "").strip()
    page = Paginator(departments_seen(request.viewer, words), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": words, "may_create": may(request.viewer, "organisation.create_department", None)}
    return render(request, "organisation/departments.html", context)


@require_http_methods(["GET", "POST"])
def new_department(request: HttpRequest) -> HttpResponse:
    """Make a department."""
    authorise_menu(request.viewer, "organisation.create_department")
    form = DepartmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            department = create_department(request.viewer, **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, SAVED)
            return redirect("organisation:department_admin", department.pk)
    return render(request, "organisation/new_department.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
def department(request: HttpRequest, department: UUID) -> HttpResponse:
    """One department with its units and offices."""
    authorise_menu(request.viewer, "organisation.see_organisation")
    found, units = department_seen(request.viewer, department)
    context = {
        "department": found,
        "units": units,
        "edit": DepartmentEditForm(initial={"name": found.name, "division_code": found.division_code}),
        "code_name": CodeNameForm(auto_id=False),
        "rename": RenameForm(auto_id=False),
        "close": CloseForm(auto_id=False),
        "reporting_units": [(row, ReportingUnitForm(initial=vars(row), auto_id=False)) for row in found.reporting_units.all()],
        "new_reporting_unit": ReportingUnitForm(auto_id=False),
        "close_reporting_unit": CloseReportingUnitForm(auto_id=False),
        "may_edit": may(request.viewer, "organisation.edit_department", None),
    }
    return render(request, "organisation/one_department.html", context)


@require_POST
def change(request: HttpRequest, department: UUID, what: str, target: UUID) -> HttpResponse:
    """One change to the department, a unit or an office of it."""
    action, form_class = STEPS[what]
    form = form_class(request.POST)
    if form.is_valid():
        action(request.viewer, target, **form.cleaned_data)
        messages.success(request, SAVED)
    else:
        messages.error(request, " ".join(f"{form[name].label}：{' '.join(errors)}" for name, errors in form.errors.items()))
    return redirect("organisation:department_admin", department)
