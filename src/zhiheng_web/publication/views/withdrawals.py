"""撤回已公开版本: asking for it and the head's decision."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from zhiheng_web.publication.actions.ask_withdrawal import ask_withdrawal
from zhiheng_web.publication.actions.decide_withdrawal import decide_withdrawal
from zhiheng_web.publication.forms import packages as forms
from zhiheng_web.publication.views.packages import done


@require_POST
def ask(request: HttpRequest, package: UUID) -> HttpResponse:
    """Ask to withdraw a published edition."""
    sent = request.POST
    return done(
        request, package, "package", "asked",
        lambda: ask_withdrawal(request.viewer, package, sent.get("ground", ""), sent.get("reason", "")),
    )  # fmt: skip


@require_POST
def decide(request: HttpRequest, package: UUID) -> HttpResponse:
    """Agree or refuse."""
    return done(
        request, package, "package", "decided", lambda: decide_withdrawal(request.viewer, package, **forms.withdrawal(request.POST))
    )
