"""The day by which a table must be submitted, beside its state."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from zhiheng_web.planning.due_days import submission_due
from zhiheng_web.planning.models import TableVersion

register = template.Library()
SOON = 3
"""From so many days on it is marked."""


@register.inclusion_tag("planning/overview/due_badge.html")
def due_badge(version: TableVersion) -> dict[str, Any]:
    """The badge; nothing where no day is set or the version is not open."""
    due = submission_due(version)
    left = (due - timezone.localdate()).days if due is not None else None
    tone = "" if left is None or left > SOON else "warn" if left >= 0 else "bad"
    return {"due": due, "left": left, "late": -left if left is not None else None, "tone": tone}
