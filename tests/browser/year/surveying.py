"""满意度: the officer writes a survey and makes links; people answer on their phones without an account; the result is the figure."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.ledgers.conftest import Desks
from tests.browser.ledgers.keeping import Keeper, day
from tests.browser.year.ground import PLEASED, YEAR

TITLE = f"{YEAR}年科技服务满意度调查"
ANSWERS = (0, 0, 0, 0, 0, 0, 0, 0, 1, 3)
"""What ten people choose, counted from the best grade: nine are pleased, one is not."""


def writes_and_opens(officer: Keeper) -> list[str]:
    """Two of the questions that are proposed, one in words of one's own; opened. Gives the links, which are shown this once."""
    officer.menu("/surveys/")
    officer.look()
    officer.press("main a.button.primary")
    officer.look()
    page = officer.page
    fields = {"title": TITLE, "audience": "受服务的科技型企业", "year": str(YEAR), "opens_on": day(), "closes_on": day(10), "least": "5"}
    for name, words in fields.items():
        page.fill(f"#{name}", words)
    page.select_option("#indicator", label=PLEASED)
    page.locator("[name$='-text']").first.fill("您对科技服务的总体评价")
    page.locator("[name$='-text_en']").first.fill("How do you find the services?")
    for text in page.locator("[name$='-text']").all()[1:5]:
        text.fill("")
    officer.press("button.primary", "保存")
    officer.reads(TITLE, "您对科技服务的总体评价")
    officer.press("button.primary", "开始调查")
    expect(page.locator("#number")).to_be_visible()
    officer.look()
    page.fill("#number", str(len(ANSWERS)))
    officer.press("button", "生成链接")
    officer.reads("链接只显示这一次")
    officer.look()
    links = [link.strip() for link in page.locator("ol.links li").all_inner_texts()]
    assert len(set(links)) == len(ANSWERS)
    officer.press("a.button", "已保存，返回调查")
    officer.done("编制调查、生成链接")
    return links


def answers(respondent: Keeper, link: str, choice: int, words: str = "") -> None:
    """One person at one link, on a phone, with no account; the link takes no second answer."""
    page = respondent.page
    page.goto(link)
    respondent.look()
    page.locator("input[type=radio]").nth(choice).check()
    if words:
        page.locator("textarea").fill(words)
    respondent.press("form:not(.speaks) button[type=submit]")
    page.wait_for_url("**/s/thanks/")
    respondent.look()


def is_refused_twice(respondent: Keeper, link: str) -> None:
    respondent.page.goto(link)
    expect(respondent.page.locator("form[method=post] input[type=radio]")).to_have_count(0)
    respondent.look()


def sends_nothing(respondent: Keeper, link: str) -> None:
    """A question that must be answered is pointed at; nothing is stored."""
    respondent.page.goto(link)
    respondent.press("form:not(.speaks) button[type=submit]")
    expect(respondent.page.locator("[role=alert]")).to_be_visible()
    respondent.look()


def closes(officer: Keeper) -> None:
    """Nine of ten are pleased: 90 %."""
    officer.menu("/surveys/")
    officer.press("main td.chief a", TITLE)
    officer.reads("10")
    officer.press("button.danger", "结束并固定结果")
    expect(officer.page.locator("p.figure")).to_have_text("满意度 90%")
    officer.look()
    officer.done("结束调查")


def whole(desks: Desks) -> None:
    """From the questions to the figure."""
    officer = desks("jixiao")
    links = writes_and_opens(officer)
    phone, english = desks("", phone=True), desks("", phone=True, language="en", dark=True)
    sends_nothing(phone, links[0])
    english.page.goto(links[1])
    english.reads("How do you find the services?")
    for number, (link, choice) in enumerate(zip(links, ANSWERS, strict=True)):
        answers(english if number == 1 else phone, link, choice, "希望增加政策宣讲。" if number == 2 else "")
    is_refused_twice(phone, links[0])
    closes(officer)
