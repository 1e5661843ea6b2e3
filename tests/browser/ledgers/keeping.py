"""What those who keep the ledgers do on the pages: record, prove, take a step, confirm, and read the value of an indicator.

Each goes where a link or a button leads; no function writes the address of a step.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Locator, expect
from tests.browser.conftest import clicks
from tests.browser.persons import Desk

from zhiheng_kjj.demonstration.sheets import sheet

TODAY = date.today()
YEAR = TODAY.year


def day(offset: int = 0) -> str:
    """A day so many days from today, as a date field takes it."""
    return (TODAY + timedelta(days=offset)).isoformat()


def scan(name: str, pages: int = 1) -> dict[str, object]:
    """A scanned document of so many pages, as it is chosen in a file field."""
    content = sheet([(name, [f"第{number}页"]) for number in range(1, pages + 1)])
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": content}


class Keeper(Desk):
    """A person of the bureau, a county or finance at one page."""

    # -- 台账 ---------------------------------------------------------------------------------------------------------

    def opens(self, register: str) -> None:
        """From the menu to a register."""
        self.menu("/ledgers/")
        self.look()
        self.page.get_by_role("link", name=register, exact=True).first.click()
        self.page.wait_for_load_state()
        expect(self.page.locator("h1")).to_contain_text(register)
        self.look()

    def fills(self, fields: dict[str, str]) -> None:
        """Fill in the fields of a form by the names of their columns."""
        for name, words in fields.items():
            field = self.page.locator(f"form.entering [name={name}]").last
            tag = field.evaluate("each => each.tagName + ' ' + each.type")
            if tag.startswith("SELECT"):
                field.select_option(label=words)
            elif tag.endswith("checkbox"):
                for word in words.split("、"):
                    self.page.locator(f"form.entering label:has([name={name}])", has_text=word).click()
            else:
                field.fill(words)

    def records(self, register: str, state: str = "", **fields: str) -> None:
        """A new entry of a register, by its form; ends on the entry's page."""
        self.opens(register)
        self.press("a.button.primary")
        self.look()
        if state:
            self.page.select_option("form.entering [name=state]", label=state)
        self.fills(fields)
        self.press("form.entering button.primary")
        self.page.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}/$"))
        self.look()

    def proves(self, *kinds: str, pages: str = "") -> None:
        """Upload a scan for each of these kinds of evidence, from the entry's page and back to it."""
        entry = self.page.url
        for kind in kinds:
            if not self.page.locator("#id_file").count():
                self.press("a.button[href$='/evidence/']")
            self.look()
            self.page.select_option("#id_kind", label=self.option("#id_kind", kind))
            self.page.set_input_files("#id_file", scan(kind, 2 if pages else 1))
            self.page.fill("#id_page", pages)
            self.press("aside form button.primary")
            expect(self.page.locator("main")).to_contain_text(kind)
        if self.page.url != entry:
            self.press(f"main a[href='{entry[entry.index('/entries/') :]}'], .crumbs a[href='{entry[entry.index('/entries/') :]}']")

    def option(self, select: str, words: str) -> str:
        """The option of a list that begins with these words, as it reads."""
        found = [text.strip() for text in self.page.locator(f"{select} option").all_inner_texts() if text.strip().startswith(words)]
        assert found, f"{words} is not offered in {select}"
        return found[0]

    def steps(self, move: str, **fields: str) -> None:
        """Take a step of the entry that is open."""
        entry = self.page.url
        self.press("#steps a.button", move)
        self.look()
        self.fills(fields)
        self.press("form.entering button.primary")
        self.page.wait_for_url(entry)

    def fact(self, name: str) -> str:
        """What the page of an entry says in one of its columns."""
        return (
            self.page.locator("dl.facts-list div").filter(has=self.page.locator(f"dt:text-is('{name}')")).locator("dd").inner_text().strip()
        )

    def proves_in_bulk(self, register: str, kind: str) -> None:
        """One scan for all entries of a register that lack this kind of evidence."""
        self.opens(register)
        self.press(".tally a", "缺证据")
        self.look()
        for box in self.page.locator("[name=entry]").all():
            box.check()
        self.page.select_option("#id_kind", label=self.option("#id_kind", kind))
        self.page.set_input_files("#id_file", scan(kind))
        self.press("button", "保存到所选记录")

    # -- 文书 ---------------------------------------------------------------------------------------------------------

    def issues(self, paper: str, folder: Path, *, proves: bool = False) -> Path:
        """Issue a paper about the entry that is open, read it as pdf, and attach it as evidence if it proves the entry."""
        panel = self.page.locator("#papers")
        form = panel.locator(f"h3:text-is('{paper}') + form")
        form.get_by_role("button", name="出具").click()
        self.page.wait_for_load_state()
        self.reads("已出具，编号")
        table = panel.locator(f"h3:text-is('{paper}') ~ div.table-scroll").first
        printed = self.downloads(table.get_by_role("link", name="PDF").first, folder)
        assert printed.read_bytes().startswith(b"%PDF")
        self.look()
        if proves:
            table.get_by_role("button", name="附为证据").first.click()
            self.page.wait_for_load_state()
        return printed

    def issues_for(self, paper: str, choice: str, folder: Path) -> Path:
        """Issue a paper of the register that is open, for a period or a round, and read it as pdf."""
        self.press("a.button", "文书")
        self.look()
        panel = self.page.locator("section.panel").filter(has=self.page.locator(f"h2:text-is('{paper}')"))
        if choice:
            panel.locator("select").select_option(label=choice)
        panel.get_by_role("button", name="出具").click()
        self.page.wait_for_load_state()
        printed = self.downloads(panel.get_by_role("link", name="PDF").first, folder)
        assert printed.read_bytes().startswith(b"%PDF")
        return printed

    # -- 应办、确认 -----------------------------------------------------------------------------------------------------

    def due_list(self) -> None:
        self.menu("/obligations/")
        self.look()

    def opens_due(self, words: str) -> None:
        """From the list of what is due to the entry."""
        self.page.locator("main table.ledger td.chief a", has_text=words).first.click()
        self.page.wait_for_load_state()
        self.look()

    # -- 指标 ---------------------------------------------------------------------------------------------------------

    def sees_indicator(self, name: str) -> None:
        """From the menu to the page of an indicator's actual value."""
        self.menu("/actuals/")
        self.look()
        if not self.page.locator("main table.actuals").count():
            self.press("main td.chief a")
        self.look()
        self.press("main table.actuals td.chief a", name)
        self.look()

    def on_day(self, day: str) -> None:
        """The same indicator on another day."""
        self.page.fill("form.filters [name=on]", day)
        self.press("form.filters button")

    def figure(self) -> str:
        """The actual value on the page of an indicator."""
        return self.facts().locator("dd.figure").first.inner_text().strip()

    def facts(self) -> Locator:
        return self.page.locator("main dl.facts").first

    def value_of(self, name: str) -> str:
        """The actual value of an indicator, looked up on its page."""
        self.sees_indicator(name)
        return self.figure()

    def clicks(self) -> int:
        return clicks(self.page)

    def downloads(self, link: Locator, folder: Path) -> Path:
        """What a link downloads, kept in a folder."""
        with self.page.expect_download() as download:
            link.click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path
