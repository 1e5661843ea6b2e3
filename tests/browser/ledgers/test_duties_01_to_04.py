"""政策, 评审, 产业, 项目管理: each duty from what is due or recorded to the value of its indicator, by the persons whose work it is."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import expect
from tests.browser.ledgers.conftest import Desks
from tests.browser.ledgers.keeping import YEAR, Keeper, day

from zhiheng_web.uscc import made_up


def test_duty_1_a_bulletin_and_talents(desks: Desks, tmp_path: Path) -> None:
    """通报 from the due-list to 依法行政; a talent recommended with all papers counts, and the other basis stands beside."""
    filler = desks("jingban2")
    filler.due_list()
    filler.press("main form button", "生成今后 60 天的应办事项")
    filler.opens_due(f"科技创新通报季报（{YEAR - 1}年第四季度）")
    due = filler.fact("应印发日期")
    entry = filler.page.url
    filler.press(".crumbs a", "通报")
    filler.issues_for("科技创新通报（季报、年报）", "", tmp_path)
    filler.page.goto(entry)
    filler.proves("通报原文")
    filler.steps("印发", done_on=due, edition=f"{YEAR - 1}年第4季度")
    filler.done("应办通报：上传、印发")
    filler.sees_indicator("依法行政")
    filler.on_day(max(due, day()))
    filler.reads("通报按期编发", "1/")
    filler.done("查看依法行政")
    filler.records(
        "人才推荐",
        "已推荐上报",
        person="演示人选甲",
        organisation=f"{made_up(50_001)} 沂蒙演示材料有限公司",
        category="泰山产业领军人才",
        level="省级",
        channel="非农业",
        edition=f"{YEAR}年度",
        document=f"临科字〔{YEAR}〕3号",
        recommended_on=day(),
    )
    filler.reads("缺少必备证据")
    entry = filler.page.url
    filler.press(".crumbs a", "人才推荐")
    filler.issues_for("推荐函（含名单，涉及个人信息）", "", tmp_path)
    filler.page.goto(entry)
    filler.proves("推荐函", "公示截图", "局党组会或局长办公会纪要", "申报材料与筛选过程清单")
    filler.done("登记一名人选、四种证据")
    assert filler.value_of("高层次科技人才培养") == "1个"
    filler.reads("当年推荐上报、申报材料和筛选过程齐全的人数", "当年公布入选的人数", "现行")


def test_duty_2_an_application_reviewed_in_time(desks: Desks) -> None:
    """An application that is due appears on the due-list and is reviewed; a review activity is filed with its four papers."""
    filler = desks("jingban3")
    filler.records(
        "评审受理清单",
        number=f"SL{YEAR}-0001",
        title="演示项目验收申请",
        category="项目验收",
        organisation=f"{made_up(50_002)} 沂蒙演示机械有限公司",
        received_on=day(-9 if day(-9)[:4] == str(YEAR) else 0),
        due_on=day(),
    )
    assert filler.value_of("完成各类科技评审活动").startswith("0%")
    filler.due_list()
    filler.opens_due("演示项目验收申请")
    filler.steps("完成评审")
    filler.reads("缺少必备证据")
    filler.proves("评审结果")
    filler.done("由应办到评审完成")
    assert filler.value_of("完成各类科技评审活动").startswith("100%")
    filler.reads("1/1", "评审活动次数")
    filler.page.locator("#behind td.chief a", has_text="演示项目验收申请").click()
    filler.reads("完成各类科技评审活动", "计入")


def firms(path: Path, faulty: bool, first: int = 1) -> Path:
    """A sheet of certificates: two of this year, one of three years ago that has run out; with a wrong credit code if faulty."""
    book = Workbook()
    sheet = book.active
    sheet.append(["企业", "证书编号", "县区", "取得方式", "批次", "备案公告日期", "发证日期", "失效日期（当日起无效）", "办理状态"])
    for number, since in enumerate((f"{YEAR}-01-01", f"{YEAR}-01-01", f"{YEAR - 3}-01-01"), first):
        code = made_up(51_000 + number)
        if faulty and number == first + 1:
            code = code[:-1] + ("0" if code[-1] != "0" else "1")
        until = f"{int(since[:4]) + 3}{since[4:]}"
        name = f"{code} 沂蒙演示高企{number}号有限公司"
        batch = f"{since[:4]}年第一批"
        sheet.append([name, f"GR{since[:4]}3700{number:04d}", "371302", "首次认定", batch, since, since, until, "已认定发证"])
    book.save(path)
    return path


def imports(desk: Keeper, register: str, path: Path) -> None:
    desk.opens(register)
    desk.press("a.button", "批量导入")
    desk.look()
    desk.page.set_input_files("#id_file", path)
    desk.press("button", "上传并预览")
    desk.page.wait_for_url("**/imports/**")
    expect(desk.page.locator("main")).to_contain_text("核对结果", timeout=30_000)
    desk.look()


def industry(desks: Desks, folder: Path) -> None:
    """A fault at its cell, the mended sheet written, proved at once for all, the net figure explained, the page of the scan, the undo."""
    filler = desks("jingban")
    imports(filler, "高企资质", firms(folder / "faulty.xlsx", faulty=True))
    filler.reads("!A3", "信用代码", "有误的行没有处理，不能写入")
    expect(filler.page.get_by_role("button", name="写入")).to_have_count(0)
    filler.press("a.button", "改正后重新上传")
    filler.page.set_input_files("#id_file", firms(folder / "mended.xlsx", faulty=False))
    filler.press("button", "上传并预览")
    filler.press("button", "写入 3 条")
    filler.reads("写入台账")
    written = filler.page.url
    filler.done("导入高企：改一格、写入")
    filler.press("a", "打开台账")
    filler.menu("/ledgers/")
    filler.page.locator("tr", has_text="高企资质").get_by_role("cell").nth(3).get_by_role("link").click()
    filler.look()
    filler.done("找到缺证据的记录")
    for kind in ("备案公告", "证书扫描件"):
        filler.proves_in_bulk("高企资质", kind)
    filler.done("一份扫描件证明三条，两种证据")
    assert filler.value_of("高新技术企业认定数量") == "1家"
    filler.reads("新增", "到期", "当年发证企业数（含重新认定）")
    drills(filler)
    filler.page.goto(written)
    undoes(filler)
    filler.reads("在导入之后又有变动", f"GR{YEAR}37000001")
    imports(filler, "高企资质", firms(folder / "later.xlsx", faulty=False, first=4))
    filler.press("button", "写入 3 条")
    later = filler.page.url
    assert filler.value_of("高新技术企业认定数量") == "1家"
    filler.reads("缺证据 2")
    filler.page.goto(later)
    undoes(filler)
    filler.reads("已整体撤销")


def undoes(desk: Keeper) -> None:
    desk.press(".import-undo summary")
    desk.page.fill(".import-undo [name=reason]", "演示：整体撤销")
    desk.press(".import-undo button")


def drills(desk: Keeper) -> None:
    """From the figure in the list of all indicators to the scanned page: three clicks."""
    desk.menu("/actuals/")
    desk.done("（打开指标实际值）")
    desk.press("main table.actuals td.chief a", "高新技术企业认定数量")
    desk.press("#behind td[data-name='证据'] a")
    picture = desk.page.locator("img.evidence-sheet")
    expect(picture).to_be_visible()
    assert picture.evaluate("each => each.decode().then(() => each.naturalWidth)") > 300
    assert desk.clicks() <= 3
    desk.done("由数值到扫描页")
    desk.look()


def test_duty_3_high_technology_firms(desks: Desks, tmp_path: Path) -> None:
    industry(desks, tmp_path)


def test_duty_3_on_postgresql(desks_on_postgresql: Desks, tmp_path: Path) -> None:
    industry(desks_on_postgresql, tmp_path)


def test_duty_4_a_platform_is_checked(desks: Desks) -> None:
    """A platform whose construction is over comes on the due-list by itself; the section head concludes; the coverage rises."""
    filler, head = desks("jingban"), desks("kezhang")
    filler.records(
        "创新平台",
        "批准建设",
        title="沂蒙演示重点实验室",
        organisation=f"{made_up(50_003)} 沂蒙演示研究院",
        county="兰山区",
        category="重点实验室",
        level="市级",
        document=f"临科字〔{YEAR - 3}〕8号",
        decided_on=f"{YEAR - 3}-01-10",
        happened_on=f"{YEAR - 3}-01-10",
        due_on=day(-90),
    )
    filler.proves("批准文件")
    keeper = desks("jingban3")
    keeper.due_list()
    keeper.press("main form button", "生成今后 60 天的应办事项")
    keeper.done("生成应办")
    assert keeper.value_of("规范创新平台管理").startswith("0%")
    keeper.due_list()
    keeper.opens_due("建设期满平台检查：沂蒙演示重点实验室")
    keeper.steps("开始检查", document=f"临科字〔{YEAR}〕18号")
    keeper.proves("检查通知", "评分及现场记录", "结果通报")
    keeper.done("由应办开始检查、三种证据")
    head.due_list()
    head.opens_due("建设期满平台检查：沂蒙演示重点实验室")
    head.steps("出具结论", level="合格")
    head.done("出具结论")
    assert head.value_of("规范创新平台管理").startswith("100%")
