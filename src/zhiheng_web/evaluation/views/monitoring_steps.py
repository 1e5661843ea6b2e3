"""The steps of monitoring: each reads what was sent, takes one action and goes on to where its result is seen."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhiheng_web.evaluation.actions.change_round import change_round
from zhiheng_web.evaluation.actions.close_round import close_round
from zhiheng_web.evaluation.actions.fill_monitoring import fill_monitoring
from zhiheng_web.evaluation.actions.open_correction import open_correction
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.plan_round import plan_round
from zhiheng_web.evaluation.actions.refresh_monitoring import refresh_monitoring
from zhiheng_web.evaluation.actions.return_monitoring import return_monitoring
from zhiheng_web.evaluation.actions.set_milestones import set_milestones
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.actions.write_monitoring import write_monitoring
from zhiheng_web.evaluation.forms import monitoring as forms
from zhiheng_web.evaluation.queries.monitoring_report import correction_page, report_page
from zhiheng_web.evaluation.queries.rounds import COVERS, PlanningPage, changing_page, planning_page
from zhiheng_web.evaluation.views.monitoring import number_of
from zhiheng_web.trail.action import Absent, Refusal
from zhiheng_web.wording import Text

PLANNED = Text("已设置 {n} 个监控轮次。", "{n} rounds planned.")
CHANGED = Text("轮次已修改。", "The round is changed.")
OPENED = Text("监控已启动，各表的实际值已按数据截止日固化。", "The round is open; values are frozen as of its last day.")
CLOSED = Text("本轮监控已完成，内容不再更改。", "The round is closed; it does not change any more.")
SAVED = Text("已保存。", "Saved.")
SUBMITTED = Text("监控表已报送。", "The report is submitted.")
RETURNED = Text("监控表已退回。", "The report is returned.")
REFRESHED = Text("数据已更新，亮灯已重新判断。", "The values are taken anew and judged again.")
CURVE = Text("进度节点已保存，填报中的监控表已按新曲线判断。", "The milestones are saved; open reports are judged along them.")
CORRECTED = Text("纠偏措施已登记，列入整改台账跟踪至销号。", "The corrective action is recorded and followed until it is closed.")


def told(request: HttpRequest, text: Text, name: str, *arguments: object) -> HttpResponse:
    """Say it and go on."""
    messages.success(request, str(text), "good")
    return redirect(f"evaluation:{name}", *arguments)


@require_http_methods(["GET", "POST"])
def new_round(request: HttpRequest) -> HttpResponse:
    """Plan a round, as the chosen policy proposes it."""
    refused = None
    if request.method == "POST":
        try:
            made = plan_round(request.viewer, forms.departments_sent(request.POST), forms.plan_sent(request.POST))
        except Absent:
            raise
        except Refusal as answer:
            refused = answer
        else:
            text = PLANNED.with_(n=len(made))
            return told(request, text, "round", made[0].pk) if len(made) == 1 else told(request, text, "rounds")
    asked = request.POST if refused else request.GET
    page = planning_page(request.viewer, number_of(request, "year"), asked.get("policy", ""))
    return _form(request, page, refused)


@require_http_methods(["GET", "POST"])
def edit_round(request: HttpRequest, round: UUID) -> HttpResponse:  # noqa: A002 - the name of the address
    """Change a round that is not closed."""
    refused = None
    if request.method == "POST":
        try:
            change_round(request.viewer, round, forms.plan_sent(request.POST))
        except Absent:
            raise
        except Refusal as answer:
            refused = answer
        else:
            return told(request, CHANGED, "round", round)
    return _form(request, changing_page(request.viewer, round), refused)


def _form(request: HttpRequest, page: PlanningPage, refused: Refusal | None) -> HttpResponse:
    context = {"page": page, "refused": refused, "covers": COVERS, "typed": request.POST if refused else {}, "entry_page": True}
    context["ticked"] = request.POST.getlist("departments") if refused else None
    context["chosen"] = request.POST.getlist("tables") if refused else [str(pk) for pk in page.plan.tables]
    return render(request, "evaluation/monitoring/round_form.html", context, status=refused.status if refused else 200)


@require_POST
def start_round(request: HttpRequest, round: UUID) -> HttpResponse:  # noqa: A002 - the name of the address
    """Open a round."""
    open_round(request.viewer, round)
    return told(request, OPENED, "round", round)


@require_POST
def end_round(request: HttpRequest, round: UUID) -> HttpResponse:  # noqa: A002 - the name of the address
    """Close a round."""
    close_round(request.viewer, round)
    return told(request, CLOSED, "round", round)


@require_POST
def fill_row(request: HttpRequest, row: UUID) -> HttpResponse:
    """Save one row: for htmx what changed on the page by it, else the page at the row."""
    saved = fill_monitoring(request.viewer, row, forms.row_sent(request.POST), edits=forms.edits_sent(request.POST))
    if not request.htmx:
        messages.success(request, str(SAVED), "good")
        return redirect(reverse("evaluation:report", args=[saved.report_id]) + f"#row-{row}")
    page = report_page(request.viewer, saved.report_id)
    context = {"page": page, "report": page.report, "one": page.row_shown(saved.pk), "saved": True}
    return render(request, "evaluation/monitoring/saved.html", context)


@require_POST
def write_report(request: HttpRequest, report: UUID) -> HttpResponse:
    """Save the money and words of a report, or hand it in with them."""
    filled, edits = forms.report_sent(request.POST), forms.edits_sent(request.POST)
    if request.POST.get("submit"):
        submit_monitoring(request.viewer, report, filled, edits=edits)
        return told(request, SUBMITTED, "report", report)
    write_monitoring(request.viewer, report, filled, edits=edits)
    return told(request, SAVED, "report", report)


@require_POST
def submit_report(request: HttpRequest, report: UUID) -> HttpResponse:
    """Hand a report in."""
    submit_monitoring(request.viewer, report)
    return told(request, SUBMITTED, "report", report)


@require_POST
def return_report(request: HttpRequest, report: UUID) -> HttpResponse:
    """Return a report."""
    return_monitoring(request.viewer, report, request.POST.get("reason", ""))
    return told(request, RETURNED, "report", report)


@require_POST
def refresh_report(request: HttpRequest, report: UUID) -> HttpResponse:
    """Take the values of a report anew."""
    refresh_monitoring(request.viewer, report, request.POST.get("reason", ""))
    return told(request, REFRESHED, "report", report)


@require_POST
def set_curve(request: HttpRequest, table: UUID, indicator: UUID) -> HttpResponse:
    """Put an indicator's curve in place."""
    points = [] if request.POST.get("linear") else forms.points_sent(request.POST)
    set_milestones(request.viewer, table, indicator, points, base=request.POST.get("base"), reason=request.POST.get("reason", ""))
    return told(request, CURVE, "milestones", table)


@require_http_methods(["GET", "POST"])
def correct_row(request: HttpRequest, row: UUID) -> HttpResponse:
    """Open a corrective action from a row."""
    refused = None
    if request.method == "POST":
        try:
            item = open_correction(request.viewer, row, forms.correction_sent(request.POST))
        except Absent:
            raise
        except Refusal as answer:
            refused = answer
        else:
            messages.success(request, str(CORRECTED), "good")
            return redirect(reverse("evaluation:report", args=[item.monitoring_row.report_id]) + f"#row-{row}")
    context = {"page": correction_page(request.viewer, row), "refused": refused, "typed": request.POST, "entry_page": True}
    return render(request, "evaluation/monitoring/correction.html", context, status=refused.status if refused else 200)
