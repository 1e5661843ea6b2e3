"""Who reads and does not write, who administers, two at one cell, languages and looks: on the demonstration, in a browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import PHONE, Browse, Service
from tests.browser.persons import Desk, Looks, cell, saved

READERS = ("jiwei", "shenji", "baomi")
ADMINISTRATORS = {
    "sysadmin": {"账号与角色", "机构设置"},
    "secadmin": {"账号与角色"},
    "auditadmin": {"操作记录"},
}
KEPT = {"/language/", "/logout/", "/notices/read/"}
"""The forms that everybody has: they change nothing of a table."""


def test_those_beside_the_procedure(browse: Browse, service: Service, accessible: Callable[[Page], None]) -> None:
    looks = Looks(accessible)
    versions = addresses_of_the_table(browse)
    for username in READERS:
        reads_all_and_changes_nothing(Desk(username, browse(username), looks, []), versions)
    sees_nothing(Desk("第三方机构", browse("jigou"), looks, []), versions)
    for username, entries in ADMINISTRATORS.items():
        administers(Desk(username, browse(username), looks, []), entries, versions)
    two_at_one_cell(browse, versions[1])
    languages_and_looks(browse)
    assert looks.wrong == [], "\n".join(looks.wrong)


def addresses_of_the_table(browse: Browse) -> list[str]:
    """Where the table, its sheet, points, papers and review are: what a person could send to another."""
    page = browse("jixiao")
    page.goto("/tables/")
    page.click("main a:has-text('2020')")
    table = page.url
    page.click("a.button:has-text('填写')")
    version = page.url.removesuffix("edit/")
    page.close()
    return [table, f"{version}edit/", version, f"{version}weights/", f"{version}review/", f"{version}papers/", f"{version}exchange/"]


def walks_the_menu(desk: Desk) -> set[str]:
    """Every page that the menu offers opens and can be read by everybody; the words of the menu."""
    desk.home()
    entries = {link.inner_text().split("\n")[0].strip(): link.get_attribute("href") for link in desk.page.locator("#side a").all()}
    for address in entries.values():
        answer = desk.page.goto(address or "")
        assert answer is not None and answer.ok, f"{desk.role}: {address}"
        desk.look()
    return {text.rstrip(" 0123456789") for text in entries}


def posts(page: Page) -> set[str]:
    """What the forms in the middle of a page would change."""
    forms = page.locator("main form[method=post]:has(button)")
    return {form.get_attribute("action") or page.url for form in forms.all()} - KEPT


def reads_all_and_changes_nothing(desk: Desk, addresses: list[str]) -> None:
    page = desk.page
    walks_the_menu(desk)
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        if answer.ok:
            asked = {form for form in posts(page) if not form.endswith("/messages/")}
            assert asked == set(), f"{desk.role} at {address}: {asked}"
    page.goto(addresses[0])
    desk.reads("高新技术企业认定数量")
    page.goto(addresses[1])
    assert page.locator("td[data-f]:not([aria-readonly])").count() == 0, desk.role


def sees_nothing(desk: Desk, addresses: list[str]) -> None:
    """An agency without an engagement: an empty desk, and no address opens."""
    walks_the_menu(desk)
    for address in addresses:
        answer = desk.page.goto(address)
        assert answer is not None and answer.status in (403, 404), address
        assert "高新技术企业认定数量" not in desk.page.inner_text("body")


def administers(desk: Desk, entries: set[str], addresses: list[str]) -> None:
    """Each administrator has an own menu and sees no table."""
    assert entries <= (found := walks_the_menu(desk)), f"{desk.role}: {found}"
    for address in addresses:
        answer = desk.page.goto(address)
        assert answer is not None and answer.status in (403, 404), f"{desk.role}: {address}"


def two_at_one_cell(browse: Browse, sheet: str) -> None:
    """The second sees what the first has written, and nothing of either is lost."""
    first, second = browse("jixiao"), browse("jingban")
    for page in (first, second):
        page.goto(sheet)
    target = "市级科技企业孵化器备案数量"
    cell(second, target, "remark").click()
    second.keyboard.press("F2")
    second.keyboard.type("二稿")
    cell(first, target, "remark").click()
    first.keyboard.type("初稿")
    first.keyboard.press("Enter")
    saved(first)
    second.keyboard.press("Enter")
    cell(second, target, "remark").click()
    conflict = second.locator("[data-cell-panel] [role=alert]")
    expect(conflict).to_contain_text("初稿")
    expect(conflict).to_contain_text("二稿")
    conflict.get_by_role("button").last.click()
    expect(cell(second, target, "remark").locator(".t")).to_have_text("初稿")
    second.reload()
    expect(cell(second, target, "remark").locator(".t")).to_have_text("初稿")


def languages_and_looks(browse: Browse) -> None:
    """By the switch in the bar; both stay chosen on the next page, and on a phone."""
    page = browse("fenguan")
    page.click("summary[title]")
    page.click("[data-sets-theme=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("button[name=language][value=en]")
    page.wait_for_load_state()
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto("/tables/")
    assert page.get_attribute("html", "lang") == "en"
    assert page.get_attribute("html", "data-theme") == "dark"
    expect(page.locator("h1")).to_have_text("Performance tables")
