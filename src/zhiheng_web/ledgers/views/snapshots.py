"""Pages on which values are frozen and proved, and on which the office decides that there is no figure."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiheng_web.ledgers.actions.confirm_circumstance import confirm_circumstance
from zhiheng_web.ledgers.actions.decide_circumstance import decide_circumstance
from zhiheng_web.ledgers.actions.take_snapshot import take_snapshot
from zhiheng_web.ledgers.measures.proof import verify
from zhiheng_web.ledgers.models import Circumstance
from zhiheng_web.ledgers.queries.freezing_page import decided_of, freezing
from zhiheng_web.ledgers.queries.snapshots import proof_of, snapshot_for
from zhiheng_web.ledgers.views.registers_entry import day_of
from zhiheng_web.wording import Text


@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest, table: UUID, indicator: UUID | None = None) -> HttpResponse:
    """Freeze one indicator of a table, or all of them, on a day as known now."""
    asked = request.POST if request.method == "POST" else request.GET
    page = freezing(request.viewer, table, indicator, day_of(asked.get("on", "")))
    if request.method == "GET":
        return render(request, "ledgers/actuals/freeze.html", {"page": page, "bar_year": page.table.year})
    taken = take_snapshot(request.viewer, page.indicators, page.on, asked.get("reason", ""))
    messages.success(request, str(Text("已固化 {n} 项指标的实际值。", "{n} values are frozen.").with_(n=len(taken))))
    return redirect("ledgers:snapshot", taken[0].pk) if indicator else redirect("ledgers:actuals", table)


@require_GET
def snapshot(request: HttpRequest, snapshot: UUID) -> HttpResponse:
    """One frozen value, whether it still holds, and its proof."""
    found = snapshot_for(request.viewer, snapshot)
    return render(request, "ledgers/actuals/snapshot.html", {"one": found, "verdict": verify(found), "parts": found.value["parts"]})


@require_GET
def proof(request: HttpRequest, snapshot: UUID) -> HttpResponse:
    """The proof of a frozen value, for anybody to compute again."""
    name, content = proof_of(request.viewer, snapshot)
    answer = HttpResponse(content, content_type="application/zip")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@require_http_methods(["GET", "POST"])
def circumstance(request: HttpRequest, table: UUID, indicator: UUID) -> HttpResponse:
    """Decide that an indicator was not organised or does not apply in the year of the table."""
    page = decided_of(request.viewer, table, indicator)
    if request.method == "GET":
        return render(request, "ledgers/actuals/circumstance.html", {"page": page, "kinds": KINDS, "bar_year": page.table.year})
    given = request.POST
    words = (given.get("kind", ""), given.get("reason", ""), given.get("document", ""))
    decide_circumstance(request.viewer, indicator, page.table.year, *words)
    messages.success(request, str(Text("已提出情形认定，待另一人确认后生效。", "Decided; it holds when a second person has confirmed it.")))
    return redirect("ledgers:circumstance", table, indicator)


@require_POST
def confirm(request: HttpRequest, table: UUID, indicator: UUID, decision: UUID) -> HttpResponse:
    """A second person confirms what was decided."""
    confirm_circumstance(request.viewer, decision)
    messages.success(request, str(Text("情形认定已确认。", "The decision is confirmed.")))
    return redirect("ledgers:actual", table, indicator)


KINDS = [
    (Circumstance.Kind.NOT_ORGANISED, Text("未组织", "Not organised")),
    (Circumstance.Kind.NOT_APPLICABLE, Text("不适用", "Not applicable")),
]
