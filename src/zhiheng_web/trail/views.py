"""Pages of the trail."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from zhiheng_web.organisation.authority import authorise_menu
from zhiheng_web.trail.forms import FilterForm
from zhiheng_web.trail.queries import action_text, details_of, exported, record_seen, records_seen, verification
from zhiheng_web.trail.recording import record as write_record

PAGE = 50


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """The records I may read, filtered."""
    authorise_menu(request.viewer, "trail.see_trail")
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = Paginator(records_seen(request.viewer, asked), PAGE).get_page(request.GET.get("page"))
    rows = [(row, action_text(row.action)) for row in page]
    return render(request, "trail/trail.html", {"form": form, "page": page, "rows": rows, "query": request.GET.urlencode()})


@require_safe
def record(request: HttpRequest, number: int) -> HttpResponse:
    """One record in full."""
    authorise_menu(request.viewer, "trail.see_trail")
    found = record_seen(request.viewer, number)
    context = {"record": found, "action": action_text(found.action), "details": details_of(found)}
    return render(request, "trail/record.html", context)


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Check the whole chain now."""
    authorise_menu(request.viewer, "trail.verify_trail")
    found = verification()
    write_record(request.viewer, "trail.verify", "trail.ChainHead", "1", details={"records": found.records, "breaks": found.broken})
    return render(request, "trail/verification.html", {"found": found, "at": timezone.now()})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The filtered records as CSV."""
    authorise_menu(request.viewer, "trail.export_trail")
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    records = records_seen(request.viewer, asked)
    shown = {name: str(value) for name, value in asked.items() if value}
    last = records.values_list("number", flat=True).first() or 0
    write_record(request.viewer, "trail.export", "trail.TrailRecord", str(last), details={"filter": shown, "records": records.count()})
    lines = exported(records.filter(number__lte=last).order_by("number").iterator(2000))
    headers = {"Content-Disposition": f'attachment; filename="trail-{timezone.localdate():%Y%m%d}.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
