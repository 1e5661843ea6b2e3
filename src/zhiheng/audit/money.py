"""Amounts of money in a table, made comparable."""

from __future__ import annotations

from decimal import Decimal

from zhiheng.plan.plan import Budget, Figure
from zhiheng.values.value import Comparator, Quantity

IN_YUAN = {"元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
"""How many 元 one of each unit is."""


def unit_of(figure: Figure, budget: Budget) -> str:
    """The unit of an amount: its own, else the one that the form declares, else empty."""
    value = figure.reading.value
    return (value.unit if isinstance(value, Quantity) else "") or budget.unit


def amount(figure: Figure | None, budget: Budget) -> Decimal | None:
    """The amount in the unit that the table declares (in 元 where it declares none), None if the cell holds no amount.

    A number without any unit is taken as it stands.
    """
    if figure is None or not isinstance(figure.reading.value, Quantity) or figure.reading.value.op is not Comparator.EQ:
        return None
    unit = figure.reading.value.unit
    if unit and unit not in IN_YUAN:
        return None
    own = figure.reading.value.amount
    if not unit or unit == budget.unit:
        return own
    return own * IN_YUAN[unit] / IN_YUAN.get(budget.unit, 1)


def printed(number: Decimal) -> str:
    """A number without trailing zeros and without an exponent: 5364, 102.59."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
