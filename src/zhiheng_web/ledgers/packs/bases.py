"""The counting bases of indicators as a pack or a form gives them: values, before they are rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Measure = Literal["flow", "stock", "net", "total", "coverage", "cadence", "external"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a basis: see models.Binding. The lists choose which entries it looks at; ``states`` are those that count."""

    register: str
    measure: Measure
    code: str = "main"
    zh: str = ""
    en: str = ""
    counted_on: str = ""
    once_by: Literal["key", "organisation", "counterpart", "person", "topic"] = "key"
    first_ever: bool = False
    arrears: bool = False
    column: str = ""
    unit: str = ""
    scale: Decimal = Decimal(1)
    target: str = ""
    window: Literal["", "week", "month", "quarter"] = ""
    per_window: int | None = None
    longest_gap: int | None = None
    groups: str = ""
    series: str = ""
    benchmark: str = ""
    states: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()


CHOSEN = {
    "states": "state", "categories": "category", "levels": "level", "channels": "channel", "topics": "topics", "counties": "county",
    "excused": "excused",
}  # fmt: skip
"""List of a part → the column under which models.BindingValue keeps it."""


@dataclass(frozen=True, slots=True)
class Basis:
    """One reading of an indicator (计算口径)."""

    code: str
    zh: str
    en: str
    default: bool = False
    join: Literal["one", "weakest", "all", "first"] = "one"
    parts: tuple[Part, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class IndicatorBases:
    """All readings of one indicator, which is found by its ``name``."""

    name: str
    bases: tuple[Basis, ...] = ()
