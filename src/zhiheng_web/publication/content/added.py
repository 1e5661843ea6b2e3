"""Fields that the open data did not have from the start: a content kept before them reads with their defaults and keeps its own digest."""

from __future__ import annotations

from types import MappingProxyType

ADDED = MappingProxyType({"added": True})
"""Metadata of such a field; it must have a default."""
