"""All rules there are: the families, in the order of the catalogue."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from zhiheng.audit.rule import Rule
from zhiheng.audit.rules import (
    completeness,
    consistency,
    duplicates,
    header,
    measurability,
    monitoring,
    publication,
    references,
    self_evaluation,
    time,
)
from zhiheng.audit.selection import Unknown, nearest

FAMILIES: tuple[tuple[Rule, ...], ...] = (
    header.RULES,
    completeness.RULES,
    measurability.RULES,
    references.RULES,
    consistency.RULES,
    duplicates.RULES,
    time.RULES,
    monitoring.RULES,
    self_evaluation.RULES,
    publication.RULES,
)


def joined(families: Iterable[tuple[Rule, ...]]) -> tuple[Rule, ...]:
    """The rules of all families, one list. A code used twice is refused: codes are permanent and mean one thing."""
    rules = tuple(rule for family in families for rule in family)
    codes = [rule.code for rule in rules]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise ValueError(f"rule codes used twice: {', '.join(twice)}")
    return rules


RULES = joined(FAMILIES)


@dataclass(frozen=True, slots=True)
class Family:
    """A family of rules: the letter of its codes, its name in a selection, and what it is called in both languages."""

    letter: str
    name: str
    zh: str
    en: str


@cache
def families() -> tuple[Family, ...]:
    """The families, in the order of the catalogue."""
    data = tomllib.loads(resources.files("zhiheng.audit.rules").joinpath("families.toml").read_text("utf-8"))
    return tuple(Family(letter, **entry) for letter, entry in data.items())


def rule(code: str) -> Rule:
    """The rule of that code; upper and lower case are the same. Raises Unknown with the nearest code."""
    for known in RULES:
        if known.code.lower() == code.lower():
            return known
    raise Unknown(code, nearest(code, [known.code for known in RULES]))
