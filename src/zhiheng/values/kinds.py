"""The kind of a value, as the canonical JSON names it."""

from __future__ import annotations

from zhiheng.values import units
from zhiheng.values.value import (
    Achieved,
    Cadence,
    Comparator,
    Coverage,
    Deadline,
    Kind,
    Parts,
    Phrase,
    Quantity,
    Rank,
    Ratio,
    Relative,
    Tier,
    Unresolved,
    Value,
)

_KINDS: dict[type, Kind] = {
    Ratio: Kind.RATIO,
    Cadence: Kind.COUNT_PER_PERIOD,
    Deadline: Kind.DATE,
    Coverage: Kind.COMPLETENESS,
    Relative: Kind.RELATIVE,
    Rank: Kind.RELATIVE,
    Tier: Kind.TIER,
    Achieved: Kind.BOOLEAN,
    Parts: Kind.MULTI,
    Phrase: Kind.TEXT,
    Unresolved: Kind.UNRESOLVED,
}
_BY_DIMENSION = {
    "money": Kind.MONEY,
    "foreign_money": Kind.MONEY,
    "rate": Kind.PERCENT,
    "clock": Kind.DURATION,
    "calendar": Kind.DURATION,
    "workdays": Kind.DURATION,
}


def kind_of(value: Value) -> Kind:
    """The kind of a value. The four states without a figure are one kind, ``none``."""
    if isinstance(value, Quantity):
        if value.op is Comparator.BETWEEN:
            return Kind.RANGE
        unit = units.unit(value.unit)
        return _BY_DIMENSION.get(unit.dimension, Kind.NUMBER) if unit is not None else Kind.NUMBER
    return _KINDS.get(type(value), Kind.NONE)
