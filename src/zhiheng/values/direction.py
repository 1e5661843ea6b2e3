"""Which way an indicator should go: more is better, less is better, or exactly so.

The target's comparator decides first; a bare number is taken as *more is better* unless the indicator's name says otherwise,
and the reason says which it was. Sources: rules 3.3, 7.1; pitfalls 11, 16, 20. The words are data: ``direction.toml``.
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from importlib import resources

from zhiheng.values.value import (
    Achieved,
    Cadence,
    Comparator,
    Coverage,
    Deadline,
    Missing,
    NotApplicable,
    NotDue,
    NotOrganised,
    Parts,
    Phrase,
    Quantity,
    Rank,
    Ratio,
    Relative,
    Unresolved,
    Value,
)

_DATA = tomllib.loads(resources.files("zhiheng.values").joinpath("direction.toml").read_text("utf-8"))
_FALLING: tuple[str, ...] = tuple(sorted(_DATA["falling"], key=len, reverse=True))
_TURNED: tuple[str, ...] = tuple(_DATA["turned"])
_STAYS: tuple[str, ...] = tuple(_DATA["stays"])
_RISING: tuple[str, ...] = tuple(_DATA["rising"])


class Direction(StrEnum):
    """Where a better result lies."""

    RISING = "rising"
    FALLING = "falling"
    EQUAL = "equal"


def direction(name: str, target: Value) -> Direction:
    """The direction of an indicator with this name and target."""
    return reasoned(name, target)[0]


def reasoned(name: str, target: Value) -> tuple[Direction, str]:
    """The direction and why, as a key of ``[reasons]`` in direction.toml, for name words followed by ``:word``."""
    match target:
        case Rank():
            return Direction.FALLING, "rank"
        case Deadline():
            return Direction.FALLING, "date"
        case Achieved() | Coverage():
            return Direction.EQUAL, "exact"
        case Relative(change="up"):
            return _bound(target.op, "up")
        case Relative(change="down"):
            return _bound(target.op, "down")
        case Unresolved(candidates):
            found = {reasoned(name, candidate) for candidate in candidates if isinstance(candidate, Quantity)}
            return found.pop() if len(found) == 1 else by_name(name)
        case Phrase() | Parts() | Missing() | NotDue() | NotApplicable() | NotOrganised():
            return by_name(name)
    if target.op in (Comparator.LE, Comparator.LT):
        return Direction.FALLING, "operator_falling"
    if target.op in (Comparator.GE, Comparator.GT):
        return Direction.RISING, "operator_rising"
    if target.op is Comparator.BETWEEN:
        return Direction.EQUAL, "range"
    if isinstance(target, Quantity | Cadence | Ratio) and _amount(target) == 0:
        return Direction.FALLING, "zero"
    return by_name(name)


def _bound(op: Comparator, change: str) -> tuple[Direction, str]:
    """A change of at most so much is a bound; else the change itself is wanted."""
    if op in (Comparator.LE, Comparator.LT):
        return Direction.FALLING, "operator_falling"
    return Direction.RISING, f"change_{change}"


def _amount(value: Quantity | Cadence | Ratio) -> object:
    return value.first if isinstance(value, Ratio) else value.amount


def by_name(name: str) -> tuple[Direction, str]:
    """What the name alone says."""
    name = name.replace(" ", "")
    for word in _RISING:
        if word in name:
            return Direction.RISING, f"name_turned:{word}"
    for word in _FALLING:
        if word in name:
            turned = any(other in name.replace(word, "") for other in _TURNED) and not any(other in name for other in _STAYS)
            return (Direction.RISING, f"name_turned:{word}") if turned else (Direction.FALLING, f"name_falling:{word}")
    return Direction.RISING, "default_rising"


def reason_text(reason: str, language: str) -> str:
    """The sentence of a reason in ``zh`` or ``en``."""
    key, _, word = reason.partition(":")
    text: str = _DATA["reasons"][key]["en" if language == "en" else "zh"]
    return text.format(word=word)
