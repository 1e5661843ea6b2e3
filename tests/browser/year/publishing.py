"""公开: the officer gathers the package, the disclosure officer withholds and reviews, the head signs, everybody reads."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import expect
from tests.browser.ledgers.conftest import Desks
from tests.browser.ledgers.keeping import Keeper, day
from tests.browser.year.evaluating import AGENCY
from tests.browser.year.evaluating import NAME as EVALUATION
from tests.browser.year.ground import DUTIES, FIRMS, PLATFORMS, PLEASED, TELEPHONE, WITHHELD, YEAR
from tests.browser.year.monitoring import ROUND

HELD = "个人隐私和个人信息"
LETTER = f"临科字〔{YEAR + 1}〕9号"


def begins(officer: Keeper, kind: str) -> None:
    """From finance's approval of yesterday: twenty days to publish."""
    officer.menu("/publication/")
    officer.look()
    officer.press("a.button.primary", "编制公开包")
    officer.look()
    page = officer.page
    page.fill("#year", str(YEAR))
    page.select_option("#kind", value=kind)
    page.fill("#approved_on", day(-1))
    page.fill("#approval_number", f"临财预〔{YEAR + 1}〕30号")
    officer.press("button.primary", "编制")
    officer.reads("当前环节")
    officer.look()
    officer.done("编制公开包")


def opens(desk: Keeper, kind: str) -> None:
    desk.menu("/publication/")
    desk.page.locator("main tr", has_text="决算" if kind == "final" else "预算").locator("td.chief a").first.click()
    desk.page.wait_for_load_state()


def is_held_up(officer: Keeper) -> None:
    """A telephone in a text keeps the package from the review; the page says where it is."""
    officer.reads("提交保密审查前还须处理", "可能含个人信息")
    expect(officer.page.get_by_role("button", name="固化内容并提交保密审查")).to_be_disabled()


def withholds(reviewer: Keeper) -> None:
    """The disclosure officer withholds the text, by a ground of the law, where the page proposes it."""
    opens(reviewer, "final")
    reviewer.press("main nav.tabs a", "遮盖")
    reviewer.look()
    assert TELEPHONE not in reviewer.page.locator("table").first.inner_text(), "the proposal masks what it asks about"
    reviewer.press("main a", "去遮盖")
    reviewer.page.locator("#ground option", has_text=HELD).evaluate("each => { each.parentElement.value = each.value }")
    reviewer.page.fill("#remark", "含个人电话。")
    reviewer.press("#redact button.primary", "遮盖")
    reviewer.reads(HELD, "已遮盖")
    reviewer.done("遮盖")


def answers_what_may_stay(officer: Keeper) -> None:
    """What is proposed and may yet be public is answered for with the reason: one by one, until nothing is open."""
    opens(officer, "final")
    officer.press("main nav.tabs a", "遮盖")
    forms = officer.page.locator("form[action$='/answer/']")
    while left := forms.count():
        officer.page.locator("summary", has_text="说明可以公开的理由").first.click()
        forms.first.locator("[name=reason]").fill("只公布本单位自己的总数，不涉及个人。")
        forms.first.locator("button").click()
        expect(forms).to_have_count(left - 1)
    expect(officer.page.locator("main .badge.bad")).to_have_count(0)


def writes_and_prepares(officer: Keeper) -> None:
    """The narrative reads its numbers from the data; the content is frozen for the review."""
    opens(officer, "final")
    officer.press("main nav.tabs a", "公开内容")
    officer.reads("54家", "12家")
    assert TELEPHONE not in officer.page.content()
    officer.look()
    officer.press("main nav.tabs a", "绩效情况说明")
    officer.look()
    officer.press("main nav.tabs a", "办理")
    officer.press("button.primary", "固化内容并提交保密审查")
    officer.reads("不能由提交人本人审查")
    officer.done("说明、提交保密审查")


def prepares(officer: Keeper) -> None:
    opens(officer, "budget")
    officer.press("button.primary", "固化内容并提交保密审查")
    officer.reads("不能由提交人本人审查")


def reviews(reviewer: Keeper, kind: str) -> None:
    opens(reviewer, kind)
    reviewer.press("main a", "查看公开内容")
    reviewer.look()
    reviewer.press("main nav.tabs a", "办理")
    reviewer.page.fill("#opinion", "未发现涉密内容，同意公开。")
    reviewer.press("button.primary", "同意公开")
    reviewer.reads("保密审查已通过")
    reviewer.done("保密审查")


def is_not_published_yet(citizen: Keeper) -> None:
    """Before the head has signed and it is published, nobody outside sees anything of it."""
    citizen.page.goto("/public/")
    assert "决算" not in citizen.page.locator("main").inner_text()


def signs(head: Keeper, kind: str) -> None:
    """The head reads what will be public and signs, on a phone."""
    head.home()
    opens(head, kind)
    head.press("main a", "查看公开内容")
    head.look()
    head.press("main nav.tabs a", "办理")
    head.press("button.primary", "签发")
    head.reads("可以公开")
    head.done("签发")


