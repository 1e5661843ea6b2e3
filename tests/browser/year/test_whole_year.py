"""One year from its first round to its public page, on SQLite, by all its people on one service."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser
from tests.browser.conftest import Service
from tests.browser.ledgers.conftest import seated
from tests.browser.persons import Looks
from tests.browser.year import evaluating, following, monitoring, publishing, self_evaluating, surveying


def test_the_whole_year_on_sqlite(chromium: Browser, sqlite_year: Service, tmp_path: Path) -> None:
    with seated(chromium, sqlite_year, Looks(None), {}) as desks:
        publishing.budget(desks, tmp_path)
        monitoring.whole(desks)
        surveying.whole(desks)
        self_evaluating.whole(desks)
        evaluating.whole(desks)
        following.whole(desks)
        publishing.final(desks, tmp_path)
        citizen = desks("")
        publishing.reads_down_to_the_proof(citizen, tmp_path)
        publishing.reads_what_followed(citizen)
        publishing.finds_it_in_the_trail(desks("shenji"))
