"""What the service does once a day of itself. Apps register it in ``AppConfig.ready``; each may be done twice without harm."""

from __future__ import annotations

from collections.abc import Callable

_daily: list[Callable[[], object]] = []


def register_daily(job: Callable[[], object]) -> None:
    """Do this once a day. Registering twice changes nothing."""
    if job not in _daily:
        _daily.append(job)


def run_daily() -> None:
    """Do all of it now."""
    for job in _daily:
        job()
