"""From what a file holds to values: every key known, every value of its kind. Each problem names the path at which it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from zhiheng_web.ledgers.columns import COMMON
from zhiheng_web.ledgers.definition import Choice, Column
from zhiheng_web.ledgers.packs.lines import Path
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a path, and what to do. ``code`` is stable."""

    path: Path
    code: str
    text: Text


Report = Callable[[Problem], None]
NUMBERS_AS_WORDS = frozenset({"least", "most", "target"})
"""Fields of words in which a file may write a number."""
_MISS = object()


def shaped(shape: type, data: Any, path: Path, report: Report) -> Any:
    """The value of that shape, or None where something that it must have is missing. Everything wrong is reported."""
    if not isinstance(data, Mapping):
        report(_kind(path, Text("一组键值", "a table of keys"), data))
        return None
    data = _filled(shape, data)
    known = _hints(shape)
    for key in data.keys() - known.keys():
        report(_unknown((*path, key), key, known))
    named: dict[str, Any] = {}
    whole = True
    for spec in fields(shape):
        value = _MISS
        if spec.name in data:
            value = _value(known[spec.name], data[spec.name], (*path, spec.name), report)
            required_lost = value is _MISS and spec.default is MISSING and spec.default_factory is MISSING
        else:
            required_lost = spec.default is MISSING and spec.default_factory is MISSING
            if required_lost:
                report(missing((*path, spec.name), spec.name))
        whole = whole and not required_lost
        if value is not _MISS:
            named[spec.name] = value
    return shape(**named) if whole else None


def missing(path: Path, key: str) -> Problem:
    """A key that must be there is not."""
    return Problem(path, "missing", Text("缺少“{key}”。请补上。", "“{key}” is missing. Add it.").with_(key=key))


@lru_cache(maxsize=32)
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


def _filled(shape: type, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """A column with what it takes from the common column of its name, choices as tables of keys."""
    if shape is not Column:
        return data
    filled = dict(data)
    name = filled.get("name")
    common = COMMON.get(name) if isinstance(name, str) else None
    if common:
        filled = {"kind": common.kind.value, "zh": common.text.zh, "en": common.text.en, **filled}
    return filled


def _unknown(path: Path, key: str, known: Mapping[str, Any]) -> Problem:
    near = get_close_matches(key, known, 1)
    if near:
        text = Text("没有“{key}”这一键，是否应为“{near}”？", "There is no key “{key}”. Is it “{near}”?").with_(key=key, near=near[0])
    else:
        text = Text("没有“{key}”这一键。可用的键：{known}。", "There is no key “{key}”. Keys: {known}.").with_(
            key=key, known=", ".join(known)
        )
    return Problem(path, "unknown_key", text)


def _kind(path: Path, wanted: Text, found: Any) -> Problem:
    text = Text("这里应为{wanted}，现为“{found}”。", "This must be {wanted}; it is “{found}”.")
    return Problem(path, "kind", text.with_(wanted=wanted, found=str(found)[:60]))


def _one_of(path: Path, allowed: tuple[str, ...], found: Any) -> Problem:
    near = get_close_matches(str(found), allowed, 1)
    hint = Text("，是否应为“{near}”", " (is it “{near}”?)").with_(near=near[0]) if near else Text("", "")
    text = Text("“{found}”不在可选之列{hint}。可选：{allowed}。", "“{found}” is not allowed{hint}. Allowed: {allowed}.")
    return Problem(path, "value", text.with_(found=found, hint=hint, allowed=", ".join(word or "''" for word in allowed)))


def _value(hint: Any, value: Any, path: Path, report: Report) -> Any:
    """The value of a field; _MISS where it is not of its kind."""
    origin = get_origin(hint)
    if origin is tuple:
        return _many(get_args(hint)[0], value, path, report)
    if origin is Literal:
        return _allowed(get_args(hint), value, path, report)
    if origin in (Union, UnionType):
        return _value(next(inner for inner in get_args(hint) if inner is not NoneType), value, path, report)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        word = _allowed(tuple(member.value for member in hint), value, path, report)
        return _MISS if word is _MISS else hint(word)
    if hint is Choice:
        return _choice(value, path, report)
    if is_dataclass(hint) and isinstance(hint, type):
        made = shaped(hint, value, path, report)
        return _MISS if made is None else made
    return _plain(hint, value, path, report)


def _many(hint: Any, value: Any, path: Path, report: Report) -> Any:
    if not isinstance(value, list | tuple):
        report(_kind(path, Text("一个列表（[…]）", "a list ([…])"), value))
        return _MISS
    items = (_value(hint, item, (*path, number), report) for number, item in enumerate(value))
    return tuple(item for item in items if item is not _MISS)


def _allowed(allowed: tuple[str, ...], value: Any, path: Path, report: Report) -> Any:
    if value in allowed:
        return value
    report(_one_of(path, allowed, value))
    return _MISS


def _choice(value: Any, path: Path, report: Report) -> Any:
    """A word, or [code, 中文, English], or the table of keys of a definition in canonical form."""
    if isinstance(value, str) and value:
        return Choice(value, value, "")
    if isinstance(value, list) and 2 <= len(value) <= 3 and all(isinstance(word, str) and word for word in value):
        return Choice(*value)
    if isinstance(value, Mapping):
        made = shaped(Choice, value, path, report)
        return _MISS if made is None else made
    report(_kind(path, Text("一个词，或 [代码, 中文, 英文]", "a word, or [code, Chinese, English]"), value))
    return _MISS


PLAIN = {
    bool: Text("true 或 false", "true or false"),
    int: Text("整数", "a whole number"),
    Decimal: Text("数", "a number"),
    str: Text("文字", "words in quotes"),
}


def _plain(hint: Any, value: Any, path: Path, report: Report) -> Any:
    number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if hint is str and number and path[-1] in NUMBERS_AS_WORDS:
        return str(value)
    if hint is Decimal and number:
        return Decimal(value)
    if hint is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if hint in (bool, str) and isinstance(value, hint):
        return value.strip() if isinstance(value, str) else value
    report(_kind(path, PLAIN[hint], value))
    return _MISS
