"""The static site as anybody keeps it: a folder opened in a browser, without a server, without the network."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import PHONE, Service, python
from tests.browser.year.ground import DUTIES, FIRMS


@pytest.fixture(scope="module")
def site(published: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the command writes."""
    folder = tmp_path_factory.mktemp("static") / "site"
    said = python(["-m", "zhiheng_cli", "publish", "--out", str(folder)], published.settings)
    assert str(folder) in said
    return folder


@pytest.fixture
def opened(chromium: Browser, site: Path) -> Iterator[Page]:
    """The first page of the folder. At the end nothing was asked of any network, and nothing went wrong behind the pages."""
    faults: list[str] = []
    context = chromium.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    inside = site.as_uri()
    page.on("request", lambda request: None if request.url.startswith(inside) else faults.append(f"asked for {request.url}"))
    page.on("requestfailed", lambda request: None if "ERR_ABORTED" in str(request.failure) else faults.append(f"not there: {request.url}"))
    page.on("console", lambda message: faults.append(f"console: {message.text}") if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.goto((site / "index.html").as_uri())
    yield page
    context.close()
    assert faults == []


def test_one_goes_down_to_an_indicator_and_its_data(opened: Page, tmp_path: Path) -> None:
    opened.locator("main tbody a", has_text="决算").first.click()
    expect(opened.locator("h1")).to_contain_text("决算")
    opened.locator("main section[aria-labelledby=tables] tbody th a").first.click()
    opened.locator("ol.duties a", has_text=DUTIES[1][1]).click()
    opened.get_by_role("link", name=FIRMS, exact=True).click()
    chart = opened.locator("main svg").first
    expect(chart).to_be_visible()
    assert (chart.bounding_box() or {"width": 0})["width"] > 100
    assert opened.evaluate("getComputedStyle(document.body).fontFamily") != opened.evaluate(
        "(() => { const bare = document.createElement('iframe'); document.body.append(bare);"
        " return getComputedStyle(bare.contentDocument.body).fontFamily })()"
    ), "the page has its own style"
    opened.locator("nav.turn a[rel=next]").click()
    opened.locator("nav.trail a").last.click()
    for kind, start in (("xlsx", b"PK"), ("pdf", b"%PDF")):
        link = opened.get_by_role("link", name=kind, exact=True).first
        target = Path(unquote(urlsplit(link.evaluate("each => each.href")).path))
        assert target.read_bytes().startswith(start)
    with opened.expect_download() as download:
        opened.get_by_role("link", name="xlsx", exact=True).first.click()
    assert download.value.suggested_filename.endswith(".xlsx")
    opened.locator("header a[hreflang=en]").click()
    assert opened.get_attribute("html", "lang") == "en"
    opened.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")


class Links(HTMLParser):
    """Where the links and the parts of a page lead, and the places in it."""

    def __init__(self) -> None:
        super().__init__()
        self.leads: list[str] = []
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name in {"href", "src"} and tag != "base":
                self.leads.append(value)
            if value and name == "id":
                self.places.add(value)


def test_every_link_of_every_page_leads_to_a_file_of_the_folder(site: Path) -> None:
    """Relative, so that the folder may lie anywhere; what is published elsewhere is the only address outside."""
    pages = {path: Links() for path in site.rglob("*.html")}
    for path, links in pages.items():
        links.feed(path.read_text("utf-8"))
    assert len(pages) > 30
    lost = []
    for path, links in pages.items():
        for lead in links.leads:
            parts = urlsplit(lead)
            if parts.scheme or lead.startswith("/"):
                lost.append(f"{path.relative_to(site)}: {lead} is no address within the folder")
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            if not target.is_file():
                lost.append(f"{path.relative_to(site)}: {lead} is not there")
            elif parts.fragment and target in pages and parts.fragment not in pages[target].places:
                lost.append(f"{path.relative_to(site)}: {lead} leads to no place")
    assert lost == []


def test_the_program_beside_it_proves_every_figure(site: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", str(site / "proof" / "verify.py")], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr
    assert re.search(rf"{FIRMS}.*54", done.stdout)
