"""The open-data files of a publication: each table as CSV and JSON, and a ``datapackage.json`` that describes them.

Frictionless Data Package v1 (tabular-data-package): names of fields in Latin letters, Chinese titles, types, missing values. A blank
is something that is not known or does not apply, never 0; where it matters which, a column of states stands beside the figure.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhiheng.reports.formula import guarded

NAME = re.compile(r"[-a-z0-9._/]+")
"""What the standard allows as the name of a package or a resource."""
FIELD = re.compile(r"[a-z][a-z0-9_]*")
TYPES = ("string", "number", "integer", "boolean", "date", "datetime", "year")
MARKED = "CSV 中以 = + - @ 开头的文字前加 '，以免被当作公式；JSON 中为原文。 / In the CSV, texts beginning with = + - @ have ' before them."

Value = str | Decimal | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, its Chinese title, what it means (both languages), one of TYPES, and whether it is always filled.

    ``values`` lists the words that may stand in it, with their meaning, for a column of codes or states.
    """

    name: str
    title: str
    description: str = ""
    type: str = "string"
    required: bool = False
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenTable:
    """One table: ``name`` is that of its files, ``key`` the fields that tell its rows apart."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    key: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a package says of itself. ``created`` is an instant with its zone; ``version`` the edition; ``licence`` (name, path, title)."""

    name: str
    title: str
    description: str = ""
    created: datetime | None = None
    version: str = ""
    publisher: str = ""
    homepage: str = ""
    licence: tuple[str, str, str] | None = None


def files(about: About, tables: Sequence[OpenTable], beside: Sequence[tuple[OpenTable, bytes]] = ()) -> Mapping[str, bytes]:
    """All files of a publication's open data by name. The same tables give the same bytes. ValueError says what a table breaks.

    ``beside``: tables without rows whose CSV files are made elsewhere, with the headings that people read; they are described only.
    """
    if not tables:
        raise ValueError("a package holds at least one table")
    if not NAME.fullmatch(about.name):
        raise ValueError(f"not a name of a package: {about.name!r}")
    if len({table.name for table in tables}) != len(tables):
        raise ValueError("two tables of the same name")
    made: dict[str, bytes] = {}
    resources = []
    for table in tables:
        check(table)
        made[f"{table.name}.csv"] = csv_file(table)
        made[f"{table.name}.json"] = json_file(table)
        resources.append(resource(table, made[f"{table.name}.csv"]))
    resources += [resource(table, data) for table, data in beside]
    made["datapackage.json"] = (json.dumps(descriptor(about, resources), ensure_ascii=False, indent=2) + "\n").encode()
    return made


def check(table: OpenTable) -> None:
    """Refuse a table that its description would not fit. ValueError names table, row and column."""
    names = [field.name for field in table.fields]
    if not re.fullmatch(r"[a-z0-9][-a-z0-9_]*", table.name):
        raise ValueError(f"not a name of a table: {table.name!r}")
    if not names or len(set(names)) != len(names) or not all(map(FIELD.fullmatch, names)):
        raise ValueError(f"{table.name}: fields need distinct names in lower-case Latin letters: {names}")
    if unknown := [field.type for field in table.fields if field.type not in TYPES]:
        raise ValueError(f"{table.name}: no such type: {unknown[0]}")
    if missing := set(table.key) - set(names):
        raise ValueError(f"{table.name}: the key names no field: {sorted(missing)}")
    required = {field.name for field in table.fields if field.required} | set(table.key)
    keys = set()
    for number, row in enumerate(table.rows, start=1):
        if len(row) != len(names):
            raise ValueError(f"{table.name}, row {number}: {len(row)} values for {len(names)} fields")
        for field, value in zip(table.fields, row, strict=True):
            if value in (None, "") and field.name in required:
                raise ValueError(f"{table.name}, row {number}, {field.name}: must be filled")
            if value is not None and not fits(value, field):
                raise ValueError(f"{table.name}, row {number}, {field.name}: {value!r} is no {field.type} of it")
        keys.add(tuple(str(row[names.index(name)]) for name in table.key) if table.key else number)
    if len(keys) != len(table.rows):
        raise ValueError(f"{table.name}: two rows with the same key")


def fits(value: Value, field: Field) -> bool:
    """Whether a value is of the field's type and among its words. True is no number, an instant no day."""
    kinds: Mapping[str, Any] = {
        "string": isinstance(value, str),
        "number": isinstance(value, Decimal | int) and not isinstance(value, bool) and Decimal(value).is_finite(),
        "integer": isinstance(value, int) and not isinstance(value, bool),
        "boolean": isinstance(value, bool),
        "date": isinstance(value, date) and not isinstance(value, datetime),
        "datetime": isinstance(value, datetime) and value.tzinfo is not None,
        "year": isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999,
    }
    return bool(kinds[field.type]) and (not field.values or value == "" or value in {word for word, _ in field.values})


def text(value: Value) -> str:
    """A value in the lexical form of the standard: exact decimals, ISO days, true and false; blank where there is none."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)


def csv_file(table: OpenTable) -> bytes:
    """The table as CSV by RFC 4180, UTF-8 with a mark, so that spreadsheets show the Chinese rightly."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([field.name for field in table.fields])
    writer.writerows([guarded(text(value)) if isinstance(value, str) else text(value) for value in row] for row in table.rows)
    return buffer.getvalue().encode("utf-8-sig")


def json_file(table: OpenTable) -> bytes:
    """The table as JSON: a list of rows by field name. A number is written with its exact digits, what is not known as null."""
    names = [json.dumps(field.name) for field in table.fields]
    rows = ("{" + ", ".join(f"{name}: {_literal(value)}" for name, value in zip(names, row, strict=True)) + "}" for row in table.rows)
    return ("[" + ",".join(f"\n  {row}" for row in rows) + ("\n]" if table.rows else "]") + "\n").encode()


def _literal(value: Value) -> str:
    if value is None or value == "":
        return "null"
    if isinstance(value, bool | Decimal | int):
        return text(value)
    return json.dumps(text(value), ensure_ascii=False)


def resource(table: OpenTable, data: bytes) -> dict[str, Any]:
    """The description of a table's CSV file: its schema, its size and its digest."""
    described: dict[str, Any] = {
        "name": table.name,
        "title": table.title,
        "description": f"{table.description} {MARKED}".strip(),
        "profile": "tabular-data-resource",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {"fields": [_field(field) for field in table.fields], "missingValues": [""]},
    }
    if table.key:
        described["schema"]["primaryKey"] = list(table.key)
    return described


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "title": field.title, "type": field.type, "format": "default"}
    words = "；".join(f"{word}：{meaning}" for word, meaning in field.values)
    if described_as := " ".join(filter(None, (field.description, words))):
        described["description"] = described_as
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.values:
        constraints["enum"] = [word for word, _ in field.values]
    if constraints:
        described["constraints"] = constraints
    return described


def descriptor(about: About, resources: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """``datapackage.json``. What is not known is left out."""
    licence = about.licence
    found: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "version": about.version,
        "created": about.created.isoformat() if about.created is not None else "",
        "homepage": about.homepage,
        "contributors": [{"title": about.publisher, "role": "publisher"}] if about.publisher else [],
        "licenses": [{"name": licence[0], "path": licence[1], "title": licence[2]}] if licence else [],
        "resources": list(resources),
    }
    return {key: value for key, value in found.items() if value not in ("", [])}
