"""Parameters in force on a date, each with the document it rests on and how far that was checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Dated:
    """One value and the day from which it holds. ``basis`` names the document."""

    start: date
    value: str
    basis: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """``status``: verified (read in the document), corroborated (a local form applies it so), convention
    (a default of this product) or unverified (from general knowledge; never to be called law).
    """

    key: str
    zh: str
    en: str
    unit: str
    status: str
    values: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """The values in force on ``day``, with an office's own settings laid over them."""

    day: date
    known: Mapping[str, Parameter]
    own: Mapping[str, str]

    def text(self, key: str) -> str:
        """The value of ``key``. Unknown keys and keys not yet in force are the caller's mistake: KeyError."""
        if key in self.own:
            return self.own[key]
        past = [dated for dated in self.known[key].values if dated.start <= self.day]
        if not past:
            raise KeyError(f"{key} is not in force on {self.day}")
        return max(past, key=lambda dated: dated.start).value

    def number(self, key: str) -> Decimal:
        """The value of ``key`` as an exact number."""
        return Decimal(self.text(key))

    def words(self, key: str) -> tuple[str, ...]:
        """The value of ``key`` as a list of words, written with spaces between."""
        return tuple(self.text(key).split())


STATUSES = ("verified", "corroborated", "convention", "unverified")
"""How far a value was checked. The list is closed: a text may call only ``verified`` values law."""

ENTRY_KEYS = frozenset({"zh", "en", "unit", "status", "values"})
DATED_KEYS = frozenset({"from", "value", "basis"})


class ParameterError(ValueError):
    """A file of parameters says something it must not. The message names the file and the key."""


def load(file: str, text: str) -> dict[str, Parameter]:
    """The parameters that ``text`` declares, keyed ``<file without .toml>.<name>``.

    Refused, with file and key named (:class:`ParameterError`): text that is not TOML, a key written twice, a key that
    no parameter has or lacks, a status outside :data:`STATUSES`, a value without basis, dates out of order.
    """
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # also a key written twice
        raise ParameterError(f"{file}: {error}") from error
    stem = file.removesuffix(".toml")
    return {f"{stem}.{name}": parameter(f"{stem}.{name}", entry, f"{file}: {name}") for name, entry in entries.items()}


def parameter(key: str, entry: object, where: str) -> Parameter:
    """One entry of a file as a Parameter."""
    fields = exactly(entry, ENTRY_KEYS, where)
    for name in ("zh", "en", "unit", "status"):
        if not isinstance(fields[name], str):
            raise ParameterError(f"{where}.{name}: must be text")
    if fields["status"] not in STATUSES:
        raise ParameterError(f"{where}.status: {fields['status']!r} is none of {', '.join(STATUSES)}")
    listed = fields["values"]
    if not isinstance(listed, list) or not listed:
        raise ParameterError(f"{where}.values: must be a list of dated values")
    values = tuple(dated(item, f"{where}.values[{index}]") for index, item in enumerate(listed))
    for earlier, later in pairwise(values):
        if later.start <= earlier.start:
            raise ParameterError(f"{where}.values: {later.start} does not come after {earlier.start}")
    return Parameter(key, fields["zh"], fields["en"], fields["unit"], fields["status"], values)


def dated(item: object, where: str) -> Dated:
    """One dated value. Numbers are written as text, so that no digit is lost on the way."""
    fields = exactly(item, DATED_KEYS, where)
    start, value, basis = fields["from"], fields["value"], fields["basis"]
    if type(start) is not date:
        raise ParameterError(f"{where}.from: must be a date")
    if isinstance(value, float | bool) or not isinstance(value, str | int):
        raise ParameterError(f"{where}.value: must be text or a whole number")
    if not isinstance(basis, str) or not basis.strip():
        raise ParameterError(f"{where}.basis: must name what the value rests on")
    return Dated(start, str(value), basis)


def exactly(entry: object, keys: frozenset[str], where: str) -> dict[str, Any]:
    """``entry`` as a table that has all of ``keys`` and no other."""
    if not isinstance(entry, dict):
        raise ParameterError(f"{where}: must be a table")
    if unknown := sorted(set(entry) - keys):
        raise ParameterError(f"{where}: unknown key {', '.join(unknown)}")
    if absent := sorted(keys - set(entry)):
        raise ParameterError(f"{where}: missing key {', '.join(absent)}")
    return entry


@cache
def national() -> Mapping[str, Parameter]:
    """All parameters that come with the product: ``national/*.toml``, keyed ``<file>.<name>``."""
    known: dict[str, Parameter] = {}
    for source in sorted(resources.files("zhiheng.parameters").joinpath("national").iterdir(), key=lambda f: f.name):
        if source.name.endswith(".toml"):
            known |= load(source.name, source.read_text("utf-8"))
    return known


def in_force(day: date, own: Mapping[str, str] | None = None) -> Parameters:
    """The parameters in force on ``day``. ``own`` overrides by key; an unknown key is refused by name."""
    known = national()
    unknown = sorted(set(own or {}) - set(known))
    if unknown:
        raise KeyError(f"unknown parameter: {', '.join(unknown)}")
    return Parameters(day, known, dict(own or {}))
