"""技术合同: amounts and cancellations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def technology_fits(total: Decimal | None, technology: Decimal | None) -> bool:
    """技术交易额 is the total less equipment and other costs: never more than 成交额, never below zero."""
    return technology is None or (technology >= 0 and (total is None or technology <= total))


def cancelled_in_year(registered_on: date, cancelled_on: date) -> bool:
    """Whether a cancellation takes the contract out of the year in which it was registered."""
    return registered_on.year == cancelled_on.year


def state_fits(state: str, registered_on: date | None, cancelled_on: date | None) -> bool:
    """Whether the state of a cancelled contract says rightly when it was cancelled; a contract in force has no day of cancelling."""
    if state not in ("cancelled", "cancelled_later"):
        return cancelled_on is None
    if registered_on is None or cancelled_on is None:
        return False
    return cancelled_in_year(registered_on, cancelled_on) == (state == "cancelled")
