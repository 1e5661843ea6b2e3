"""Amounts of money in a table, made comparable."""

from __future__ import annotations

from decimal import Decimal

from zhiheng.plan.plan import Budget, Figure
from zhiheng.values.value import Comparator, Quantity, Unresolved, Value

IN_YUAN = {"元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
"""How many 元 one of each unit is."""


def usual_unit(budget: Budget) -> str:
    """The unit that the table reckons in: the declared one, else that of the first amount that carries its own, else empty."""
    first = (figure for figure in (budget.total, budget.fiscal, budget.other, budget.basic, budget.project) if figure is not None)
    funds = (figure for fund in budget.funds for figure in (fund.initial, fund.budget, fund.executed) if figure is not None)
    return budget.unit or next((unit for figure in (*first, *funds) if (unit := own_unit(figure)) in IN_YUAN), "")


def own_unit(figure: Figure) -> str:
    """The unit that an amount carries itself, empty if none."""
    value = figure.reading.value
    return value.unit if isinstance(value, Quantity) else ""


def amount(figure: Figure | None, budget: Budget) -> Decimal | None:
    """The amount in the unit that the table reckons in, None if the cell holds no amount of money.

    A number without any unit is taken as it stands.
    """
    if figure is not None and zero(figure.reading.value):
        return Decimal(0)
    if figure is None or not isinstance(figure.reading.value, Quantity) or figure.reading.value.op is not Comparator.EQ:
        return None
    own, unit, usual = figure.reading.value.amount, figure.reading.value.unit, usual_unit(budget)
    if unit and unit not in IN_YUAN:
        return None
    return own if unit in ("", usual) else own * IN_YUAN[unit] / IN_YUAN[usual]


def zero(value: Value) -> bool:
    """The number 0, or a 0 of which it is open whether it means none or not applicable: added up, both are nothing."""
    if isinstance(value, Unresolved):
        return any(zero(candidate) for candidate in value.candidates)
    return isinstance(value, Quantity) and value.amount == 0 and value.upper is None


def printed(number: Decimal) -> str:
    """A number without trailing zeros and without an exponent: 5364, 102.59."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
