"""Exchange with the integrated budget system."""

from __future__ import annotations

from urllib.parse import quote, urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zhiheng_web.planning.queries.exchange import ENCODINGS, code_tables, exchange

SHOWN = 300
"""How many checks and how many left-out cells the page lists; the file holds all."""


def page(request: HttpRequest, version: UUID) -> HttpResponse:
    """What would go out, what would be refused there, what has no place."""
    found = exchange(request.viewer, version, request.GET.get("codes", ""), request.GET.get("encoding", ""))
    issues = [(issue, found.names[issue.row] if issue.row is not None else "") for issue in found.package.issues[:SHOWN]]
    left = [(item, found.names[item.row] if item.row is not None else "") for item in found.package.left_out[:SHOWN]]
    chosen = urlencode({"codes": found.codes, "encoding": found.encoding})
    context = {"exchange": found, "issues": issues, "left": left, "codes": code_tables(), "encodings": ENCODINGS, "chosen": chosen}
    return render(request, "planning/importing/exchange.html", context)


def download(request: HttpRequest, version: UUID, kind: str) -> HttpResponse:
    """The workbook (xlsx) or the CSV files (zip)."""
    if kind not in ("xlsx", "zip"):
        raise Http404
    found = exchange(request.viewer, version, request.GET.get("codes", ""), request.GET.get("encoding", ""))
    data, media_type, ending = found.file(kind)
    name = quote(f"一体化导出-{found.version.table}.{ending}")
    return HttpResponse(data, media_type, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"})
