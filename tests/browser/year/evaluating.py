"""抽查与评价: finance draws a sample and re-checks; an agency is engaged, declares, asks, marks and reports; finance checks and accepts."""

from __future__ import annotations

from playwright.sync_api import Dialog, expect
from tests.browser.ledgers.conftest import Desks
from tests.browser.ledgers.keeping import Keeper, scan
from tests.browser.year.ground import FIRMS, YEAR

SAMPLE, NAME = f"{YEAR}年度自评抽查", f"{YEAR}年度部门整体支出绩效评价"
AGENCY = "山东示例评价有限公司"


def confirmed(desk: Keeper, selector: str, name: str = "") -> None:
    """Press what asks again before it is done, and say yes."""
    asked: list[str] = []

    def yes(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    desk.page.once("dialog", yes)
    desk.press(selector, name)
    assert asked, f"{name or selector} was done without asking"


# --- 财政抽查 ---------------------------------------------------------------------------------------------------------


def draws(finance: Keeper) -> None:
    """The seed is written down first, then the sample is drawn; anybody can draw it again."""
    finance.menu("/evaluations/")
    finance.look()
    finance.press("main nav.tabs a", "财政抽查")
    finance.look()
    for name, words in {"name": SAMPLE, "seed": "福彩3D第2026001期 7 2 9", "size": "1", "document": "临财绩〔抽〕1号"}.items():
        finance.page.fill(f"#{name}", words)
    finance.page.select_option("#year", str(YEAR))
    finance.press("main form button.primary", "登记")
    finance.reads("还没有抽取")
    confirmed(finance, "button", "抽取样本")
    finance.reads("待复核", "一致")
    finance.look()
    finance.done("登记种子、抽取样本")


def rechecks(finance: Keeper) -> None:
    """One row gets fewer points, with the reason; the others stand."""
    finance.press("main td.chief a")
    finance.look()
    line = finance.page.locator("main tbody tr", has_text=FIRMS)
    line.locator("[name^=points-]").fill("约10")
    line.locator("[name^=reason-]").fill("两户企业的证书日期不在本年。")
    finance.page.fill("#opinion", "除一项外予以认可。")
    confirmed(finance, "button.primary", "完成复核")
    expect(finance.page.locator("[role=alert]")).to_be_visible()
    expect(line.locator("[name^=points-]")).to_be_focused()
    expect(line.locator("[name^=points-]")).to_have_attribute("aria-invalid", "true")
    expect(line.locator("[name^=points-]")).to_have_value("约10")
    expect(line.locator("[name^=reason-]")).to_have_value("两户企业的证书日期不在本年。")
    line.locator("[name^=points-]").fill("10")
    confirmed(finance, "button.primary", "完成复核")
    expect(finance.page.locator("main tbody tr", has_text=FIRMS).locator("strong")).to_have_text("10")
    finance.reads("除一项外予以认可", "两户企业的证书日期不在本年")
    expect(finance.page.locator("main form")).to_have_count(0)
    finance.done("逐行复核、完成复核")


# --- 立项、委托 -------------------------------------------------------------------------------------------------------


def enters_the_agency(finance: Keeper) -> None:
    finance.menu("/agencies/")
    finance.look()
    finance.page.fill("#name", AGENCY)
    finance.press("form.panel button.primary", "登记")
    finance.reads(AGENCY)
    finance.page.locator("summary", has_text="登记人员").click()
    finance.page.fill("details[open] [name=username]", "jigou")
    finance.press("details[open] button", "登记")
    finance.reads("第三方机构人员")


def plans_and_engages(finance: Keeper) -> str:
    """The plan, the contract, the fee; gives the address of the evaluation."""
    finance.menu("/evaluations/")
    finance.press("a.button.primary", "评价立项")
    finance.look()
    page = finance.page
    page.locator("#table option", has_text=str(YEAR)).first.evaluate("each => { each.closest('select').value = each.value }")
    page.fill("#name", NAME)
    page.fill("#scope", f"{YEAR}年度部门整体支出，资料核查与现场核查。")
    finance.press("button.primary", "立项")
    expect(page.locator("h1")).to_contain_text(NAME)
    page.select_option("#agency", label=AGENCY)
    for name, words in {"contract_number": "HT-01", "contract_on": f"{YEAR + 1}-03-01", "fee": "8", "engage-scope": "独立评价。"}.items():
        page.fill(f"#{name}", words)
    page.set_input_files("#contract", scan("委托合同"))
    finance.press("button.primary", "委托")
    finance.reads("待声明利益关系", "HT-01")
    finance.done("登记机构、立项、委托")
    return page.url


def opens(desk: Keeper) -> None:
    desk.menu("/evaluations/")
    desk.press("main td.chief a", NAME)


def declares_and_asks(agent: Keeper) -> None:
    """Before its declaration the agency sees the terms only; then it lists what it wants to see."""
    opens(agent)
    agent.look()
    expect(agent.page.locator("#items, #materials")).to_have_count(0)
    agent.page.check("input[name=free][value=yes]")
    agent.press("button.primary", "提交声明")
    agent.reads("资料清单")
    agent.page.fill("#names", "立项文件\n资金支付凭证")
    agent.press("#materials button.primary", "列入清单")
    expect(agent.page.locator("#materials td.chief")).to_have_count(2)
    agent.reads("立项文件", "资金支付凭证")
    agent.look()
    agent.done("声明、列出资料")


def is_kept_out(stranger: Keeper, address: str) -> None:
    """An agency that opens what another is engaged for finds nothing, on the page or in its list."""
    stranger.menu("/evaluations/")
    stranger.reads("没有委托给您的项目")
    stranger.look()
    stranger.page.goto(address)
    stranger.reads("没有找到")
    assert NAME not in stranger.page.content()


def hands_in_materials(officer: Keeper) -> None:
    opens(officer)
    while (forms := officer.page.locator("#materials form[action$='/hand-in/']")).count():
        left = forms.count()
        forms.first.locator("input[type=file]").set_input_files(scan(f"资料{left}"))
        forms.first.locator("button").click()
        expect(forms).to_have_count(left - 1)
    officer.look()
    officer.done("提交资料")


def opens_the_marking(finance: Keeper) -> None:
    opens(finance)
    finance.page.fill("#panel [name=username]", "jigou")
    finance.press("#panel button", "聘请")
    finance.reads("待声明")
    finance.press("#panel button.primary", "开始评分")
    expect(finance.page.locator("#panel form")).to_have_count(1)
    finance.done("聘请、开始评分")


def marks_and_reports(agent: Keeper) -> None:
    """The evaluator's own declaration, nine tenths of every item, the draft report."""
    opens(agent)
    agent.page.check("input[name=free][value=yes]")
    agent.press("button.primary", "提交声明")
    agent.press("a.button.primary", "评分")
    agent.look()
    for line in agent.page.locator(".ev-mark").all():
        full = float(line.locator("h3 span").inner_text().split()[0])
        line.locator("[name^=points-]").fill(f"{full * 0.9:.2f}")
    confirmed(agent, "button.primary", "提交评分")
    expect(agent.page.locator("h1")).to_contain_text(NAME)
    for name, words in {"summary": "总体良好。", "problems": "高企认定进度偏慢\n个别材料上传逾期", "advice": "按季调度。"}.items():
        agent.page.fill(f"#{name}", words)
    agent.press("#reports button.primary", "提交报告")
    agent.reads("第 1 稿", "得分 90")
    agent.look()
    agent.done("评分、提交报告")


def objects(officer: Keeper) -> None:
    opens(officer)
    officer.page.check("input[name=agrees][value=no]")
    officer.page.fill("#reply", "逾期材料已于当月补传。")
    officer.press("button.primary", "反馈意见")
    officer.reads("逾期材料已于当月补传")
    officer.done("反馈意见")


def answers(agent: Keeper) -> None:
    opens(agent)
    agent.page.fill("#answer", "已核实，扣分维持。")
    agent.press("button.primary", "答复")
    agent.reads("已核实，扣分维持")


def checks_and_accepts(finance: Keeper) -> None:
    opens(finance)
    for line in finance.page.locator(".ev-checks fieldset").all():
        line.locator("input[value=yes]").check()
    finance.press("button.primary", "完成审核")
    finance.page.fill("#accept-opinion", "同意验收。")
    confirmed(finance, "button.primary", "验收")
    expect(finance.page.locator("#accept-opinion")).to_have_count(0)
    finance.reads("已验收", "同意验收", "90")
    finance.look()
    finance.done("质量审核、验收")


def whole(desks: Desks) -> None:
    """The sample, the re-check, and an evaluation from the plan to its acceptance."""
    finance, officer, agent = desks("czjixiao"), desks("jixiao"), desks("jigou")
    draws(finance)
    rechecks(finance)
    enters_the_agency(finance)
    address = plans_and_engages(finance)
    declares_and_asks(agent)
    is_kept_out(desks("jigou2"), address)
    hands_in_materials(officer)
    opens_the_marking(finance)
    marks_and_reports(agent)
    objects(officer)
    answers(agent)
    checks_and_accepts(finance)
