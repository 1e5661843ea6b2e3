"""The columns and codes of 预算管理一体化, as data with their types: ``integrated.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a table there: how long it may be in the database, on the screen, and whether it must be filled.

    ``digits`` is (all, decimals) of a number. ``only``: ``department`` or ``project``; ``only_codes``: the code table it goes with.
    """

    name: str
    zh: str
    length: int = 0
    screen: int = 0
    required: bool = False
    digits: tuple[int, int] | None = None
    only: str = ""
    only_codes: str = ""


@dataclass(frozen=True, slots=True)
class Codes:
    """A vendor's table of 计算符号 by symbol."""

    key: str
    zh: str
    en: str
    signs: Mapping[str, str]
    qualitative: str
    not_applicable: str
    not_applicable_value: str
    forbidden: tuple[str, ...]
    natures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """Everything about the receiving system that is data."""

    tables: Mapping[str, tuple[str, str]]
    goal: tuple[Column, ...]
    indicator: tuple[Column, ...]
    codes: Mapping[str, Codes]
    level_codes: Mapping[str, str]
    placeholder_names: tuple[str, ...]
    placeholder_codes: tuple[str, ...]


@cache
def target() -> Target:
    """The receiving system as shipped."""
    data = tomllib.loads(resources.files(__package__).joinpath("integrated.toml").read_text("utf-8"))
    kinds = ("department", "project")
    return Target(
        {kind: (data[kind]["goal_table"], data[kind]["indicator_table"]) for kind in kinds},
        tuple(map(_column, data["goal"])),
        tuple(map(_column, data["indicator"])),
        {key: Codes(key, **{**item, "forbidden": tuple(item["forbidden"])}) for key, item in data["codes"].items()},
        data["levels"]["codes"],
        tuple(data["levels"]["placeholder"]["names"]),
        tuple(data["levels"]["placeholder"]["codes"]),
    )


def _column(item: Mapping[str, Any]) -> Column:
    digits = item.get("digits")
    return Column(**{**item, "digits": tuple(digits) if digits else None})
