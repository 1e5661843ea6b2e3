"""Pairing: which row of one table is which row of another (the approved version, the year before)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from zhiheng.audit.wording import normal, squeezed, text_of
from zhiheng.plan.plan import Indicator, Plan


@dataclass(frozen=True, slots=True)
class Pairs:
    """``of`` gives to a row's index its row in the other table; ``left`` are the other's rows that found none, in its order."""

    of: Mapping[int, Indicator]
    left: tuple[Indicator, ...]


def name_of(row: Indicator) -> Hashable:
    """The name, and the horizon where a form holds targets of the year beside those of the whole term."""
    return squeezed(row.name.text), row.horizon


def home_of(row: Indicator) -> Hashable:
    """The name within its duty and category."""
    return name_of(row), row.duty, row.category


def whole_of(row: Indicator) -> Hashable:
    """The name at home with its target as written."""
    return home_of(row), normal(text_of(row.target))


def paired(own: Plan, other: Plan) -> Pairs:
    """Rows of the same name, those that also agree in duty, category and target first; each row has one partner at most."""
    found: dict[int, Indicator] = {}
    left = [row for row in other.indicators if squeezed(row.name.text)]
    for key in (whole_of, home_of, name_of):
        waiting: dict[Hashable, list[Indicator]] = {}
        for row in left:
            waiting.setdefault(key(row), []).append(row)
        for index, row in enumerate(own.indicators):
            if index not in found and waiting.get(key(row)):
                found[index] = waiting[key(row)].pop(0)
        left = [row for rows in waiting.values() for row in rows]
    order = {id(row): place for place, row in enumerate(other.indicators)}
    return Pairs(found, tuple(sorted(left, key=lambda row: order[id(row)])))
