"""Pages of rectification: the ledger, one item with its steps, an order."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhiheng_web.evaluation.actions.extend_rectification import extend_rectification
from zhiheng_web.evaluation.actions.order_rectification import order_rectification
from zhiheng_web.evaluation.actions.report_progress import report_progress
from zhiheng_web.evaluation.actions.report_rectified import report_rectified
from zhiheng_web.evaluation.actions.review_rectified import review_rectified
from zhiheng_web.evaluation.actions.set_measure import set_measure
from zhiheng_web.evaluation.forms import rectification as sent
from zhiheng_web.evaluation.policies.rectification import scope_of_table
from zhiheng_web.evaluation.queries.rectification import draft_of, item_page, ledger, ledger_rows, order_lines, step_file, tables_to_order
from zhiheng_web.evaluation.rectifying import SOURCES, STATES
from zhiheng_web.ledgers.evidence_store.storing import verified
from zhiheng_web.organisation.authority import authorise, authorise_menu, may
from zhiheng_web.planning.forms.money import needed_day, text, whole
from zhiheng_web.trail.action import Invalid
from zhiheng_web.ui.exporting import file_of, uploaded
from zhiheng_web.wording import Text

ORDERED = Text("整改通知已下达，共 {n} 项。", "The order is given, with {n} problems.")
SAVED = Text("已保存。", "Saved.")
DONE = {
    "measure": Text("措施已保存。", "The measure is set."),
    "progress": Text("进展已记录。", "Progress is recorded."),
    "report": Text("已报告完成，等待复核。", "Reported done; it waits for review."),
    "close": Text("已销号。", "Closed."),
    "return": Text("已退回。", "Returned."),
    "extend": Text("期限已延长。", "There is more time."),
}
MOST_ROWS = 5000
SPARE = 3


@require_GET
def rectification(request: HttpRequest) -> HttpResponse:
    """The ledger; ``export`` gives what the filters let through as a file."""
    filters = sent.filters(request.GET)
    if request.GET.get("export") == "xlsx":
        found = ledger(request.viewer, filters, 1, MOST_ROWS)
        return file_of("xlsx", str(Text("整改台账", "Rectification ledger")), ledger_rows(found.lines))
    found = ledger(request.viewer, filters, whole(request.GET, "page") or 1)
    query = request.GET.copy()
    query.pop("page", None)
    context = {"found": found, "filters": filters, "states": STATES, "sources": SOURCES, "query": query.urlencode()}
    context |= {"previous": found.page - 1, "next": found.page + 1}
    context["may_order"] = may(request.viewer, "evaluation.order_rectification", None)
    return render(request, "evaluation/rectification/ledger.html", context)


@require_GET
def rectification_item(request: HttpRequest, item: UUID) -> HttpResponse:
    """One item: what happened to it and what can be done now."""
    page = item_page(request.viewer, item)
    context = {"page": page, "entry_page": any(page.can.values()), "bar_year": page.item.table.year}
    return render(request, "evaluation/rectification/item.html", context)


@require_POST
def rectify(request: HttpRequest, item: UUID, step: str) -> HttpResponse:
    """One step of an item; what is wrong with it is said above its form, and what was typed stays."""
    try:
        _taken(request, item, step)
    except Invalid as refused:
        context = {"page": item_page(request.viewer, item), "refused": refused, "typed": request.POST, "entry_page": True}
        return render(request, "evaluation/rectification/item.html", context, status=400)
    messages.success(request, str(DONE[step]))
    return redirect("evaluation:rectification_item", item)


@require_GET
def rectification_file(request: HttpRequest, item: UUID, step: UUID) -> FileResponse:
    """The file of a step, always as a download and never to be guessed at."""
    found = step_file(request.viewer, item, step)
    return uploaded(verified(found.key, found.sha256, found.name), found.name, found.media_type)


@require_GET
def order(request: HttpRequest, order: UUID) -> HttpResponse:
    """An order with how each of its problems stands."""
    found, lines, source = order_lines(request.viewer, order)
    context = {"order": found, "lines": lines, "source": source, "bar_year": found.table.year}
    return render(request, "evaluation/rectification/order.html", context)


@require_http_methods(["GET", "POST"])
def new_order(request: HttpRequest) -> HttpResponse:
    """Write an order: first the table, then where the problems come from, then the problems."""
    authorise_menu(request.viewer, "evaluation.order_rectification")
    if request.method == "POST":
        try:
            made = order_rectification(request.viewer, sent.order(request.POST))
        except Invalid as refused:
            return render(request, "evaluation/rectification/order_form.html", _form(request, refused), status=400)
        messages.success(request, str(ORDERED.with_(n=made.items.count())))
        return redirect("evaluation:order", made.pk)
    if not request.GET.get("table"):
        return render(request, "evaluation/rectification/choose_table.html", {"tables": tables_to_order(request.viewer)})
    return render(request, "evaluation/rectification/order_form.html", _form(request, None))


def _taken(request: HttpRequest, item: UUID, step: str) -> None:
    post, viewer, upload = request.POST, request.viewer, request.FILES.get("file")
    match step:
        case "measure":
            set_measure(viewer, item, sent.measure(post), whole(post, "edits"))
        case "progress":
            report_progress(viewer, item, text(post, "text"), upload)
        case "report":
            report_rectified(viewer, item, text(post, "text"), upload)
        case "extend":
            extend_rectification(viewer, item, needed_day(post, "due_on"), text(post, "reason"))
        case _:
            review_rectified(viewer, item, closes=step == "close", opinion=text(post, "opinion"))


def _form(request: HttpRequest, refused: Invalid | None) -> dict[str, Any]:
    values = request.POST if request.method == "POST" else request.GET
    draft = draft_of(request.viewer, sent.table(values), text(values, "source"))
    authorise(request.viewer, "evaluation.order_rectification", scope_of_table(draft.table))
    names = ("problem", "demand", "indicator", "due_on")
    typed: list[dict[str, Any]] = [
        {name: values.get(f"p{row}-{name}", "") for name in names} for row in range(sent.ROWS) if f"p{row}-problem" in values
    ]
    proposed = [{"problem": one.problem, "demand": one.demand, "indicator": str(one.indicator or "")} for one in draft.problems]
    rows = typed or [*proposed, *({"problem": ""} for _ in range(SPARE))][: sent.ROWS]
    for place, row in enumerate(rows):
        row["row"] = place
    return {"draft": draft, "rows": rows, "values": values, "refused": refused, "entry_page": True, "bar_year": draft.table.year}
