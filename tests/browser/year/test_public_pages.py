"""What everybody reads: every kind of public page in both languages, wide and on a phone, light and dark, and with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.conftest import PHONE, SCREEN, Browse, Service, browsing
from tests.browser.year.ground import DUTIES, FIRMS, TELEPHONE, WITHHELD

FOCUSED = """() => {
  const at = document.activeElement, ring = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  return {words: at.innerText || at.getAttribute('aria-label') || '', tag: at.tagName, seen: box.bottom > 0 && box.top < innerHeight,
          ring: ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) > 0 || ring.boxShadow !== 'none'};
}"""


@pytest.fixture
def browse_public(chromium: Browser, published: Service) -> Iterator[Browse]:
    with browsing(chromium, published) as open_page:
        yield open_page


def every_kind(page: Page) -> Iterator[str]:
    """Go down from the list of packages and stop at each kind of page: its name."""
    yield "the list of packages"
    for kind in ("final", "budget"):
        page.goto(page.url.split("/public/")[0] + ("/public/en/" if page.get_attribute("html", "lang") == "en" else "/public/"))
        page.locator(f"main tbody th a[href*='{kind}']").click()
        yield f"{kind}: the package"
        page.locator("main section[aria-labelledby=tables] tbody th a").first.click()
        yield f"{kind}: the table"
        page.locator("ol.duties a", has_text=DUTIES[1][1]).click()
        yield f"{kind}: the duty"
        page.get_by_role("link", name=FIRMS, exact=True).click()
        for summary in page.locator("main summary").all():
            summary.click()
        yield f"{kind}: the indicator"
        page.locator("nav.turn a[rel=next]").click()
        yield f"{kind}: the next indicator"
    page.locator("header nav a").first.click()
    yield "how to check"


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("dark", [False, True])
def test_public_pages_are_accessible(browse_public: Browse, accessible: Callable[[Page], None], language: str, dark: bool) -> None:
    """WCAG 2.2 AA on a screen and a phone, nothing over the edge; no script, nothing that is withheld, no Chinese interface in English."""
    page = browse_public("", language=language, dark=dark)
    page.goto("/public/" if language == "zh-CN" else "/public/en/")
    for name in every_kind(page):
        assert page.get_attribute("html", "lang") == ("en" if language == "en-GB" else "zh-Hans"), name
        for size in (SCREEN, PHONE):
            page.set_viewport_size({"width": size["width"], "height": size["height"]})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} runs over the edge at {size['width']} px"
            accessible(page)
        page.set_viewport_size({"width": SCREEN["width"], "height": SCREEN["height"]})
        assert page.locator("script").count() == 0, name
        shown = page.content()
        assert not [word for word in (*WITHHELD, TELEPHONE) if word in shown], name
        if language == "en-GB":
            assert foreign(page) == [], name


def foreign(page: Page) -> list[str]:
    """Headings, columns and labels that are neither marked as Chinese nor the department's own words, and yet are Chinese."""
    return page.evaluate(
        """() => [...document.querySelectorAll('h2, h3, th[scope=col], dt, summary, caption, footer p, header nav a')]
        .filter(each => !each.closest('[lang=zh-Hans]') && /^[一-鿿]/.test(each.innerText.trim()))
        .map(each => each.tagName + ' ' + each.innerText.trim().slice(0, 40))"""
    )


def tab_to(page: Page, words: str, most: int = 60) -> None:
    """Press Tab until a link or a button of these words has the focus; whatever has it on the way is in view and shows that it has it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["tag"] == "BODY":  # around the end of the page, through the browser's own buttons
            continue
        assert at["seen"], f"the focus is out of sight at {at}"
        assert at["ring"], f"nothing shows the focus at {at}"
        if at["tag"] in {"A", "SUMMARY", "BUTTON"} and at["words"].strip().startswith(words):
            return
    raise AssertionError(f"{words} is not reached with Tab on {page.url}")


def follow(page: Page, words: str) -> None:
    before = page.url
    tab_to(page, words)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)


def test_from_the_list_to_the_entries_with_the_keyboard_alone(browse_public: Browse) -> None:
    page = browse_public()
    page.goto("/public/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main", "the first stop leads past the head"
    page.keyboard.press("Enter")
    follow(page, "决算")
    follow(page, "临沂市科学技术局（本级）")
    follow(page, DUTIES[1][1])
    follow(page, FIRMS)
    tab_to(page, "计入的条目")
    page.keyboard.press("Enter")
    counted = page.locator("table.lines tbody tr")
    expect(counted).to_have_count(54)
    expect(counted.first).to_be_visible()
    follow(page, "如何核对")
    follow(page, "English")
    assert page.get_attribute("html", "lang") == "en"


def test_a_page_without_colours_still_says_what_became_of_a_target(browse_public: Browse) -> None:
    """Met or not is said in words beside every figure, so that nobody needs to see a colour."""
    page = browse_public(phone=True)
    page.goto("/public/")
    page.locator("main tbody a", has_text="决算").click()
    page.locator("main section[aria-labelledby=tables] tbody th a").first.click()
    row: Locator = page.locator("table.rows tbody tr", has_text=FIRMS)
    expect(row).to_contain_text("未达成")
    expect(row).to_contain_text("54家")
