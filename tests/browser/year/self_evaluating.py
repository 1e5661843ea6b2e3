"""绩效自评: prefilled from the ledgers; the sections judge, declare and explain; a second person confirms a change; finance decides."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.ledgers.conftest import Desks
from tests.browser.ledgers.keeping import Keeper, scan
from tests.browser.year.ground import CIVIL, FIRMS, PLATFORMS, PLEASED, TALENTS, TELEPHONE


def begins(officer: Keeper) -> None:
    officer.menu("/self-evaluations/")
    officer.look()
    officer.press("main button.primary", "开展自评")
    officer.reads("填报中", "54家", "12家")
    officer.look()
    officer.done("开展自评")


def opens_card(desk: Keeper) -> None:
    desk.menu("/self-evaluations/")
    desk.press("main td.chief a")


def opens_row(desk: Keeper, name: str) -> None:
    opens_card(desk)
    desk.press("article.se-row h3 a", name)
    desk.look()


def traces_and_explains(filler: Keeper) -> None:
    """From the figure down to the entry behind it; then why 54 of 60, and why 12 of 10."""
    opens_row(filler, FIRMS)
    filler.reads("54家", "计入 54")
    filler.page.locator("#entries td.chief a").first.click()
    filler.page.wait_for_load_state()
    filler.reads("FIRM0", "认定")
    for name, why, then in (
        (FIRMS, "申报批次调整，部分企业转入下年。", f"提前培育，联系人电话{TELEPHONE}。"),
        (PLATFORMS, "省里增加一批认定。", "完善目标测算。"),
    ):
        explains(filler, name, why, then)
    opens_card(filler)
    filler.reads("申报批次调整", "省里增加一批认定")
    filler.done("追溯到记录、说明偏差")


def explains(filler: Keeper, name: str, why: str, then: str) -> None:
    """On the page of the row, which says that both were saved."""
    opens_row(filler, name)
    filler.page.fill("#reason", why)
    filler.page.fill("#improvement", then)
    filler.press("main button", "保存")
    filler.reads("已保存")
    expect(filler.page.locator("#improvement")).to_have_value(then)


def declares(filler: Keeper) -> None:
    """A figure that no ledger counts is declared with its evidence, several files."""
    opens_row(filler, TALENTS)
    for name, words in {"number": "8", "unit": "个", "source": "推荐函"}.items():
        filler.page.fill(f".se-declare [name={name}]", words)
    filler.page.set_input_files(".se-declare [name=file]", [scan("推荐函"), scan("公示截图")])
    filler.press(".se-declare button.primary", "申报")
    filler.reads("已登记入台账“手工申报数据”", "8个")
    filler.done("申报一项")


def judges(filler: Keeper) -> None:
    """A requirement in words is judged in its tier by a person, with what that rests on."""
    opens_row(filler, CIVIL)
    filler.page.locator("[name=tier]").first.check()
    filler.page.fill("#judged", "18")
    filler.page.fill("#judged_basis", "复审材料按期上传，复审通过。")
    filler.press("button.primary", "评定")
    filler.reads("第 1 档", "18")
    filler.page.set_input_files("#files-new", scan("复审通知"))
    filler.press("#files button", "上传")
    filler.reads("复审通知")
    filler.done("评定一项、上传佐证")


def overrides(officer: Keeper) -> None:
    """A point less by a person, with the reason."""
    opens_row(officer, CIVIL)
    officer.page.locator("#override summary").click()
    officer.page.fill("#override-points", "15")
    officer.page.fill("#override-reason", "一份材料上传逾期。")
    officer.press("#override button", "提出改分")
    officer.reads("待第二人确认")
    officer.done("人工改分")


def confirms(head: Keeper) -> None:
    opens_row(head, CIVIL)
    head.press("button.primary", "确认改分")
    head.reads("人工改分：按规则", "改为 15 分")
    head.done("确认改分")


def writes_and_submits(officer: Keeper) -> None:
    opens_card(officer)
    for field, words in {
        "goal_actual": "年度目标基本完成。",
        "overview": "各科室逐项核对，绩效科汇总。",
        "problems": "高新技术企业认定未达目标。",
        "improvements": "提前培育，按季调度。",
    }.items():
        officer.page.fill(f"#{field}", words)
        officer.page.locator(f"#{field}").press("Tab")
        expect(officer.page.locator(f"#base-{field}")).to_have_value(words)
    expect(officer.page.locator("#se-bar")).to_contain_text("已齐全")
    officer.page.fill("#improvements", "提前培育，按月调度。")  # written a moment before: it is handed in too
    officer.press("#se-bar button", "报送")
    officer.reads("已报送，待认定", "15", "提前培育，按月调度。")
    officer.look()
    officer.done("总体说明、报送自评")


def returns_it(finance: Keeper) -> None:
    opens_card(finance)
    finance.look()
    finance.page.fill("#opinion", "请说明逾期材料名称。")
    finance.press("button.danger", "退回")
    finance.reads("被退回")


def submits_again(officer: Keeper) -> None:
    opens_card(officer)
    officer.reads("请说明逾期材料名称")
    officer.page.fill("#overview", "各科室逐项核对；逾期的是志愿服务材料。")
    officer.page.locator("#overview").press("Tab")
    expect(officer.page.locator("#base-overview")).to_have_value("各科室逐项核对；逾期的是志愿服务材料。")
    officer.press("#se-bar button", "报送")
    officer.reads("已报送，待认定")


def accepts(finance: Keeper) -> None:
    opens_card(finance)
    finance.page.fill("#opinion", "同意。")
    finance.press("button.primary", "认定")
    finance.reads("已认定", "人工改分")
    finance.done("认定自评")


def finds_it_closed(officer: Keeper) -> None:
    """An accepted result is corrected by a further edition and in no other way."""
    opens_card(officer)
    officer.reads("已认定")
    expect(officer.page.locator("textarea, #se-bar")).to_have_count(0)
    expect(officer.page.get_by_role("button", name="更正")).to_be_visible()


def has_its_figure_from_the_survey(auditor: Keeper) -> None:
    opens_row(auditor, PLEASED)
    auditor.reads("90%", "科技服务满意度调查")


def whole(desks: Desks) -> None:
    """From the prefilled card to the accepted result."""
    officer, finance = desks("jixiao"), desks("czyewu")
    begins(officer)
    traces_and_explains(desks("jingban"))
    declares(desks("jingban2"))
    judges(desks("jingban3"))
    overrides(officer)
    confirms(desks("kezhang"))
    explains(desks("jingban3"), CIVIL, "一份材料上传逾期。", "建立上传时限清单。")
    writes_and_submits(officer)
    returns_it(finance)
    submits_again(officer)
    accepts(finance)
    finds_it_closed(officer)
