"""The year at a glance: what a table declares, where it stands, what is found in it."""

from __future__ import annotations

from typing import Any

from zhiheng_web.organisation.viewer import Viewer


def glances(viewer: Viewer) -> list[Any]:
    """The newest tables of a viewer at a glance."""
    return []
