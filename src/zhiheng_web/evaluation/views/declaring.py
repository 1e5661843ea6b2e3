"""Declaring a value by hand: GET tells how what is typed will be read, POST declares it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhiheng_web.evaluation.actions.declare_actual import declare_actual
from zhiheng_web.evaluation.actions.declare_monitored import declare_monitored
from zhiheng_web.evaluation.forms.declaring import said_sent
from zhiheng_web.evaluation.queries.declaring import reading_of_actual, reading_of_monitored
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

DECLARED = Text("已登记入台账“手工申报数据”，实际完成值已更新。", "Recorded in the register of declared figures; the value was taken anew.")
MONITORED = Text(
    "已登记入台账“手工申报数据”，本期完成值已更新，亮灯已重新判断。",
    "Recorded in the register of declared figures; the row was taken anew and judged again.",
)


def read(request: HttpRequest, told: Callable[[], Text]) -> HttpResponse:
    """How it will be read, or what is wrong with it, beside the input."""
    try:
        context: dict[str, object] = {"reading": told()}
    except Invalid as refused:
        context = {"refused": refused}
    return render(request, "evaluation/declaring/reading.html", context)


@require_http_methods(["GET", "POST"])
def actual(request: HttpRequest, self_evaluation: UUID, row: UUID) -> HttpResponse:
    """The year's value of a row of a self-evaluation."""
    viewer = request.viewer
    if request.method == "GET":
        return read(request, lambda: reading_of_actual(viewer, self_evaluation, row, lambda: said_sent(request.GET)))
    said, files = said_sent(request.POST), request.FILES.getlist("file")
    more = {"moved": said.moved, "done_on": said.done_on, "so_far": said.so_far}
    declare_actual(viewer, self_evaluation, row, said.number, said.unit, said.source, files, **more)
    messages.success(request, str(DECLARED), "good")
    return redirect("evaluation:self_evaluation_row", self_evaluation, row)


@require_http_methods(["GET", "POST"])
def monitored(request: HttpRequest, row: UUID) -> HttpResponse:
    """The figure of a round's last day."""
    viewer = request.viewer
    if request.method == "GET":
        return read(request, lambda: reading_of_monitored(viewer, row, lambda: said_sent(request.GET)))
    said, files = said_sent(request.POST), request.FILES.getlist("file")
    more = {"moved": said.moved, "done_on": said.done_on, "so_far": said.so_far}
    made = declare_monitored(viewer, row, said.number, said.unit, said.source, files, **more)
    messages.success(request, str(MONITORED), "good")
    return redirect(reverse("evaluation:report", args=[made.report_id]) + f"#row-{row}")
