"""The one page of the design system that answers by itself: the file of a ledger as it is seen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.views.decorators.http import require_POST

from zhiheng_web.ui.exporting import MEDIA_TYPES, NotATable, TooLong, file_of, seen_rows


@require_POST
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The rows that stand on the screen as a file. It holds what was sent and asks the database nothing."""
    if request.viewer.account is None:
        return HttpResponseForbidden()
    if kind not in MEDIA_TYPES:
        return HttpResponseBadRequest()
    try:
        return file_of(kind, request.POST.get("title", ""), seen_rows(request.POST.get("table", "")))
    except (NotATable, TooLong) as fault:
        return HttpResponseBadRequest(str(fault), content_type="text/plain; charset=utf-8")
