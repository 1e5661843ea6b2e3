"""The digest of a row for the trail: over the fields that say what it is."""

from __future__ import annotations

from django.db.models import Model

from zhiheng_web.trail.chain import digest_of

FIELDS = {
    "Account": ("username", "name", "email", "mobile", "is_active", "must_change_password", "left_on"),
    "Department": ("code", "name", "kind", "division_code"),
    "Unit": ("department_id", "code", "name", "kind"),
    "Office": ("unit_id", "code", "name", "closed_on", "merged_into_id"),
    "ReportingUnit": ("department_id", "name", "kind", "division_code", "uscc", "closed_on"),
    "RoleAssignment": ("account_id", "role", "department_id", "unit_id", "office_id", "since", "until", "delegated_by_id"),
    "ApiToken": ("account_id", "name", "scopes", "expires_at", "revoked_at"),
}
LATER = {"RoleAssignment": ("reporter_id",)}
"""Fields that came later: part of the digest where they hold something, so that the digests of before still fit."""


def fingerprint(row: Model) -> str:
    """The digest of a row of the organisation. A secret of it (password, token) is not part of it."""
    kind = type(row).__name__
    names = (*FIELDS[kind], *(name for name in LATER.get(kind, ()) if getattr(row, name) is not None))
    return digest_of(f"{name}={getattr(row, name)}" for name in names)
