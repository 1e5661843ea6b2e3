"""What the trail tells of words and points that were changed: of which row, what stood there, what stands there now, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 200
"""Letters of a text that the trail tells; its digest covers all of them."""


@dataclass(frozen=True, slots=True)
class Change:
    """One input that says something else now. ``row`` '' and ``name`` '' are the head of the table; Reasons '' where none is asked for."""

    row: str
    name: str
    field: str
    old: str
    new: str
    reason: str = ""
    old_reason: str = ""

    def told(self) -> dict[str, str]:
        """It as the trail keeps it; a long text is told by its beginning."""
        told = {"row": self.name, "field": self.field, "old": short(self.old), "new": short(self.new)}
        return {**told, "reason": short(self.reason)} if self.reason else told


def said_before(changes: Iterable[Change]) -> list[list[str]]:
    """What stood there, whole, for the digest before."""
    return [[one.row, one.field, one.old, one.old_reason] for one in changes]


def said_now(changes: Iterable[Change]) -> list[list[str]]:
    """What stands there now, whole, for the digest after."""
    return [[one.row, one.field, one.new, one.reason] for one in changes]


def short(text: str) -> str:
    """A text, or its beginning and a sign that it goes on."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
