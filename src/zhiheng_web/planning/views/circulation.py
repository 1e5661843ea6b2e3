"""Pages of submitting and reviewing: what waits for me, the review of one version, its opinions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhiheng.plan.appraisal import GRADES
from zhiheng.plan.procedure import GRADE_NAMES, consequence
from zhiheng_web.planning.actions.answer_opinion import answer_opinion
from zhiheng_web.planning.actions.decide import decide
from zhiheng_web.planning.actions.record_approval import record_approval, recordable
from zhiheng_web.planning.actions.submit_table import submit_table
from zhiheng_web.planning.actions.withdraw_table import withdraw_table
from zhiheng_web.planning.actions.write_opinion import write_opinion
from zhiheng_web.planning.appraising import appraisal_of
from zhiheng_web.planning.circulation.bulk_decisions import decide_each
from zhiheng_web.planning.forms.circulation import chosen_sent, day_sent, identifier, verdict_sent, whole
from zhiheng_web.planning.models import Decision
from zhiheng_web.planning.queries.inbox import SORTS, Wanted, done, next_for, sent
from zhiheng_web.planning.queries.inbox import inbox as inbox_of
from zhiheng_web.planning.queries.review import review_of
from zhiheng_web.planning.queries.routes import KINDS
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.trail.action import Absent, Refusal
from zhiheng_web.wording import Text

GRADE_WORDS = [(grade.value, Text(*GRADE_NAMES[grade]), consequence(grade).value) for grade in GRADES]
OUTCOMES = {"agree": Text("同意", "Agreed"), "return": Text("退回", "Returned"), "block": Text("不予通过", "Kept out of the budget")}
SAID = Text("{what}：{table}。", "{what}: {table}.")
SENT = Text("已送审，现在由“{checkpoint}”办理。", "Submitted. It is now with: {checkpoint}.")
RECORDED = Text("批复已登记，本表已批复。", "The approval is recorded; the table is approved.")
TAKEN_BACK = Text("已撤回，可以继续修改。", "Taken back; it may be edited again.")
WRITTEN = Text("意见已保存。", "The opinion was saved.")
ANSWERED = Text("已答复。", "Answered.")


@login_required
@require_http_methods(["GET", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for me, across departments; several at once by one press, each with every check."""
    asked = request.GET
    shown = asked.get("show", "waiting")
    results = []
    if request.method == "POST":
        results = decide_each(request.viewer, chosen_sent(request.POST), verdict_sent(request.POST, request.POST.get("outcome", "")))
    year = int(asked["year"]) if asked.get("year", "").isdecimal() else None
    wanted = Wanted(asked.get("department", ""), year, asked.get("kind", ""), asked.get("sort", "due"))
    context = {
        "shown": shown,
        "wanted": wanted,
        "sorts": SORTS,
        "kinds": KINDS,
        "grades": GRADE_WORDS,
        "results": results,
        "outcome": OUTCOMES.get(request.POST.get("outcome", "")),
        "inbox": inbox_of(request.viewer, wanted) if shown == "waiting" else None,
        "sent": sent(request.viewer) if shown == "sent" else [],
        "done": done(request.viewer) if shown == "done" else [],
    }
    return render(request, "planning/circulation/inbox.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, version: UUID) -> HttpResponse:
    """The review of a version. What was typed stays on the page if the decision is refused."""
    if request.method != "POST":
        return _review(request, version)
    try:
        verdict = verdict_sent(request.POST, request.POST.get("outcome", ""))
        decision = decide(request.viewer, version, verdict, turn=whole(request.POST.get("turn", "")))
    except Refusal as refused:
        return _review(request, version, refused)
    return _decided(request, version, decision)


def _decided(request: HttpRequest, version: UUID, decision: Decision) -> HttpResponse:
    """On to the next that waits, if that was asked for, else to the inbox."""
    table = decision.circulation.version.table
    messages.success(request, str(SAID.with_(what=OUTCOMES[decision.outcome], table=table)), "good")
    following = next_for(request.viewer, after=version) if request.POST.get("next") else None
    return redirect("planning:review", following.version.pk) if following else redirect("planning:inbox")


def _review(request: HttpRequest, version: UUID, refused: Refusal | None = None) -> HttpResponse:
    """The page, with a refusal and what was typed."""
    if isinstance(refused, Absent):
        raise refused
    page = review_of(request.viewer, version)
    bounds = appraisal_of(page.loaded.year).bounds
    context = {
        "page": page,
        "version": page.version,
        "refused": refused,
        "typed": request.POST,
        "grades": GRADE_WORDS,
        "bounds": bounds,
        "outcomes": [outcome.value for outcome in page.outcomes],
        "entry_page": page.editable or bool(page.outcomes),
    }
    return render(request, "planning/circulation/review.html", context, status=refused.status if refused else 200)


@login_required
@require_POST
def submit(request: HttpRequest, version: UUID) -> HttpResponse:
    """Submit a version."""
    edits = request.POST.get("edits", "")
    try:
        run = submit_table(request.viewer, version, edits=whole(edits) if edits else None)
    except Refusal as refused:
        return _review(request, version, refused)
    first = run.checkpoints[0]
    messages.success(request, str(SENT.with_(checkpoint=Text(first["name_zh"], first["name_en"]))), "good")
    return redirect("planning:review", version)


@login_required
@require_http_methods(["GET", "POST"])
def approval(request: HttpRequest, version: UUID) -> HttpResponse:
    """Record an approval that was given outside. What cannot be recorded is said at once, in place of the form."""
    found = version_for(request.viewer, version)
    try:
        recordable(request.viewer, found)
    except Refusal as answer:
        return render(request, "planning/circulation/approval.html", {"version": found, "refused": answer}, status=answer.status)
    refused = None
    if request.method == "POST":
        try:
            sent, scan = request.POST, request.FILES.get("scan")
            day = day_sent(sent.get("approved_on", ""))
            record_approval(request.viewer, version, sent.get("number", ""), day, scan, edits=whole(sent.get("edits", "")))
        except Absent:
            raise
        except Refusal as answer:
            refused = answer
        else:
            messages.success(request, str(RECORDED), "good")
            return redirect("planning:version", version)
    context = {"version": found, "refused": refused, "typed": request.POST, "entry_page": True, "open": True}
    return render(request, "planning/circulation/approval.html", context, status=refused.status if refused else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, version: UUID) -> HttpResponse:
    """Take a version back."""
    try:
        withdraw_table(request.viewer, version, request.POST.get("reason", ""))
    except Refusal as refused:
        return _review(request, version, refused)
    messages.success(request, str(TAKEN_BACK), "good")
    return redirect("planning:review", version)


@login_required
@require_POST
def opinion(request: HttpRequest, version: UUID) -> HttpResponse:
    """Write an opinion on a cell."""
    row, _, field = request.POST.get("cell", "").partition("/")
    try:
        write_opinion(request.viewer, version, identifier(row) if row else None, field, request.POST.get("text", ""))
    except Refusal as refused:
        return _review(request, version, refused)
    messages.success(request, str(WRITTEN), "good")
    return redirect(reverse("planning:review", args=[version]) + "#opinions")


@login_required
@require_POST
def answer(request: HttpRequest, version: UUID, opinion: UUID) -> HttpResponse:
    """Answer an opinion."""
    try:
        answer_opinion(request.viewer, opinion, request.POST.get("text", ""))
    except Refusal as refused:
        return _review(request, version, refused)
    messages.success(request, str(ANSWERED), "good")
    return redirect(reverse("planning:review", args=[version]) + "#opinions")
