"""Settings in TOML files, as schemes and monitoring policies write them: the shapes a value can have, and what is refused.

A setting is ``name = { value, zh, en, basis, status }``. Every refusal names file and key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

from zhiheng.parameters.parameters import STATUSES
from zhiheng.scoring.setting import Setting

Shape = Callable[[object], bool]
SETTING_KEYS = frozenset({"value", "zh", "en", "basis", "status"})


class SettingError(ValueError):
    """A file of settings says something it must not. The message names the file and the key."""


def is_number(value: object) -> bool:
    """Text of a plain non-negative decimal."""
    return isinstance(value, str) and value.replace(".", "", 1).isdecimal() and value[0] != "." and value[-1] != "."


def number(value: object) -> bool:
    """A number, or nothing where it is left open."""
    return value == "" or is_number(value)


def one_of(*words: str) -> Shape:
    """One word of a closed list."""
    return lambda value: value in words


def bands(value: object) -> bool:
    """Lists of (lower bound, what holds from it), from the top down to 0, without gap or overlap."""
    if not isinstance(value, list) or not value:
        return False
    if not all(isinstance(item, list) and len(item) == 2 and is_number(item[0]) and isinstance(item[1], str) for item in value):
        return False
    bounds = [Fraction(item[0]) for item in value]
    return bounds[-1] == 0 and all(upper > lower for upper, lower in pairwise(bounds))


def parsed(file: str, text: str) -> dict[str, Any]:
    """The text of a file as a table. A key written twice is refused as well."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{file}: {error}") from error


def setting(key: str, entry: object, where: str, shape: Shape | None) -> Setting:
    """One setting, its value checked against its shape; without a shape there is no such setting."""
    fields = table(entry, SETTING_KEYS, where)
    check_words(fields, where)
    if shape is None:
        raise SettingError(f"{where}: unknown setting")
    value = fields["value"]
    if not shape(value):
        raise SettingError(f"{where}.value: {value!r} is not a value this setting can have")
    kept = value if isinstance(value, str) else tuple((item[0], item[1]) for item in value)
    return Setting(key, kept, fields["zh"], fields["en"], fields["basis"], fields["status"])


def section(entries: object, where: str) -> list[tuple[str, object]]:
    """The entries of a section of the file."""
    if not isinstance(entries, dict):
        raise SettingError(f"{where}: must be a section")
    return list(entries.items())


def table(entry: object, keys: frozenset[str], where: str, optional: frozenset[str] = frozenset()) -> dict[str, Any]:
    """``entry`` as a table that has the keys it must have and none it cannot have."""
    if not isinstance(entry, dict):
        raise SettingError(f"{where}: must be a table")
    if unknown := sorted(set(entry) - keys):
        raise SettingError(f"{where}: unknown key {', '.join(unknown)}")
    if absent := sorted(keys - optional - set(entry)):
        raise SettingError(f"{where}: missing key {', '.join(absent)}")
    return entry


def check_words(fields: dict[str, Any], where: str) -> None:
    """Wording in both languages, a basis, and a status of the closed list."""
    for key in ("zh", "en", "basis"):
        if not isinstance(fields[key], str) or not fields[key].strip():
            raise SettingError(f"{where}.{key}: must be text")
    if fields["status"] not in STATUSES:
        raise SettingError(f"{where}.status: {fields['status']!r} is none of {', '.join(STATUSES)}")
