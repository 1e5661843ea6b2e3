"""综合协调, 党建, 外专, 创新服务: due-lists with their ladder of papers, windows, awards, templates and masked experts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect
from tests.browser.ledgers.conftest import Desks
from tests.browser.ledgers.keeping import YEAR, Keeper, day

from zhiheng_web.uscc import made_up


def matter(desk: Keeper, number: str, title: str, received_on: str, due_on: str) -> str:
    """A matter under supervision; the address of its entry."""
    desk.records(
        "督办事项",
        number=number,
        title=title,
        category="市政府交办",
        office="高新技术科",
        received_on=received_on,
        due_on=due_on,
        cycle="每月",
        content="按月反馈进展。",
    )
    return desk.page.url


def test_duty_8_supervision(desks: Desks, tmp_path: Path) -> None:
    """交办, 签收, the report that falls due, its evidence, the coverage; the ladder for the overdue matter."""
    office, head = desks("jingban3"), desks("kezhang")
    entry = matter(office, f"DB{YEAR}01", "演示创新大会筹备", day(), day(100))
    head.opens("督办事项")
    head.press("main td.chief a", f"DB{YEAR}01")
    head.steps("交办")
    head.done("交办")
    office.page.goto(entry)
    office.issues("交办单", tmp_path, proves=True)
    office.reads("交办单（原件）")
    office.steps("签收")
    office.done("立项、交办单、签收")
    office.due_list()
    office.press("main form button", "生成今后 60 天的应办事项")
    due = next_fifth()
    office.page.fill("[name=month]", due[:7])
    office.press("form.filters button", "查询")
    office.opens_due("演示创新大会筹备")
    report = office.page.url
    assert office.fact("应报日期") == due
    office.sees_indicator("上报重点工作及事项")
    office.on_day(due)
    office.reads("0/1")
    office.page.goto(report)
    office.proves("交办单", "反馈报告")
    office.steps("登记上报")
    office.done("由应办到上报、两种证据")
    office.sees_indicator("上报重点工作及事项")
    office.on_day(due)
    office.reads("1/1", "100%")
    office.done("查看上报指标")
    for number, late, paper in ((f"DB{YEAR}02", 1, "催办单"), (f"DB{YEAR}03", 60, "督办通知单")):
        matter(office, number, f"演示逾期事项{late}天", day(-90), day(-late))
        head.opens("督办事项")
        head.press("main td.chief a", number)
        head.steps("交办")
        head.reads("已逾期")
        head.issues(paper, tmp_path)
        head.done(f"逾期{late}天：{paper}")


def next_fifth() -> str:
    """The day of the report on the month of today: the 5th of the next month."""
    today = date.today()
    return date(today.year + today.month // 12, today.month % 12 + 1, 5).isoformat()


def test_duty_9_a_window_of_party_work_and_the_sheet(desks: Desks, tmp_path: Path) -> None:
    """The theme day of the month from the calendar, with minutes and attendance; the materials of the civilised unit."""
    office = desks("jingban3")
    office.due_list()
    office.press("main form button", "生成今后 60 天的应办事项")
    month = f"{YEAR}年{date.today().month}月"
    office.opens_due(f"主题党日（{month}）")
    due = office.fact("应办日期")
    office.steps("登记完成", quantity="20", quantity_2="19")
    office.reads("缺少必备证据")
    office.proves("会议（活动）记录", "签到数")
    office.done("党建一项：由应办到完成、两种证据")
    office.sees_indicator("党建工作完成情况")
    office.on_day(due)
    office.reads("1/")
    office.records(
        "文明创建材料",
        number=f"WM{YEAR}-01",
        title="领导班子重视创建工作",
        category="组织领导",
        due_on=day(5),
        quantity="10",
        quantity_2="9",
        happened_on=day(),
    )
    office.steps("登记上传")
    office.proves("系统截图")
    office.sees_indicator("省级文明单位复审")
    office.on_day(day(5))
    office.reads("1/1")
    office.done("文明材料一条：登记、上传、看数")
    office.opens("文明创建材料")
    office.issues_for("百分测评表", "", tmp_path)
    office.done("出具百分测评表")


def test_duty_10_a_county_applies_for_an_expert_in_english(desks: Desks) -> None:
    """A county enters and proves on a dark phone in English; returned once, mended, confirmed; then approved it counts."""
    county, office = desks("yinan", phone=True, dark=True, language="en"), desks("jingban3", language="en")
    county.records(
        "Foreign expert projects",
        number=f"WZ{YEAR}-01",
        title="演示外专项目",
        category="High-end experts",
        level="Provincial",
        organisation=f"{made_up(50_010)} 沂南演示食品有限公司",
        recommended_on=day(),
    )
    county.reads("Awaiting confirmation", "Mandatory evidence is missing")
    county.done("县区在手机上填报（英文）")
    returned(office, "演示外专项目", "请补申报书。")
    county.menu("/entries/waiting/")
    county.look()
    county.reads("请补申报书。")
    county.press("main td.chief a", "演示外专项目")
    county.proves("Application")
    county.press("a.button[href$='/correct/']")
    county.page.fill("[name=_reason]", "已补申报书")
    county.press("form.entering button.primary")
    county.done("县区补证据、再报（英文）")
    office.menu("/entries/waiting/")
    office.press("main td.chief a", "演示外专项目")
    office.press("#steps button", "Confirm")
    assert office.value_of("外国专家项目申报").startswith("0"), "confirmed, not yet approved"
    office.page.go_back()
    office.opens("Foreign expert projects")
    office.press("main td.chief a", f"WZ{YEAR}-01")
    office.steps("Record the approval", document=f"鲁科字〔{YEAR}〕2号")
    office.proves("Approval", "Record of days in China")
    office.done("确认、登记获批、两种证据（英文）")
    assert office.value_of("外国专家项目申报").startswith("1")
    office.reads("Applied", "holds")


def returned(office: Keeper, title: str, reason: str) -> None:
    office.menu("/entries/waiting/")
    office.look()
    office.press("main td.chief a", title)
    office.press("#steps summary", "Return")
    office.page.fill("#return_reason", reason)
    office.press("#steps button", "Return")
    office.done("退回（英文）")


def test_duty_11_a_template_and_a_masked_expert(desks: Desks, tmp_path: Path) -> None:
    """The template is downloaded, filled, imported, proved and counted; who may not see persons sees a mask."""
    centre, leader = desks("zhongxin"), desks("fenguan")
    centre.opens("科技专家库")
    centre.press("a.button", "批量导入")
    template = centre.downloads(centre.page.get_by_role("link", name="下载模板"), tmp_path)
    filled(template, number=f"ZJ{YEAR}001")
    centre.page.set_input_files("#id_file", template)
    centre.press("button", "上传并预览")
    centre.look()
    centre.press("button", "写入 1 条")
    centre.done("下载模板、填写、导入")
    for kind in ("入库审定文件", "专家库导出"):
        centre.proves_in_bulk("科技专家库", kind)
    assert centre.value_of("科技专家库完善与应用") == "1项"
    centre.press("#behind td.chief a")
    centre.reads("王演示", "13800000000")
    centre.done("由数值到专家")
    leader.opens("科技专家库")
    leader.press("main td.chief a", f"ZJ{YEAR}001")
    leader.look()
    expect(leader.page.locator("body")).not_to_contain_text("王演示")
    expect(leader.page.locator("body")).not_to_contain_text("13800000000")


def filled(template: Path, number: str) -> None:
    """One expert written under the headings of the template."""
    book = load_workbook(template)
    sheet = book.active
    headings = {str(cell.value).strip(" *"): cell.column for cell in sheet[1] if cell.value}
    words = {
        "专家编号": number,
        "专家": "王演示",
        "专家类型": "技术",
        "所在单位": f"{made_up(50_011)} 临沂演示大学",
        "学科代码（GB/T 13745）": "460",
        "入库日期": day(),
        "手机号": "13800000000",
        "办理状态": "在库",
    }
    row = next(number for number in range(2, sheet.max_row + 2) if not any(cell.value for cell in sheet[number]))
    for name, value in words.items():
        found = headings.get(name) or next((column for heading, column in headings.items() if heading.startswith(name)), None)
        assert found, f"{name} is not in the template: {list(headings)}"
        sheet.cell(row, found).value = value
    book.save(template)
