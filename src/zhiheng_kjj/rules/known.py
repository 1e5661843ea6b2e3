"""The parameters of the bureau's business in force on a day: thresholds, points, times, each with its document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

from zhiheng.parameters.parameters import Parameter, Parameters, load


@cache
def parameters() -> Mapping[str, Parameter]:
    """All of ``zhiheng_kjj/parameters``, keyed ``<file>.<name>``."""
    known: dict[str, Parameter] = {}
    for source in sorted(resources.files("zhiheng_kjj").joinpath("parameters").iterdir(), key=lambda file: file.name):
        if source.name.endswith(".toml"):
            known |= load(source.name, source.read_text("utf-8"))
    return known


def number(known: Parameters, key: str) -> Decimal | None:
    """The number of ``key``, None before the first day from which it holds: what no rule limited then is not limited."""
    try:
        return known.number(key)
    except KeyError:
        if key not in known.known:
            raise
        return None


def in_force(day: date, own: Mapping[str, str] | None = None) -> Parameters:
    """Those in force on ``day``; ``own`` are an office's settings over them, an unknown key is refused by name."""
    unknown = sorted(set(own or {}) - set(parameters()))
    if unknown:
        raise KeyError(f"unknown parameter: {', '.join(unknown)}")
    return Parameters(day, parameters(), dict(own or {}))
