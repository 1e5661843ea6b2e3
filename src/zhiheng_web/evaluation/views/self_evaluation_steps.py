"""The steps of a self-evaluation: each reads what was sent, takes one action and goes on to where its result is seen."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhiheng_web.evaluation.actions.add_file import add_file
from zhiheng_web.evaluation.actions.begin_self_evaluation import begin_self_evaluation
from zhiheng_web.evaluation.actions.choose_scheme import choose_scheme
from zhiheng_web.evaluation.actions.confirm_override import confirm_override
from zhiheng_web.evaluation.actions.correct_self_evaluation import correct_self_evaluation
from zhiheng_web.evaluation.actions.decide_self_evaluation import decide_self_evaluation
from zhiheng_web.evaluation.actions.fill_self_evaluation import fill_self_evaluation
from zhiheng_web.evaluation.actions.judge_row import judge_row
from zhiheng_web.evaluation.actions.override_score import override_score
from zhiheng_web.evaluation.actions.set_points import set_points
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.actions.take_back_override import take_back_override
from zhiheng_web.evaluation.actions.take_values import take_values
from zhiheng_web.evaluation.actions.withdraw_file import withdraw_file
from zhiheng_web.evaluation.forms.self_evaluation import all_points_sent, cells_sent, count_sent, number_sent, points_of, tier_sent
from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
from zhiheng_web.evaluation.queries.self_evaluation_points import proposed_points
from zhiheng_web.wording import Text

SAVED = Text("已保存。", "Saved.")
BEGUN = Text("已开展自评，实际完成值取自 12 月 31 日的快照。", "The self-evaluation has begun with the values frozen for 31 December.")
TAKEN = Text("实际完成值已更新。", "The values were taken anew.")
SUBMITTED = Text("自评表已报送，内容已固化。", "The self-evaluation is submitted and its content frozen.")
ACCEPTED = Text("自评结果已认定。", "The self-evaluation is accepted.")
RETURNED = Text("已退回。", "Returned.")
CORRECTING = Text("已建立更正版，原结果保留。", "A correction is begun; the first edition stays.")
ADDED = Text("已保存 {n} 份材料。", "{n} files stored.")


def told(request: HttpRequest, text: Text, name: str, *arguments: object) -> HttpResponse:
    """Say it and go on."""
    messages.success(request, str(text), "good")
    return redirect(f"evaluation:{name}", *arguments)


@require_POST
def begin(request: HttpRequest, table: UUID) -> HttpResponse:
    """Begin the self-evaluation of a table."""
    made = begin_self_evaluation(request.viewer, table)
    return told(request, BEGUN, "self_evaluation", made.pk)


@require_POST
def fill(request: HttpRequest, self_evaluation: UUID) -> HttpResponse:
    """Save the inputs of one row or of the head: for htmx what changed on the page by it, else the page they were sent from."""
    cells = cells_sent(request.POST)
    fill_self_evaluation(request.viewer, self_evaluation, cells)
    whole = not request.htmx or request.htmx.boosted
    if whole and cells and cells[0].row and "row-page" in request.POST:
        return told(request, SAVED, "self_evaluation_row", self_evaluation, cells[0].row)
    if whole:
        anchor = f"#row-{cells[0].row}" if cells and cells[0].row else "#words"
        response = told(request, SAVED, "self_evaluation", self_evaluation)
        response["Location"] += anchor
        return response
    page = self_evaluation_page(request.viewer, self_evaluation, audited=False)
    row = cells[0].row if cells else None
    line = next((line for line in page.lines if line.row.pk == row), None)
    return render(request, "evaluation/self_evaluation/saved.html", {"page": page, "one": page.evaluation, "line": line})


@require_POST
def values(request: HttpRequest, self_evaluation: UUID) -> HttpResponse:
    """Take the values anew."""
    take_values(request.viewer, self_evaluation, request.POST.get("reason", ""))
    return told(request, TAKEN, "self_evaluation", self_evaluation)


@require_POST
def save_points(request: HttpRequest, self_evaluation: UUID) -> HttpResponse:
    """Set points, or accept what is proposed for the rows that have none."""
    if request.POST.get("proposed"):
        wanted = proposed_points(request.viewer, self_evaluation)
        set_points(request.viewer, self_evaluation, wanted, {}, dict.fromkeys(wanted))
    else:
        set_points(request.viewer, self_evaluation, *all_points_sent(request.POST))
    return told(request, SAVED, "self_evaluation_points", self_evaluation)


@require_POST
def scheme(request: HttpRequest, self_evaluation: UUID) -> HttpResponse:
    """Choose the scheme of a draft."""
    choose_scheme(request.viewer, self_evaluation, request.POST.get("scheme", ""))
    return told(request, SAVED, "self_evaluation", self_evaluation)


@require_POST
def judge(request: HttpRequest, self_evaluation: UUID, row: UUID) -> HttpResponse:
    """Judge a qualitative row, or take the judgement back."""
    sent = request.POST
    tier, judged = (None, None) if sent.get("clear") else (tier_sent(sent.get("tier", "")), points_of(sent, "judged"))
    if not sent.get("clear") and tier is None and judged is None:
        judged = number_sent("", "judged")
    judge_row(request.viewer, self_evaluation, row, tier, judged, sent.get("judged_basis", ""), count_sent(sent.get("edits", "")))
    return told(request, SAVED, "self_evaluation_row", self_evaluation, row)


@require_POST
def override(request: HttpRequest, self_evaluation: UUID, row: UUID) -> HttpResponse:
    """Propose other points, or take that back."""
    sent = request.POST
    if sent.get("take_back"):
        take_back_override(request.viewer, self_evaluation, row)
    else:
        points = number_sent(sent.get("override", ""), "override")
        override_score(request.viewer, self_evaluation, row, points, sent.get("override_reason", ""), count_sent(sent.get("edits", "")))
    return told(request, SAVED, "self_evaluation_row", self_evaluation, row)


@require_POST
def confirm(request: HttpRequest, self_evaluation: UUID, row: UUID) -> HttpResponse:
    """Confirm an override as the second person."""
    sent = request.POST
    confirm_override(request.viewer, self_evaluation, row, number_sent(sent.get("points", ""), "points"), count_sent(sent.get("edits", "")))
    return told(request, SAVED, "self_evaluation_row", self_evaluation, row)


@require_POST
def upload(request: HttpRequest, self_evaluation: UUID, row: UUID) -> HttpResponse:
    """Add files to a row."""
    sent, files = request.POST, request.FILES.getlist("file")
    made = add_file(request.viewer, self_evaluation, row, files, sent.get("title", ""), public=bool(sent.get("public")))
    return told(request, ADDED.with_(n=len(made)), "self_evaluation_row", self_evaluation, row)


@require_POST
def withdraw(request: HttpRequest, self_evaluation: UUID, file: UUID) -> HttpResponse:
    """Withdraw a file."""
    found = withdraw_file(request.viewer, self_evaluation, file, request.POST.get("reason", ""))
    return told(request, SAVED, "self_evaluation_row", self_evaluation, found.row_id)


@require_POST
def submit(request: HttpRequest, self_evaluation: UUID) -> HttpResponse:
    """Hand it in."""
    submit_self_evaluation(request.viewer, self_evaluation, request.POST.get("seen", ""))
    return told(request, SUBMITTED, "self_evaluation", self_evaluation)


@require_POST
def decide(request: HttpRequest, self_evaluation: UUID) -> HttpResponse:
    """Accept or return."""
    accept = request.POST.get("decision") == "accept"
    decide_self_evaluation(request.viewer, self_evaluation, accept, request.POST.get("opinion", ""), request.POST.get("seen", ""))
    messages.success(request, str(ACCEPTED if accept else RETURNED), "good")
    return redirect(reverse("evaluation:self_evaluation", args=[self_evaluation], query=request.GET))


@require_POST
def correct(request: HttpRequest, self_evaluation: UUID) -> HttpResponse:
    """Begin a correction."""
    made = correct_self_evaluation(request.viewer, self_evaluation, request.POST.get("reason", ""))
    return told(request, CORRECTING, "self_evaluation", made.pk)
