"""The Linyi table from import to 批复 and through one adjustment, by the persons who do it, in a browser on the real service."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page
from tests.browser import circulating, persons
from tests.browser.conftest import Browse, Service, browsing
from tests.browser.persons import Desk, Looks

from zhiheng.tables.reading import read

OFFICER, FILLER, SECOND = "jixiao", "jingban", "经办·政策"


class Bureau:
    """The persons at their desks, each with one page from beginning to end."""

    def __init__(self, browse: Browse, looks: Looks) -> None:
        self.browse, self.looks, self.desks = browse, looks, {}
        self.counted: list[tuple[str, str, int]] = []

    def __call__(self, username: str, **how: bool) -> Desk:
        if username not in self.desks:
            self.desks[username] = Desk(ROLES[username], self.browse(username, **how), self.looks, self.counted)
        return self.desks[username]

    def tell(self) -> None:
        """How many clicks each journey took; kept where ``ZHIHENG_CLICKS`` names a file."""
        lines = [
            "| 角色 | 经过 | 点击 |",
            "|---|---|---:|",
            *(f"| {role} | {journey} | {number} |" for role, journey, number in self.counted),
        ]
        sys.stdout.write("\n".join(["", *lines, ""]))
        if kept := os.environ.get("ZHIHENG_CLICKS"):
            Path(kept).write_text("\n".join([*lines, ""]), "utf-8")


ROLES = {
    "jingban": "经办",
    "jingban2": "经办（第二人）",
    "kezhang": "科室负责人",
    "jixiao": "绩效管理员",
    "fenguan": "分管领导",
    "dangzu": "局党组会",
    "juzhang": "主要负责人",
    "czyewu": "财政业务科室",
    "czjixiao": "财政绩效科",
    "shenji": "审计",
}


def test_the_year_on_postgresql(chromium: Browser, organised: Service, accessible: Callable[[Page], None], tmp_path: Path) -> None:
    with browsing(chromium, organised) as browse:
        bureau = Bureau(browse, Looks(accessible))
        declares(bureau)
        head, filler = bureau("kezhang"), bureau(FILLER)
        circulating.returns_with_an_opinion(head)
        head.done("逐格意见、退回")
        organised.manage("make_notices")
        circulating.answers_the_opinion(filler)
        filler.done("由通知打开、答复意见、再送审")
        travels(bureau)
        finance = bureau("czjixiao")
        papers = circulating.issues_papers(finance, tmp_path)
        finance.done("出具三种文书、收回签字件")
        reads_back(papers)
        circulating.proposes_an_adjustment(filler, SECOND)
        filler.done("申请调整、改三格、答复、写理由")
        second = bureau("jingban2")
        circulating.confirms_as_second_person(second)
        second.done("第二人确认")
        circulating.submits_the_adjustment(filler)
        filler.done("调整送审")
        adjusted_in_bulk(bureau)
        circulating.reads_the_old_target(bureau("shenji"))
        bureau.tell()
        assert bureau.looks.wrong == [], "\n".join(bureau.looks.wrong)


def test_the_year_on_sqlite(chromium: Browser, organised_sqlite: Service) -> None:
    with browsing(chromium, organised_sqlite) as browse:
        bureau = Bureau(browse, Looks(None))
        declares(bureau)
        travels(bureau)
        circulating.proposes_an_adjustment(bureau(FILLER), SECOND)
        circulating.confirms_as_second_person(bureau("jingban2"))
        circulating.submits_the_adjustment(bureau(FILLER))
        adjusted_in_bulk(bureau)
        circulating.reads_the_old_target(bureau("shenji"))


def declares(bureau: Bureau) -> None:
    """From the file to 送审."""
    officer, filler = bureau(OFFICER), bureau(FILLER)
    persons.imports_the_table(officer)
    officer.done("导入")
    persons.opens_the_sheet(filler)
    persons.mends_by_keyboard(filler)
    persons.mends_its_platforms(filler)
    filler.done("填写本科室指标")
    persons.opens_the_sheet(officer)
    persons.mends_by_pasting(officer)
    officer.done("改正其余错误（粘贴一块）")
    persons.replies_to_warnings(officer)
    officer.done("按规则答复全部疑点")
    persons.weighs(officer)
    officer.done("采纳分值、拆分一项")
    circulating.submits(filler)
    filler.done("送审")


def travels(bureau: Bureau) -> None:
    """From 科室负责人 to 批复; the leaders read and sign on a phone."""
    for username, how, words in (
        ("kezhang", {}, {}),
        (OFFICER, {}, {}),
        ("fenguan", {"phone": True}, {}),
        ("dangzu", {}, {"minutes": "临科党组纪要〔2020〕3号"}),
        ("juzhang", {"phone": True, "dark": True}, {}),
        ("czyewu", {}, {"all_grades": "优", "opinion": "目标完整、相关、可行。"}),
    ):
        desk = bureau(username, **how)
        circulating.agrees(desk, **words)
        desk.done("审阅、同意")
    finance = bureau("czjixiao")
    circulating.approves(finance, "临财绩〔2020〕1号")
    finance.done("复核、批复")


def adjusted_in_bulk(bureau: Bureau) -> None:
    """The adjustment travels by ticks in the inbox; the approval says from when it holds."""
    for username, words in (
        ("kezhang", {}),
        (OFFICER, {}),
        ("fenguan", {}),
        ("dangzu", {"minutes": "临科党组纪要〔2020〕9号"}),
        ("juzhang", {}),
        ("czyewu", {"all_grades": "优", "opinion": "理由充分。"}),
    ):
        desk = bureau(username)
        circulating.agrees_in_bulk(desk, **words)
        desk.done("批量同意（调整）")
    circulating.approves(bureau("czjixiao"), "临财绩〔2020〕7号", "2020-07-01")


def reads_back(papers: dict[str, Path]) -> None:
    """The printed 申报表 and 批复 hold the table that was approved: the library reads every indicator back."""
    for code in ("declaration", "approval"):
        plan = read(papers[code]).tables[0].plan
        targets = {indicator.name.text: indicator.target.reading.text for indicator in plan.indicators}
        assert len(plan.duties) == 11, code
        assert len(targets) == 36, code
        assert targets["省级科技创新平台新增数量"] == "≥10家", code
        assert targets["组织技术对接"] == "组织对接10次，对接企业10家", code
