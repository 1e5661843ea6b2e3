"""Single sign-on: to the provider and back."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from jwt import PyJWTError
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView
from requests import RequestException

from zhiheng_web.organisation.gates import login_not_required
from zhiheng_web.organisation.signing_in import Outcome, admit, note_failure

BACKEND = "zhiheng_web.organisation.oidc.OidcBackend"


class Callback(OIDCAuthenticationCallbackView):
    """What follows when the provider sends the person back."""

    def login_success(self) -> HttpResponse:
        """Sign in as with a password: sessions, second factor, trail."""
        address = self.request.session.get("oidc_login_next") or "/"
        if admit(self.request, self.user, BACKEND, "oidc") is Outcome.CODE_ASKED:
            self.request.session["next"] = address
            return redirect("organisation:code")
        return HttpResponseRedirect(address)

    def login_failure(self) -> HttpResponse:
        """Back to the sign-in page, which says why."""
        note_failure(self.request)
        return redirect(reverse("organisation:login") + "?ended=oidc")


@login_not_required
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """To the provider."""
    if not settings.OIDC_RP_CLIENT_ID:
        raise Http404
    return OIDCAuthenticationRequestView.as_view()(request)


@login_not_required
@never_cache
def callback(request: HttpRequest) -> HttpResponse:
    """Back from the provider."""
    if not settings.OIDC_RP_CLIENT_ID:
        raise Http404
    try:
        return Callback.as_view()(request)
    except (SuspiciousOperation, RequestException, PyJWTError, KeyError, ValueError):
        note_failure(request)
        return redirect(reverse("organisation:login") + "?ended=oidc")
