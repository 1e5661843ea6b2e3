"""Accounts and roles, for the administrators."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhiheng.plan.procedure import ROLE_NAMES
from zhiheng_web.organisation.actions.assign_role import assign_role
from zhiheng_web.organisation.actions.create_account import create_account
from zhiheng_web.organisation.actions.deactivate_account import deactivate_account
from zhiheng_web.organisation.actions.edit_account import edit_account
from zhiheng_web.organisation.actions.end_role import end_role
from zhiheng_web.organisation.actions.reactivate_account import reactivate_account
from zhiheng_web.organisation.actions.reset_password import reset_password
from zhiheng_web.organisation.actions.reset_second_factor import reset_second_factor
from zhiheng_web.organisation.actions.unlock_account import unlock_account
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.forms import AccountEditForm, AccountForm, EndRoleForm, LeaveForm, RoleForm, last_day_to_until, refuse
from zhiheng_web.organisation.queries.accounts import account_for, account_seen, accounts_seen
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

PAGE = 50
SIMPLE = {
    "reactivate": (reactivate_account, Text("账号已恢复，请由安全管理员授予角色。", "The account is active; roles are to be assigned.")),
    "unlock": (unlock_account, Text("登录锁定已解除。", "The account is unlocked.")),
    "reset-second-factor": (reset_second_factor, Text("动态口令已解除。", "The second factor is removed.")),
}
"""What is done to an account by one button."""


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts I administer."""
    authorise_menu(request.viewer, "organisation.see_accounts")
    words, role, inactive = request.GET.get("q", "").strip(), request.GET.get("role", ""), "inactive" in request.GET
    page = Paginator(accounts_seen(request.viewer, words, role, inactive=inactive), PAGE).get_page(request.GET.get("page"))
    roles = [(code.value, Text(*names)) for code, names in ROLE_NAMES.items()]
    may_create = may(request.viewer, "organisation.create_account", None)
    context = {"page": page, "q": words, "role": role, "inactive": inactive, "roles": roles, "may_create": may_create}
    return render(request, "organisation/accounts.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """Make an account; its first password is shown once."""
    authorise_menu(request.viewer, "organisation.create_account")
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account, password = create_account(request.viewer, **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return render(request, "organisation/first_password.html", {"account": account, "password": password})
    return render(request, "organisation/new_account.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
def account(request: HttpRequest, account: UUID) -> HttpResponse:
    """One account: what it is, its roles ever, what waits for it."""
    authorise_menu(request.viewer, "organisation.see_accounts")
    seen = account_seen(request.viewer, account)
    found = seen.account
    initial = {"name": found.name, "email": found.email, "mobile": found.mobile}
    context = {"seen": seen, "edit": AccountEditForm(initial=initial), "leave": LeaveForm(), **_rights(request)}
    return render(request, "organisation/one_account.html", context)


@require_http_methods(["GET", "POST"])
def account_roles(request: HttpRequest, account: UUID) -> HttpResponse:
    """Give this account a role."""
    authorise_menu(request.viewer, "organisation.assign_role")
    seen = account_seen(request.viewer, account)
    form = RoleForm(request.viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            assign_role(request.viewer, account, **form.assignment())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, Text("角色已授予。", "The role is assigned."))
            return redirect("organisation:account_roles", account)
    context = {"seen": seen, "form": form, "end": EndRoleForm(), **_rights(request)}
    return render(request, "organisation/roles.html", context, status=400 if form.errors else 200)


@require_POST
def end(request: HttpRequest, account: UUID, assignment: UUID) -> HttpResponse:
    """End a role."""
    form = EndRoleForm(request.POST)
    if form.is_valid():
        end_role(request.viewer, assignment, last_day_to_until(form.cleaned_data["last"]))
        messages.success(request, Text("角色已终止。", "The role has ended."))
    return redirect("organisation:account_roles", account)


@require_POST
def edit(request: HttpRequest, account: UUID) -> HttpResponse:
    """Edit the account's words."""
    form = AccountEditForm(request.POST)
    if form.is_valid():
        edit_account(request.viewer, account, **form.cleaned_data)
        messages.success(request, Text("已保存。", "Saved."))
    else:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect("organisation:one_account", account)


@require_POST
def deactivate(request: HttpRequest, account: UUID) -> HttpResponse:
    """A person leaves."""
    form = LeaveForm(request.POST)
    if form.is_valid():
        work = deactivate_account(request.viewer, account, form.cleaned_data["left_on"])
        words = Text("账号已停用，有 {count} 项未完成工作需要他人接手。", "Deactivated; {count} open items need somebody else.")
        messages.success(request, words.with_(count=len(work)))
    return redirect("organisation:one_account", account)


@never_cache
@require_POST
def new_password(request: HttpRequest, account: UUID) -> HttpResponse:
    """A new first password, shown once."""
    password = reset_password(request.viewer, account)
    context = {"account": account_for(request.viewer, account), "password": password}
    return render(request, "organisation/first_password.html", context)


@require_POST
def change(request: HttpRequest, account: UUID, what: str) -> HttpResponse:
    """One of the simple changes."""
    action, words = SIMPLE[what]
    action(request.viewer, account)
    messages.success(request, words)
    return redirect("organisation:one_account", account)


def _rights(request: HttpRequest) -> dict[str, bool]:
    names = ("edit_account", "deactivate_account", "reset_password", "assign_role", "end_role", "reset_second_factor", "unlock_account")
    return {f"may_{name}": may(request.viewer, f"organisation.{name}", None) for name in names}
