"""A bureau at work: the pack adopted and the table of this year approved, served once for all journeys of the ledgers.

    def test_a_duty(desks):
        filler = desks("jingban3")             # signed in, at home
        filler.menu("/obligations/")

The journeys of the duties do not touch each other's registers, so that they share one service on SQLite.
``desks_on_postgresql`` has its own.
Every desk looks at each kind of page once in a session: on a screen light, on a phone dark, with the rules of WCAG 2.2 AA.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import Service, browsing, python, running, settings_of
from tests.browser.ledgers.keeping import Keeper
from tests.browser.persons import Looks
from tests.postgres import database

BUREAU = """
import django; django.setup()
from tests.browser.ledgers.bureau import found; found()
"""

Desks = Callable[..., Keeper]


@pytest.fixture(scope="session")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on SQLite, for all journeys of a session."""
    folder = tmp_path_factory.mktemp("bureau")
    settings = settings_of(folder, "")
    founded(settings)
    with running(settings) as service:
        yield service


def founded(settings: dict[str, str]) -> None:
    python(["-c", BUREAU], settings | {"PYTHONPATH": f"{settings['PYTHONPATH']}:{Path(__file__).parents[3]}"})


@pytest.fixture(scope="session")
def seen() -> set[str]:
    """The kinds of page that were looked at in the session."""
    return set()


@pytest.fixture(scope="session")
def signed_in_before() -> dict[str, Any]:
    """The cookies of those who have signed in on the shared service."""
    return {}


@pytest.fixture
def desks(
    chromium: Browser, bureau: Service, accessible: Callable[[Page], None], seen: set[str], signed_in_before: dict[str, Any]
) -> Iterator[Desks]:
    """``desks("jingban3")``: that person at a page, signed in; ``phone=True``, ``language="en"``, ``dark=True`` as in ``browse``."""
    with seated(chromium, bureau, Looks(accessible, seen, colours=(("light",), ("dark",))), signed_in_before) as open_desk:
        yield open_desk


@pytest.fixture
def desks_on_postgresql(chromium: Browser, worker: str, tmp_path: Path) -> Iterator[Desks]:
    """The same on PostgreSQL, for one test."""
    settings = settings_of(tmp_path, database(f"bureau_{worker}"))
    founded(settings)
    with running(settings) as service, seated(chromium, service, Looks(None), {}) as open_desk:
        yield open_desk


@contextmanager
def seated(chromium: Browser, service: Service, looks: Looks, before: dict[str, Any]) -> Iterator[Desks]:
    counted: list[tuple[str, str, int]] = []
    with browsing(chromium, service, before) as browse:
        at: dict[str, Keeper] = {}

        def open_desk(username: str, **how: Any) -> Keeper:
            key = f"{username} {how}"
            if key not in at:
                at[key] = Keeper(username, browse(username, **how), looks, counted)
            return at[key]

        yield open_desk
        told(counted)
        assert looks.wrong == [], "\n".join(looks.wrong)


def told(counted: list[tuple[str, str, int]]) -> None:
    """How many clicks each piece of work took; kept where ``ZHIHENG_CLICKS`` names a file."""
    lines = [f"| {role} | {journey} | {number} |" for role, journey, number in counted]
    sys.stdout.write("\n".join(["", *lines, ""]))
    if (kept := os.environ.get("ZHIHENG_CLICKS")) and lines:
        with Path(kept).open("a", encoding="utf-8") as file:
            file.write("\n".join([*lines, ""]))
