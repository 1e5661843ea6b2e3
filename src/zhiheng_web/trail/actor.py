"""Actor: who did something, as the trail names them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """``account`` is the account's id, ``name`` its name then, ``address`` where the request came from."""

    account: str
    name: str
    address: str = ""


SYSTEM = Actor("", "系统", "")
"""The service itself: a scheduled job, a command of the operator."""
