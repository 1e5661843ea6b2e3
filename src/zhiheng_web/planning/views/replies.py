"""Replies by rule: all that still asks for a reply on one page, one text for each rule, one button."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhiheng_web.planning.actions.reply_finding import reply_by_rule
from zhiheng_web.planning.queries.replies import asking_by_rule
from zhiheng_web.wording import Text

SAVED = Text("已答复 {n} 处。", "{n} findings are replied to.")


@login_required
@require_http_methods(["GET", "POST"])
def replies(request: HttpRequest, version: UUID) -> HttpResponse:
    """See what asks for a reply, rule by rule; reply to all at once."""
    if request.method == "POST":
        words = {name.removeprefix("rule:"): text for name, text in request.POST.items() if name.startswith("rule:")}
        messages.success(request, str(SAVED.with_(n=reply_by_rule(request.viewer, version, words))))
        return redirect("planning:replies", version)
    found, rules = asking_by_rule(request.viewer, version)
    return render(request, "planning/editing/replies.html", {"entry_page": True, "version": found, "rules": rules})
