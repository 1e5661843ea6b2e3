"""Readings as canonical JSON and back: flat, exact decimal strings, keys that do not apply left out.

Source: rules 7.1 (``{kind, op, value, value2, unit, period, base, text, flags}``), with what a kind needs beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from zhiheng.values.kinds import kind_of
from zhiheng.values.open_reading import REASONS
from zhiheng.values.reading import Reading
from zhiheng.values.value import (
    Achieved,
    Cadence,
    Comparator,
    Coverage,
    Deadline,
    Every,
    Kind,
    Missing,
    NotApplicable,
    NotDue,
    NotOrganised,
    Part,
    Parts,
    PeriodUnit,
    Phrase,
    Quantity,
    Rank,
    Ratio,
    Relative,
    Tier,
    Unresolved,
    Value,
)

Json = dict[str, Any]
_STATES: dict[str, type[NotDue] | type[NotApplicable] | type[NotOrganised]] = {
    "not_due": NotDue,
    "not_applicable": NotApplicable,
    "not_organised": NotOrganised,
}
_STATE_NAMES: dict[type, str] = {state: name for name, state in _STATES.items()}
_NUMERIC = (Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.DURATION, Kind.RANGE)


def to_json(reading: Reading) -> Json:
    """A reading as a flat object: ``text`` as published, then the value's own keys, then ``flags`` if there are any."""
    data: Json = {"text": reading.text, **value_json(reading.value)}
    if reading.flags:
        data["flags"] = list(reading.flags)
    return data


def from_json(data: Mapping[str, Any]) -> Reading:
    """The reading that ``to_json`` wrote. Raises ValueError or KeyError for an object that it did not write."""
    return Reading(data["text"], value_from(data), tuple(data.get("flags", ())))


def value_json(value: Value) -> Json:
    """The value's keys, ``kind`` first."""
    data = {"kind": kind_of(value).value, **_keys(value)}
    return {key: item for key, item in data.items() if item is not None and item != ""}


