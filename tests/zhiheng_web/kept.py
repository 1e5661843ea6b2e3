"""What fixtures write, worked out once in a process and then written again row by row.

The organisation and the imported table stand in most tests' databases. The first test of a process gets them from the service's
own actions, and what these left in the database is kept; the later ones get the same rows, with the same ids and times, and their
own copies of the objects. On any other ground, as after an action that the trail records, the actions run again; what they leave is
kept too when such a ground comes a second time.

The second test has the rows written by Django; the statements it sends are remembered and sent again for every later one.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction

from zhiheng_web.ledgers.models import Register
from zhiheng_web.organisation.models import Account, Department
from zhiheng_web.planning.models import SourceFile, TableVersion
from zhiheng_web.trail.models import ChainHead

Made = TypeVar("Made")
Rows = dict[type[models.Model], dict[Any, models.Model]]
APPS = ("trail", "organisation", "planning", "tasks", "ledgers", "evaluation", "publication")


@dataclass
class Kept:
    """What was given back and written, pickled: new rows, changed rows; the bytes of files."""

    made: bytes
    rows: bytes
    files: dict[str, bytes]
    statements: list[tuple[str, Any]] | None = None


Ground = tuple[Any, ...]
KEPT: dict[str, dict[Ground, Kept]] = {}
MET: set[tuple[str, Ground]] = set()
"""Names with grounds on which something was made that was not kept: most grounds, those with an account of one test, come once."""
CLOSED: set[str] = set()
"""Names of what cannot be written again."""


def once(name: str, make: Callable[[], Made]) -> Made:
    """What ``make()`` gives and writes."""
    now = ground()
    if kept := KEPT.setdefault(name, {}).get(now):
        try:
            write(kept)
        except IntegrityError:  # a trigger keeps what is closed: such rows cannot be written in another order than they were made in
            KEPT[name].pop(now)
            CLOSED.add(name)
        else:
            found: Made = pickle.loads(kept.made)
            return found
    if name in CLOSED or (KEPT[name] and (name, now) not in MET):
        MET.add((name, now))
        return make()
    before = rows()
    made = make()
    KEPT[name][now] = difference(made, before, rows())
    return made


def ground() -> Ground:
    """Where the chain of records stands, and which departments, accounts and versions there are."""
    head = ChainHead.objects.values_list("number", "sha256").first()
    return head, *(frozenset(model.objects.values_list("pk", flat=True)) for model in (Department, Account, TableVersion, Register))


def rows() -> Rows:
    """All rows of the service's tables."""
    found = (model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True))
    return {model: {row.pk: row for row in model._base_manager.order_by("pk")} for model in found}


def difference(made: Any, before: Rows, after: Rows) -> Kept:
    """What was written between ``before`` and ``after``. Nothing may have been removed."""
    new: dict[type[models.Model], list[models.Model]] = {}
    changed = []
    for model, found in after.items():
        assert before[model].keys() <= found.keys(), model
        new[model] = [row for pk, row in found.items() if pk not in before[model]]
        changed += [row for pk, row in found.items() if pk in before[model] and values(row) != values(before[model][pk])]
    files = {row.stored.name: row.stored.open("rb").read() for row in new[SourceFile] if row.stored}
    return Kept(pickle.dumps(made), pickle.dumps((new, changed)), files)


def values(row: models.Model) -> list[Any]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


def write(kept: Kept) -> None:
    """Write the rows as they were, times included."""
    with transaction.atomic():
        if kept.statements is None:
            kept.statements = written(*pickle.loads(kept.rows))
        else:
            with connection.cursor() as cursor:
                for statement, given in kept.statements:
                    cursor.execute(statement, given)
    for name, content in kept.files.items():
        if not default_storage.exists(name):
            assert default_storage.save(name, ContentFile(content)) == name


def written(new: dict[type[models.Model], list[models.Model]], changed: list[models.Model]) -> list[tuple[str, Any]]:
    """Write rows raw, as loading a fixture does. Gives the statements that did it, with their values."""
    sent: list[tuple[str, Any]] = []

    def remember(execute: Callable[..., Any], statement: str, values: Any, many: bool, context: Any) -> Any:
        if statement.startswith(("INSERT", "UPDATE")):
            assert not many
            sent.append((statement, values))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(remember):
        for model, made in new.items():
            if made:
                model._base_manager._insert(made, fields=model._meta.local_concrete_fields, using=connection.alias, raw=True)
        for row in changed:
            row.save_base(raw=True, force_update=True)
    return sent
