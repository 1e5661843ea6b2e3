"""Pages of the use of results: what was decided, one decision with what it replaced, deciding."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from zhiheng_web.evaluation.actions.decide_use import decide_use as decide
from zhiheng_web.evaluation.forms import rectification as sent
from zhiheng_web.evaluation.policies.rectification import scope_of_table
from zhiheng_web.evaluation.queries.uses import DECISIONS, deciding, tables_to_decide, use_page, use_rows
from zhiheng_web.evaluation.queries.uses import uses as uses_of
from zhiheng_web.organisation.authority import authorise, authorise_menu, may
from zhiheng_web.planning.forms.money import identifier
from zhiheng_web.trail.action import Invalid
from zhiheng_web.ui.exporting import file_of
from zhiheng_web.wording import Text

DECIDED = Text("决定已保存，将在 {year} 年的申报中显示。", "The decision is kept and shows in the declaration of {year}.")


@require_GET
def uses(request: HttpRequest) -> HttpResponse:
    """The decisions that stand; ``export`` gives them as a file."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else None
    lines, years = uses_of(request.viewer, year)
    if request.GET.get("export") == "xlsx":
        return file_of("xlsx", str(Text("评价结果应用", "Use of results")), use_rows(lines))
    context = {"lines": lines, "years": years, "year": year, "may_decide": may(request.viewer, "evaluation.decide_use", None)}
    return render(request, "evaluation/rectification/uses.html", context)


@require_GET
def use(request: HttpRequest, use: UUID) -> HttpResponse:
    """One decision."""
    line, others, may_decide = use_page(request.viewer, use)
    context = {"line": line, "use": line.use, "others": others, "may_decide": may_decide}
    return render(request, "evaluation/rectification/use.html", context)


@require_http_methods(["GET", "POST"])
def decide_use(request: HttpRequest) -> HttpResponse:
    """Decide what follows from a result: first the table, then the decision."""
    authorise_menu(request.viewer, "evaluation.decide_use")
    if request.method == "POST":
        try:
            made = decide(request.viewer, sent.use(request.POST))
        except Invalid as refused:
            return render(request, "evaluation/rectification/use_form.html", _form(request, refused), status=400)
        messages.success(request, str(DECIDED.with_(year=made.next_year)))
        return redirect("evaluation:use", made.pk)
    if not request.GET.get("table"):
        return render(request, "evaluation/rectification/choose_result.html", {"tables": tables_to_decide(request.viewer)})
    return render(request, "evaluation/rectification/use_form.html", _form(request, None))


def _form(request: HttpRequest, refused: Invalid | None) -> dict[str, Any]:
    values = request.POST if request.method == "POST" else request.GET
    found = deciding(request.viewer, sent.table(values), identifier(values, "project"))
    authorise(request.viewer, "evaluation.decide_use", scope_of_table(found.table))
    return {"found": found, "values": values, "decisions": DECISIONS, "refused": refused, "entry_page": True, "bar_year": found.table.year}
