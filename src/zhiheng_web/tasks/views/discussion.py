"""The discussion on a version or one of its indicators."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhiheng_web.tasks.actions.write_message import write_message
from zhiheng_web.tasks.forms import MessageForm
from zhiheng_web.tasks.models import Message


@require_POST
def messages(request: HttpRequest, version: UUID) -> HttpResponse:
    """Add a message; answers the discussion anew for htmx, else goes back to the page it stands on."""
    form = MessageForm(request.POST)
    indicator = form.cleaned_data.get("indicator") if form.is_valid() else None
    message = write_message(request.viewer, version, form.cleaned_data.get("text", ""), indicator)
    if request.htmx:
        shown = Message.objects.filter(version=version, indicator=indicator).select_related("written_by")
        context = {"messages": shown, "version": message.version, "indicator_id": indicator, "may_discuss": True}
        return render(request, "tasks/messages.html", context)
    if message.indicator_id:
        return redirect("planning:indicator", message.version.table_id, message.indicator_id)
    return redirect("planning:version", version)
