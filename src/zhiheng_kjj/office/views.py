"""Pages of the office's own work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhiheng_kjj.office import queries


@require_GET
def office(request: HttpRequest) -> HttpResponse:
    """All pages."""
    return render(request, "kjj/office/office.html", {"pages": queries.office_pages(request.viewer)})


@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One page."""
    return render(request, "kjj/office/page.html", {"shown": queries.office_page(request.viewer, code, request.GET.dict())})
