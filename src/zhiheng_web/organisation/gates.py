"""The gates before every page: signed in, session alive, password changed, second factor given.

A view is behind all of them unless it says otherwise: ``login_not_required`` (Django's) opens it to everybody,
:func:`before_gates` leaves only the first two. The API asks its own tokens; a session that a gate would stop counts for nothing there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from zhiheng.plan.procedure import ADMINISTRATORS, FINANCE_ROLES, Role
from zhiheng_web.organisation.sessions import expired
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.ui.frame import MENU

__all__ = ["GateMiddleware", "before_gates", "login_not_required"]

SECOND_FACTOR_ROLES = ADMINISTRATORS | FINANCE_ROLES
"""Who must use a second factor when ZHIHENG_SECOND_FACTOR is ``roles``."""
API = "/api/"


def before_gates(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view that a person needs in order to pass the gates: changing the password, enrolling, signing out."""
    view.before_gates = True
    return view


class GateMiddleware:
    """Sends whoever may not pass yet to the page where that can be mended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.session_ended = ""
        if request.viewer.account is not None and (why := expired(request)):
            logout(request)
            request.session_ended = why
            request.viewer = Viewer(None, address=request.viewer.address)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any) -> HttpResponse | None:
        """The page to go to first, or nothing."""
        if request.path.startswith(API):
            if request.viewer.account is not None and stopped_by(request):
                request.viewer = Viewer(None, address=request.viewer.address)
            return None
        if not getattr(view, "login_required", True):
            return None
        if request.viewer.account is None:
            return _sign_in_first(request)
        if getattr(view, "before_gates", False):
            return None
        if gate := stopped_by(request):
            return _go(request, reverse(gate))
        if request.resolver_match.view_name == settings.LOGIN_REDIRECT_URL and request.viewer.roles <= {Role.AGENCY}:
            return _outside(request)
        return None


def _outside(request: HttpRequest) -> HttpResponse:
    """The home of somebody from outside: the first page of what he is here for, or a page that says why there is none yet."""
    pages = [entry for entry in MENU if entry.group != "work" and entry.shows(request.viewer)]
    if pages:
        return _go(request, reverse(min(pages, key=lambda entry: entry.order).url_name))
    return render(request, "organisation/waiting.html")


def stopped_by(request: HttpRequest) -> str:
    """The name of the page where the viewer must go first, or ''."""
    if password_due(request.viewer):
        return "organisation:password"
    if factor_required(request.viewer) and not request.user.is_verified():
        return "organisation:second_factor"
    return ""


def password_due(viewer: Viewer) -> bool:
    """Whether the password must be changed now: a first one, or one older than the setting allows."""
    account = viewer.account
    if account is None or not account.has_usable_password():
        return False
    if account.must_change_password:
        return True
    if not settings.PASSWORD_MAX_DAYS:
        return False
    return (account.password_changed_at or account.created_at) < timezone.now() - timedelta(days=settings.PASSWORD_MAX_DAYS)


def factor_required(viewer: Viewer) -> bool:
    """Whether the viewer must have a second factor here."""
    return settings.SECOND_FACTOR == "all" or (settings.SECOND_FACTOR == "roles" and not viewer.roles.isdisjoint(SECOND_FACTOR_ROLES))


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    asked = {"next": request.get_full_path()} if request.method == "GET" and not request.htmx and request.path != "/" else {}
    why = {"ended": request.session_ended} if request.session_ended else {}
    query = urlencode(asked | why)
    return _go(request, reverse(settings.LOGIN_URL) + (f"?{query}" if query else ""))


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
