"""Pages of registers: all of them, the list of one, its rows as a file, its counties, one entry."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from zhiheng_web.ledgers.policies import scope_of
from zhiheng_web.ledgers.queries.counties import counties_page
from zhiheng_web.ledgers.queries.entries_file import comma_separated, rows_of, workbook
from zhiheng_web.ledgers.queries.papers import gives_papers
from zhiheng_web.ledgers.queries.register_list import every_row, register_page
from zhiheng_web.ledgers.queries.registers import registers_page
from zhiheng_web.organisation.authority import may
from zhiheng_web.ui.exporting import FILES, MEDIA_TYPES, named


@require_GET
def registers(request: HttpRequest) -> HttpResponse:
    """All registers by duty."""
    context = {"groups": registers_page(request.viewer), "may_declare": may(request.viewer, "ledgers.declare_register", None)}
    return render(request, "ledgers/registers/registers.html", context)


@require_GET
def register(request: HttpRequest, register: UUID) -> HttpResponse:
    """The list of a register under a filter."""
    page = register_page(request.viewer, register, request.GET.dict())
    scope = scope_of(page.register, request.viewer.today())
    enters = may(request.viewer, "ledgers.record_entry", scope) or bool(page.register.takes_reports and request.viewer.roles)
    context = {
        "page": page,
        "may_enter": enters and may(request.viewer, "ledgers.record_entry", None),
        "may_change": may(request.viewer, "ledgers.change_register", scope),
        "gives_papers": gives_papers(page.register),
        "query": page.asked.address(after="", before=""),
    }
    return render(request, "ledgers/registers/register.html", context)


@require_GET
def register_file(request: HttpRequest, register: UUID, kind: str) -> HttpResponseBase:
    """Exactly the rows of the filter, as xlsx or csv, streamed."""
    if kind not in FILES:
        raise Http404
    found, definition, batches = every_row(request.viewer, register, request.GET.dict())
    rows = rows_of(definition, batches)
    if kind == "csv":
        response: HttpResponseBase = StreamingHttpResponse(comma_separated(rows), content_type=MEDIA_TYPES["csv"])
    else:
        response = FileResponse(workbook(found.name_zh, rows), content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = content_disposition_header(True, f"{named(found.name_zh)}.{kind}")
    return response


@require_GET
def counties(request: HttpRequest, register: UUID) -> HttpResponse:
    """A register by county."""
    page = counties_page(request.viewer, register, request.GET.dict())
    return render(request, "ledgers/registers/counties.html", {"page": page})
