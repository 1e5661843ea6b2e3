"""Content ⇄ canonical JSON: every field written, exact numbers as words, days in ISO form; what does not fit is refused with its path."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

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
    return _read(Content, data, "")


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


@lru_cache(maxsize=64)
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


def _read(shape: Any, data: Any, path: str) -> Any:
    if shape is Any:
        return data
    origin = get_origin(shape)
    if origin in (Union, UnionType):
        return None if data is None else _read(next(one for one in get_args(shape) if one is not NoneType), data, path)
    if origin is tuple:
        return tuple(_read(get_args(shape)[0], inner, f"{path}[{place}]") for place, inner in enumerate(_of(list, data, path)))
    if origin is not None and issubclass(origin, Mapping):
        inner = get_args(shape)[1]
        return {key: _read(inner, value, f"{path}.{key}") for key, value in _of(dict, data, path).items()}
    if is_dataclass(shape):
        return _fields(shape, _of(dict, data, path), path)
    if shape in TYPED:
        return _typed(TYPED[shape], _of(str, data, path), path)
    return _of(shape, data, path)


def _fields(shape: Any, data: Mapping[str, Any], path: str) -> Any:
    hints = _hints(shape)
    if missing := hints.keys() - data.keys():
        raise Malformed(f"{path}: {', '.join(sorted(missing))} missing")
    if unknown := data.keys() - hints.keys():
        raise Malformed(f"{path}: {', '.join(sorted(unknown))} unknown")
    return shape(**{name: _read(hint, data[name], f"{path}.{name}") for name, hint in hints.items()})


def _of(kind: type, data: Any, path: str) -> Any:
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise Malformed(f"{path}: {kind.__name__} expected")
    return data


def _typed(read: Callable[[str], Any], data: str, path: str) -> Any:
    try:
        return read(data)
    except (ValueError, InvalidOperation):
        raise Malformed(f"{path}: {data[:40]!r} cannot be read") from None


def _instant(text: str) -> datetime:
    if not text.endswith("Z"):
        raise ValueError("an instant ends in Z")
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)


TYPED: dict[Any, Callable[[str], Any]] = {Decimal: Decimal, date: date.fromisoformat, datetime: _instant}
