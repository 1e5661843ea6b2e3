"""Many rows into a table at once: what bulk_create does, without its thousand small statements.

Django binds at most 999 values a statement on SQLite, twenty rows of a wide table, and compiles each statement anew. Here one prepared
statement takes all rows (SQLite), or they are streamed by COPY (PostgreSQL). Values are prepared by the fields of the model, as ever.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache, lru_cache, partial
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.base import ModelState

FEW = 40
"""Up to so many rows bulk_create is as fast."""
CHUNK = 2000
Prepared = Callable[[Any], Any]
Row = TypeVar("Row", bound=models.Model)
Block = TypeVar("Block")


def each_block(blocks: Iterable[Block], work: Callable[[Block], object]) -> bool:
    """Do the work on each block of very many short-lived rows; it ends early, with False, where the work says False.

    The search for cycles in all of memory, a third of the time, waits until the last block is done; after each block only what it left
    behind is looked through, so that memory stays bounded. The search is a matter of the whole process: it is only put off in the main
    thread (the worker, a command), never under requests that other threads answer.
    """
    with search_put_off() as putting_off:
        for block in blocks:
            if work(block) is False:
                return False
            del block
            if putting_off:
                gc.collect(1)
        return True


@contextmanager
def search_put_off() -> Iterator[bool]:
    """Without the search for cycles in all of memory, if this is the main thread. Tells whether it is put off."""
    putting_off = gc.isenabled() and threading.current_thread() is threading.main_thread()
    if putting_off:
        gc.disable()
    try:
        yield putting_off
    finally:
        if putting_off:
            gc.enable()


def insert(rows: Sequence[models.Model], using: str = DEFAULT_DB_ALIAS) -> None:
    """Insert rows of one model. Their keys are set already, but for numbers that the database gives."""
    if not rows:
        return
    model = type(rows[0])
    if len(rows) <= FEW:
        model._default_manager.bulk_create(rows)
        return
    connection = connections[using]
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField)]
    prepared = [(field.attname, _preparation(field, connection)) for field in fields]
    _stream(connection, model, fields, ([prepare(row.__dict__[name]) for name, prepare in prepared] for row in rows))


def insert_values(
    model: type[models.Model], shared: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], using: str = DEFAULT_DB_ALIAS
) -> None:
    """Insert rows that are values by attribute: ``shared`` those that all have, the rest the model's defaults. Keys are given.

    What is the same in all rows is prepared for the database once.
    """
    if not rows:
        return
    connection = connections[using]
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField)]
    prepare = {field.attname: (place, _preparation(field, connection)) for place, field in enumerate(fields)}
    defaults = {**unset(model), **shared}
    common = [prepare[field.attname][1](defaults.get(field.attname)) for field in fields]

    def prepared() -> Iterator[list[Any]]:
        for row in rows:
            line = common.copy()
            for name, value in row.items():
                place, ready = prepare[name]
                line[place] = ready(value)
            yield line

    _stream(connection, model, fields, prepared())


def _stream(connection: Any, model: type[models.Model], fields: Sequence[Any], lines: Iterator[list[Any]]) -> None:
    """Lines of prepared values into the table: COPY on PostgreSQL, one prepared statement on SQLite."""
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), ", ".join(quote(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as stream:
                for line in lines:
                    stream.write_row(line)
        else:
            statement = f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608 - names of the model
            while chunk := list(islice(lines, CHUNK)):
                cursor.executemany(statement, chunk)


def unset(model: type[models.Model]) -> dict[str, Any]:
    """What a row of a model has where nothing is given; what is made anew for each row (its key) is not there."""
    constants, made_anew = _defaults(model)
    return {**constants, **{name: default() for name, default in made_anew if default in (dict, list)}}


def made(model: type[Row], related: Mapping[str, models.Model | None], **values: Any) -> Row:
    """A new row as the model's constructor makes it, but quickly: ``related`` rows by field, the rest by attribute.

    What is not given has its default. An attribute that the model does not have is a fault of the caller.
    """
    constants, callables = _defaults(model)
    row = model.__new__(model)
    row._state = ModelState()
    held = row.__dict__
    held.update(constants)
    for name, default in callables:
        held[name] = default()
    for name, other in related.items():
        held[f"{name}_id"] = None if other is None else other.pk
        if other is not None:
            row._state.fields_cache[name] = other
    known = len(held)
    held.update(values)
    if len(held) != known:
        raise TypeError(f"{model.__name__} has no {set(values) - set(_names(model))}")
    return row


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """The defaults of a model: those that are one value, and those that are made anew for each row."""
    fields = model._meta.concrete_fields
    made_anew = {field.attname: field.default for field in fields if field.has_default() and callable(field.default)}
    return {field.attname: field.get_default() for field in fields if field.attname not in made_anew}, tuple(made_anew.items())


def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _preparation(field: Any, connection: Any) -> Prepared:
    """How a value of this field becomes one of the database. The same object again is prepared once: most columns repeat."""
    target = field.target_field if field.is_relation else field
    native = connection.features.has_native_uuid_field
    if isinstance(target, models.UUIDField):
        return _same if native else _hex
    if type(target) in (models.CharField, models.TextField) or (native and type(target) is models.DateField):
        return _same
    if type(target) is models.DateField:
        return _iso
    if type(target) is models.JSONField and not target.null:
        return partial(connection.ops.adapt_json_value, encoder=target.encoder)
    prepare, last, answer = target.get_db_prep_save, object(), None

    def remembered(value: Any) -> Any:
        nonlocal last, answer
        if value is not last:
            last, answer = value, prepare(value, connection)
        return answer

    return remembered


def _same(value: Any) -> Any:
    return value


@lru_cache(maxsize=5000)
def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _hex(value: UUID | None) -> str | None:
    return None if value is None else value.hex
