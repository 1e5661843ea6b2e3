"""Assignments in force."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from zhiheng_web.organisation.models import RoleAssignment


def in_force(rows: QuerySet[RoleAssignment], day: date | None = None) -> QuerySet[RoleAssignment]:
    """Those that hold on ``day``; today if none is given."""
    day = day or timezone.localdate()
    return rows.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


def overlapping(rows: QuerySet[RoleAssignment], since: date, until: date | None) -> QuerySet[RoleAssignment]:
    """Those that hold on some day from ``since`` to before ``until``. One that ended where it began never held."""
    rows = rows.filter(Q(until__isnull=True) | Q(until__gt=since) & Q(until__gt=F("since")))
    return rows if until is None else rows.filter(since__lt=until)
