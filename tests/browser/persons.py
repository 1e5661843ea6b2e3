"""What the persons of a department and of finance do on the pages, each as a person does it: by keys, clicks and files.

A :class:`Desk` is one person at one page. It counts the clicks and looks at every kind of page once, wide and on a phone, light and
dark, with the tool that knows WCAG. No function here writes an address of a step: each goes where a link or a button leads.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import PHONE, SCREEN, clicks

TABLE = Path(__file__).parents[2] / "examples" / "linyi-2020" / "table.txt"

Check = Callable[[Page], None]


@dataclass
class Looks:
    """Which kinds of page have been looked at in a test, and what was wrong there: all of it is told at the end."""

    check: Check | None
    seen: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    colours: tuple[tuple[str, ...], tuple[str, ...]] = (("light", "dark"), ("light", "dark"))
    """With which colours on a screen, and with which on a phone."""

    def at(self, page: Page) -> None:
        """Look at the page as it stands: on a screen and a phone, light and dark. Each kind of page once."""
        kind = re.sub(r"[0-9a-f-]{36}|\d+", "…", page.url.partition("?")[0])

        if self.check is None or kind in self.seen:
            return
        self.seen.add(kind)
        before = page.viewport_size or SCREEN
        for size, chosen in zip((SCREEN, PHONE), self.colours, strict=True):
            page.set_viewport_size({"width": size["width"], "height": size["height"]})
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if over > 0:
                self.wrong.append(f"{page.url} runs {over} px over the edge at {size['width']} px")
            for colours in chosen:
                page.emulate_media(color_scheme=colours, reduced_motion="reduce")
                try:
                    self.check(page)
                except AssertionError as found:
                    self.wrong.append(f"{size['width']} px, {colours}: {found}"[:1500])
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.set_viewport_size(before)


@dataclass
class Desk:
    """One person at one page."""

    role: str
    page: Page
    looks: Looks
    counted: list[tuple[str, str, int]]

    def done(self, journey: str) -> None:
        """Note how many clicks the journey took, and begin to count anew."""
        self.counted.append((self.role, journey, clicks(self.page)))
        self.page.evaluate("sessionStorage.removeItem('clicks')")

    def look(self) -> None:
        self.page.wait_for_load_state()
        self.looks.at(self.page)

    def press(self, selector: str, name: str = "") -> None:
        """Click what carries these words and wait for the page that follows."""
        found = self.page.locator(selector, has_text=name) if name else self.page.locator(selector)
        self.shown(found).click()
        self.page.wait_for_function("() => !document.querySelector('form.htmx-request')")
        self.page.wait_for_load_state()

    def menu(self, address: str) -> None:
        """By the menu, which a phone keeps behind a button."""
        if not self.page.locator("#side").is_visible():
            self.page.click(".menu-button")
        self.press(f"#side a[href='{address}']")

    def shown(self, found: Locator) -> Locator:
        return found.locator("visible=true").first

    def home(self) -> None:
        self.page.goto("/")
        self.look()

    def reads(self, *words: str) -> None:
        """The page says all of these."""
        for word in words:
            expect(self.page.locator("body")).to_contain_text(word)


# --- 导入 ------------------------------------------------------------------------------------------------------------


def imports_the_table(desk: Desk, file: Path = TABLE) -> None:
    """Upload, answer what the reading asks in place, look where it goes, import."""
    page = desk.page
    desk.menu("/import/")
    desk.look()
    page.set_input_files("input[type=file]", file)
    desk.press("button", "上传并预览")
    expect(page.locator("#preview")).to_be_visible(timeout=30_000)
    desk.look()
    expect(page.locator("#id_year")).to_have_value("2020")
    answers_what_is_open(page)
    desk.press("button", "导入 36 项指标")
    page.wait_for_url("**/versions/**")
    desk.reads("高新技术企业认定数量", "5364")


def answers_what_is_open(page: Page) -> None:
    """Every open question, in its own cell: the first reading that is offered."""
    while (question := page.locator("#preview td.asked-cell details.question:has(.badge.bad, .badge.warn)")).count():
        left = question.count()
        question.first.locator("button").first.click()
        expect(question).to_have_count(left - 1)


# --- 填写 ------------------------------------------------------------------------------------------------------------


def cell(page: Page, row: str, column: str) -> Locator:
    """The cell of an indicator in the sheet."""
    return page.locator("tr[data-line]").filter(has=page.locator(f"td[data-f=name]:has-text('{row}')")).locator(f"td[data-f='{column}']")


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_text("已全部保存", timeout=15_000)


def opens_the_sheet(desk: Desk) -> None:
    """From home: the table that waits, then 填写."""
    desk.home()
    desk.menu("/tables/")
    desk.look()
    desk.press("main a", "2020")
    desk.look()
    desk.press("a.button", "填写")
    expect(desk.page.locator("td.active")).to_be_visible()
    desk.look()


def mends_by_keyboard(desk: Desk) -> None:
    """A reason beside a falling target, typed, undone and done again; the finding beside the cell goes as one types."""
    page = desk.page
    target = cell(page, "高新技术企业认定数量", "target")
    target.click()
    expect(target).to_have_attribute("data-sev", "error")
    expect(page.locator("[data-cell-panel]")).to_contain_text("相差 62.5%")
    for _ in range(20):
        if page.evaluate("document.querySelector('td.active').dataset.f") == "remark":
            break
        page.keyboard.press("ArrowRight")
    remark = cell(page, "高新技术企业认定数量", "remark")
    expect(remark).to_have_class(re.compile("active"))
    page.keyboard.type("重点工作；上年含到期重新认定的企业，本年只计净增")
    page.keyboard.press("Enter")
    expect(target).not_to_have_attribute("data-sev", "error")
    saved(page)
    page.keyboard.press("Control+z")
    expect(remark.locator(".t")).to_have_text("重点工作")
    saved(page)
    expect(target).to_have_attribute("data-sev", "error")
    page.keyboard.press("Control+y")
    expect(remark.locator(".t")).to_contain_text("只计净增")
    saved(page)


def mends_its_platforms(desk: Desk) -> None:
    """The second row of the office: what the explanation says and the figure agree, and the fall has its reason."""
    page = desk.page
    types_into(page, "省级科技创新平台新增数量", "definition", "新增省级科技创新平台10家以上")
    types_into(page, "省级科技创新平台新增数量", "target", "≥10家")
    types_into(page, "省级科技创新平台新增数量", "remark", "上年含一次性集中认定的平台")
    expect(page.locator("tr[data-line] [data-sev=error][data-row]").filter(has_text="≥10家")).to_have_count(0)


def types_into(page: Page, row: str, column: str, text: str) -> None:
    cell(page, row, column).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(cell(page, row, column).locator(".t")).to_have_text(text)
    saved(page)


MENDED = {
    "健全项目管理制度": ("", "1项", "内部统计", ""),
    "规范创新平台管理": ("", "应检尽检", "内部统计", ""),
    "院士工作站备案": ("", "20家", "内部统计", "上年为集中备案，本年只计新增"),
    "军民科技融合工作": ("", "1项", "内部统计", "延续上年"),
    "组织技术对接": ("", "20次", "内部统计", "上年含两场大型对接活动"),
    "挖掘争取重大专项项目": ("", "13项", "内部统计", "上级专项数量减少"),
}
"""What stands in 前三年均值, 上年实际, 来源, 备注 once the rows are mended."""


def mends_by_pasting(desk: Desk) -> None:
    """A block is copied out of the sheet, mended as in Excel, and pasted back in one piece; one undo takes all of it back."""
    page = desk.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell(page, "健全项目管理制度", "references.mean").click()
    cell(page, "挖掘争取重大专项项目", "remark").click(modifiers=["Shift"])
    page.keyboard.press("Control+c")
    expect(page.locator("[data-status]")).to_contain_text("36")
    lines = [line.split("\t") for line in page.evaluate("navigator.clipboard.readText()").rstrip("\n").split("\n")]
    names = [shown.inner_text() for shown in page.locator("tr[data-line] td[data-f=name] .t").all()]
    start = names.index("健全项目管理制度")
    assert len(lines) == 9, "four columns of nine rows"
    block = [MENDED.get(name, tuple(line)) for name, line in zip(names[start : start + 9], lines, strict=True)]
    page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join("\t".join(line) for line in block))
    errors = page.locator("td[data-sev=error]")
    before = errors.count()
    cell(page, "健全项目管理制度", "references.mean").click()
    page.keyboard.press("Control+v")
    saved(page)
    assert errors.count() < before
    page.keyboard.press("Control+z")
    saved(page)
    expect(errors).to_have_count(before)
    page.keyboard.press("Control+y")
    saved(page)
    types_into(page, "组织技术对接", "target", "组织对接10次，对接企业10家")
    types_into(page, "组织技术对接", "references.standard", "组织对接10次，对接企业10家")


def replies_to_warnings(desk: Desk) -> None:
    """What the table keeps as it is has its reason: one reply for all findings of the same rule."""
    page = desk.page
    desk.press("a.button", "按规则答复")
    desk.look()
    for box in page.locator("textarea[name^='rule:']").all():
        box.fill("已核对，按《临沂市十三五科技创新规划》和工作实际填写。")
    desk.press("button", "保存全部答复")
    expect(page.locator("main")).to_contain_text("没有待答复的问题")
    desk.press("a.button", "回到填写")
    expect(page.locator("[data-count]")).to_contain_text("0处须改正，0处待答复")


# --- 分值 ------------------------------------------------------------------------------------------------------------


def weighs(desk: Desk) -> None:
    """The proposals are seen and taken; the sum is exact; a compound indicator is divided."""
    page = desk.page
    desk.press("a.button", "设置分值")
    desk.look()
    desk.press("button", "全部采纳建议")
    expect(page.locator("[data-sum]")).to_have_text(page.locator(".weigh-sum").get_attribute("data-expected") or "")
    expect(page.locator("body")).to_contain_text("合计正确")
    page.locator("tr", has_text="组织技术对接").get_by_role("link", name="拆分").click()
    desk.look()
    for number, (name, target, unit) in enumerate((("组织对接次数", "10次", "次"), ("对接企业数", "10家", "家"))):
        for field_name, text in (("name", name), ("target", target), ("unit", unit)):
            page.locator(f"input[name={field_name}]").nth(number).fill(text)
    desk.press("button", "保存分项")
    expect(page.locator(".parts-table")).to_contain_text("10家")
    expect(page.locator("input[name=name]").nth(1)).to_have_value("对接企业数")
