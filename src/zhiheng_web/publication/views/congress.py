"""Pages of what goes to the people's congress: its letter, its enclosures."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from zhiheng_web.publication.actions.send_to_congress import send_to_congress
from zhiheng_web.publication.forms.packages import day
from zhiheng_web.publication.queries.congress import addressee, file_for_congress
from zhiheng_web.publication.queries.packages import package_page
from zhiheng_web.trail.action import Absent, Refusal
from zhiheng_web.wording import Text

SENT = Text("报送函已登记。", "The letter is recorded.")


@require_http_methods(["GET", "POST"])
def congress(request: HttpRequest, package: UUID) -> HttpResponse:
    """The letter with its number and day, and the files that go with it."""
    refused = None
    if request.method == "POST":
        try:
            send_to_congress(request.viewer, package, request.POST.get("number", ""), day(request.POST, "on"), request.POST.get("to", ""))
        except Absent:
            raise
        except Refusal as refusal:
            refused = refusal
        else:
            messages.success(request, str(SENT), "good")
            return redirect("publication:congress", package)
    context = {"page": package_page(request.viewer, package), "part": "congress", "refused": refused, "sent": request.POST}
    context["to"] = request.POST.get("to") or addressee(context["page"].package)
    return render(request, "publication/packages/congress.html", context, status=refused.status if refused else 200)


@require_GET
def enclosure(request: HttpRequest, package: UUID, kind: str) -> HttpResponse:
    """One of the files."""
    name, data, media = file_for_congress(request.viewer, package, kind)
    answer = HttpResponse(data, content_type=media)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    return answer
