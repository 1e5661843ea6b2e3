"""Pages of points, tags and parts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhiheng.scoring.division import JOINS
from zhiheng.scoring.proposal import METHOD_CHOICES
from zhiheng_web.planning.actions.accept_proposal import accept_proposal
from zhiheng_web.planning.actions.divide_indicator import divide_indicator
from zhiheng_web.planning.actions.set_scheme import set_scheme
from zhiheng_web.planning.actions.set_weights import set_weights
from zhiheng_web.planning.forms.weighing import identifier, parts_sent, tags_sent
from zhiheng_web.planning.queries.weighing import divided, weighed
from zhiheng_web.planning.weighing import DIRECTIONS, METHODS, join_text, row_levels
from zhiheng_web.wording import Text

SAVED = Text("已保存。", "Saved.")
ACCEPTED = Text("已采纳建议。", "The proposal was accepted.")


@login_required
@require_http_methods(["GET", "POST"])
def weights(request: HttpRequest, version: UUID) -> HttpResponse:
    """The points of a version, duty by duty, with what is proposed beside."""
    if request.method == "POST":
        set_weights(request.viewer, version, *tags_sent(request.POST))
        messages.success(request, str(SAVED), "good")
        return redirect(f"{request.path}#duty-{request.POST.get('duty', '')}")
    page = weighed(request.viewer, version)
    return render(
        request,
        "planning/weighing/weights.html",
        {
            "page": page,
            "version": page.loaded.version,
            "levels": row_levels(page.scheme),
            "directions": DIRECTIONS,
            "methods": {key: METHODS[key] for key in METHOD_CHOICES},
            "entry_page": page.editable,
        },
    )


@login_required
@require_POST
def accept(request: HttpRequest, version: UUID) -> HttpResponse:
    """Accept what is proposed for one row, one duty or all."""
    rows = [identifier(key) for key in request.POST.get("rows", "").split(",") if key]
    accept_proposal(request.viewer, version, None if request.POST.get("all") else rows, request.POST.get("seen", ""))
    messages.success(request, str(ACCEPTED), "good")
    response = redirect("planning:weights", version)
    response["Location"] += f"#duty-{request.POST.get('duty', '')}" if request.POST.get("duty") else ""
    return response


@login_required
@require_POST
def scheme(request: HttpRequest, version: UUID) -> HttpResponse:
    """Choose the scheme."""
    set_scheme(request.viewer, version, request.POST.get("scheme", ""))
    messages.success(request, str(SAVED), "good")
    return redirect("planning:weights", version)


@login_required
@require_http_methods(["GET", "POST"])
def parts(request: HttpRequest, version: UUID, row: UUID) -> HttpResponse:
    """The parts of a compound indicator."""
    if request.method == "POST":
        edits = request.POST.get("edits", "")
        divide_indicator(
            request.viewer, version, row, parts_sent(request.POST), request.POST.get("join", ""), int(edits) if edits.isdecimal() else None
        )
        messages.success(request, str(SAVED), "good")
        return redirect(request.path)
    page = divided(request.viewer, version, row)
    return render(
        request,
        "planning/weighing/parts.html",
        {
            "page": page,
            "version": page.loaded.version,
            "joins": {join: join_text(join) for join in JOINS},
            "entry_page": page.editable,
        },
    )
