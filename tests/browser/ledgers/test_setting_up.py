"""What is decided about counting: a register declared without code and bound; another basis by an adjustment of the target."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from tests.browser.circulating import agrees_in_bulk, approves, confirms_as_second_person
from tests.browser.ledgers.conftest import Desks
from tests.browser.ledgers.keeping import YEAR, Keeper, day

from zhiheng_web.uscc import made_up

STATION = "院士工作站备案"
SENT = "当年市级初审上报的院士工作站"


def test_a_register_is_declared_from_a_sheet_and_bound(desks: Desks, tmp_path: Path) -> None:
    """A second department: its sheet becomes a register, an indicator counts it, the same sheet is imported, the figure is there."""
    officer = desks("jiaoyu")
    officer.menu("/ledgers/declare/")
    officer.look()
    officer.page.set_input_files("input[type=file]", inspections(tmp_path))
    officer.press("button", "读取表头")
    officer.look()
    officer.reads("读到 4 列、3 行样例")
    officer.press("main form button.primary")
    officer.look()
    officer.done("由表格设立台账")
    officer.page.set_input_files("#id_file", tmp_path / "实验室检查.xlsx")
    officer.press("button", "上传并预览")
    officer.press("button", "写入 3 条")
    officer.done("导入同一张表")
    officer.menu("/ledgers/declare/")
    officer.press("tr:has-text('实验室安全检查') a", "绑定")
    officer.look()
    officer.press("main form button.primary", "下一步")
    officer.look()
    officer.page.get_by_label("口径说明").fill("当年完成的检查次数")
    officer.page.get_by_label("已登记").check()
    officer.press("main form button.primary", "保存取数规则")
    officer.reads("当年完成的检查次数")
    officer.done("绑定指标")
    assert officer.value_of("实验室安全检查").startswith("3")
    officer.press("#behind td.chief a")
    officer.reads("实验室安全检查", "计入")
    officer.done("看数、看记录")


def opens_its_table(desk: Keeper) -> None:
    desk.page.goto("/")
    desk.menu("/tables/")
    desk.press("main a", str(YEAR))


def explains_the_change(desk: Keeper) -> None:
    forms = desk.page.locator("#changes form.answer")
    for _ in range(forms.count()):
        forms.first.locator("input[name=text]").fill("公布推迟，按初审上报计数。")
        forms.first.locator("button").click()
        desk.page.wait_for_load_state()


def inspections(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "实验室检查"
    sheet.append(["检查编号", "学校", "检查日期", "结论"])
    for number in range(1, 4):
        sheet.append([f"JC{YEAR}-{number:03d}", f"演示中学{number}", day(), "合格"])
    path = folder / "实验室检查.xlsx"
    book.save(path)
    return path


def test_another_basis_by_an_adjustment(desks: Desks) -> None:
    """The approved table keeps its basis until an adjustment with reason, document, second person and finance has changed it."""
    filler, second = desks("jingban3"), desks("jingban2")
    filler.records(
        "院士工作站",
        number=f"YS{YEAR}-01",
        title="演示工作站",
        level="省级",
        category="未退休",
        organisation=f"{made_up(50_020)} 演示生物科技有限公司",
        person="院士演示",
        received_on=day(),
    )
    head = desks("kezhang")
    head.opens("院士工作站")
    head.press("main td.chief a", f"YS{YEAR}-01")
    head.steps("初审上报")
    assert filler.value_of(STATION) == "0家"
    filler.press("a", "查看口径与选用")
    filler.look()
    filler.reads("批复后改变口径按调整目标办理")
    filler.press("a.button", "申请调整目标")
    filler.page.fill("#reason", "省厅改为先报后批，公布推迟到下年。")
    filler.page.fill("#document", f"临科字〔{YEAR}〕31号")
    filler.page.select_option("#second_person", label="经办·政策")
    filler.press("button", "建立调整版本")
    filler.page.wait_for_url("**/versions/**")
    filler.sees_indicator(STATION)
    assert filler.figure() == "0家", "nothing has changed yet"
    filler.press("a", "查看口径与选用")
    filler.page.get_by_label(SENT).check()
    filler.press("button", "写入当前版本")
    opens_its_table(filler)
    filler.done("申请调整、选另一口径")
    filler.press("a.button", "检查并送审")
    filler.look()
    explains_the_change(filler)
    confirms_as_second_person(second)
    second.done("第二人确认")
    filler.page.reload()
    filler.reads("第二人已确认")
    filler.press("form[action$='/submit/'] button", "送审")
    for username, words in (
        ("kezhang", {}),
        ("jixiao", {}),
        ("fenguan", {}),
        ("dangzu", {"minutes": f"临科党组纪要〔{YEAR}〕9号"}),
        ("juzhang", {}),
        ("czyewu", {"all_grades": "优", "opinion": "理由充分。"}),
    ):
        agrees_in_bulk(desks(username), **words)
    approves(desks("czjixiao"), f"临财绩〔{YEAR}〕7号", f"{YEAR}-01-02")
    assert filler.value_of(STATION) == "1家"
    filler.reads("当年公布备案的院士工作站", SENT)
