"""Uniqueness over columns that may be empty, alike on both databases: an empty column counts as one value."""

from __future__ import annotations

from uuid import UUID

from django.db.models import UniqueConstraint, UUIDField, Value
from django.db.models.functions import Coalesce

NONE = UUID(int=0)


def unique_with_empty(*fields: str, empty: tuple[str, ...], name: str) -> UniqueConstraint:
    """At most one row for each combination of ``fields``; those in ``empty`` are references that may be NULL."""
    columns = [Coalesce(column, Value(NONE, output_field=UUIDField())) if column in empty else column for column in fields]
    return UniqueConstraint(*columns, name=name)
