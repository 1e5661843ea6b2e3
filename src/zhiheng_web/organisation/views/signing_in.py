"""Signing in and out, the language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import logout as django_logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhiheng_web.organisation.forms import CodeForm, SignInForm
from zhiheng_web.organisation.gates import before_gates, login_not_required
from zhiheng_web.organisation.models import OpenSession
from zhiheng_web.organisation.queries.accounts import demonstration_accounts
from zhiheng_web.organisation.signing_in import PENDING, Outcome, give_code, pending_of, sign_in
from zhiheng_web.trail.recording import record
from zhiheng_web.wording import Text

ENDED = {
    "idle": Text("您已较长时间没有操作，请重新登录。", "You were away for a while; sign in again."),
    "age": Text("登录时间已满，请重新登录。", "Your session has reached its age; sign in again."),
    "code": Text("动态口令多次错误，请重新登录。", "Too many wrong codes; start again with your password."),
    "oidc": Text(
        "统一身份认证未能登录。您的账号可能尚未开通，请联系系统管理员。",
        "Single sign-on failed. Your account may not be set up; ask the administrator.",
    ),
}
WRONG = Text("用户名或密码不对。", "The user name or password is wrong.")
WRONG_CODE = Text("动态口令或恢复码不对，或已用过。请稍等几秒再试。", "The code is wrong or used. Wait a few seconds and try again.")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """The sign-in page."""
    if request.viewer.account is not None:
        return HttpResponseRedirect(_next(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = sign_in(request, form.cleaned_data["username"], form.cleaned_data["password"])
        if outcome is Outcome.SIGNED_IN:
            return _in(request)
        if outcome is Outcome.CODE_ASKED:
            request.session["next"] = _next(request)
            return redirect("organisation:code")
        form.add_error(None, str(WRONG))
    return render(request, "organisation/login.html", _page(request, form), status=400 if form.errors else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second page of signing in: the one-time code."""
    pending = pending_of(request)
    if pending is None:
        return redirect("organisation:login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = give_code(request, pending, form.cleaned_data["code"])
        if outcome is Outcome.SIGNED_IN:
            return _in(request, request.session.pop("next", "/"))
        if outcome is Outcome.LOCKED:
            return redirect(reverse("organisation:login") + "?ended=code")
        form.add_error("code", str(WRONG_CODE))
    return render(request, "organisation/code.html", {"form": form}, status=400 if form.errors else 200)


@before_gates
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out here."""
    account = request.viewer.account
    OpenSession.objects.filter(session_key=request.session.session_key).delete()
    record(request.viewer, "organisation.sign_out", "organisation.Account", str(account.pk), account.name)
    django_logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language: in the browser, and for the account if somebody is signed in."""
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(_next(request))
    if chosen in dict(settings.LANGUAGES):
        _language_cookie(response, chosen)
        if (account := request.viewer.account) is not None and account.language != chosen:
            account.language = chosen
            account.save(update_fields=["language"])
    return response


@login_not_required
@never_cache
def locked_out(request: HttpRequest, *_: Any) -> HttpResponse:
    """The answer while sign-in is locked for this account from this address."""
    context = {"minutes": round(settings.AXES_COOLOFF_TIME * 60), "tries": settings.AXES_FAILURE_LIMIT}
    return render(request, "organisation/locked.html", context, status=429)


def _page(request: HttpRequest, form: SignInForm) -> dict[str, Any]:
    request.session.pop(PENDING, None)
    return {
        "form": form,
        "next": _next(request),
        "ended": ENDED.get(request.GET.get("ended", "")),
        "oidc": settings.OIDC_NAME if settings.OIDC_RP_CLIENT_ID else "",
        "demo": demonstration_accounts() if settings.DEMO else [],
        "demo_password": settings.DEMO_PASSWORD,
        "entry_page": True,
    }


def _in(request: HttpRequest, address: str = "") -> HttpResponse:
    response = HttpResponseRedirect(address or _next(request))
    if language := request.user.language:
        _language_cookie(response, language)
    return response


def _next(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"


def _language_cookie(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=31536000, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
    )
