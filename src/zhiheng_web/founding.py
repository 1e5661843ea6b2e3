"""The first tables of an app, made at once.

Django works out all models of all apps anew after every table that a migration makes, because each may refer to each other. For the hundred
tables of this service that took most of the time of a new database. Made at once, they are worked out once; the tables are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations import operations
from django.db.migrations.operations.base import Operation


class Founding(Operation):
    """Several operations of a first migration as one: models with the fields, indexes and constraints that they have after all of them.

    For CreateModel, AddField, AddIndex and AddConstraint only: nothing that changes what was there before.
    """

    PARTS = (operations.CreateModel, operations.AddField, operations.AddIndex, operations.AddConstraint)

    def __init__(self, parts: Sequence[Operation]) -> None:
        foreign = [part for part in parts if not isinstance(part, self.PARTS)]
        if foreign:
            raise TypeError(f"a founding makes tables and nothing else: {foreign[0].describe()}")
        self.parts = list(parts)

    @property
    def made(self) -> list[str]:
        """The models, in the order in which their tables are made."""
        return [part.name for part in self.parts if isinstance(part, operations.CreateModel)]

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The state after all of the operations, with no model worked out in between."""
        state.__dict__.pop("apps", None)
        for part in self.parts:
            part.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002 - as Django calls it
        """Make the tables. A reference to one that is made later is written when all are there."""
        for name in self.made:
            model = to_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002
        """Take the tables away, the last one first."""
        for name in reversed(self.made):
            model = from_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        """What it does, in a word."""
        return f"Make {len(self.made)} tables at once"
