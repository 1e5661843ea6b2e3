"""督办: the ladder of matters in hand, what is to be reported when, and how the year's matters were finished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhiheng_kjj.office.desk import Desk, detail_day
from zhiheng_kjj.office.tables import Cell, Heading, Table, day, figure, word
from zhiheng_kjj.rules.supervision import Rung, due_day, rung
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.wording import Text

MATTERS, REPORTS = "supervision_item", "supervision_report"
OPEN = ("opened", "assigned", "signed")
OVER = ("finished", "struck_off")
RUNGS: dict[Rung, tuple[Text, str]] = {
    "": (Text("在办", "In hand"), ""),
    "near": (Text("蓝色：临近期限", "Blue: near its day"), "info"),
    "reminder": (Text("黄色：已逾期，应催办", "Yellow: overdue, remind"), "warn"),
    "notice": (Text("红色：应发督办通知", "Red: supervision notice"), "bad"),
}
"""Each rung in words and its tone."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a matter stands: the day that is judged, the last day after rest days, its rung, days left (negative: overdue)."""

    row: EntryVersion
    judged: date
    last: date
    rung: Rung
    left: int
    extended: bool
    refused: bool


def judged_day(row: EntryVersion) -> date:
    """The due day that is judged: a later one only if it was asked for before the first."""
    due = row.due_on or row.received_on or date.max
    first = detail_day(row, "first_due_on") or due
    return due_day(first, detail_day(row, "extension_asked_on"), due) if due > first else due


def standings(desk: Desk, rows: Sequence[EntryVersion]) -> list[Standing]:
    """The matters by their day. One query for the days of rest."""
    judged = {row.pk: judged_day(row) for row in rows if row.due_on}
    last = desk.following_working_day(judged.values())
    found = []
    for row in rows:
        if row.due_on is None:
            continue
        mine = judged[row.pk]
        end = last[mine]
        first = detail_day(row, "first_due_on")
        first = first if first is not None and first < row.due_on else None
        extended, refused = first is not None and mine > first, first is not None and mine == first
        found.append(Standing(row, mine, end, rung(end, desk.on, desk.known), (end - desk.on).days, extended, refused))
    return sorted(found, key=lambda one: (one.last, one.row.number))


def standing_of(desk: Desk, row: EntryVersion) -> Standing:
    """How one matter stands."""
    return standings(desk, [row])[0]


def tables(desk: Desk) -> list[Table]:
    """The page."""
    return [ladder(desk), owed(desk), finished(desk)]


def in_hand(desk: Desk) -> list[EntryVersion]:
    """The matters that were opened by the day and are not finished."""
    return [row for row in desk.rows(MATTERS) if row.state in OPEN and (row.received_on is None or row.received_on <= desk.on)]


def ladder(desk: Desk) -> Table:
    """Every matter in hand with its rung."""
    next_report: dict[object, date] = {}
    for report in desk.rows(REPORTS):
        if report.state == "due" and report.due_on and (report.about_id not in next_report or report.due_on < next_report[report.about_id]):
            next_report[report.about_id] = report.due_on
    rows = tuple(_line(desk, one, next_report.get(one.row.entry_id)) for one in standings(desk, in_hand(desk)))
    headings = (
        Heading(Text("事项", "Matter"), share=7),
        Heading(Text("牵头科室", "Leading office"), share=4),
        Heading(Text("办结期限", "Due on"), share=3),
        Heading(Text("期限说明", "On the day"), share=5),
        Heading(Text("剩余天数", "Days left"), number=True, share=2),
        Heading(Text("阶梯", "Ladder"), share=4),
        Heading(Text("下次反馈", "Next report"), share=3),
    )
    note = Text(
        "临近期限为蓝色，逾期为黄色（催办单），逾期满 {n} 天为红色（督办通知单）；期限遇法定休息日的顺延至次一工作日。",
        "Blue: near its day. Yellow: overdue, a reminder. Red: overdue by {n} days, a notice. Rest days pass on to the next worked day.",
    ).with_(n=desk.known.number("supervision.notice_after"))
    empty = Text("没有在办的督办事项。", "No matter is in hand.")
    return Table(Text("在办事项阶梯", "Matters in hand"), headings, rows, empty, note, register=desk.registers[MATTERS].pk)


def _line(desk: Desk, one: Standing, report: date | None) -> tuple[Cell, ...]:
    title, office = desk.said(MATTERS, one.row, ("title", "office"))
    return (title, office, day(one.judged), word(term_words(one)), figure(one.left), word(*RUNGS[one.rung]), day(report))


