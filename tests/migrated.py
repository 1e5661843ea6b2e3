"""The migrated database of a test session: the first process that needs one migrates, the others copy what it made.

Migrations run on the copy as on any database and find nothing to do, so a template that lacked one would be brought up to date, not
believed. On SQLite the template is a file in the folder that the session shares, on PostgreSQL a database of that folder's name.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command
from django.db import connection

SHARED = "ZHIHENG_TEST_SHARED"
"""Names the shared folder to the processes that tests start."""


def migrate() -> None:
    """Migrate the empty database of a process that a test started."""
    shared = os.environ.get(SHARED)
    with migrated_once(Path(shared)) if shared else nullcontext():
        call_command("migrate", verbosity=0)


@contextmanager
def migrated_once(shared: Path) -> Iterator[None]:
    """Within it the command ``migrate`` begins on an empty database with the session's template, made by the first."""
    plainly = Command.handle

    def handle(self: Command, *words: Any, **options: Any) -> Any:
        if connection.introspection.table_names():
            return plainly(self, *words, **options)
        template = (OnPostgreSQL if connection.vendor == "postgresql" else OnSQLite)(shared)
        with (shared / f"migrated.{connection.vendor}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not template.exists():
                plainly(self, *words, **options)
                return template.save()
        template.load()
        return plainly(self, *words, **options)

    Command.handle = handle
    try:
        yield
    finally:
        Command.handle = plainly


class OnSQLite:
    """A file."""

    def __init__(self, shared: Path) -> None:
        self.file = shared / "migrated.sqlite3"

    def exists(self) -> bool:
        return self.file.exists()

    def save(self) -> None:
        new = self.file.with_suffix(".new")
        other = sqlite3.connect(new)
        connection.connection.backup(other)
        other.close()
        new.rename(self.file)

    def load(self) -> None:
        connection.ensure_connection()
        other = sqlite3.connect(self.file)
        other.backup(connection.connection)
        other.close()


class OnPostgreSQL:
    """A database of the same server. Databases are copied while nobody is connected to them."""

    def __init__(self, shared: Path) -> None:
        self.name = f"zhiheng_migrated_{hashlib.sha256(str(shared).encode()).hexdigest()[:16]}"
        self.own = str(connection.settings_dict["NAME"])

    def exists(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return cursor.fetchone() is not None

    def save(self) -> None:
        self.copy(self.own, self.name)

    def load(self) -> None:
        self.copy(self.name, self.own)

    def copy(self, one: str, other: str) -> None:
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{other}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{other}" TEMPLATE "{one}"')
