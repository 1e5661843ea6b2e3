"""评审: whether enough experts scored."""

from __future__ import annotations

from decimal import Decimal

from zhiheng.parameters.parameters import Parameters


def quorate(valid: Decimal | None, appointed: Decimal | None, known: Parameters) -> bool:
    """Whether the valid scores reach the quorum of the experts appointed; what is not known passes."""
    if valid is None or not appointed:
        return True
    over, under = (Decimal(word) for word in known.text("reviews.quorum").split("/"))
    return valid * under >= appointed * over
