"""A real Chromium on the real service: gunicorn on PostgreSQL (or SQLite) with the demonstration loaded, fresh for every test.

    def test_a_journey(browse, accessible):
        page = browse("jixiao")            # signed in through the sign-in page
        page.goto("/tables/")
        accessible(page)                   # no violation of WCAG 2.2 AA

Every page that ``browse`` opens is watched: a request to another host, an error of the console or an answer of 500 fails the test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.migrated import SHARED
from tests.postgres import database, free_port, server_url

from zhiheng_cli.running import jobs, web_server

ROOT = Path(__file__).parents[2]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SCREEN = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COUNT_CLICKS = """addEventListener("click", event => { if (event.isTrusted)
  sessionStorage.setItem("clicks", 1 + Number(sessionStorage.getItem("clicks") || 0)); }, true)"""
STARTS_WITHIN = 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


# --- the service --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Service:
    """A running service and the environment of its commands."""

    address: str
    settings: dict[str, str]

    def manage(self, *words: str) -> str:
        """Run one of Django's commands on its database, as ``manage("make_notices")``."""
        return python(["-m", "zhiheng_web", *words], self.settings)


def python(words: list[str], settings: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


LOAD = """
import django; django.setup()
from tests.migrated import migrate; migrate()
from zhiheng_cli.preparing import prepare; prepare()
from zhiheng_web.demonstration.load import load; load()
"""


def settings_of(folder: Path, url: str) -> dict[str, str]:
    """The environment of a service: nothing of the caller's ZHIHENG settings but where its tests share a migrated database."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ZHIHENG_", "COV_", "DJANGO_")) or key == SHARED}
    return kept | {
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "zhiheng_web.config.settings",
        "DATABASE_URL": url,
        "ZHIHENG_DATA": str(folder),
        "ZHIHENG_DEMO": "1",
        "ZHIHENG_SECRET_KEY": "only-for-tests",
    }


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory, worker: str) -> tuple[Path, str]:
    """Once: the demonstration on PostgreSQL, to be copied. Its folder with files, and the name of its database."""
    folder = tmp_path_factory.mktemp("loaded")
    name = f"loaded_{worker}"
    python(["-c", LOAD], settings_of(folder, database(name)))
    return folder, name


@pytest.fixture(scope="session")
def loaded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Once: the demonstration on SQLite, to be copied."""
    folder = tmp_path_factory.mktemp("loaded-sqlite")
    python(["-c", LOAD], settings_of(folder, ""))
    return folder


ORGANISE = """
import django; django.setup()
from tests.migrated import migrate; migrate()
from zhiheng_cli.preparing import prepare; prepare()
from django.db import transaction
from zhiheng_web.demonstration.organisation import write_organisation
from zhiheng_web.planning.common_library import load_common_library
with transaction.atomic():
    write_organisation(); load_common_library()
"""
"""The offices, duties and accounts of the demonstration, and no table yet."""


@pytest.fixture(scope="session")
def worker() -> str:
    return f"{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}"


@pytest.fixture
def service(loaded: tuple[Path, str], worker: str, tmp_path: Path) -> Iterator[Service]:
    """The service on PostgreSQL with the demonstration as it was loaded."""
    folder, name = loaded
    shutil.copytree(folder, tmp_path / "data")
    with running(settings_of(tmp_path / "data", copied(name, f"run_{worker}"))) as service:
        yield service


@pytest.fixture
def sqlite_service(loaded_sqlite: Path, tmp_path: Path) -> Iterator[Service]:
    """The service on SQLite with the demonstration as it was loaded."""
    shutil.copytree(loaded_sqlite, tmp_path / "data")
    with running(settings_of(tmp_path / "data", "")) as service:
        yield service


@pytest.fixture
def organised(worker: str, tmp_path: Path) -> Iterator[Service]:
    """The service on PostgreSQL for an organisation that has no table yet."""
    with organised_on(database(f"organised_{worker}"), tmp_path) as service:
        yield service


@pytest.fixture
def organised_sqlite(tmp_path: Path) -> Iterator[Service]:
    """The same on SQLite."""
    with organised_on("", tmp_path) as service:
        yield service


@contextmanager
def organised_on(url: str, folder: Path) -> Iterator[Service]:
    (folder / "data").mkdir()
    settings = settings_of(folder / "data", url)
    python(["-c", ORGANISE], settings)
    with running(settings) as service:
        yield service


def copied(template: str, name: str) -> str:
    """A database that is a copy of another; its address."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    return server_url().rpartition("/")[0] + "/" + name


@contextmanager
def running(settings: dict[str, str]) -> Iterator[Service]:
    """gunicorn with the worker of jobs, as ``zhiheng serve`` runs them, on a free port."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    settings = settings | {"ZHIHENG_SITE_URL": address}
    log = (Path(settings["ZHIHENG_DATA"]) / "log").open("w")
    commands = [web_server("127.0.0.1", port, workers=2), [*jobs(), "--interval", "0.2", "--no-startup-delay"]]
    started = [subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log) for command in commands]
    try:
        wait_for(address, started[0], Path(log.name))
        yield Service(address, settings)
    finally:
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        log.close()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    opener = build_opener(ProxyHandler({}))
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            opener.open(f"{address}/health/", timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the service did not start:\n{log.read_text()[-3000:]}")


# --- the browser --------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the session: the machine's own."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert program is not None, "浏览器测试需要 Chromium / the browser tests need Chromium: apt-get install -y chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@dataclass
class Watched:
    """What went wrong behind the pages of a test."""

    address: str
    faults: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        host = urlsplit(self.address).netloc
        page.on("request", lambda request: self.note(urlsplit(request.url).netloc not in (host, ""), f"another host: {request.url}"))
        page.on("response", lambda response: self.note(response.status >= 500, f"{response.status}: {response.url}"))
        page.on("pageerror", lambda error: self.note(True, f"script: {error}"))
        page.on("console", lambda message: self.note(message.type == "error" and not answered(message.text), f"console: {message.text}"))

    def note(self, wrong: bool, words: str) -> None:
        if wrong:
            self.faults.append(words)


def answered(text: str) -> bool:
    """Chromium logs every answer of 4xx as an error, and so does htmx; a refusal is none."""
    return "status of 4" in text or "Status Error Code 4" in text


Browse = Callable[..., Page]


@contextmanager
def browsing(chromium: Browser, service: Service, before: dict[str, Any] | None = None) -> Iterator[Browse]:
    """Opens pages on a service; at the end nothing may have gone wrong behind them. Who is in ``before`` is signed in by its cookies."""
    watched = Watched(service.address)
    contexts: dict[str, BrowserContext] = {}

    def open_page(username: str = "", *, phone: bool = False, language: str = "zh-CN", dark: bool = False, scripts: bool = True) -> Page:
        key = f"{username} {phone} {language} {dark} {scripts}"
        if key not in contexts:
            contexts[key] = context = chromium.new_context(
                base_url=service.address,
                viewport=PHONE if phone else SCREEN,
                locale=language,
                color_scheme="dark" if dark else "light",
                java_script_enabled=scripts,
                reduced_motion="reduce",
                storage_state=(before or {}).get(username),
            )
            context.set_default_timeout(15_000)
            context.add_init_script(COUNT_CLICKS)
            code = "en" if language.startswith("en") else "zh-hans"
            context.add_cookies([{"name": "django_language", "value": code, "url": service.address}])
            context.on("page", watched.watch)
            if username and username not in (before or {}):
                sign_in(context.new_page(), username)
                if before is not None:
                    before[username] = context.storage_state()
        page = contexts[key].new_page()
        if username:
            page.goto("/")
        return page

    yield open_page
    for context in contexts.values():
        context.close()
    assert watched.faults == []


def sign_in(page: Page, username: str) -> None:
    """As a person does: the name, the password, the button."""
    from zhiheng_web.demonstration.organisation import PASSWORD

    page.goto("/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("form:has(input[name=password]) [type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
    page.close()


@pytest.fixture
def browse(chromium: Browser, service: Service) -> Iterator[Browse]:
    """``browse("jixiao")``: a page of that account, signed in, on PostgreSQL; ``browse()``: of nobody; phone, language, dark, scripts."""
    with browsing(chromium, service) as open_page:
        yield open_page


@pytest.fixture
def browse_sqlite(chromium: Browser, sqlite_service: Service) -> Iterator[Browse]:
    """The same on SQLite."""
    with browsing(chromium, sqlite_service) as open_page:
        yield open_page


def clicks(page: Page) -> int:
    """How often the person has clicked in this tab."""
    return int(page.evaluate("Number(sessionStorage.getItem('clicks') || 0)"))


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """``accessible(page)``: the page as it stands violates nothing of WCAG 2.2 AA that a tool can find."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page, options={"runOnly": RULES}).response["violations"]
        lines: list[str] = [
            f"{one['id']}: {one['help']}: {node['html'][:160]} {node['failureSummary'][:200]}" for one in found for node in one["nodes"]
        ]
        assert lines == [], f"{page.url}:\n" + "\n".join(lines[:12])

    return check


def rows(page: Page, selector: str) -> list[Any]:
    """The texts of what a selector finds, for comparing with what is known."""
    return [element.inner_text().strip() for element in page.query_selector_all(selector)]
