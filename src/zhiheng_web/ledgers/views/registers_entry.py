"""The page of one entry."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhiheng_web.ledgers.policies import scope_of
from zhiheng_web.ledgers.queries.entry import entry_page
from zhiheng_web.ledgers.queries.papers import papers_of_entry
from zhiheng_web.organisation.authority import may


def day_of(words: str) -> date | None:
    """The day of an address; None where it is no day."""
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        return None


@require_GET
def entry(request: HttpRequest, entry: UUID) -> HttpResponse:
    """What an entry says, proves and counts in; ``known`` shows an earlier knowledge, ``on`` another day of counting."""
    page = entry_page(request.viewer, entry, day_of(request.GET.get("known", "")), day_of(request.GET.get("on", "")))
    scope = scope_of(page.register, request.viewer.today(), page.version.reporter_id)
    names = ("correct_entry", "revoke_entry", "link_entries", "add_evidence", "move_entry", "confirm_entries", "issue_paper")
    steps = {f"may_{name}": page.known is None and may(request.viewer, f"ledgers.{name}", scope) for name in names}
    steps["may_add_evidence"] &= not page.register.definition.get("classified", False)
    steps["may_see_actuals"] = may(request.viewer, "ledgers.see_actuals", None)
    papers = papers_of_entry(request.viewer, page.register, page.version) if page.known is None else []
    return render(request, "ledgers/registers/entry.html", {"page": page, "entry_page": True, "papers": papers, **steps})
