"""What is still open of an account or an office: asked before a person leaves or an office closes.

The organisation knows nothing of tables; the apps above register who can tell, from ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zhiheng_web.organisation.models import Account, Office
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One thing that somebody else must take over: in words, with its address."""

    text: Text
    url: str = ""


OF_ACCOUNT: list[Callable[[Account], Iterable[OpenWork]]] = []
OF_OFFICE: list[Callable[[Office], Iterable[OpenWork]]] = []


def register_open_work(
    account: Callable[[Account], Iterable[OpenWork]] | None = None, office: Callable[[Office], Iterable[OpenWork]] | None = None
) -> None:
    """Add what can tell."""
    if account is not None:
        OF_ACCOUNT.append(account)
    if office is not None:
        OF_OFFICE.append(office)


def open_work_of(account: Account) -> list[OpenWork]:
    """All that waits for this person."""
    return [work for ask in OF_ACCOUNT for work in ask(account)]


def open_work_in(office: Office) -> list[OpenWork]:
    """All that this office still answers for."""
    return [work for ask in OF_OFFICE for work in ask(office)]
