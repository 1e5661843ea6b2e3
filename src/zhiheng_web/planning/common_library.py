"""The common indicators that come with the installation. They are data; an installation edits them."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from importlib import resources
from typing import Any

from zhiheng_web.planning.models import LibraryIndicator


def common_entries() -> tuple[dict[str, Any], ...]:
    """The shipped entries as fields of LibraryIndicator."""
    data = tomllib.loads(resources.files(__package__).joinpath("common_library.toml").read_text("utf-8"))
    return tuple({**item, "usual_points": Decimal(item["usual_points"])} for item in data["indicators"])


def load_common_library() -> int:
    """Add the shipped entries that are not there yet, and say how many. What an installation has edited stays as it is."""
    known = set(LibraryIndicator.objects.filter(department=None).values_list("code", flat=True))
    new = [LibraryIndicator(department=None, **entry) for entry in common_entries() if entry["code"] not in known]
    LibraryIndicator.objects.bulk_create(new)
    return len(new)
