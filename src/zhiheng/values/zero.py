"""Zero as against nothing: what a bare 0, 0% or 无 may mean."""

from __future__ import annotations

from decimal import Decimal

from zhiheng.values.value import NotApplicable, Quantity, Value

ZERO_UNITLESS = Quantity(Decimal(0))
NOTHING: tuple[Value, ...] = (ZERO_UNITLESS, NotApplicable())
"""The two readings of 无 and of a bare 0 (rules 7.2 form 42)."""


def readings(value: Quantity) -> tuple[Value, ...]:
    """A zero with the unit it was written with, or nothing that applies."""
    return (value, NotApplicable())
