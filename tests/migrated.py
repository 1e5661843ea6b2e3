"""The migrated database of a test session: the first process that needs one migrates, the others copy what it made.

Only SQLite is copied. Migrations run on the copy as on any database and find nothing to do, so a template that lacked one would be
brought up to date, not believed.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.commands.migrate import Command
from django.db import connection

TEMPLATE = "migrated.sqlite3"


@contextmanager
def migrated_once(shared: Path) -> Iterator[None]:
    """Within it the command ``migrate`` begins on an empty SQLite database with the template in ``shared``, made by the first."""
    migrate = Command.handle

    def handle(self: Command, *words: Any, **options: Any) -> Any:
        if connection.vendor != "sqlite" or connection.introspection.table_names():
            return migrate(self, *words, **options)
        with (shared / f"{TEMPLATE}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if made := not (shared / TEMPLATE).exists():
                migrate(self, *words, **options)
            copy(to_template=made, template=shared / TEMPLATE)
        return None if made else migrate(self, *words, **options)

    Command.handle = handle
    try:
        yield
    finally:
        Command.handle = migrate


def copy(template: Path, *, to_template: bool) -> None:
    """Copy the connection's database to the template, or the template to it."""
    connection.ensure_connection()
    new = template.with_suffix(".new")
    other = sqlite3.connect(new if to_template else template)
    if to_template:
        connection.connection.backup(other)
    else:
        other.backup(connection.connection)
    other.close()
    if to_template:
        new.rename(template)
