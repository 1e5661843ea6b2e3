"""Recording what changes nothing: a sign-in, an export, a download. An action records itself (see trail.action)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from zhiheng_web.trail.action import Asking, Done
from zhiheng_web.trail.chain import append
from zhiheng_web.trail.models import TrailRecord


def record(
    viewer: Asking,
    name: str,
    object_type: str = "",
    object_id: str = "",
    object_name: str = "",
    department: str = "",
    details: Mapping[str, Any] | None = None,
) -> TrailRecord:
    """Write one record of an event that changes no data. ``name`` is registered in :mod:`zhiheng_web.trail.names`."""
    with transaction.atomic():
        return append(viewer.actor, name, Done(None, object_type, object_id, object_name, department, details=details or {}))
