"""送审, 审核, 批复, papers and adjustment: what is done with a table once it is filled in, each as a person does it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect
from tests.browser.persons import Desk, replies_to_warnings, types_into

# --- 送审、审核 -----------------------------------------------------------------------------------------------------


def submits(desk: Desk) -> None:
    desk.page.goto("/")
    desk.menu("/tables/")
    desk.press("main a", "2020")
    desk.press("a.button", "检查并送审")
    desk.look()
    desk.reads("问题都已改正或答复", "分值已设置", "财政绩效科复核批复")
    desk.press("form[action$='/submit/'] button", "送审")
    desk.reads("审核中")


def opens_what_waits(desk: Desk) -> None:
    """From home to the inbox to the table that waits for this person."""
    desk.home()
    desk.menu("/review/")
    desk.look()
    desk.press(".bulk th a")
    desk.look()


def agrees(desk: Desk, **words: str) -> None:
    opens_what_waits(desk)
    for name, text in words.items():
        found = desk.page.locator(f"form.decide [name={name}]")
        if found.evaluate("each => each.tagName") == "SELECT":
            found.select_option(label=text)
        else:
            found.fill(text)
    desk.press("form.decide button[value=agree]")
    desk.reads("没有等您审核的表")


def returns_with_an_opinion(desk: Desk) -> None:
    """An opinion on one cell, chosen on the form, and the table goes back."""
    page = desk.page
    opens_what_waits(desk)
    page.locator(".review-sheet td", has_text="高新技术企业认定数量").first.click()
    page.fill("#opinion-text", "指标解释要写明“净增”的口径。")
    desk.press("button", "写下意见")
    desk.reads("指标解释要写明“净增”的口径。", "待答复")
    page.fill("#opinion", "请补充口径后再报。")
    desk.press("form.decide button[value=return]")
    desk.reads("没有等您审核的表")


def answers_the_opinion(desk: Desk) -> None:
    """A notice has arrived; it leads to the table; the opinion is answered, the cell is mended, the table is sent again."""
    page = desk.page
    desk.home()
    desk.menu("/notices/")
    desk.look()
    desk.press("main a", "2020")
    page.locator("form.answer input[name=text]").fill("已在指标解释中写明。")
    desk.press("form.answer button", "答复")
    desk.reads("已在指标解释中写明。")
    desk.press("form[action$='/submit/'] button", "送审")
    desk.reads("审核中")


# --- 批复、文书、调整 ---------------------------------------------------------------------------------------------


def approves(desk: Desk, number: str, in_force_from: str = "") -> None:
    """The last checkpoint agrees: the table is approved under the number."""
    opens_what_waits(desk)
    desk.page.fill("#document", number)
    if in_force_from:
        desk.page.fill("#in_force_from", in_force_from)
    desk.press("form.decide button[value=agree]")
    desk.reads("没有等您审核的表")


def agrees_in_bulk(desk: Desk, **words: str) -> None:
    """From the inbox, by ticks: the same checks as one by one."""
    page = desk.page
    desk.home()
    desk.menu("/review/")
    page.check("[data-ticks-all]")
    for name, text in words.items():
        found = page.locator(f".bulk-bar [name={name}]")
        if found.evaluate("each => each.tagName") == "SELECT":
            found.select_option(label=text)
        else:
            found.fill(text)
    desk.press(".bulk button[value=agree]")
    desk.reads("已办理")
    expect(page.locator(".badge.bad")).to_have_count(0)


def issues_papers(desk: Desk, folder: Path) -> dict[str, Path]:
    """Every paper that is ready is issued and downloaded as Word; the signed scan of the last comes back."""
    page = desk.page
    opens_the_table(desk)
    desk.press("a.button", "文书")
    desk.look()
    while (button := page.get_by_role("button", name="出具并编号")).count():
        left = button.count()
        button.first.click()
        expect(button).to_have_count(left - 1)
    papers = {}
    for code in ("declaration", "review", "approval"):
        with page.expect_download() as download:
            page.locator(f"#{code}").get_by_role("link", name="Word").click()
        download.value.save_as(papers.setdefault(code, folder / f"{code}.docx"))
    page.locator("#approval input[type=file]").set_input_files({"name": "批复签字件.png", "mimeType": "image/png", "buffer": PIXEL})
    page.locator("#approval").get_by_role("button", name="登记").click()
    expect(page.locator("#approval")).to_contain_text("签字盖章件已收回")
    return papers


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f0300080502fea72d3a2d0000000049454e44ae426082"
)


def opens_the_table(desk: Desk) -> None:
    desk.page.goto("/")
    desk.menu("/tables/")
    desk.press("main a", "2020")


def proposes_an_adjustment(desk: Desk, second: str) -> None:
    """The approved target changes with reason, document and a second person."""
    page = desk.page
    opens_the_table(desk)
    desk.press("a.button", "申请调整")
    desk.look()
    page.fill("#reason", "受疫情影响，企业申报推迟。")
    page.fill("#document", "临科字〔2020〕31号")
    page.select_option("#second_person", label=second)
    desk.press("button", "建立调整版本")
    page.wait_for_url("**/versions/**")
    if not page.locator("td.active").count():
        desk.press("main a.button", "填写")
    types_into(page, "高新技术企业认定数量", "target", "50家")
    types_into(page, "高新技术企业认定数量", "definition", "净增高新技术企业50家")
    types_into(page, "高新技术企业认定数量", "references.standard", "50家")
    replies_to_warnings(desk)
    desk.press("a.button", "检查并送审")
    while (form := page.locator("#changes form.answer")).count():
        left = form.count()
        form.first.locator("input[name=text]").fill("申报推迟，部分企业转入下年。")
        form.first.locator("button").click()
        page.wait_for_load_state()
        if page.locator("#changes form.answer").count() == left:
            break
    desk.reads("每项调整都有理由")


def confirms_as_second_person(desk: Desk) -> None:
    desk.home()
    desk.press("main a", "调整")
    desk.press("button", "作为第二人确认")
    desk.reads("第二人已确认")


def submits_the_adjustment(desk: Desk) -> None:
    desk.page.reload()
    desk.press("form[action$='/submit/'] button", "送审")
    desk.reads("审核中")


def reads_the_old_target(desk: Desk) -> None:
    """The target before the adjustment is read on its own version, and beside the new one."""
    opens_the_table(desk)
    desk.press("main a", "与上一版对照")
    desk.look()
    desk.reads("60家", "50家")
    opens_the_table(desk)
    desk.press("main table.ledger a", "v1")
    desk.look()
    desk.reads("60家", "已被调整替代")
