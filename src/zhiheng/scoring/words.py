"""What an actual in words says of its target: a tier of the self-evaluation form, a claim, or a comparison that can be made."""

from __future__ import annotations

from zhiheng.values.comparison import meets
from zhiheng.values.direction import Direction
from zhiheng.values.tiers import SCALES
from zhiheng.values.value import Achieved, Tier, Value

ATTAINMENT = "attainment"
TIERS = (1, 1, 2, 3)
"""Tier of each level of the scale 达成, 基本达成, 部分达成, 未达成: 基本达成 stands in the first tier (100-80 %)."""


def tier_of(value: Value) -> int | None:
    """The tier 1-3 of the self-evaluation form that a value names, None if it names none."""
    if not isinstance(value, Tier) or value.scale != ATTAINMENT:
        return None
    rank = SCALES[ATTAINMENT].rank(value.level)
    return TIERS[rank] if rank is not None else None


def claims(value: Value) -> bool | None:
    """Whether a value claims that something was done (完成) or denies it (未完成); None if it does neither."""
    return value.done if isinstance(value, Achieved) else None


def met(target: Value, actual: Value, year: int | None) -> bool | None:
    """Whether an actual in words, a date, rank or grade meets its target; None where they cannot be compared.

    The same words as the target's claim that it was met. ``year`` completes dates that name none.
    """
    return True if target == actual else meets(target, actual, Direction.EQUAL, year)
