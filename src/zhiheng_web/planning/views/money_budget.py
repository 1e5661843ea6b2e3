"""Pages of the year's money: budget against the table, coverage of the projects."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from zhiheng_web.organisation.authority import may
from zhiheng_web.planning.actions.keep_budget_line import keep_budget_line
from zhiheng_web.planning.forms import money as sent
from zhiheng_web.planning.money.execution import day_of
from zhiheng_web.planning.money.projects import budget_year
from zhiheng_web.planning.queries.coverage import coverage as coverage_of
from zhiheng_web.planning.queries.coverage import duty_chart, money_chart
from zhiheng_web.planning.queries.money import SOURCES, budget_page, department_of, departments_for, years_of
from zhiheng_web.planning.views.money_done import go_on
from zhiheng_web.wording import Text

SAVED = Text("已保存。", "Saved.")


@login_required
@require_GET
def budget_now(request: HttpRequest) -> HttpResponse:
    """The newest year's budget."""
    return redirect("planning:budget", years_of(request.viewer, timezone.localdate())[0])


@login_required
@require_GET
def coverage_now(request: HttpRequest) -> HttpResponse:
    """The newest year's coverage."""
    return redirect("planning:coverage", years_of(request.viewer, timezone.localdate())[0])


@login_required
@require_GET
def budget(request: HttpRequest, year: int) -> HttpResponse:
    """What the department and its units have for a year, against the amounts of their tables."""
    viewer, today = request.viewer, timezone.localdate()
    departments = departments_for(viewer)
    department = department_of(departments, sent.identifier(request.GET, "department"))
    day = day_of(budget_year(year), today, sent.day(request.GET, "day"))
    page = budget_page(viewer, department, year, day) if department else None
    context = {"page": page, "department": department, "departments": departments, "year": year, "years": years_of(viewer, today)}
    can = bool(department) and may(viewer, "planning.keep_budget_line", None)
    return render(request, "planning/money/budget.html", {**context, "day": day, "sources": SOURCES, "can": can, "entry_page": can})


@login_required
@require_POST
def basic_line(request: HttpRequest, year: int) -> HttpResponse:
    """Enter or correct a unit's 基本支出 from one source."""
    post = request.POST
    unit, initial = sent.needed_identifier(post, "unit"), sent.needed_amount(post, "initial")
    keep_budget_line(request.viewer, unit, year, sent.text(post, "source"), initial, document=sent.text(post, "document"))
    messages.success(request, str(SAVED), "good")
    return go_on(request, reverse("planning:budget", args=[year]))


@login_required
@require_GET
def coverage(request: HttpRequest, year: int) -> HttpResponse:
    """Which money has goals and what it serves."""
    viewer, today = request.viewer, timezone.localdate()
    departments = departments_for(viewer)
    department = department_of(departments, sent.identifier(request.GET, "department"))
    day = day_of(budget_year(year), today)
    page = coverage_of(viewer, department, year, day) if department else None
    context = {"page": page, "department": department, "departments": departments, "year": year, "years": years_of(viewer, today)}
    if page is not None:
        context |= {"money": money_chart(page), "duties": duty_chart(page)}
    return render(request, "planning/money/coverage.html", context)
