"""Accounts as an administrator sees them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.models import Account, RoleAssignment
from zhiheng_web.organisation.open_work import OpenWork, open_work_of
from zhiheng_web.organisation.policies import visible_accounts
from zhiheng_web.organisation.queries.roles import in_force
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

ACCOUNT = Text("该账号", "this account")


def account_for(viewer: Viewer, account: UUID, *, lock: bool = False) -> Account:
    """The account if the viewer may see it, else Absent."""
    seen = visible_accounts(viewer).filter(pk=account)
    if lock:
        seen = Account.objects.select_for_update(no_key=True).filter(pk__in=seen.values("pk"))
    found = seen.first()
    if found is None:
        raise absent(ACCOUNT)
    return found


def accounts_seen(viewer: Viewer, words: str = "", role: str = "", *, inactive: bool = False) -> QuerySet[Account]:
    """The accounts the viewer administers, with the roles in force. Two queries."""
    found = visible_accounts(viewer)
    if not inactive:
        found = found.filter(is_active=True)
    if words:
        found = found.filter(Q(username__icontains=words) | Q(name__icontains=words))
    if role:
        found = found.filter(pk__in=in_force(RoleAssignment.objects.filter(role=role)).values("account"))
    held = in_force(RoleAssignment.objects.select_related("department", "unit__department", "office__unit", "reporter__department"))
    return found.prefetch_related(Prefetch("assignments", held, to_attr="held"))


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """One account with all its roles, ever, whether it has a second factor, and what waits for it."""

    account: Account
    assignments: list[RoleAssignment]
    second_factor: bool
    open_work: list[OpenWork]


def account_seen(viewer: Viewer, account: UUID) -> AccountSeen:
    """The account, or Absent."""
    found = account_for(viewer, account)
    rows = found.assignments.select_related(
        "department", "unit__department", "office__unit", "reporter__department", "delegated_by"
    ).order_by("-since", "role")
    return AccountSeen(found, list(rows), TOTPDevice.objects.filter(user=found, confirmed=True).exists(), open_work_of(found))


def demonstration_accounts() -> list[Account]:
    """All accounts with their roles, for the sign-in page of the demonstration only. Two queries."""
    held = in_force(RoleAssignment.objects.all())
    return list(
        Account.objects.filter(is_active=True).order_by("created_at").prefetch_related(Prefetch("assignments", held, to_attr="held"))
    )
