"""A cell that stays open, printed with its reason and candidates: 待确认(零或不适用):=0|不适用.

A table printed from a plan keeps an open cell open; this is how such a cell reads again.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from importlib import resources

from zhiheng.values.found import Found
from zhiheng.values.value import Unresolved, Value

REASONS: dict[str, dict[str, str]] = tomllib.loads(resources.files("zhiheng.values").joinpath("unresolved.toml").read_text("utf-8"))
"""Code → title, zh, en."""

_BY_TITLE = {entry["title"]: code for code, entry in REASONS.items()}
_OPEN = re.compile(r"待确认\(([^()]{1,20})\):(.*)")


def read(text: str, single: Callable[[str], Found | None]) -> Found | None:
    """The open reading that the whole text prints, its candidates read by ``single``; None if it is none."""
    match = _OPEN.fullmatch(text)
    code = _BY_TITLE.get(match[1]) if match is not None else None
    if match is None or code is None:
        return None
    candidates: list[Value] = []
    for piece in match[2].split("|") if match[2] else ():
        found = single(piece)
        if found is None or isinstance(found.value, Unresolved):
            return None
        candidates.append(found.value)
    return Found(Unresolved(tuple(candidates), code))
