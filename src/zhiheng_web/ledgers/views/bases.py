"""The page on which a counting basis is chosen."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhiheng_web.ledgers.actions.choose_basis import choose_basis
from zhiheng_web.ledgers.queries.bases import bases_of
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text


@require_http_methods(["GET", "POST"])
def bases(request: HttpRequest, table: UUID, indicator: UUID) -> HttpResponse:
    """The readings of an indicator's words; in an open version one of them is chosen."""
    page = bases_of(request.viewer, table, indicator)
    if request.method == "POST" and page.open is not None:
        choose_basis(request.viewer, page.open.pk, page.row.pk, chosen(request.POST.get("basis", "")), request.POST.get("seen", ""))
        messages.success(request, str(Text("计算口径已写入该版本。", "The counting basis is written in this version.")))
        return redirect("ledgers:bases", table, indicator)
    return render(request, "ledgers/bases/bases.html", {"page": page})


def chosen(given: str) -> UUID:
    """The basis that was ticked, else Invalid."""
    try:
        return UUID(given)
    except ValueError:
        text = Text("请选择一个计算口径。", "Choose a counting basis.")
        raise Invalid("basis", text, {"basis": text}) from None
