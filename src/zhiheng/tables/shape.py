"""Whether JSON has the shape of a canonical plan: the first fault of it, by its place (indicators[3].target.value).

Covers the part of JSON Schema that schema.py uses. A figure is text in it, so NaN, Infinity and inexact numbers have no place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.problems import message
from zhiheng.tables.schema import schema
from zhiheng.values.canonical import from_json
from zhiheng.values.value import Comparator, Deadline, Quantity

Json = Mapping[str, Any]
NOT_OF = {
    "string": "json-not-string",
    "integer": "json-not-integer",
    "boolean": "json-not-boolean",
    "array": "json-not-array",
    "object": "json-not-object",
}
LATEST_YEAR = 9999
LONGEST = 60
"""Characters of a wrong value that are shown."""


class Misshapen(Exception):  # noqa: N818 - it is an answer, not a fault
    """The first fault: ``code`` of problems.toml, where, and what stands there or should."""

    def __init__(self, code: str, at: str, **parameters: str) -> None:
        self.code = code
        self.parameters = {"at": at, **parameters}
        super().__init__(code)


def check(data: Any) -> None:
    """Raises `Misshapen` for what `document_json` cannot have written."""
    if not isinstance(data, dict) or "provenance" not in data:
        raise Misshapen("json-not-plan", "")
    whole = schema()
    definitions: dict[str, Json] = whole["$defs"]
    _check(data, whole["anyOf"][1 if "tables" in data else 0], "", definitions)
    _meaning(data, "")


def _check(data: Any, wanted: Json, at: str, definitions: Mapping[str, Json]) -> None:
    """One value against its part of the schema."""
    if "anyOf" in wanted:
        if data is not None:
            _check(data, wanted["anyOf"][0], at, definitions)
        return
    if "$ref" in wanted:
        _check(data, definitions[wanted["$ref"].rpartition("/")[2]], at, definitions)
        return
    _typed(data, wanted, at)
    if isinstance(data, dict):
        _object(data, wanted, at, definitions)
    elif isinstance(data, list) and "items" in wanted:
        if len(data) < wanted.get("minItems", 0):
            raise Misshapen("json-blank", at)
        for index, item in enumerate(data):
            _check(item, wanted["items"], f"{at}[{index}]", definitions)


def _typed(data: Any, wanted: Json, at: str) -> None:
    """Kind of value, the words allowed, the form of a figure."""
    choices = wanted.get("enum", [wanted["const"]] if "const" in wanted else None)
    if choices is not None and not any(type(data) is type(choice) and data == choice for choice in choices):
        raise Misshapen("json-choice", at, found=_shown(data), known="、".join(str(choice) or "“”" for choice in choices))
    kinds = wanted.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(data, kind) for kind in kinds):
        code = "json-not-figure" if "pattern" in wanted else NOT_OF[kinds[0]]
        raise Misshapen(code, at, found=_shown(data))
    if "pattern" in wanted and not re.fullmatch(wanted["pattern"], data):
        raise Misshapen("json-not-figure" if "." in wanted["pattern"] else "json-form", at, found=_shown(data))
    if isinstance(data, int) and not wanted.get("minimum", data) <= data <= wanted.get("maximum", data):
        raise Misshapen("json-outside", at, found=_shown(data))


def _is(data: Any, kind: str) -> bool:
    match kind:
        case "string":
            return isinstance(data, str) and not any("\ud800" <= character <= "\udfff" for character in data)
        case "integer":
            return isinstance(data, int) and not isinstance(data, bool)
        case "boolean":
            return isinstance(data, bool)
        case "array":
            return isinstance(data, list)
        case "object":
            return isinstance(data, dict)
        case _:
            return data is None


def _object(data: Json, wanted: Json, at: str, definitions: Mapping[str, Json]) -> None:
    """The keys that must be there, that may be there, and what they hold."""
    known: Json = wanted.get("properties", {})
    more = wanted.get("additionalProperties")
    for name in wanted.get("required", ()):
        if name not in data:
            raise Misshapen("json-missing", _under(at, name))
    for name, value in data.items():
        if name in known:
            _check(value, known[name], _under(at, name), definitions)
        elif isinstance(more, dict):
            _check(value, more, _under(at, name), definitions)
        elif more is False:
            raise Misshapen("json-unknown", _under(at, name))
    for rule in wanted.get("allOf", ()):
        if all(data.get(name) == condition["const"] for name, condition in rule["if"]["properties"].items()):
            _object(data, rule["then"], at, definitions)


def _meaning(data: Any, at: str) -> None:
    """What the schema cannot say: values that contradict themselves, problems without a wording, years of no calendar."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            _meaning(item, f"{at}[{index}]")
    if not isinstance(data, dict):
        return
    if "kind" in data and "text" in data:
        _value(data, at)
    elif "message_en" in data:
        _wording(data, at)
    elif "layout" in data and data["year"] is not None and not 1 <= data["year"] <= LATEST_YEAR:
        raise Misshapen("json-outside", _under(at, "year"), found=_shown(data["year"]))
    if any(len(cell) != 2 for cell in data.get("cells", {}).values()):
        raise Misshapen("json-form", _under(at, "cells"), found=_shown(data["cells"]))
    for name, item in data.items():
        _meaning(item, _under(at, name))


def _value(data: Json, at: str) -> None:
    """A value that its own kind can hold: between has two ends, a date at least one part."""
    try:
        value = from_json(data).value
        if isinstance(value, Quantity) and value.op is Comparator.BETWEEN and value.upper is None:
            raise ValueError("value2")
        if isinstance(value, Deadline) and not any((value.year, value.month, value.day, value.quarter, value.half)):
            raise ValueError("year")
    except (ValueError, KeyError, TypeError, ArithmeticError) as fault:
        raise Misshapen("json-form", at, found=_shown(data["text"])) from fault


def _wording(data: Json, at: str) -> None:
    try:
        message(Problem(data["code"], Place(), tuple(data["parameters"].items())), "zh")
    except (KeyError, ValueError, IndexError) as fault:
        raise Misshapen("json-form", at, found=_shown(data["code"])) from fault


def _under(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _shown(data: Any) -> str:
    """What stands there, as JSON writes it, in a few words."""
    if isinstance(data, dict | list):
        return "{…}" if isinstance(data, dict) else "[…]"
    words = {None: "null", True: "true", False: "false"}.get(data, "") if data is None or isinstance(data, bool) else ""
    if isinstance(data, float):
        words = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}.get(str(data), str(data))
    if isinstance(data, int) and not words:
        words = str(data) if abs(data) < 10**LONGEST else "…"
    words = words or str(data).encode("utf-8", "backslashreplace").decode()
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"