def term_words(one: Standing) -> Text:
    """What is to be known of the due day: rest days, more time granted or asked too late."""
    said = []
    if one.extended:
        said.append(Text("已准延期", "more time was granted"))
    if one.refused:
        said.append(Text("未在期限前申请延期，按原期限", "more time was not asked for in time: the first day holds"))
    if one.last != one.judged:
        said.append(Text("遇休息日，顺延至 {day}", "a day of rest, passes on to {day}").with_(day=one.last.isoformat()))
    return Text("；".join(text.zh for text in said), "; ".join(text.en for text in said))


def owed(desk: Desk) -> Table:
    """The reports that are still owed, by their day."""
    matters = {row.entry_id: row for row in desk.rows(MATTERS)}
    waiting = sorted((row for row in desk.rows(REPORTS) if row.state == "due" and row.due_on), key=lambda row: row.due_on or date.max)
    rows = []
    for row in waiting:
        if row.due_on is None or row.due_on > desk.period.last:
            continue
        late = (desk.on - row.due_on).days
        about = matters.get(row.about_id) if row.about_id else None
        told = Text("逾期 {n} 天", "{n} days overdue").with_(n=late) if late > 0 else Text("待上报", "To be reported")
        title, office = desk.said(REPORTS, row, ("title", "office"))
        rows.append((title, word(about.title if about else ""), office, day(row.due_on), word(told, "bad" if late > 0 else "")))
    headings = (
        Heading(Text("反馈", "Report"), share=7),
        Heading(Text("督办事项", "Matter"), share=6),
        Heading(Text("承办科室", "Office"), share=4),
        Heading(Text("应报日期", "Due on")),
        Heading(Text("情况", "Standing")),
    )
    empty = Text("没有待上报的反馈。反馈由各事项的反馈周期自动生成。", "No report is owed. They come about from the cycle of each matter.")
    return Table(Text("应报反馈", "Reports owed"), headings, tuple(rows), empty, register=desk.registers[REPORTS].pk)


def finished(desk: Desk) -> Table:
    """The matters that fall due in the year, by leading office: finished, in time, days over."""
    due = [
        one
        for one in standings(desk, [row for row in desk.rows(MATTERS) if row.state != "merged"])
        if desk.since <= one.judged <= desk.period.last
    ]
    offices: dict[str, list[Standing]] = {}
    for one in due:
        offices.setdefault(str(one.row.office or ""), []).append(one)
    lines = [(word(name or Text("未指定科室", "No office")), *_figures(desk, some)) for name, some in sorted(offices.items())]
    total = (word(Text("合计", "Total")), *_figures(desk, due)) if due else ()
    headings = (
        Heading(Text("牵头科室", "Leading office"), share=5),
        Heading(Text("到期事项", "Fell due"), number=True),
        Heading(Text("已办结", "Finished"), number=True),
        Heading(Text("按期办结", "In time"), number=True),
        Heading(Text("办结率", "Finished, %"), number=True),
        Heading(Text("按期率", "In time, %"), number=True),
        Heading(Text("逾期未办结", "Overdue"), number=True),
        Heading(Text("平均超期天数", "Days over, mean"), number=True),
    )
    empty = Text("本年没有到期的督办事项，无应办事项。", "No matter falls due in this year.")
    return Table(Text("办结情况", "How they were finished"), headings, tuple(lines), empty, total=total)


def _figures(desk: Desk, some: Sequence[Standing]) -> tuple[Cell, ...]:
    fallen = [one for one in some if one.last <= desk.on or one.row.state in OVER]
    done = [one for one in fallen if one.row.state in OVER]
    in_time = [one for one in done if one.row.done_on is not None and one.row.done_on <= one.last]
    overdue = [one for one in fallen if one.row.state not in OVER and one.last < desk.on]
    over = [(one.row.done_on - one.last).days for one in done if one.row.done_on is not None and one.row.done_on > one.last]
    over += [(desk.on - one.last).days for one in overdue]
    mean = Decimal(sum(over)) / len(over) if over else Decimal(0)
    return (
        figure(len(some)),
        figure(len(done)),
        figure(len(in_time)),
        figure(percent(len(done), len(fallen))),
        figure(percent(len(in_time), len(fallen))),
        figure(len(overdue), "bad" if overdue else ""),
        figure(mean.quantize(Decimal("0.1"))),
    )


def percent(part: int, whole: int) -> Decimal | None:
    """A share in per cent with one decimal; None where there is nothing to have a share of."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None