def _number(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _period(every: Every | None) -> Json | None:
    return None if every is None else {"count": _number(every.count), "unit": every.unit.value}


def _keys(value: Value) -> Json:
    if isinstance(value, Quantity | Ratio | Cadence | Deadline | Relative | Rank):
        return _figures(value)
    match value:
        case Coverage(verb):
            return {"verb": verb}
        case Tier(scale, level, op):
            return {"op": op.value, "scale": scale, "level": level}
        case Achieved(done, norm):
            return {"done": done, "norm": norm}
        case Parts(parts, shared):
            return {"parts": [_part(part) for part in parts], "shared": shared}
        case Phrase(words):
            return {"words": words}
        case Unresolved(candidates, reason):
            return {"candidates": [value_json(candidate) for candidate in candidates], "reason": reason}
        case Missing(placeholder):
            return {"state": "missing", "placeholder": placeholder or None}
        case _:
            return {"state": _STATE_NAMES[type(value)], "reason": value.reason}


def _figures(value: Quantity | Ratio | Cadence | Deadline | Relative | Rank) -> Json:
    match value:
        case Quantity(amount, unit, op, upper, per, qualifier, bounds):
            ends = bounds if bounds != "[]" else None
            return {
                "op": op.value,
                "value": _number(amount),
                "value2": _number(upper),
                "unit": unit,
                "period": _period(per),
                "qualifier": qualifier,
                "bounds": ends,
            }
        case Ratio(first, second, op):
            return {"op": op.value, "value": _number(first), "value2": _number(second)}
        case Cadence(amount, unit, every, op):
            return {"op": op.value, "value": _number(amount), "unit": unit, "period": _period(every)}
        case Deadline(op, year, month, day, quarter, half):
            return {"op": op.value, "year": year, "month": month, "day": day, "quarter": quarter, "half": half}
        case Relative(base, op, change, amount, unit):
            return {"op": op.value, "base": base or None, "change": change, "value": _number(amount), "unit": unit}
        case Rank(place, scope, op):
            return {"op": op.value, "rank": place, "scope": scope}


def _part(part: Part) -> Json:
    return {"name": part.name} if part.value is None else {"name": part.name, "value": value_json(part.value)}


def value_from(data: Mapping[str, Any]) -> Value:
    """The value that ``value_json`` wrote. Raises ValueError or KeyError for an object that it did not write."""
    kind = Kind(data["kind"])
    if kind in _NUMERIC:
        return _quantity(data)
    match kind:
        case Kind.RATIO:
            return Ratio(_decimal(data["value"]), _decimal(data["value2"]), Comparator(data["op"]))
        case Kind.COUNT_PER_PERIOD:
            return Cadence(_decimal(data["value"]), data.get("unit", ""), _every(data["period"]), Comparator(data["op"]))
        case Kind.DATE:
            return Deadline(Comparator(data["op"]), *(data.get(key) for key in ("year", "month", "day", "quarter", "half")))
        case Kind.COMPLETENESS:
            return Coverage(data["verb"])
        case Kind.RELATIVE:
            return _relative(data)
        case Kind.TIER:
            return Tier(data["scale"], data["level"], Comparator(data["op"]))
        case Kind.BOOLEAN:
            return Achieved(bool(data["done"]), data.get("norm", ""))
        case Kind.MULTI:
            parts = (Part(item["name"], value_from(item["value"]) if "value" in item else None) for item in data["parts"])
            return Parts(tuple(parts), bool(data["shared"]))
        case Kind.TEXT:
            return Phrase(data.get("words", ""))
        case Kind.UNRESOLVED:
            return Unresolved(tuple(value_from(item) for item in data["candidates"]), data["reason"])
        case _:
            return _state(data)


def _state(data: Mapping[str, Any]) -> Value:
    if data["state"] == "missing":
        return Missing(bool(data.get("placeholder", False)))
    return _STATES[data["state"]](data.get("reason", ""))


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except (InvalidOperation, TypeError) as fault:
        raise ValueError(f"not a decimal: {text!r}") from fault


def _every(data: Mapping[str, Any]) -> Every:
    return Every(_decimal(data["count"]), PeriodUnit(data["unit"]))


def _quantity(data: Mapping[str, Any]) -> Quantity:
    return Quantity(
        _decimal(data["value"]),
        data.get("unit", ""),
        Comparator(data["op"]),
        _decimal(data["value2"]) if "value2" in data else None,
        _every(data["period"]) if "period" in data else None,
        data.get("qualifier", ""),
        data.get("bounds", "[]"),
    )


def _relative(data: Mapping[str, Any]) -> Value:
    op = Comparator(data["op"])
    if "rank" in data:
        return Rank(int(data["rank"]), data.get("scope", ""), op)
    amount = _decimal(data["value"]) if "value" in data else None
    return Relative(data.get("base", ""), op, data.get("change", ""), amount, data.get("unit", ""))


def value_schema() -> Json:
    """JSON Schema (draft 2020-12) of a reading, for a plan's schema to embed. It refers to nothing outside itself."""
    simple = _schema(("kind",), {})
    part = {"type": "object", "properties": {"name": _TEXT, "value": simple}, "required": ["name"], "additionalProperties": False}
    parts = {"parts": {"type": "array", "items": part, "minItems": 1}}
    more = {"candidates": {"type": "array", "items": _schema(("kind",), parts)}}
    return _schema(("text", "kind"), {"text": _TEXT, "flags": {"type": "array", "items": _TEXT, "uniqueItems": True}, **parts, **more})


_TEXT: Json = {"type": "string"}
_COUNT: Json = {"type": "integer", "minimum": 1}
_FIGURE: Json = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_PROPERTIES: Json = {
    "kind": {"enum": [kind.value for kind in Kind]},
    "op": {"enum": [op.value for op in Comparator]},
    "value": _FIGURE,
    "value2": _FIGURE,
    "unit": _TEXT,
    "period": {
        "type": "object",
        "properties": {"count": _FIGURE, "unit": {"enum": [unit.value for unit in PeriodUnit]}},
        "required": ["count", "unit"],
        "additionalProperties": False,
    },
    "base": _TEXT,
    "qualifier": _TEXT,
    "bounds": {"enum": ["[)", "(]", "()"]},
    "change": {"enum": ["up", "down"]},
    "scope": _TEXT,
    "rank": _COUNT,
    "scale": _TEXT,
    "level": _TEXT,
    "verb": _TEXT,
    "done": {"type": "boolean"},
    "norm": _TEXT,
    "words": _TEXT,
    "year": {"type": "integer", "minimum": 1900, "maximum": 2099},
    "month": {**_COUNT, "maximum": 12},
    "day": {**_COUNT, "maximum": 31},
    "quarter": {**_COUNT, "maximum": 4},
    "half": {**_COUNT, "maximum": 2},
    "shared": {"type": "boolean"},
    "state": {"enum": ["missing", *_STATES]},
    "placeholder": {"const": True},
    "reason": _TEXT,
}


def _schema(required: tuple[str, ...], more: Json) -> Json:
    """An object with the keys of a value and ``more``; which of them must be there follows from the kind."""
    rules: list[Json] = [
        {"if": {"properties": {"kind": {"const": kind}}}, "then": {"required": list(names)}}
        for kind, names in _REQUIRED.items()
        if set(names) <= {*_PROPERTIES, *more}
    ]
    if "candidates" in more:
        open_reasons = {"required": ["reason"], "properties": {"reason": {"enum": sorted(REASONS)}}}
        rules.append({"if": {"properties": {"kind": {"const": Kind.UNRESOLVED.value}}}, "then": open_reasons})
    properties = {**more, **_PROPERTIES}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False, "allOf": rules}


_REQUIRED: dict[str, tuple[str, ...]] = {
    **{kind.value: ("op", "value") for kind in _NUMERIC},
    Kind.RATIO.value: ("op", "value", "value2"),
    Kind.COUNT_PER_PERIOD.value: ("op", "value", "period"),
    Kind.DATE.value: ("op",),
    Kind.RELATIVE.value: ("op",),
    Kind.COMPLETENESS.value: ("verb",),
    Kind.TIER.value: ("op", "scale", "level"),
    Kind.BOOLEAN.value: ("done",),
    Kind.MULTI.value: ("parts", "shared"),
    Kind.NONE.value: ("state",),
    Kind.UNRESOLVED.value: ("candidates", "reason"),
}

