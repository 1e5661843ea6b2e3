"""Actor: who did something, as the trail names them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """``account`` is the account's id, ``name`` its name then, ``address`` where the request came from.

    ``at`` is the instant of what is done where it is not the present (a year entered afterwards, as in the demonstration).
    """

    account: str
    name: str
    address: str = ""
    at: datetime | None = None


SYSTEM = Actor("", "系统", "")
"""The service itself: a scheduled job, a command of the operator."""
