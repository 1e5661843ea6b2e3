"""Pages of adjusting, of comparing versions, of units in the department's view, and of routes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhiheng_web.planning.actions.adjust_table import adjust_table
from zhiheng_web.planning.actions.confirm_adjustment import confirm_adjustment
from zhiheng_web.planning.actions.edit_route import edit_route
from zhiheng_web.planning.actions.explain_change import explain_change
from zhiheng_web.planning.forms.circulation import checkpoints_sent, identifier, whole
from zhiheng_web.planning.queries.adjusting import adjusting_of, side_by_side
from zhiheng_web.planning.queries.rollup import rollup_of
from zhiheng_web.planning.queries.routes import KINDS, route_page
from zhiheng_web.trail.action import Absent, Refusal
from zhiheng_web.wording import Text

OPENED = Text("已建立调整版本，请修改目标并逐项说明理由。", "The adjustment is open: change the targets and give a reason for each.")
CONFIRMED = Text("已确认。", "Confirmed.")
SAVED = Text("已保存。", "Saved.")
BLANK_ROWS = 2
"""So many empty rows end the form of a route."""


@login_required
@require_http_methods(["GET", "POST"])
def adjust(request: HttpRequest, table: UUID) -> HttpResponse:
    """Propose an adjustment of the version in force. A page that leads here may give the reason with the address."""
    refused = None
    if request.method == "POST":
        second = request.POST.get("second_person", "")
        words = {name: request.POST.get(name, "") for name in ("reason", "document")}
        try:
            version = adjust_table(request.viewer, table, second_person=identifier(second) if second else None, **words)
        except Absent:
            raise
        except Refusal as answer:
            refused = answer
        else:
            messages.success(request, str(OPENED), "good")
            return redirect("planning:review", version.pk)
    context = {"page": adjusting_of(request.viewer, table), "refused": refused, "typed": request.POST or request.GET, "entry_page": True}
    return render(request, "planning/circulation/adjust.html", context, status=refused.status if refused else 200)


@login_required
@require_POST
def confirm(request: HttpRequest, version: UUID) -> HttpResponse:
    """The second person confirms an adjustment."""
    edits = request.POST.get("edits", "")
    confirm_adjustment(request.viewer, version, edits=whole(edits) if edits else None)
    messages.success(request, str(CONFIRMED), "good")
    return redirect("planning:review", version)


@login_required
@require_POST
def explain(request: HttpRequest, version: UUID) -> HttpResponse:
    """Keep the reason for changing one indicator."""
    explain_change(request.viewer, version, identifier(request.POST.get("indicator", "")), request.POST.get("text", ""))
    messages.success(request, str(SAVED), "good")
    return redirect(reverse("planning:review", args=[version]) + "#changes")


@login_required
def choose(request: HttpRequest, version: UUID) -> HttpResponse:
    """Go to the comparison with the version chosen in a form."""
    return redirect("planning:compare", version, identifier(request.GET.get("other", "")))


@login_required
def compare(request: HttpRequest, version: UUID, other: UUID) -> HttpResponse:
    """Two versions side by side."""
    every = request.GET.get("rows") == "all"
    return render(request, "planning/circulation/compare.html", {"page": side_by_side(request.viewer, version, other), "every": every})


@login_required
def rollup(request: HttpRequest, department: UUID, year: int) -> HttpResponse:
    """本级 and 所属单位 in the department's view."""
    return render(request, "planning/circulation/rollup.html", {"page": rollup_of(request.viewer, department, year)})


@login_required
@require_http_methods(["GET", "POST"])
def routes(request: HttpRequest) -> HttpResponse:
    """The route of a department's tables of a kind."""
    asked = request.GET.get("department", "")
    kind = request.GET.get("kind", "department")
    page = route_page(request.viewer, identifier(asked) if asked else None, kind)
    refused = None
    if request.method == "POST":
        owner = page.department.pk if page.department else None
        try:
            sent = checkpoints_sent(request.POST, page.checkpoints)
            edit_route(request.viewer, owner, kind, sent, edits=whole(request.POST.get("edits", "")))
        except Refusal as answer:
            refused = answer
        else:
            messages.success(request, str(SAVED), "good")
            return redirect(request.get_full_path())
    blanks = range(len(page.checkpoints), len(page.checkpoints) + BLANK_ROWS)
    context = {"page": page, "kinds": KINDS, "refused": refused, "blanks": blanks, "rows": len(page.checkpoints) + BLANK_ROWS}
    return render(request, "planning/circulation/routes.html", context, status=refused.status if refused else 200)
