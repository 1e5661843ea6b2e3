"""产学研合作: when a signed cooperation is substantive (实质性)."""

from __future__ import annotations

from decimal import Decimal


def substantive(amount: Decimal | None, contract_number: str, implementation: str, category: str) -> bool:
    """One of these shows it: money agreed, a registered technology contract, a joint platform, a record of implementation."""
    return bool(amount and amount > 0) or bool(contract_number.strip()) or bool(implementation.strip()) or category == "platform"
