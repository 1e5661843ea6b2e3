"""Seal every sealed value anew with the newest key, after a key was put first in ZHIHENG_SEAL_KEYS."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from zhiheng_web.sealed import SealedField, SealedJSONField, UnreadableError

BATCH = 500


class Command(BaseCommand):
    """``reseal``: all of it in one transaction, or nothing. The oldest key stays last in the setting: digests are made with it."""

    help = "Seal every sealed value anew with the newest key."

    def handle(self, *_: Any, **__: Any) -> None:
        try:
            with transaction.atomic():
                for model in apps.get_models():
                    names = [field.name for field in model._meta.concrete_fields if isinstance(field, SealedField | SealedJSONField)]
                    if names:
                        self.stdout.write(f"{model._meta.label}: {_resealed(model, names)}")
        except UnreadableError as error:
            raise CommandError(f"{error}；未作任何改动 / nothing was changed") from error


def _resealed(model: Any, names: list[str]) -> int:
    """Block by block after the primary key: no cursor stays open over what is written, or over a value that no key opens."""
    rows, number = model._base_manager.only("pk", *names).order_by("pk"), 0
    batch = list(rows[:BATCH])
    while batch:
        model._base_manager.bulk_update(batch, names, BATCH)
        number += len(batch)
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:BATCH])
    return number
