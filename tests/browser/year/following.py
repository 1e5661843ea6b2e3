"""整改与结果应用: finance orders, the section puts right and proves it, finance strikes it off and decides on next year's money."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.ledgers.conftest import Desks
from tests.browser.ledgers.keeping import Keeper, day, scan
from tests.browser.year.ground import FIRMS, YEAR
from tests.browser.year.monitoring import opens_item

PROBLEM = "高企认定进度偏慢，未达到年度目标"


def orders(finance: Keeper) -> None:
    """The problems of the year, what is demanded and by when."""
    finance.menu("/rectification/")
    finance.look()
    finance.press("a.button.primary", "下达整改通知")
    finance.look()
    finance.page.locator("main tr", has_text=str(YEAR)).get_by_role("link", name="选择").first.click()
    finance.look()
    page = finance.page
    page.fill("#title", f"{YEAR}年度绩效问题整改通知")
    page.fill("#due_on", day(30))
    row = page.locator("fieldset.problem-row").last
    row.locator("[name$='-problem']").fill(PROBLEM)
    row.locator("[name$='-demand']").fill("制定培育计划，按季调度。")
    row.locator("[name$='-indicator']").select_option(label=FIRMS)
    finance.press("button.primary", "下达")
    finance.reads(PROBLEM, "制定培育计划")
    finance.look()
    finance.done("下达整改通知")


def puts_it_right(filler: Keeper) -> None:
    """The measure with who answers for it; done only with a file that proves it."""
    opens_item(filler, PROBLEM)
    filler.page.fill("#measure", "建立培育库，每季度调度。")
    filler.page.select_option("#account", label="经办·高新")
    filler.press("button.primary", "保存措施")
    filler.reads("建立培育库")
    filler.page.fill("#text", "培育库已建立，入库120家。")
    filler.press("button.primary", "报告完成")
    expect(filler.page.locator("[role=alert]").first).to_be_visible()
    filler.page.fill("#text", "培育库已建立，入库120家。")
    filler.page.set_input_files("#file", scan("培育库清单"))
    filler.press("button.primary", "报告完成")
    filler.reads("待复核", "入库120家")
    filler.done("制定措施、报告完成")


def returns_it(finance: Keeper) -> None:
    opens_item(finance, PROBLEM)
    finance.page.fill("#opinion", "请附调度记录。")
    finance.press("button.danger", "退回")
    finance.reads("请附调度记录")


def proves_again(filler: Keeper) -> None:
    opens_item(filler, PROBLEM)
    filler.page.fill("#text", "附一、二季度调度记录。")
    filler.page.set_input_files("#file", scan("调度记录"))
    filler.press("button.primary", "报告完成")
    filler.reads("附一、二季度调度记录")


def strikes_it_off(finance: Keeper) -> None:
    opens_item(finance, PROBLEM)
    finance.page.fill("#opinion", "整改到位。")
    finance.press("button.primary", "同意销号")
    finance.reads("整改到位")
    expect(finance.page.locator("main form")).to_have_count(0)
    finance.done("退回、复核、销号")


def decides_on_the_money(finance: Keeper) -> None:
    """A tenth less next year, with the result it rests on and the reason."""
    finance.menu("/rectification/")
    finance.press("main nav.tabs a", "结果应用")
    finance.look()
    finance.press("a.button.primary", "作出决定")
    finance.look()
    finance.page.locator("main tr", has_text=str(YEAR)).get_by_role("link", name="选择").first.click()
    finance.look()
    page = finance.page
    expect(page.locator("#before")).to_have_value("5,364")
    page.select_option("#decision", label="压减")
    page.fill("#after", "4827.6")
    page.fill("#reason", "高企认定未达目标，压减一成。")
    page.fill("#document", "临财绩〔用〕2号")
    finance.press("button.primary", "保存决定")
    finance.reads("5,364", "4,827.6", "压减一成")
    finance.look()
    finance.done("结果应用")


def whole(desks: Desks) -> None:
    """From the order to the money of next year."""
    finance, filler = desks("czjixiao"), desks("jingban")
    orders(finance)
    puts_it_right(filler)
    returns_it(finance)
    proves_again(filler)
    strikes_it_off(finance)
    decides_on_the_money(finance)
    officer = desks("jixiao")
    officer.menu("/rectification/")
    officer.press("main nav.tabs a", "结果应用")
    officer.reads("压减", "4,827.6")
