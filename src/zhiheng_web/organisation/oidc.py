"""Single sign-on by OpenID Connect (统一身份认证), switched on by configuration.

A provider proves who somebody is; what they may do is decided here alone. An account is found by issuer and subject; the first
time, if the settings allow it, by its user name, and is bound to that subject for good. An account that is made on the way (only
if the settings say so) holds no role.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from zhiheng_web.organisation.models import Account


class OidcBackend(OIDCAuthenticationBackend):
    """Django's authentication backend for it; idle unless OIDC is configured."""

    def __init__(self, *args: Any, **options: Any) -> None:
        if settings.OIDC_RP_CLIENT_ID:
            super().__init__(*args, **options)
        else:
            self.UserModel = Account

    def authenticate(self, request: Any, **options: Any) -> Account | None:
        """The account that the provider's answer proves, or None."""
        if not settings.OIDC_RP_CLIENT_ID or "nonce" not in options:
            return None
        return super().authenticate(request, **options)

    def verify_token(self, token: str, **options: Any) -> dict[str, Any]:
        """The claims of an id token that this provider issued to this service, for this sign-in, and that has not expired."""
        claims = super().verify_token(token, **options)
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        if claims.get("iss") != settings.OIDC_ISSUER:
            raise SuspiciousOperation("the id token is of another issuer")
        if settings.OIDC_RP_CLIENT_ID not in audiences or claims.get("azp", settings.OIDC_RP_CLIENT_ID) != settings.OIDC_RP_CLIENT_ID:
            raise SuspiciousOperation("the id token is for another client")
        if "exp" not in claims or not claims.get("sub"):
            raise SuspiciousOperation("the id token lacks exp or sub")
        return claims

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """The provider's words about the person; they must be about the subject of the id token."""
        claims = super().get_userinfo(access_token, id_token, payload)
        if claims.get("sub") != payload["sub"]:
            raise SuspiciousOperation("userinfo is about another subject")
        return claims

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """A subject is all that is needed."""
        return bool(claims.get("sub"))

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[Account]:
        """The account bound to the subject; else the unbound one of that user name, if names are trusted."""
        bound = Account.objects.filter(oidc_subject=subject_of(claims))
        if bound.exists():
            return bound.filter(is_active=True)
        name = claims.get(settings.OIDC_USERNAME_CLAIM)
        if not settings.OIDC_MATCH_USERNAME or not isinstance(name, str) or not name:
            return Account.objects.none()
        return Account.objects.filter(username=name, oidc_subject="", is_active=True)

    def update_user(self, user: Account, claims: dict[str, Any]) -> Account:
        """Bind the account to the subject the first time; nothing else of it changes."""
        if not user.oidc_subject:
            Account.objects.filter(pk=user.pk, oidc_subject="").update(oidc_subject=subject_of(claims))
            user.refresh_from_db()
        return user

    def create_user(self, claims: dict[str, Any]) -> Account | None:
        """An account without any role, if the settings allow it and the name is free; it has no password."""
        name = claims.get(settings.OIDC_USERNAME_CLAIM)
        if not settings.OIDC_CREATE_ACCOUNTS or not isinstance(name, str) or not name:
            return None
        if Account.objects.filter(oidc_subject=subject_of(claims)).exists() or Account.objects.filter(username__iexact=name).exists():
            return None
        shown = str(claims.get("name") or name)[:50]
        return Account.objects.create_user(name[:150], shown, None, oidc_subject=subject_of(claims))


def subject_of(claims: dict[str, Any]) -> str:
    """Issuer and subject in one word: a subject is unique only within its issuer."""
    return f"{settings.OIDC_ISSUER}|{claims['sub']}"[:255]
