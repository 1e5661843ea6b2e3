"""Setting up ledgers: the overview, packs on offer, a register declared by form or sheet, changed, an indicator bound."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhiheng_web.ledgers.actions.adopt_pack import adopt_pack
from zhiheng_web.ledgers.actions.bind_indicator import bind_indicator
from zhiheng_web.ledgers.actions.change_register import change_register
from zhiheng_web.ledgers.actions.declare_register import declare_register
from zhiheng_web.ledgers.forms.binding import MEASURE_NAMES, BindingForm, summary
from zhiheng_web.ledgers.forms.declaring import Declaration, SheetForm
from zhiheng_web.ledgers.importing.guessed_sheet import columns_of_sheet, headings_of, mapping_of
from zhiheng_web.ledgers.queries.declaring import (
    bases_to_declare,
    department_to_declare,
    duty_names,
    indicator_to_declare,
    offers,
    open_registers,
    register_to_declare,
    set_up,
)
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.authority import authorise_menu
from zhiheng_web.trail.action import Invalid, Refusal
from zhiheng_web.wording import Text

DECLARED = Text("台账“{name}”已设立，现在就可以登记。", "The register {name} is declared; you can record entries now.")
CHANGED = Text("台账设置已保存（第 {edition} 版）。", "The register is changed (edition {edition}).")
BOUND = Text("取数规则已保存。", "The binding is saved.")
ADOPTED = Text(
    "业务包已启用：新设台账 {made} 本，修改 {changed} 本，停用 {closed} 本，绑定指标 {bound} 项。",
    "The pack is adopted: {made} registers made, {changed} changed, {closed} closed; {bound} indicators bound.",
)


@require_safe
def declare(request: HttpRequest) -> HttpResponse:
    """What a department has set up, and what can be set up next."""
    authorise_menu(request.viewer, "ledgers.declare_register")
    page = set_up(request.viewer, request.GET.get("department", ""))
    return render(request, "ledgers/declaring/declare.html", {"page": page, "sheet": SheetForm()})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, department: UUID) -> HttpResponse:
    """Declare a register by the form."""
    authorise_menu(request.viewer, "ledgers.declare_register")
    found = department_to_declare(request.viewer, department)
    form = Declaration(duty_names(found.pk), request.POST or None)
    if "more" not in request.POST and request.method == "POST" and form.is_valid():
        try:
            definition = form.definition()
            headings = mapping_of(form.register.cleaned_data["headings"], form.names(), definition)
            register = declare_register(request.viewer, found.pk, definition, headings)
        except Invalid as invalid:
            form.refuse(invalid.fields, invalid.text)
        else:
            messages.success(request, str(DECLARED.with_(name=register.name_zh)))
            return redirect("ledgers:import_entries" if headings else "ledgers:register", register.pk)
    return _form(request, form, {"department": found})


@require_POST
def from_sheet(request: HttpRequest, department: UUID) -> HttpResponse:
    """A sheet's headings as columns, for correction; nothing is written yet."""
    authorise_menu(request.viewer, "ledgers.declare_register")
    found = department_to_declare(request.viewer, department)
    sheet = SheetForm(request.POST, request.FILES)
    if sheet.is_valid():
        try:
            name, guessed = columns_of_sheet(sheet.cleaned_data["file"])
        except Invalid as invalid:
            sheet.add_error("file", str(invalid.text))
        else:
            initial = {"zh": name, "en": "", "headings": json.dumps(headings_of(guessed), ensure_ascii=False)}
            form = Declaration(duty_names(found.pk), guessed=guessed.columns, initial=initial)
            return _form(request, form, {"department": found, "guessed": guessed})
    page = set_up(request.viewer, str(found.pk))
    return render(request, "ledgers/declaring/declare.html", {"page": page, "sheet": sheet}, status=400)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, register: UUID) -> HttpResponse:
    """Change a declared register."""
    authorise_menu(request.viewer, "ledgers.change_register")
    found = register_to_declare(request.viewer, register)
    before = definition_of(found)
    form = Declaration(duty_names(found.department_id), request.POST or None, before=before, initial={"edition": found.edition})
    if "more" not in request.POST and request.method == "POST" and form.is_valid():
        try:
            changed = change_register(request.viewer, register, form.definition(), form.register.cleaned_data["edition"] or 0)
        except Refusal as refusal:
            form.refuse(refusal.fields, refusal.text)
        else:
            messages.success(request, str(CHANGED.with_(edition=changed.edition)))
            return redirect(f"{reverse('ledgers:declare')}?department={changed.department_id}")
    return _form(request, form, {"department": found.department, "register": found})


def _form(request: HttpRequest, form: Declaration, context: dict[str, Any]) -> HttpResponse:
    status = 400 if "more" not in request.POST and form.has_errors() else 200
    return render(request, "ledgers/declaring/register.html", {"form": form, "entry_page": True, **context}, status=status)


@require_safe
def packs(request: HttpRequest) -> HttpResponse:
    """The packs that are offered to a department, with the faults of those that do not load."""
    authorise_menu(request.viewer, "ledgers.adopt_pack")
    page = set_up(request.viewer, request.GET.get("department", ""))
    found = offers(request.viewer, page.department.pk)[1] if page.department else []
    return render(request, "ledgers/declaring/packs.html", {"page": page, "offers": found})


@require_POST
def adopt(request: HttpRequest, department: UUID) -> HttpResponse:
    """Adopt a pack on offer, or its new edition."""
    found = next((one for one in offers(request.viewer, department)[1] if one.pack.code == request.POST.get("pack")), None)
    if found is not None:
        done = adopt_pack(request.viewer, department, found.path)
        counts = {name: len(getattr(done.registers, name)) for name in ("made", "changed", "closed")}
        messages.success(request, str(ADOPTED.with_(bound=len(done.bases.changed), **counts)))
        if done.bases.absent:
            text = Text("本部门绩效目标表中没有这些指标，暂未绑定：{names}", "No such indicators in the tables yet, not bound: {names}")
            messages.warning(request, str(text.with_(names="、".join(done.bases.absent))))
    return redirect(f"{reverse('ledgers:packs')}?department={department}")


@require_http_methods(["GET", "POST"])
def bind(request: HttpRequest, indicator: UUID) -> HttpResponse:
    """Bind an indicator: first the register and the measure, then what these need."""
    authorise_menu(request.viewer, "ledgers.bind_indicator")
    found = indicator_to_declare(request.viewer, indicator)
    registers = open_registers(found.department_id)
    chosen = next((row for row in registers if str(row.pk) == request.GET.get("register")), None)
    measure = request.GET.get("measure", "")
    form = BindingForm(definition_of(chosen), measure, request.POST or None) if chosen and measure in MEASURE_NAMES else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            bind_indicator(request.viewer, indicator, form.basis())
        except Invalid as invalid:
            for name, text in invalid.fields.items():
                form.add_error(name if name in form.fields else None, str(text))
        else:
            messages.success(request, str(BOUND))
            return redirect("ledgers:bind_indicator", indicator)
    bases = [(basis, [summary(part) for part in basis.parts.all()]) for basis in bases_to_declare(found)]
    context = {"indicator": found, "registers": registers, "chosen": chosen, "measure": measure, "measures": MEASURE_NAMES.items()}
    status = 400 if form is not None and form.errors else 200
    return render(request, "ledgers/declaring/bind.html", {**context, "form": form, "bases": bases, "entry_page": True}, status=status)
