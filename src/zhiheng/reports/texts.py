"""The words of the reports, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources

from zhiheng.plan.place import Place

Say = Callable[..., str]
"""``say(key, **parameters)``: a text in the language of the report."""


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files("zhiheng.reports").joinpath("texts.toml").read_text("utf-8"))


def saying(language: str) -> Say:
    """The words in ``zh`` or ``en``. An unknown language or key is the caller's mistake: KeyError."""

    def say(key: str, **parameters: object) -> str:
        return _texts()[key][language].format_map(parameters)

    return say


def known(key: str) -> bool:
    """Whether there is such a text."""
    return key in _texts()


def where(place: Place, say: Say) -> str:
    """Sheet, page, row and column, as far as the file has them."""
    parts = ((name, getattr(place, name)) for name in ("sheet", "page", "row", "column"))
    return say("place_separator").join(say(f"at_{name}", number=number) for name, number in parts if number) or say("at_none")


def field_words(field: str, say: Say) -> str:
    """The heading of an indicator field or of a field of the head; '' for one that has no heading."""
    head, _, tail = field.partition(".")
    for key in (f"field_{head}_{tail}" if tail else "", f"field_{head}", head):
        if key and known(key):
            return say(key)
    return ""
