"""信息报送: what an adopted item earns, by the level that adopted it and the journal it stands in."""

from __future__ import annotations

from decimal import Decimal

from zhiheng.parameters.parameters import Parameters


def points(level: str, journal: str, known: Parameters) -> Decimal:
    """The points of an adopted item. A level or journal that the table does not have is the caller's mistake: KeyError."""
    return known.number(f"information.{level}_{journal or 'daily'}")