def publishes(officer: Keeper, kind: str, folder: Path) -> None:
    """Published, in time; and sent to the people's congress with its letter."""
    opens(officer, kind)
    officer.press("button.primary", "公开")
    officer.reads("内容不再改变")
    officer.press("main nav.tabs a", "报送人大")
    officer.look()
    officer.page.fill("#number", LETTER)
    officer.page.fill("#on", day())
    officer.press("button.primary", "登记报送")
    officer.reads(LETTER)
    packed = officer.downloads(officer.page.get_by_role("link", name="全部下载（ZIP）"), folder)
    with ZipFile(packed) as enclosed:
        assert any(name.endswith(".pdf") for name in enclosed.namelist())
        assert any(name.endswith(".json") for name in enclosed.namelist())
    officer.done("公开、报送人大")


# --- 公开页面 ---------------------------------------------------------------------------------------------------------


def reads_down_to_the_proof(citizen: Keeper, folder: Path) -> None:
    """From the list of packages to the table, the duty, the indicator, how it was counted, its data and the program that proves it."""
    page = citizen.page
    page.goto("/public/")
    citizen.look()
    page.locator("main tbody a", has_text="决算").first.click()
    citizen.look()
    citizen.reads("依法不予公开", HELD, "按期")
    page.locator("main section[aria-labelledby=tables] tbody th a").first.click()
    citizen.look()
    citizen.reads("54家", "12家")
    page.locator("ol.duties a", has_text=DUTIES[1][1]).click()
    citizen.look()
    page.get_by_role("link", name=FIRMS, exact=True).click()
    citizen.look()
    citizen.reads("60家", "54家", "登记54条，计入54条")
    expect(page.locator("main svg").first).to_be_visible()
    page.locator("summary", has_text="计入的条目").click()
    expect(page.locator("table.lines tbody tr")).to_have_count(54)
    shown = page.content()
    assert not [word for word in (*WITHHELD, TELEPHONE) if word in shown], "what is withheld stands on no public page"
    counted = citizen.downloads(page.locator("details a", has_text="csv").first, folder)
    assert len(counted.read_text("utf-8-sig").splitlines()) == 55
    citizen.press("nav.trail a", str(YEAR))
    data = citizen.downloads(page.get_by_role("link", name="indicators.csv"), folder).read_text("utf-8-sig")
    assert FIRMS in data
    assert PLATFORMS in data
    citizen.press("header nav a", "如何核对")
    citizen.look()
    citizen.press("main a", "verify.py")
    citizen.reads("def ", "sha256")


def reads_what_followed(citizen: Keeper) -> None:
    """What the year came to stands on the table's page and the package's: monitoring, a changed score, the evaluation, the money."""
    page = citizen.page
    page.goto("/public/")
    page.locator("main tbody a", has_text="决算").first.click()
    citizen.reads(EVALUATION, AGENCY, "已销号2项", "4,827.6", "压减一成")
    page.locator("main section[aria-labelledby=tables] tbody th a").first.click()
    citizen.reads(ROUND, "人工改分", "15")
    expect(page.locator("table.rows tbody tr", has_text=PLEASED)).to_contain_text("已达成")


def reads_in_english(citizen: Keeper) -> None:
    """The other language leads to the same page."""
    page = citizen.page
    page.goto("/public/")
    page.locator("header a[hreflang=en]").click()
    page.wait_for_load_state()
    assert page.get_attribute("html", "lang") == "en"
    page.locator("main tbody a").first.click()
    citizen.look()
    expect(page.locator("h2").first).not_to_have_text(re.compile("^[一-鿿]"))


# --- 审计 -------------------------------------------------------------------------------------------------------------


def finds_it_in_the_trail(auditor: Keeper) -> None:
    """The auditor reads who did what of all this, and that the chain is unbroken."""
    auditor.menu("/trail/")
    auditor.look()
    auditor.reads("保密审查员", "局长", "公开")
    auditor.press("button.primary", "核验完整性")
    auditor.reads("完整")
    auditor.done("核验操作记录")


def budget(desks: Desks, folder: Path) -> None:
    """The package of the budget, on its own clock."""
    officer = desks("jixiao")
    begins(officer, "budget")
    prepares(officer)
    reviews(desks("baomi"), "budget")
    signs(desks("juzhang", phone=True), "budget")
    publishes(officer, "budget", folder)


def final(desks: Desks, folder: Path) -> None:
    """The package of the final account from its beginning to the public page."""
    officer, reviewer = desks("jixiao"), desks("baomi")
    begins(officer, "final")
    is_held_up(officer)
    withholds(reviewer)
    answers_what_may_stay(officer)
    writes_and_prepares(officer)
    reviews(reviewer, "final")
    is_not_published_yet(desks("", phone=True))
    signs(desks("juzhang", phone=True), "final")
    publishes(officer, "final", folder)


def everybody_reads(desks: Desks, folder: Path) -> None:
    """A citizen on a screen and on a phone, and the auditor."""
    reads_down_to_the_proof(desks(""), folder)
    reads_in_english(desks("", phone=True, dark=True))
