"""双监控: the officer plans and opens a round, the sections say why they lag and what they do, the officer closes it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect
from tests.browser.ledgers.conftest import Desks
from tests.browser.ledgers.keeping import Keeper, day, scan
from tests.browser.year.ground import FIRMS, PLATFORMS, PLEASED, TALENTS, YEAR

ROUND = f"{YEAR}年1—7月绩效运行监控"


def plans_and_opens(officer: Keeper) -> None:
    """The months, the day of the data, the day to report by; then the values of that day are frozen."""
    officer.menu("/monitoring/")
    officer.look()
    officer.press("main a.button.primary", "设置轮次")
    officer.page.fill("form.filters [name=year]", str(YEAR))
    officer.press("form.filters button")
    officer.look()
    for name, words in {"name": ROUND, "first": f"{YEAR}-01-01", "last": f"{YEAR}-07-31", "due_on": f"{YEAR}-08-15"}.items():
        officer.page.fill(f"#{name}", words)
    officer.press("button.primary", "保存")
    officer.reads(ROUND, "启动后报送的表")
    officer.look()
    officer.press("button.primary", "启动监控")
    officer.reads("监控表", "0/ 1")
    officer.done("设置轮次、启动监控")


def is_refused_to_close_early(officer: Keeper) -> None:
    """A round whose table has not reported is not closed: the page says what is missing."""
    opens_round(officer)
    officer.press("button.primary", "完成本轮监控")
    officer.reads("还不能完成", "尚未报送")


def opens_round(desk: Keeper) -> None:
    desk.menu("/monitoring/")
    if desk.page.locator("nav.tabs a", has_text=str(YEAR)).count():
        desk.press("nav.tabs a", str(YEAR))
    desk.press("main td.chief a", ROUND)


def opens_report(desk: Keeper) -> None:
    opens_round(desk)
    desk.press("main td.chief a")
    desk.look()


def row(desk: Keeper, name: str) -> Locator:
    return desk.page.locator("article.mo-row").filter(has=desk.page.locator(f"h3:text-is('{name}')"))


def sees_its_lamps(filler: Keeper) -> None:
    """21 of 60 by the end of July, when 35 are due, is yellow; 7 of 10 is far ahead, blue. Nobody has typed either."""
    opens_report(filler)
    expect(row(filler, FIRMS)).to_contain_text("21家")
    expect(row(filler, FIRMS)).to_contain_text("黄")
    expect(row(filler, PLATFORMS)).to_contain_text("7家")
    expect(row(filler, PLATFORMS)).to_contain_text("蓝")
    row(filler, FIRMS).locator("summary", has_text="为什么").click()
    expect(row(filler, FIRMS)).to_contain_text("35")


def says_why(filler: Keeper) -> None:
    """Reasons, explanation, forecast and possibility of the lagging row are kept as they are written."""
    row(filler, FIRMS).locator("label", has_text=re.compile("^(自然|政策|其他|管理|人员|经费)")).first.click()
    for field, words in (("explanation", "受申报批次安排影响，认定集中在下半年。"), ("forecast", "54家")):
        row(filler, FIRMS).locator(f"[name={field}]").fill(words)
    row(filler, FIRMS).locator("[name=possibility]").select_option(index=2)
    row(filler, FIRMS).locator("[name=remark]").fill("已列入调度。")
    row(filler, FIRMS).locator("[name=remark]").press("Tab")
    expect(row(filler, FIRMS)).to_contain_text("已保存")


def opens_a_correction(filler: Keeper) -> None:
    """What is done about it, by whom, by when."""
    row(filler, FIRMS).get_by_role("link", name="提出纠偏措施").click()
    filler.look()
    filler.page.fill("#measure", "逐县区调度申报进度，8月底前完成第二批申报。")
    filler.page.select_option("#account", label="经办·高新")
    filler.page.fill("#due_on", day(30))
    filler.press("button.primary", "登记")
    filler.reads("逐县区调度申报进度")
    filler.done("填写偏差原因、提出纠偏措施")


def judges_its_rows(filler: Keeper) -> None:
    """The section without a ledger says how its work stands; what belongs to others it reads and cannot write."""
    opens_report(filler)
    for name, words in {"explanation": "推荐工作下半年进行，上半年没有数据。", "remark": "按计划进行。"}.items():
        row(filler, TALENTS).locator(f".mo-form [name={name}]").fill(words)
        row(filler, TALENTS).locator(f".mo-form [name={name}]").press("Tab")
    expect(row(filler, TALENTS)).to_contain_text("已保存")
    expect(row(filler, FIRMS).locator("form")).to_have_count(0)
    expect(row(filler, PLEASED).locator("form")).to_have_count(0)
    filler.done("填写本科室监控")


def submits(head: Keeper) -> None:
    """The section head says why there is no figure of the survey yet, writes the whole in words and hands the table in."""
    opens_report(head)
    row(head, PLEASED).locator(".mo-form [name=explanation]").fill("满意度调查安排在11月。")
    row(head, PLEASED).locator(".mo-form [name=explanation]").press("Tab")
    expect(row(head, PLEASED)).to_contain_text("已保存")
    head.page.fill("[name=overview]", "总体按计划推进。")
    head.page.fill("[name=forecast-fiscal]", "约5095")
    head.press("button", "保存说明")
    expect(head.page.locator("[name=forecast-fiscal]")).to_have_attribute("aria-invalid", "true")
    expect(head.page.locator("[name=overview]")).to_have_value("总体按计划推进。")
    for field, words in {
        "forecast-fiscal": "5095.8",
        "budget_reason": "项目资金下半年集中支付。",
        "overview": "总体按计划推进。",
        "problems": "高企认定进度偏慢。",
        "opinion": "按月调度。",
    }.items():
        head.page.fill(f"[name={field}]", words)
    head.press("button.primary", "报送监控表")
    head.reads("已报送", "总体按计划推进。", "高企认定进度偏慢。")
    head.done("总体说明、报送监控表")


def returns_it(officer: Keeper) -> None:
    opens_report(officer)
    officer.page.fill("form[action$='/return/'] [name=reason]", "请写明第二批申报时间。")
    officer.press("button.danger", "退回监控表")
    officer.reads("被退回", "请写明第二批申报时间")


def submits_again(head: Keeper) -> None:
    head.home()
    opens_report(head)
    head.reads("请写明第二批申报时间")
    head.press("button.primary", "报送监控表")
    head.reads("已报送")


def reports_the_correction_done(filler: Keeper) -> None:
    """Who answers for the corrective action says what was done and proves it."""
    opens_item(filler, FIRMS)
    filler.page.fill("#text", "第二批 33 家已完成申报。")
    filler.page.set_input_files("#file", scan("调度记录"))
    filler.press("button.primary", "报告完成")
    filler.reads("第二批 33 家已完成申报")
    filler.done("报告纠偏完成")


def closes_the_correction(head: Keeper) -> None:
    opens_item(head, FIRMS)
    head.page.fill("#opinion", "已核对申报系统。")
    head.press("button.primary", "同意销号")
    head.reads("销号", "已核对申报系统")
    head.done("复核、销号")


def opens_item(desk: Keeper, words: str) -> None:
    """From the menu to what is to be put right about these words."""
    desk.menu("/rectification/")
    desk.look()
    desk.page.locator("main tr", has_text=words).locator("td.chief a").first.click()
    desk.page.wait_for_load_state()
    desk.look()


def closes(officer: Keeper) -> None:
    opens_round(officer)
    officer.press("button.primary", "完成本轮监控")
    officer.reads("内容不再更改")
    officer.done("完成本轮监控")


def finds_it_closed(filler: Keeper) -> None:
    """Nothing of a closed round can be written: its page has no field left."""
    opens_report(filler)
    filler.reads("内容不再更改", "受申报批次安排影响")
    expect(filler.page.locator("article.mo-row form, [name=overview]")).to_have_count(0)


def finance_reads(finance: Keeper) -> None:
    """Finance reads the table that was handed in, and writes nothing in it."""
    opens_report(finance)
    finance.reads("21家", "受申报批次安排影响")
    expect(finance.page.locator("main form")).to_have_count(0)


def whole(desks: Desks) -> None:
    """The round from its plan to its close, by the people of the department."""
    officer, filler, other, head = desks("jixiao"), desks("jingban"), desks("jingban2"), desks("kezhang")
    plans_and_opens(officer)
    is_refused_to_close_early(officer)
    sees_its_lamps(filler)
    says_why(filler)
    opens_a_correction(filler)
    judges_its_rows(other)
    submits(head)
    returns_it(officer)
    submits_again(head)
    closes(officer)
    reports_the_correction_done(filler)
    closes_the_correction(head)
    finds_it_closed(filler)
