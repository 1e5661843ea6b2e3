"""Prepares the database and the static files before the service starts."""

from __future__ import annotations

import gc
import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distributions
from pathlib import Path

from zhiheng_cli.texts import Failure, asked, text


def prepare() -> None:
    """Bring the database to the state of this version, and collect the static files if any has changed."""
    follow_local_rules()
    migrate()
    collect()


def follow_local_rules() -> None:
    """Nothing starts on rules that cannot be followed: each fault by file and place."""
    from zhiheng_web.local_rules import faults

    if found := [fault.in_(asked()) for fault in faults()]:
        raise Failure(text("local_rules", faults="\n".join(found)))


def migrate() -> None:
    """Bring the database to the state of this version. What the database says when it cannot be reached becomes a sentence."""
    from django.core.management import call_command
    from django.db import OperationalError

    with uncollected():
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as fault:
            raise Failure(text("no_database", reason=str(fault).strip().splitlines()[0])) from None


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for garbage once, at the end: what makes and keeps many rows or models has little, and looking took a quarter of its time.

    Within another one it is the outer one's end that counts.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def fill() -> None:
    """Load the demonstration: its approved tables, the bureau's invented year in the ledgers, and what became of it up to the public page.

    Each once as a whole.
    """
    from django.db import transaction

    from zhiheng_kjj.demonstration.year import load_year
    from zhiheng_web.demonstration.load import BUREAU, load, load_approvals
    from zhiheng_web.demonstration.published import load_published
    from zhiheng_web.ledgers.bulk import search_put_off
    from zhiheng_web.organisation.models import Department

    if not Department.objects.exists():
        print(text("filling", "zh"), text("filling", "en"), sep="\n", file=sys.stderr, flush=True)
    with search_put_off(), uncollected():
        load()
        load_approvals()
        bureau = Department.objects.filter(code=BUREAU).first()
        if bureau is None:
            return
        with transaction.atomic():
            if load_year(bureau.pk):  # a year that people have gone on with since is left to them
                load_published(bureau.pk)


def collect() -> None:
    """Collect, compress and name the static files by content; skipped while they are the same."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    found = sorted((storage.path(name), name) for finder in get_finders() for name, storage in finder.list([]))
    lines = [f"{name} {Path(path).stat().st_size} {Path(path).stat().st_mtime_ns}" for path, name in found]
    lines += sorted(f"{one.name} {one.version}" for one in distributions() if one.name.lower() in ("django", "whitenoise"))
    stamp = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    kept = root / "stamp"
    if kept.exists() and kept.read_text() == stamp:
        return
    shutil.rmtree(root, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    kept.write_text(stamp)
