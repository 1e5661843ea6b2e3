"""Generating a new year's table."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhiheng_web.planning.actions.generate_table import generate_table
from zhiheng_web.planning.forms.generating import GenerateForm
from zhiheng_web.planning.queries.generating import bases, generation_notes, new_table
from zhiheng_web.wording import Text

KIND_TEXTS = {
    "computed": Text("据库存数据", "From what is stored"),
    "incomplete": Text("年份不全", "Years missing"),
    "missing": Text("没有数据", "No data"),
    "disagrees": Text("来源不一致", "Sources differ"),
    "old_year": Text("含有往年", "Names an old year"),
    "moved": Text("职责已划转", "Duty moved"),
    "to_fill": Text("待填写", "To fill"),
}


def start(request: HttpRequest) -> HttpResponse:
    """Choose what the new table is made from, see what it would say, make it."""
    found = bases(request.viewer)
    form = GenerateForm(found, request.POST or (request.GET if "base" in request.GET else None))
    if not form.is_valid():
        return render(request, "planning/importing/generate.html", {"bases": found, "form": form, "entry_page": True})
    base, year = form.cleaned_data["base"], form.cleaned_data["year"]
    if request.method == "POST":
        version = generate_table(request.viewer, base, year, carry_tags=form.cleaned_data["tags"])
        messages.success(
            request, Text("已生成新年度表，请按说明核对并填写。", "The new year's table is made; check the notes and fill it in.")
        )
        return redirect("planning:generated", version.pk)
    context = {"bases": found, "form": form, "made": new_table(request.viewer, base, year), "entry_page": True}
    return render(request, "planning/importing/generate.html", context)


def generated(request: HttpRequest, version: UUID) -> HttpResponse:
    """What generating says of a version's cells."""
    found, notes = generation_notes(request.viewer, version)
    context = {"version": found, "notes": [(note, KIND_TEXTS[note.kind]) for note in notes]}
    return render(request, "planning/importing/generated.html", context)
