"""Puts the viewer on every request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from zhiheng_web.organisation.viewer import NOBODY, viewer_of


class ViewerMiddleware:
    """``request.viewer``: the account with its roles in force today, or nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        address = request.META.get("REMOTE_ADDR", "")
        request.viewer = viewer_of(user, timezone.localdate(), address) if user.is_authenticated else NOBODY
        return self.get_response(request)
