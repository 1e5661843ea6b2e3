"""The year of a bureau on PostgreSQL and SQLite, from the approved table to the public page.

    def test_a_role(year_at):
        desks = year_at("evaluated")           # a database of its own where the self-evaluation is accepted
        officer = desks("jixiao")              # signed in, at home; phone=True, language="en", dark=True as in browse

Every desk looks at each kind of page once in a session: on a screen light, on a phone dark, with the rules of WCAG 2.2 AA.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import Service, copied, python, running, settings_of
from tests.browser.ledgers.conftest import Desks, seated
from tests.browser.persons import Looks
from tests.postgres import database

ROOT = Path(__file__).parents[3]
GROUND = "import django; django.setup(); from tests.browser.year import ground; ground.{step}()"
GROUNDS = ("found", "evaluated", "published")
"""Where a journey may begin, each upon the one before; see ground.py."""

YearAt = Callable[[str], Desks]
Ground = Callable[[str], tuple[Path, str]]


def stand(settings: dict[str, str], step: str) -> None:
    """Take the database of a service to where a journey begins, from the ground before it."""
    python(["-c", GROUND.format(step=step)], settings | {"PYTHONPATH": f"{settings['PYTHONPATH']}:{ROOT}"})


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Ground:
    """``ground("evaluated")``: the folder and the database on PostgreSQL that stand there, made once, to be copied."""
    made: dict[str, tuple[Path, str]] = {}

    def stands(step: str) -> tuple[Path, str]:
        if step not in made:
            folder, name = tmp_path_factory.mktemp(step) / "data", f"year_{step}_{worker}"
            place = GROUNDS.index(step)
            if place:
                before, template = stands(GROUNDS[place - 1])
                shutil.copytree(before, folder)
                url = copied(template, name)
            else:
                folder.mkdir()
                url = database(name)
            stand(settings_of(folder, url), step)
            made[step] = folder, name
        return made[step]

    return stands


@pytest.fixture(scope="session")
def looked() -> set[str]:
    """The kinds of page that were looked at in the session."""
    return set()


@pytest.fixture
def year_at(
    chromium: Browser, ground: Ground, worker: str, tmp_path: Path, accessible: Callable[[Page], None], looked: set[str]
) -> Iterator[YearAt]:
    """``year_at("found")``: the desks of the persons on PostgreSQL, where the year stands there."""
    with ExitStack() as stack:

        def open_year(step: str) -> Desks:
            folder, name = ground(step)
            shutil.copytree(folder, tmp_path / "data")
            service = stack.enter_context(running(settings_of(tmp_path / "data", copied(name, f"year_run_{worker}"))))
            return stack.enter_context(seated(chromium, service, Looks(accessible, looked, colours=(("light",), ("dark",))), {}))

        yield open_year


@pytest.fixture
def sqlite_year(tmp_path: Path) -> Iterator[Service]:
    """The service on SQLite at the beginning of the year."""
    settings = settings_of(tmp_path, "")
    stand(settings, "found")
    with running(settings) as service:
        yield service


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on SQLite whose packages of the year are published, for all tests of public pages."""
    settings = settings_of(tmp_path_factory.mktemp("published"), "")
    for step in GROUNDS:
        stand(settings, step)
    with running(settings) as service:
        yield service
