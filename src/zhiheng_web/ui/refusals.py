"""Refusals as pages: from what an action answers to an HTTP status and a page, or a note in the page, that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render


class RefusalMiddleware:
    """Turns a :class:`zhiheng_web.trail.action.Refusal` that a view let through into its page.

    A request of htmx gets the note alone, which goes to the notes of the page it came from: what was typed stays there. So every form
    in which people type says ``hx-boost="true"``; where it goes on to after it was saved is loaded as a whole.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        boosted = bool(getattr(request, "htmx", False)) and request.htmx.boosted  # type: ignore[attr-defined]
        return go_on(request, response.url) if boosted and isinstance(response, HttpResponseRedirect) else response

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
    response["HX-Push-Url"] = "false"  # the page stays the one it was, under its own address
    return response


def _back(request: HttpRequest) -> str:
    """The page of this service that the request came from; '' where it is unknown or this page itself."""
    came = urlsplit(request.META.get("HTTP_REFERER", ""))
    path = came.path + (f"?{came.query}" if came.query else "")
    here = came.netloc == request.get_host() and came.path.startswith("/") and not came.path.startswith("//")
    return path if here and path != request.get_full_path() else ""


def go_on(request: HttpRequest, address: str) -> HttpResponse:
    """The page to go on to: loaded as a whole, for htmx too, because it has scripts and styles of its own.

    To go to a place of the page one is on, a browser loads nothing: there the page is loaded again and stays where it was scrolled to.
    """
    htmx: Any = getattr(request, "htmx", False)
    if not htmx:
        return HttpResponseRedirect(address)
    there, here = urlsplit(address), urlsplit(htmx.current_url or "")
    if there.fragment and (there.path, there.query) == (here.path, here.query):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return HttpResponse(headers={"HX-Redirect": address})
