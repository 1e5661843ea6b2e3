"""Puts the viewer on every request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from zhiheng_web.organisation.addresses import address_of
from zhiheng_web.organisation.viewer import Viewer, viewer_of


class ViewerMiddleware:
    """``request.viewer``: the account with its roles in force today, or nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user, address = request.user, address_of(request)
        request.viewer = viewer_of(user, timezone.localdate(), address) if user.is_authenticated else Viewer(None, address=address)
        return self.get_response(request)
