"""The steps on a project that its page offers: budget, adjustment, carry-over, links, its own table, pre-assessment."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from zhiheng_web.organisation.authority import may
from zhiheng_web.planning.actions.carry_over import carry_over
from zhiheng_web.planning.actions.change_budget import change_budget
from zhiheng_web.planning.actions.confirm_pre_assessment import confirm_pre_assessment
from zhiheng_web.planning.actions.declare_project import declare_project
from zhiheng_web.planning.actions.keep_budget_line import keep_budget_line
from zhiheng_web.planning.actions.link_project import link_project, unlink_project
from zhiheng_web.planning.actions.pre_assess import Assessed, pre_assess
from zhiheng_web.planning.forms import money as sent
from zhiheng_web.planning.money.projects import line_for, project_for
from zhiheng_web.planning.policies import project_scope
from zhiheng_web.planning.pre_assessment import contents
from zhiheng_web.planning.queries.money import CONCLUSIONS
from zhiheng_web.planning.queries.project_page import assessments_of
from zhiheng_web.planning.views.money_done import go_on
from zhiheng_web.wording import Text

SAVED = Text("已保存。", "Saved.")
CARRIED = Text("已结转到 {year} 年。", "Carried over into {year}.")
CONFIRMED = Text("已确认，可以申报绩效目标。", "Confirmed: the project may declare its goals.")
ASSESSED = Text("已保存，等待第二人确认。", "Saved; another person must confirm it.")


def _back(request: HttpRequest, project: UUID, year: int | None, text: Text = SAVED) -> HttpResponse:
    messages.success(request, str(text), "good")
    return go_on(request, reverse("planning:project", args=[project]) + (f"?year={year}" if year else ""))


@login_required
@require_POST
def budget_line(request: HttpRequest, project: UUID) -> HttpResponse:
    """Enter or correct the initial budget of a project from one source."""
    post = request.POST
    row = project_for(request.viewer, project)
    year, initial = sent.year(post, "year") or 0, sent.needed_amount(post, "initial")
    source, document = sent.text(post, "source"), sent.text(post, "document")
    keep_budget_line(request.viewer, row.unit_id, year, source, initial, project=project, document=document)
    return _back(request, project, year)


@login_required
@require_POST
def budget_change(request: HttpRequest, line: UUID) -> HttpResponse:
    """Adjust a budget line."""
    post = request.POST
    on, amount = sent.needed_day(post, "on"), sent.needed_amount(post, "amount")
    change_budget(request.viewer, line, on, amount, sent.text(post, "reason"), sent.text(post, "document"))
    row = line_for(request.viewer, line)
    if row.project_id is None:
        messages.success(request, str(SAVED), "good")
        return go_on(request, reverse("planning:budget", args=[row.year]))
    return _back(request, row.project_id, row.year)


@login_required
@require_POST
def carried(request: HttpRequest, project: UUID) -> HttpResponse:
    """Carry what is left into the next year."""
    post = request.POST
    year = sent.year(post, "year") or 0
    carry_over(request.viewer, project, year, sent.text(post, "document"), sent.amount(post, "amount"))
    return _back(request, project, year + 1, CARRIED.with_(year=year + 1))


@login_required
@require_POST
def link(request: HttpRequest, project: UUID) -> HttpResponse:
    """Link a project to an activity, an indicator or both."""
    post = request.POST
    year, indicator = sent.year(post, "year") or 0, sent.identifier(post, "indicator")
    link_project(
        request.viewer, project, year, duty=sent.identifier(post, "duty"), activity=sent.text(post, "activity"), indicator=indicator
    )
    return _back(request, project, year)


@login_required
@require_POST
def unlink(request: HttpRequest, project: UUID, link: UUID) -> HttpResponse:
    """Take a link away."""
    unlink_project(request.viewer, project, link)
    return _back(request, project, sent.year(request.POST, "year"))


@login_required
@require_POST
def declare(request: HttpRequest, project: UUID) -> HttpResponse:
    """Start the project's own table and go to it."""
    made = declare_project(request.viewer, project, sent.year(request.POST, "year") or 0, goal=sent.text(request.POST, "goal"))
    return go_on(request, reverse("planning:version", args=[made.pk]))


@login_required
@require_http_methods(["GET", "POST"])
def pre_assessment(request: HttpRequest, project: UUID) -> HttpResponse:
    """The pre-assessments of a project, and a new one."""
    row = project_for(request.viewer, project)
    if request.method == "POST":
        pre_assess(request.viewer, project, _assessed(request))
        messages.success(request, str(ASSESSED), "good")
        return go_on(request, request.path)
    scope = project_scope(row)
    can = {name: may(request.viewer, f"planning.{name}", scope) for name in ("pre_assess", "confirm_pre_assessment")}
    made = assessments_of(row)
    context = {"project": row, "assessments": made, "can": can, "contents": contents(timezone.localdate()), "conclusions": CONCLUSIONS}
    context |= {"today": timezone.localdate(), "writes": can["pre_assess"] and row.attribute == row.Attribute.NEW}
    return render(request, "planning/money/pre_assessment.html", {**context, "entry_page": context["writes"]})


@login_required
@require_POST
def confirm(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Confirm a pre-assessment as the second person."""
    row = confirm_pre_assessment(request.viewer, assessment)
    messages.success(request, str(CONFIRMED), "good")
    return go_on(request, reverse("planning:pre_assessment", args=[row.project_id]))


def _assessed(request: HttpRequest) -> Assessed:
    post = request.POST
    on = sent.needed_day(post, "assessed_on")
    given = {row.code: (sent.points(post, f"{row.code}_points"), sent.text(post, f"{row.code}_finding")) for row in contents(on)}
    conclusion, opinion = sent.text(post, "conclusion"), sent.text(post, "opinion")
    return Assessed(on, given, conclusion, opinion, sent.text(post, "method"), sent.amount(post, "amount"))
