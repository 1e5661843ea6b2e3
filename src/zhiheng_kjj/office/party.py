"""党建 and 文明创建: windows by branch and month, the 100-point sheet of the civilised unit."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from zhiheng_kjj.office.desk import Desk, words_of
from zhiheng_kjj.office.tables import Cell, Heading, Table, day, figure, summed, word
from zhiheng_kjj.rules.party import of_the_year
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.obligations import STANDING_NAMES, Standing, standing_of
from zhiheng_web.wording import Text

TASKS, MATERIALS = "party_task", "civilised_material"
TONES = {Standing.DONE: "good", Standing.LATE: "warn", Standing.OVERDUE: "bad", Standing.SOON: "info"}
FULL = Decimal(100)


def party(desk: Desk) -> list[Table]:
    """The page of the party list."""
    return [branches(desk), kinds(desk)]


def _windows(desk: Desk) -> list[tuple[EntryVersion, Standing]]:
    definition = desk.definition(TASKS)
    rows = [row for row in desk.rows(TASKS) if row.due_on and desk.since <= row.due_on <= desk.period.last]
    return [(row, standing_of(definition, row.state, row.due_on or desk.on, row.done_on, desk.on)) for row in rows]


def _tally(standings: list[Standing]) -> Cell:
    """One square: done/all, and what is overdue. Excused windows leave the list."""
    due = [one for one in standings if one is not Standing.EXCUSED]
    if not due:
        return word("—")
    done = sum(one in (Standing.DONE, Standing.LATE) for one in due)
    overdue, late = due.count(Standing.OVERDUE), due.count(Standing.LATE)
    said = [f"{done}/{len(due)}"]
    if overdue:
        return Cell(Text(f"{said[0]}，逾期 {overdue}", f"{said[0]}, {overdue} overdue"), tone="bad")
    if late:
        return Cell(Text(f"{said[0]}，迟 {late}", f"{said[0]}, {late} late"), tone="warn")
    return Cell(said[0], tone="good" if done == len(due) else "")


def branches(desk: Desk) -> Table:
    """Branch by month: done of all, late, overdue."""
    squares: dict[str, dict[int, list[Standing]]] = defaultdict(lambda: defaultdict(list))
    for row, standing in _windows(desk):
        squares[str(row.office or "")][row.due_on.month if row.due_on else 0].append(standing)
    rows = []
    for name in sorted(squares):
        whole = [one for some in squares[name].values() for one in some]
        rows.append(
            (word(name or Text("未指定支部", "No branch")), *(_tally(squares[name][month]) for month in range(1, 13)), _tally(whole))
        )
    headings = (
        Heading(Text("支部（科室）", "Branch"), share=4),
        *(Heading(Text(f"{month}月", f"{month:02d}"), share=3) for month in range(1, 13)),
        Heading(Text("全年", "Year"), share=3),
    )
    note = Text(
        "每格为 已完成/应办；迟：逾期完成，逾期：到期未办。经批准免办的不列。",
        "Done of all; “late” was done after its day, “overdue” still waits. Excused ones are left out.",
    )
    empty = Text("本年没有党建清单事项。请在应办事项中按年度清单生成。", "There are no windows. Generate them from the year's list.")
    return Table(Text("按支部和月份", "By branch and month"), headings, tuple(rows), empty, note, register=desk.registers[TASKS].pk)


def kinds(desk: Desk) -> Table:
    """Each item of the list: windows, done, late, open, overdue."""
    found: dict[str, list[Standing]] = defaultdict(list)
    for row, standing in _windows(desk):
        found[row.category].append(standing)
    column = desk.definition(TASKS).column("category")
    order = [choice.code for choice in column.choices if choice.code in found] + ([""] if "" in found else [])
    lines = [(code, _counts(found[code])) for code in order]
    rows = tuple(
        (word(words_of(column, code) if code else Text("未分类", "No item")), *(figure(one) for one in line)) for code, line in lines
    )
    texts = (
        Text("应办", "Due"),
        Text("按期完成", "Done in time"),
        Text("逾期完成", "Done late"),
        Text("未到期", "Not due yet"),
        Text("逾期未办", "Overdue"),
        Text("免办", "Excused"),
    )
    headings = (Heading(column.text, share=5), *(Heading(text, number=True) for text in texts))
    total = (word(Text("合计", "Total")), *(figure(one) for one in summed([line for _, line in lines]))) if lines else ()
    return Table(Text("按清单类别", "By item of the list"), headings, rows, Text("无应办事项。", "Nothing is due."), total=total)


def _counts(some: list[Standing]) -> tuple[int, ...]:
    ahead = some.count(Standing.SOON) + some.count(Standing.AHEAD)
    excused = some.count(Standing.EXCUSED)
    return len(some) - excused, some.count(Standing.DONE), some.count(Standing.LATE), ahead, some.count(Standing.OVERDUE), excused


def materials(desk: Desk) -> list[EntryVersion]:
    """The items of the sheet of the year: those whose system closes in it, in the order of the headings."""
    order = [choice.code for choice in desk.definition(MATERIALS).column("category").choices]
    rows = [row for row in desk.rows(MATERIALS) if row.due_on and desk.since <= row.due_on <= desk.period.last]
    return sorted(rows, key=lambda row: (order.index(row.category) if row.category in order else len(order), row.number))


def civilised(desk: Desk) -> list[Table]:
    """The page of the civilised unit."""
    return [sheet(desk), *results(desk)]


def sheet(desk: Desk) -> Table:
    """百分测评表: every item with its points, own score, material and whether it is of the year."""
    definition = desk.definition(MATERIALS)
    rows, points, own, lost = [], Decimal(0), Decimal(0), Decimal(0)
    for row in materials(desk):
        heading, title, office, form, made = desk.said(MATERIALS, row, ("category", "title", "office", "form", "happened_on"))
        applies = row.state != "not_applicable"
        deduction = row.category == "deduction"
        if applies and deduction:
            lost += row.quantity_2 or 0
        elif applies:
            own += row.quantity_2 or 0
        points += 0 if deduction else row.quantity or 0
        standing = standing_of(definition, row.state, row.due_on or desk.on, row.done_on, desk.on)
        state = word(STANDING_NAMES[standing], TONES.get(standing, "")) if applies else word(Text("不适用", "Not applicable"))
        sign = -1 if deduction else 1
        full, score = (None if one is None else sign * one for one in (row.quantity, row.quantity_2))
        rows.append((heading, title, figure(full), figure(score), office, form, made, current(row), state))
    headings = (
        Heading(Text("测评项目", "Heading"), share=4),
        Heading(Text("测评内容", "Item"), share=9),
        Heading(Text("分值", "Points"), number=True, share=2),
        Heading(Text("自评分", "Own score"), number=True, share=2),
        Heading(Text("责任科室", "Office"), share=4),
        Heading(Text("材料形式", "Form"), share=2),
        Heading(Text("形成日期", "Made on"), share=4),
        Heading(Text("当年材料", "Of the year"), share=2),
        Heading(Text("上传情况", "Uploaded"), share=3),
    )
    total = (
        (word(Text("合计", "Total")), word(total_words(points, lost)), figure(points), figure(own - lost), *(word("") for _ in range(5)))
        if rows
        else ()
    )
    note = Text(
        "系统关闭日前上传、且为当年形成的材料才计为完成。",
        "A material counts when it is of the year and uploaded before the system closes.",
    )
    empty = Text(
        "本年还没有测评条目。请在“文明创建材料”台账登记百分测评表。", "There are no items. Record the sheet in the register of materials."
    )
    return Table(Text("百分测评表", "The 100-point sheet"), headings, tuple(rows), empty, note, total, desk.registers[MATERIALS].pk)


def total_words(points: Decimal, lost: Decimal) -> Text:
    """Whether the points make a hundred, and what was deducted."""
    said = [] if points == FULL else [Text("分值合计不是100分，请核对条目", "the points do not make 100: check the items")]
    if lost:
        said.append(Text("已扣 {n} 分", "{n} deducted").with_(n=figure(lost).words))
    return Text("；".join(one.zh for one in said), "; ".join(one.en for one in said))


def current(row: EntryVersion) -> Cell:
    """Whether a material was made in the year of the sheet; a dash before there is one."""
    if row.happened_on is None or row.due_on is None:
        return word("—")
    return word(Text("是", "Yes")) if of_the_year(row.happened_on, row.due_on) else word(Text("否", "No"), "bad")


def results(desk: Desk) -> list[Table]:
    """The result of the review once it is announced."""
    if not desk.has("civilised_review"):
        return []
    code = "civilised_review"
    rows = tuple(
        (*desk.said(code, row, ("title", "document", "quantity")), day(row.decided_on), desk.state(code, row))
        for row in desk.rows(code)
        if row.data_year == desk.year
    )
    headings = (
        Heading(Text("复审", "Review"), share=6),
        Heading(Text("通报文号", "Document"), share=4),
        Heading(Text("得分", "Score"), number=True),
        Heading(Text("公布日期", "Announced on")),
        Heading(Text("结果", "Result")),
    )
    return [
        Table(Text("复审结果", "Result of the review"), headings, rows, Text("复审结果尚未公布。", "The result has not been announced."))
    ]
