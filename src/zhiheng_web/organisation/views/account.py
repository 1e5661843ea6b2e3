"""My account: roles, password, second factor, sessions, substitutes, tokens."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp import login as otp_login

from zhiheng_web.organisation.actions.change_password import change_password
from zhiheng_web.organisation.actions.create_token import create_token
from zhiheng_web.organisation.actions.delegate_role import delegate_role
from zhiheng_web.organisation.actions.end_delegation import end_delegation
from zhiheng_web.organisation.actions.end_session import end_session
from zhiheng_web.organisation.actions.enrol_second_factor import enrol_second_factor
from zhiheng_web.organisation.actions.remove_second_factor import remove_second_factor
from zhiheng_web.organisation.actions.renew_recovery_codes import renew_recovery_codes
from zhiheng_web.organisation.actions.revoke_token import revoke_token
from zhiheng_web.organisation.forms import ConfirmForm, DelegateForm, EnrolForm, PasswordForm, TokenForm, last_day_to_until, refuse
from zhiheng_web.organisation.gates import before_gates, factor_required, password_due
from zhiheng_web.organisation.passwords import rules
from zhiheng_web.organisation.queries.account import account_page, enrolment_of, tokens_of
from zhiheng_web.organisation.signing_in import device_of
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What I may do here, and my sessions."""
    page = account_page(request.viewer, request.session.session_key)
    return render(request, "organisation/account.html", {"page": page})


@before_gates
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change my password."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            changed = change_password(request.viewer, data["present"], data["new"], request.session.session_key)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            _keep_signed_in(request, changed)
            messages.success(request, Text("密码已修改，其他设备上的登录已结束。", "Password changed; your other sessions have ended."))
            return redirect("organisation:account")
    context = {"form": form, "rules": rules(), "due": password_due(request.viewer)}
    return render(request, "organisation/password.html", context, status=400 if form.errors else 200)


def _keep_signed_in(request: HttpRequest, changed: object) -> None:
    from zhiheng_web.organisation.models import OpenSession

    old = request.session.session_key
    update_session_auth_hash(request, changed)
    request.session.save()
    OpenSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


@before_gates
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Turn the second factor on: scan, prove, note the recovery codes."""
    if password_due(request.viewer):
        return redirect("organisation:password")
    if device_of(request.viewer.account) is not None:
        return _second_factor_on(request)
    enrolment = enrolment_of(request.viewer.account, request.session)
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            device, codes = enrol_second_factor(request.viewer, enrolment.key, form.cleaned_data["code"])
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            del request.session["enrolling"]
            otp_login(request, device)
            return render(request, "organisation/recovery_codes.html", {"codes": codes, "first": True})
    context = {"form": form, "enrolment": enrolment, "required": factor_required(request.viewer)}
    return render(request, "organisation/second_factor.html", context, status=400 if form.errors else 200)


def _second_factor_on(request: HttpRequest) -> HttpResponse:
    left = request.viewer.account.recovery_codes.filter(used_at__isnull=True).count()
    context = {"form": ConfirmForm(), "left": left, "required": factor_required(request.viewer)}
    return render(request, "organisation/second_factor_on.html", context)


@never_cache
@sensitive_post_parameters("password")
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes."""
    codes = renew_recovery_codes(request.viewer, request.POST.get("password", ""))
    return render(request, "organisation/recovery_codes.html", {"codes": codes})


@sensitive_post_parameters("password")
@require_POST
def remove_factor(request: HttpRequest) -> HttpResponse:
    """Turn the second factor off."""
    remove_second_factor(request.viewer, request.POST.get("password", ""))
    messages.success(request, Text("动态口令已停用。", "The second factor is off."))
    return redirect("organisation:account")


@require_POST
def close_session(request: HttpRequest, session: UUID) -> HttpResponse:
    """End one of my sessions."""
    end_session(request.viewer, session)
    messages.success(request, Text("该登录会话已结束。", "The session has ended."))
    return redirect("organisation:account")


@require_http_methods(["GET", "POST"])
def delegate(request: HttpRequest) -> HttpResponse:
    """Appoint a substitute."""
    form = DelegateForm(request.viewer.account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            delegate_role(request.viewer, data["assignment"].pk, data["username"], data["since"], last_day_to_until(data["last"]))
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, Text("已委托代理。", "The substitute is appointed."))
            return redirect("organisation:account")
    return render(request, "organisation/delegate.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
def take_back(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """End a substitution."""
    end_delegation(request.viewer, assignment)
    messages.success(request, Text("代理已终止。", "The substitution has ended."))
    return redirect("organisation:account")


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """My API tokens; a new one is shown once."""
    form, raw = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            _, raw = create_token(request.viewer, data["name"], data["scopes"], data["days"])
            form = TokenForm()
        except Refusal as refusal:
            refuse(form, refusal)
    context = {"form": form, "raw": raw, "tokens": tokens_of(request.viewer.account)}
    return render(request, "organisation/tokens.html", context, status=400 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, token: UUID) -> HttpResponse:
    """Revoke one of my tokens."""
    revoke_token(request.viewer, token)
    messages.success(request, Text("令牌已作废。", "The token is revoked."))
    return redirect("organisation:tokens")
