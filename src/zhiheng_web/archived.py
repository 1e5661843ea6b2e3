"""A table as an archive keeps it: one line of JSON a row, sealed values as they are sealed, and every value back as it was."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Field, FileField, JSONField, Model, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from zhiheng_web.organisation.models import OpenSession
from zhiheng_web.sealed import SealedField, SealedJSONField, Token, UnreadableError, unseal
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

LEFT_OUT: frozenset[type[Model]] = frozenset({Session, OpenSession})
SEALED = (SealedField, SealedJSONField)
BATCH = 500

DAMAGED = Text("备份文件已损坏或不完整：{what}。没有恢复任何内容。", "The archive is damaged or incomplete: {what}. Nothing was restored.")
OTHER_KEYS = Text(
    "备份中的密封内容（{what}）用当前设置的密钥无法打开，没有恢复任何内容。请先把备份时的 ZHIHENG_SEAL_KEYS"
    "（未设置的，为数据目录中的 secret_key）放到本机，再恢复。",
    "What the archive keeps sealed ({what}) opens with none of the keys set here; nothing was restored. First bring the "
    "ZHIHENG_SEAL_KEYS of then (where none were set: secret_key in the data folder) to this machine, then restore.",
)


def damaged(what: str) -> Refusal:
    """The answer to an archive that does not fit itself."""
    return Refusal("damaged", DAMAGED.with_(what=what))


def all_models() -> list[type[Model]]:
    """Every model with a table of its own, ordered by label."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    return sorted((model for model in found if model not in LEFT_OUT), key=lambda model: model._meta.label_lower)


def kept_fields(model: type[Model]) -> list[Field]:
    """The columns of a table that are kept: what the database computes itself is left out."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def write_table(model: type[Model], alias: str, member: IO[bytes] | None, named: set[str]) -> dict[str, Any]:
    """Write the rows by primary key; only read them if ``member`` is None.

    ``sha256`` is of the bytes written, ``content`` of what they say: PostgreSQL keeps the keys of a JSON object in an order of its own.
    Sealed values are written as they are sealed, and never opened.
    """
    fields, digest, content, rows = kept_fields(model), hashlib.sha256(), hashlib.sha256(), 0
    uploads = [field for field in fields if isinstance(field, FileField)]
    sealed = {field.attname: f"token_of_{field.attname}" for field in fields if isinstance(field, SEALED)}
    tokens = {token: Cast(name, TextField()) for name, token in sealed.items()}
    for item in model._base_manager.using(alias).defer(*sealed).annotate(**tokens).order_by("pk").iterator(BATCH):
        values = [_plain(getattr(item, sealed.get(field.attname, field.attname))) for field in fields]
        named.update(str(getattr(item, field.attname)) for field in uploads if getattr(item, field.attname))
        content.update(json.dumps(values, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        rows += 1
        if member is not None:
            line = json.dumps(values, ensure_ascii=False).encode() + b"\n"
            digest.update(line)
            member.write(line)
    columns = [field.attname for field in fields]
    return {"columns": columns, "rows": rows, "sha256": digest.hexdigest(), "content": content.hexdigest()}


def _plain(value: Any) -> Any:
    """A value as JSON keeps it; the field's ``to_python`` brings it back exactly."""
    if isinstance(value, datetime):
        return timezone.localtime(value, timezone.get_fixed_timezone(0)).isoformat()
    if isinstance(value, (Decimal, UUID, date, time)):
        return str(value)
    if isinstance(value, (str, int, float, bool, list, dict)) or value is None:
        return value
    return str(value)


def table_name(label: str) -> str:
    """The member of the archive that holds a table."""
    return f"tables/{label}.jsonl"


def archived_rows(archive: zipfile.ZipFile, model: type[Model], columns: list[str]) -> Iterator[Model]:
    """The rows of an archived table as unsaved objects."""
    by_name = {field.attname: field for field in kept_fields(model)}
    if set(columns) != set(by_name):
        raise damaged(model._meta.label_lower)
    fields = [by_name[name] for name in columns]
    with archive.open(table_name(model._meta.label_lower)) as member:
        for line in member:
            values = [_back(field, value) for field, value in zip(fields, json.loads(line), strict=True)]
            yield model(**dict(zip(columns, values, strict=True)))


def _back(field: Field, value: Any) -> Any:
    if isinstance(field, SEALED):
        return value if value is None else Token(value)
    target = field.target_field if field.is_relation else field
    return value if value is None or isinstance(target, JSONField) else target.to_python(value)


def openable(rows: Iterator[Model], model: type[Model]) -> Iterator[Model]:
    """The rows, as long as the keys of these settings open what is sealed in them."""
    sealed = [field.attname for field in kept_fields(model) if isinstance(field, SEALED)]
    for row in rows:
        for name in sealed:
            try:
                unseal(getattr(row, name) or "")
            except UnreadableError as error:
                raise Refusal("other_keys", OTHER_KEYS.with_(what=model._meta.verbose_name)) from error
        yield row


def batches(rows: Iterable[Model]) -> Iterator[list[Model]]:
    """So many rows at a time as both databases take in one statement."""
    batch: list[Model] = []
    size = 0
    for row in rows:
        size = size or max(1, min(BATCH, 900 // len(kept_fields(type(row)))))
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
