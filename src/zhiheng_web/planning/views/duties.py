"""Who answers for the duties, and handing them over."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.queries.structure import office_for
from zhiheng_web.planning.actions.merge_offices import merge_offices
from zhiheng_web.planning.actions.transfer_duty import transfer_duty
from zhiheng_web.planning.forms.duties import MergeForm, TransferForm
from zhiheng_web.planning.queries.duties import duties_seen, duty_seen, taking_units
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text


@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """All duties I may see, with who held them when."""
    authorise_menu(request.viewer, "planning.see_duties")
    context = {"duties": duties_seen(request.viewer), "may_transfer": may(request.viewer, "planning.transfer_duty", None)}
    return render(request, "planning/duties/duties.html", context)


@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, duty: UUID) -> HttpResponse:
    """Hand a duty over."""
    authorise_menu(request.viewer, "planning.transfer_duty")
    found = duty_seen(request.viewer, duty)
    form = TransferForm(taking_units(request.viewer), found.held[0], request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            transfer_duty(request.viewer, duty, **form.cleaned_data)
        except Refusal as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, Text("职责已划转，此前年度不变。", "The duty is handed over; the years before stay."))
            return redirect("planning:duties")
    context = {"duty": found, "form": form}
    return render(request, "planning/duties/transfer.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, office: UUID) -> HttpResponse:
    """Merge an office into another."""
    authorise_menu(request.viewer, "planning.merge_offices")
    found = office_for(request.viewer, office)
    form = MergeForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            merge_offices(request.viewer, office, data["into"].pk, data["since"], data["document"])
        except Refusal as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, Text("科室已合并，职责和人员角色一并转入。", "Merged; duties and roles went along."))
            return redirect("organisation:department_admin", found.unit.department_id)
    return render(request, "planning/duties/merge.html", {"office": found, "form": form}, status=400 if form.errors else 200)


def _refuse(form: TransferForm | MergeForm, refusal: Refusal) -> None:
    named = [(name, text) for name, text in refusal.fields.items() if name in form.fields]
    for name, text in named or [(None, refusal.text)]:
        form.add_error(name, str(text))
