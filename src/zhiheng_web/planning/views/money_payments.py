"""Pages of payments: months of a year, upload of a sheet, its preview and import."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Scope
from zhiheng_web.planning.actions.import_payments import import_payments
from zhiheng_web.planning.actions.receive_payments import receive_payments
from zhiheng_web.planning.forms import money as sent
from zhiheng_web.planning.money.projects import budget_year, unit_for
from zhiheng_web.planning.queries.money import units_for, years_of
from zhiheng_web.planning.queries.payments import MONTHS, months_of, previewed, sheets_of, source_for
from zhiheng_web.planning.views.money_done import go_on
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

IMPORTED = Text("已导入：写入 {count} 个月份数，{same} 个与已有数据相同。", "Imported: {count} months written, {same} were known already.")
CHOOSE = Text("请选择文件。", "Choose a file.")


@login_required
@require_http_methods(["GET", "POST"])
def payments(request: HttpRequest) -> HttpResponse:
    """What was paid month by month, and the upload of a sheet."""
    if request.method == "POST":
        return _upload(request)
    viewer = request.viewer
    units, years = units_for(viewer), years_of(viewer, timezone.localdate())
    year = budget_year(sent.year(request.GET, "year", years[0]))
    unit = unit_for(viewer, chosen) if (chosen := sent.identifier(request.GET, "unit")) else next(iter(units), None)
    can = bool(unit) and may(viewer, "planning.import_payments", Scope(unit.department_id, unit.pk))
    context = {"unit": unit, "units": units, "year": year, "years": years, "months": MONTHS, "can": can, "entry_page": can}
    if unit is not None:
        context |= {"page": months_of(viewer, unit, year), "sheets": sheets_of(viewer, unit)}
    return render(request, "planning/money/payments.html", context)


def _upload(request: HttpRequest) -> HttpResponse:
    unit, year = sent.needed_identifier(request.POST, "unit"), budget_year(sent.year(request.POST, "year") or 0)
    if (upload := request.FILES.get("file")) is None:
        raise Invalid("no_file", CHOOSE, {"file": CHOOSE})
    source = receive_payments(request.viewer, unit, upload)
    return go_on(request, f"{reverse('planning:payment_sheet', args=[source.pk])}?{urlencode({'unit': unit, 'year': year})}")


@login_required
@require_http_methods(["GET", "POST"])
def payment_sheet(request: HttpRequest, source: UUID) -> HttpResponse:
    """The preview of a sheet, each fault at its cell; its import."""
    given = request.POST if request.method == "POST" else request.GET
    unit, year = unit_for(request.viewer, sent.needed_identifier(given, "unit")), budget_year(sent.year(given, "year") or 0)
    money_unit = sent.UNITS.get(sent.text(given, "money_unit"), "")
    if request.method == "POST":
        checked = bool(sent.text(given, "totals_checked"))
        done = import_payments(request.viewer, source, unit.pk, year, money_unit=money_unit, totals_checked=checked)
        same = sum(1 for row in done if row.same)
        messages.success(request, str(IMPORTED.with_(count=len(done) - same, same=same)), "good")
        return go_on(request, f"{reverse('planning:payments')}?{urlencode({'unit': unit.pk, 'year': year})}")
    file = source_for(request.viewer, source)
    context = {"file": file, "unit": unit, "year": year, "preview": previewed(file, unit, year, money_unit), "money_unit": money_unit}
    context["synthetic"] = any(line.synthetic for line in context["preview"].lines.values())
    context["can"] = may(request.viewer, "planning.import_payments", Scope(unit.department_id, unit.pk))
    return render(request, "planning/money/payment_sheet.html", context)
