"""督办: which due day holds when more time was asked for, and where a matter stands on the ladder of papers."""

from __future__ import annotations

from datetime import date
from typing import Literal

from zhiheng.parameters.parameters import Parameters

Paper = Literal["assignment", "reminder", "notice"]
"""交办单, 催办单, 督办通知单."""


def due_day(first: date, asked_on: date | None, granted: date | None) -> date:
    """The due day that is judged: the one granted if it was asked for before the first, else the first."""
    return granted if granted is not None and asked_on is not None and asked_on < first else first


def extension_holds(first: date | None, due: date, asked_on: date | None) -> bool:
    """Whether ``due`` may stand where ``first`` was the first due day: the same, or earlier, or asked for in time."""
    return first is None or due <= first or due_day(first, asked_on, due) == due


def paper(due: date, on: date, known: Parameters) -> Paper:
    """Which paper an unfinished matter calls for on a day: the assignment while in time, then a reminder, then a supervision notice."""
    late = (on - due).days
    if late <= 0:
        return "assignment"
    return "reminder" if late < known.number("supervision.notice_after") else "notice"


def near(due: date, on: date, known: Parameters) -> bool:
    """Whether an unfinished matter is near its day, the day itself included."""
    return 0 <= (due - on).days <= known.number("supervision.near")


Rung = Literal["", "near", "reminder", "notice"]
"""Where an unfinished matter stands: in hand, near its day (蓝), overdue (黄), long overdue (红)."""


def rung(due: date, on: date, known: Parameters) -> Rung:
    """The rung of the ladder on a day. ``due`` is the last day that counts, a day of rest already passed on to the next worked one."""
    called = paper(due, on, known)
    if called == "assignment":
        return "near" if near(due, on, known) else ""
    return "reminder" if called == "reminder" else "notice"
