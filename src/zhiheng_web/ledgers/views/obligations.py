"""Pages of obligations: a month with what is due, and making what calendars call for."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhiheng_web.ledgers.actions.generate_obligations import generate_obligations
from zhiheng_web.ledgers.obligations import Standing
from zhiheng_web.ledgers.queries.obligations import obligations_page
from zhiheng_web.wording import Text

NOTHING_NEW = Text("没有新的应办事项，已生成的不会重复。", "Nothing new is due; nothing is made twice.")


def _uuid(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None


def _month(words: str) -> date | None:
    try:
        return date.fromisoformat(f"{words[:7]}-01")
    except ValueError:
        return None


@require_GET
def obligations(request: HttpRequest) -> HttpResponse:
    """A month of obligations."""
    asked = request.GET
    standing = asked.get("standing", "")
    page = obligations_page(
        request.viewer,
        _month(asked.get("month", "")),
        _uuid(asked.get("register", "")),
        standing if standing in set(Standing) else "",
    )
    return render(request, "ledgers/registers/obligations.html", {"page": page})


@require_POST
def generate(request: HttpRequest) -> HttpResponse:
    """Make what is due in the coming 60 days."""
    made = generate_obligations(request.viewer, _uuid(request.POST.get("register", "")))
    said = Text(f"新生成 {len(made)} 项应办事项。", f"{len(made)} obligations were made.") if made else NOTHING_NEW
    messages.success(request, str(said))
    return redirect("ledgers:obligations")
