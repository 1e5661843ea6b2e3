"""Evaluations: the list, a new one, one with its parts, the page on which an evaluator marks."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from zhiheng.evaluation.index_system import names
from zhiheng_web.evaluation.actions.give_marks import give_marks, hand_in_marks
from zhiheng_web.evaluation.actions.plan_evaluation import plan_evaluation
from zhiheng_web.evaluation.forms import evaluations as sent
from zhiheng_web.evaluation.queries import evaluations as queries
from zhiheng_web.evaluation.queries.agencies import engageable
from zhiheng_web.evaluation.queries.evaluation import evaluation_page
from zhiheng_web.planning.forms.money import identifier, whole
from zhiheng_web.planning.views.money_done import go_on
from zhiheng_web.wording import Text

PLANNED = Text(
    "评价已立项。请委托机构，或列出资料清单自行组织。",
    "The evaluation is planned. Engage an agency, or list the materials and evaluate yourself.",
)
SAVED = Text("评分已保存，尚未提交。", "Your marks are saved, not handed in yet.")
HANDED_IN = Text("评分已提交。", "Your marks are handed in.")


@require_GET
def evaluations(request: HttpRequest) -> HttpResponse:
    """The evaluations that the viewer sees."""
    found = queries.evaluations(request.viewer, whole(request.GET, "year"))
    return render(request, "evaluation/evaluations/list.html", {"found": found})


@require_http_methods(["GET", "POST"])
def new_evaluation(request: HttpRequest) -> HttpResponse:
    """Plan an evaluation."""
    if request.method == "POST":
        made = plan_evaluation(request.viewer, *sent.plan(request.POST))
        messages.success(request, str(PLANNED), "good")
        return go_on(request, reverse("evaluation:evaluation", args=[made.pk]))
    get = request.GET
    department, table = identifier(get, "department"), identifier(get, "table")
    offered = queries.planning(request.viewer, names(), whole(get, "year"), department, table)
    context = {"offered": offered, "asked": table, "department": department, "due_on": request.viewer.today() + timedelta(days=60)}
    return render(request, "evaluation/evaluations/new.html", {**context, "entry_page": True})


@require_GET
def evaluation(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """One evaluation as its viewer sees it."""
    page = evaluation_page(request.viewer, evaluation)
    days = int(page.system.word("materials.days"))
    context = {
        "page": page,
        "one": page.evaluation,
        "can": page.can,
        "sight": page.sight,
        "agencies": engageable(request.viewer) if "engage_agency" in page.can else [],
        "due_on": request.viewer.today() + timedelta(days=days),
        "entry_page": bool(page.can),
    }
    return render(request, "evaluation/evaluations/evaluation.html", context)


@require_http_methods(["GET", "POST"])
def marks(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """The items with one's own marks: saved as often as one likes, handed in once."""
    if request.method == "POST":
        final = bool(request.POST.get("hand_in"))
        save = hand_in_marks if final else give_marks
        save(request.viewer, evaluation, sent.marks(request.POST), sent.seen(request.POST))
        messages.success(request, str(HANDED_IN if final else SAVED), "good")
        return go_on(request, reverse("evaluation:evaluation" if final else "evaluation:marks", args=[evaluation]))
    page = evaluation_page(request.viewer, evaluation)
    context = {"page": page, "one": page.evaluation, "can": page.can, "seat": page.sight.seat, "entry_page": True}
    return render(request, "evaluation/evaluations/marks.html", context)
