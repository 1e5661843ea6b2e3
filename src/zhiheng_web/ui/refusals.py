"""Refusals as pages: from what an action answers to an HTTP status and a page, or a note in the page, that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class RefusalMiddleware:
    """Turns a :class:`zhiheng_web.trail.action.Refusal` that a view let through into its page.

    A request of htmx gets the note alone, which goes to the notes of the page it came from: what was typed stays there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; anything else goes on to Django."""
        from zhiheng_web.trail.action import Refusal

        return refused(request, exception) if isinstance(exception, Refusal) else None


def refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    """What a person sees of a refusal: a whole page, or for htmx the note that stands above the page's content."""
    context = {"refusal": refusal, "standing": list(getattr(refusal, "current", {}).items()), "back": _back(request)}
    if not getattr(request, "htmx", False):
        return render(request, "ui/refusal.html", context, status=refusal.status)
    response = render(request, "ui/refusal_note.html", context, status=refusal.status)
    response["HX-Retarget"], response["HX-Reswap"] = "#notes", "innerHTML show:window:top"
    return response


def _back(request: HttpRequest) -> str:
    """The page of this service that the request came from; '' where it is unknown or this page itself."""
    came = urlsplit(request.META.get("HTTP_REFERER", ""))
    path = came.path + (f"?{came.query}" if came.query else "")
    here = came.netloc == request.get_host() and came.path.startswith("/") and not came.path.startswith("//")
    return path if here and path != request.get_full_path() else ""
