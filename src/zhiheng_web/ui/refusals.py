"""Refusals as pages: one table from what an action answers to an HTTP status and a page that says what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class RefusalMiddleware:
    """Turns a :class:`zhiheng_web.trail.action.Refusal` that a view let through into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; anything else goes on to Django."""
        from zhiheng_web.trail.action import Refusal

        if not isinstance(exception, Refusal):
            return None
        return render(request, "ui/refusal.html", {"refusal": exception}, status=exception.status)
