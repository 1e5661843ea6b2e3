"""Trace: why a number is what it is, as data; worded from texts.toml in Chinese or English."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources

from zhiheng.scoring.rounding import Mode, Rounding, decimal

BEGINNING = Rounding(Mode.CUT, 4)


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to a number. ``code`` is a key of ``[step]`` in texts.toml; parameters fill its wording.

    A parameter whose text is itself a key of texts.toml (a method, a rounding, a reason) is worded in the reader's language.
    """

    code: str
    parameters: tuple[tuple[str, str], ...] = ()


def step(code: str, **parameters: object) -> Step:
    """A step with its parameters in printed form."""
    return Step(code, tuple((name, printed(value)) for name, value in parameters.items()))


def printed(value: object) -> str:
    """The form in which a number stands in a trace: plain digits, never an exponent, never rounded.

    A fraction without end shows its first four places and that it goes on: 8.6203….
    """
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Fraction):
        try:
            return plain(decimal(value))
        except ValueError:
            return f"{BEGINNING.apply(value):f}…"
    return str(value)


def plain(value: Decimal) -> str:
    """Digits without exponent and without zeros at the end that the value does not need."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


@cache
def texts(package: str = "zhiheng.scoring") -> Mapping[str, Mapping[str, str]]:
    """Every wording of a package's texts.toml, keyed ``<section>.<code>``, each in ``zh`` and ``en``."""
    data = tomllib.loads(resources.files(package).joinpath("texts.toml").read_text("utf-8"))
    return {f"{section}.{code}": words for section, entries in data.items() for code, words in entries.items()}


def word(key: str, language: str = "zh", **parameters: str) -> str:
    """The wording of ``<section>.<code>`` in a language; the key itself where nothing is worded under it."""
    found = texts().get(key)
    if found is None:
        return key
    return found["en" if language == "en" else "zh"].format_map(parameters)


def explain(trace: Iterable[Step], language: str = "zh") -> list[str]:
    """The steps as sentences, one each, in order."""
    return [told(f"step.{each.code}", each.parameters, language) for each in trace]


def told(key: str, parameters: Iterable[tuple[str, str]], language: str = "zh", words: Callable[..., str] = word) -> str:
    """The wording of a key with its parameters. One that is itself a key is worded too, and by the same parameters: a reason that stands
    in another (a part cannot be scored because units differ) brings its own along.
    """
    own = dict(parameters)
    return words(key, language, **{name: words(value, language, **own) for name, value in own.items()})
