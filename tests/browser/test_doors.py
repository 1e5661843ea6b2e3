"""The first page of every account, in both languages, on a screen and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Browse


@pytest.mark.parametrize(("phone", "dark"), [(False, False), (True, False), (False, True)])
def test_the_sign_in_page(browse: Browse, accessible: Callable[[Page], None], phone: bool, dark: bool) -> None:
    page = browse(phone=phone, dark=dark)
    page.goto("/")
    assert "/login" in page.url
    assert "职衡" in page.title()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing runs over the edge"


def test_every_account_of_the_demonstration_comes_home(browse: Browse, accessible: Callable[[Page], None]) -> None:
    for username in ("jingban", "jixiao", "juzhang", "czyewu", "shenji", "sysadmin"):
        page = browse(username)
        assert page.inner_text("h1")
        accessible(page)


def test_english_is_complete_at_home(browse: Browse) -> None:
    page = browse("jixiao", language="en-GB")
    assert page.get_attribute("html", "lang") == "en"


def test_the_service_starts_on_sqlite(browse_sqlite: Browse) -> None:
    assert browse_sqlite("jixiao").inner_text("h1")
