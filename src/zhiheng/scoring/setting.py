"""Setting: one thing that sources disagree on, as data with its wording, the document it rests on and how far that was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Bands = tuple[tuple[Fraction, str], ...]
"""Half-open bands from the top: (lower bound, what holds from it up to the band above). The last begins at 0."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its value as written, and what it rests on.

    ``status`` as for parameters: verified, corroborated, convention or unverified (never to be called law).
    """

    key: str
    value: str | tuple[tuple[str, ...], ...]
    zh: str
    en: str
    basis: str
    status: str


class Configured:
    """What holds settings, and how their values are read."""

    __slots__ = ()
    settings: Mapping[str, Setting]

    def word(self, key: str) -> str:
        """The value of a setting that is one word."""
        value = self.settings[key].value
        if not isinstance(value, str):
            raise TypeError(f"{key} is a list")
        return value

    def number(self, key: str) -> Fraction | None:
        """The value of a setting that is a number; None where it is left open."""
        text = self.word(key)
        return Fraction(text) if text else None

    def bands(self, key: str) -> Bands:
        """The value of a setting that is a list of half-open bands."""
        value = self.settings[key].value
        if isinstance(value, str):
            raise TypeError(f"{key} is no list")
        return tuple((Fraction(bound), name) for bound, name in value)
