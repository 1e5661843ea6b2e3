"""Content ⇄ canonical JSON: every field written, exact numbers as words, days in ISO form; what does not fit is refused with its path."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from zhiheng_web.publication.content.added import ADDED
from zhiheng_web.publication.content.shape import FORMAT, Content

Json = dict[str, Any]


class Malformed(ValueError):  # noqa: N818 - what is wrong with it, not a fault of the program
    """A JSON that is not the content of a package. The message names the path."""


def to_json(content: Content) -> Json:
    """The content as plain JSON values."""
    return _said(content)


def from_json(data: Mapping[str, Any]) -> Content:
    """The content that :func:`to_json` wrote, or :class:`Malformed`."""
    if data.get("format") != FORMAT:
        raise Malformed(f"format: {data.get('format')!r}, not {FORMAT!r}")
    content: Content = _reader(Content)(data)
    return content


def canonical(data: Mapping[str, Any] | Content) -> bytes:
    """The JSON as bytes: keys sorted, no blanks, nothing escaped that need not be. What :func:`digest` covers and downloads hold."""
    plain = to_json(data) if isinstance(data, Content) else data
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(data: Mapping[str, Any] | Content) -> str:
    """SHA-256 of the canonical bytes: what review and signature are bound to."""
    return hashlib.sha256(canonical(data)).hexdigest()


def _said(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _said(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_said(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {spec.name: _said(getattr(value, spec.name)) for spec in fields(value)}
    raise TypeError(f"{type(value).__name__} has no place in the open data")


def number(value: Decimal) -> str:
    """An exact number in plain digits without zeros at the end."""
    if not value.is_finite():
        raise TypeError("only finite numbers are published")
    return format(value.normalize(), "f") if value else "0"


Reader = Callable[[Any], Any]
"""Takes a JSON value and gives what it stands for, or raises a Malformed that begins where it found the fault."""


def _within(fault: Malformed, where: str) -> Malformed:
    """The same fault with the place around it. The way is only told when something is wrong: a package has half a million values."""
    return Malformed(f"{where}{fault}")


@cache
def _reader(shape: Any) -> Reader:
    """What reads a type, worked out once."""
    if shape is Any:
        return _as_is
    origin = get_origin(shape)
    if origin in (Union, UnionType):
        some = _reader(next(one for one in get_args(shape) if one is not NoneType))
        return lambda data: None if data is None else some(data)
    if origin is tuple:
        return _listed(_reader(get_args(shape)[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _named(_reader(get_args(shape)[1]))
    if is_dataclass(shape):
        return _fields(shape)
    if shape in TYPED:
        return _typed(TYPED[shape])
    return _plain(shape)


def _as_is(data: Any) -> Any:
    return data


def _listed(inner: Reader) -> Reader:
    def read(data: Any) -> Any:
        found = []
        try:
            for one in _of(list, data):
                found.append(inner(one))
        except Malformed as fault:
            raise _within(fault, f"[{len(found)}]" if isinstance(data, list) else "") from None
        return tuple(found)

    return read


def _named(inner: Reader) -> Reader:
    def read(data: Any) -> Any:
        found = {}
        for key, value in _of(dict, data).items():
            try:
                found[key] = inner(value)
            except Malformed as fault:
                raise _within(fault, f".{key}") from None
        return found

    return read


def _fields(shape: Any) -> Reader:
    readers = {name: _reader(hint) for name, hint in get_type_hints(shape).items()}
    added = {spec.name for spec in fields(shape) if spec.metadata == ADDED}

    def read(data: Any) -> Any:
        if _of(dict, data).keys() | added != readers.keys():
            wrong = [f"{name} missing" for name in sorted(readers.keys() - data.keys() - added)]
            raise Malformed(f": {', '.join(wrong or [f'{name} unknown' for name in sorted(data.keys() - readers.keys())])}")
        found, name = {}, ""
        try:
            for name, reader in readers.items():
                if name in data:
                    found[name] = reader(data[name])
        except Malformed as fault:
            raise _within(fault, f".{name}") from None
        return shape(**found)

    return read


def _plain(kind: type) -> Reader:
    if kind is not str:
        return lambda data: _of(kind, data)

    def read(data: Any) -> Any:
        return data if type(data) is str else _of(str, data)

    return read


def _of(kind: type, data: Any) -> Any:
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise Malformed(f": {kind.__name__} expected")
    return data


def _typed(made: Callable[[str], Any]) -> Reader:
    def read(data: Any) -> Any:
        try:
            return made(_of(str, data))
        except Malformed:
            raise
        except (ValueError, InvalidOperation):
            raise Malformed(f": {data[:40]!r} cannot be read") from None

    return read


def _instant(text: str) -> datetime:
    if not text.endswith("Z"):
        raise ValueError("an instant ends in Z")
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)


TYPED: dict[Any, Callable[[str], Any]] = {Decimal: Decimal, date: date.fromisoformat, datetime: _instant}
