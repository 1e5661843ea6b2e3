"""The deadlines of the steps."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from zhiheng_web.organisation.authority import may
from zhiheng_web.tasks.actions.keep_deadline import keep_deadline
from zhiheng_web.tasks.forms import DeadlineForm
from zhiheng_web.tasks.queries import deadlines
from zhiheng_web.wording import Text


def deadline_page(request: HttpRequest) -> HttpResponse:
    """See the deadlines; set one."""
    form = DeadlineForm(request.viewer, request.POST or None, initial={"year": timezone.localdate().year, "working_days": True})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        named = {name: data[name] for name in ("due_on", "days", "working_days", "basis")}
        keep_deadline(request.viewer, data["department"], data["year"], data["step"], **named)
        messages.success(request, Text("已保存办理时限。", "The deadline is kept."))
        return redirect("tasks:deadlines")
    context = {"form": form, "deadlines": deadlines(request.viewer), "may_keep": may(request.viewer, "tasks.keep_deadline", None)}
    return render(request, "tasks/deadlines.html", context)
