"""One's own account."""

from __future__ import annotations

from base64 import b32encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django_otp.plugins.otp_totp.models import default_key

from zhiheng_web.organisation.models import Account, ApiToken, OpenSession, RoleAssignment
from zhiheng_web.organisation.queries.roles import in_force
from zhiheng_web.organisation.sessions import sessions_of
from zhiheng_web.organisation.signing_in import device_of
from zhiheng_web.organisation.viewer import Viewer


@dataclass(frozen=True, slots=True)
class AccountPage:
    """What the page of one's own account shows."""

    held: list[RoleAssignment]
    lent: list[RoleAssignment]
    sessions: list[OpenSession]
    this_session: str
    second_factor: bool
    tokens: int


def account_page(viewer: Viewer, session_key: str) -> AccountPage:
    """Roles in force, roles lent, sessions. Five queries."""
    account = viewer.account
    where = ("department", "unit", "office__unit", "reporter__department")
    held = in_force(account.assignments.select_related(*where, "delegated_by"))
    lent = RoleAssignment.objects.filter(delegated_by=account).select_related(*where, "account").order_by("-since")[:20]
    return AccountPage(
        list(held),
        list(lent),
        list(sessions_of(account)),
        session_key,
        device_of(account) is not None,
        account.tokens.filter(revoked_at__isnull=True).count(),
    )


def tokens_of(account: Account) -> list[ApiToken]:
    """The account's tokens, newest first. One query."""
    return list(account.tokens.order_by("-created_at"))


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A second factor that is being turned on: its secret as hexadecimal and as people type it, and the picture to scan."""

    key: str
    typed: str
    picture: str


def enrolment_of(account: Account, session: Any) -> Enrolment:
    """The secret of this session's enrolment, made once and kept in the session until it is proved."""
    key = session.get("enrolling")
    if key is None:
        key = session["enrolling"] = default_key()
    typed = b32encode(bytes.fromhex(key)).decode().rstrip("=")
    label = quote(f"{settings.OTP_TOTP_ISSUER}:{account.username}")
    address = f"otpauth://totp/{label}?" + urlencode({"secret": typed, "issuer": settings.OTP_TOTP_ISSUER})
    picture = segno.make(address, error="m").svg_data_uri(scale=4, border=2, dark="#000", light="#fff")
    return Enrolment(key, " ".join(typed[n : n + 4] for n in range(0, len(typed), 4)), picture)
