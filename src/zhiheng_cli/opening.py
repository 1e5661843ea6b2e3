"""Which database a command reads: the service's where there is one, else the demonstration's."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from zhiheng_cli.demo import PREPARED, begin
from zhiheng_cli.place import data_folder, django_ready
from zhiheng_cli.texts import text

EMBEDDED = "zhiheng.sqlite3"


def opened() -> None:
    """Open the service's database: the one that DATABASE_URL names, or the one that ``serve`` keeps in its data folder.

    Without either it is the demonstration's, made if there is none; that is said, and only a folder of the demonstration is ever filled.
    """
    folder = data_folder("data")
    if os.environ.get("DATABASE_URL") or served(folder):
        django_ready(folder)
        return
    folder = data_folder("demo")
    begin(folder, False)
    print(text("of_the_demonstration", folder=folder), file=sys.stderr)
    os.environ["ZHIHENG_DEMO"] = "1"
    django_ready(folder)
    from zhiheng_cli.preparing import fill, migrate

    migrate()
    fill()


def served(folder: Path) -> bool:
    """Whether a service for real use keeps its database in the folder. One that nobody has set up yet counts where it was named."""
    if (folder / PREPARED).exists() or not (folder / EMBEDDED).exists():
        return False
    return "ZHIHENG_DATA" in os.environ or set_up(folder / EMBEDDED)


def set_up(path: Path) -> bool:
    """Whether there is a department in the database."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        try:
            return bool(database.execute("SELECT count(*) FROM organisation_department").fetchone()[0])
        except sqlite3.Error:
            return False
