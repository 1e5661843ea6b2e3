"""Parameters in force on a date, each with the document it rests on and how far that was checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Dated:
    """One value and the day from which it holds. ``basis`` names the document."""

    start: date
    value: str
    basis: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """``status``: verified (read in the document), corroborated (a local form applies it so), convention
    (a default of this product) or unverified (from general knowledge; never to be called law)."""

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


@cache
def national() -> Mapping[str, Parameter]:
    """All parameters that come with the product: ``national/*.toml``, keyed ``<file>.<name>``."""
    known: dict[str, Parameter] = {}
    for source in sorted(resources.files("zhiheng.parameters").joinpath("national").iterdir(), key=lambda f: f.name):
        if not source.name.endswith(".toml"):
            continue
        stem = source.name.removesuffix(".toml")
        for name, entry in tomllib.loads(source.read_text("utf-8")).items():
            key = f"{stem}.{name}"
            values = tuple(Dated(item["from"], str(item["value"]), item["basis"]) for item in entry["values"])
            known[key] = Parameter(key, entry["zh"], entry["en"], entry["unit"], entry["status"], values)
    return known


def in_force(day: date, own: Mapping[str, str] | None = None) -> Parameters:
    """The parameters in force on ``day``. ``own`` overrides by key; an unknown key is refused by name."""
    known = national()
    unknown = sorted(set(own or {}) - set(known))
    if unknown:
        raise KeyError(f"unknown parameter: {', '.join(unknown)}")
    return Parameters(day, known, dict(own or {}))
