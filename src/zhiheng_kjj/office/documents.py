"""规范性文件, 清单调整 and 年鉴: how long documents hold, which adjustments are due, what each office contributes."""

from __future__ import annotations

from datetime import date

from zhiheng_kjj.office.desk import Desk
from zhiheng_kjj.office.summaries import Listing, listed
from zhiheng_kjj.office.tables import Cell, Heading, Table, day, figure, word
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.obligations import STANDING_NAMES, Standing, standing_of
from zhiheng_web.organisation.calendar import add_days, working_days
from zhiheng_web.wording import Text

DOCUMENTS, ADJUSTMENTS, TASKS, BOOKS = "normative_document", "list_adjustment", "yearbook_task", "yearbook"
TONES = {Standing.DONE: "good", Standing.LATE: "warn", Standing.OVERDUE: "bad", Standing.SOON: "info"}


def months_before(until: date, months: int) -> date:
    """The same day so many months earlier; the last day of a shorter month where there is none."""
    year, month = divmod(until.year * 12 + until.month - 1 - months, 12)
    for last in (until.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(until)


def validity(desk: Desk, row: EntryVersion) -> Cell:
    """Whether a document holds on the day: not yet, in force, to be evaluated in its last months, lapsed, repealed."""
    if row.state in ("repealed", "dropped") or (row.state == "lapsed" and row.valid_until is None):
        return desk.state(DOCUMENTS, row)
    if row.valid_from is None or row.valid_from > desk.on:
        return word(Text("尚未施行", "Not in force yet"))
    if row.valid_until is None:
        return word(Text("未定有效期，请补登", "No term: record it"), "warn")
    if row.valid_until <= desk.on:
        return word(Text("已失效", "Lapsed"), "bad" if row.state != "lapsed" else "")
    months = int(desk.known.number("documents.expiry_months"))
    if desk.on >= months_before(row.valid_until, months):
        left = (row.valid_until - desk.on).days
        return word(Text("{n} 天后失效，请评估", "Lapses in {n} days: evaluate").with_(n=left), "warn")
    return word(Text("有效", "In force"), "good")


DOCUMENT_LIST = Listing(
    DOCUMENTS,
    Text("规范性文件有效期", "Validity of normative documents"),
    ("title", "document", "decided_on", "valid_from", "valid_until"),
    ((Text("效力", "Validity"), validity),),
    shown=lambda _, row: row.state not in ("submitted_for_review", "reviewed", "deliberated", "dropped"),
    order=("valid_until", "entry"),
    note=Text(
        "失效日期当日起无效；届满前六个月内由起草科室评估。",
        "A document no longer holds on its last day; the drafting office evaluates it in the last six months.",
    ),
)


def documents(desk: Desk) -> list[Table]:
    """The page of policy documents and lists."""
    return [listed(desk, DOCUMENT_LIST), adjustments(desk)]


def adjustments(desk: Desk) -> Table:
    """Every trigger that waits or falls in the year, with the last day for publishing and the working days used."""
    limit = int(desk.known.number("documents.adjustment_days"))
    rows = [row for row in desk.rows(ADJUSTMENTS, "received_on", "number", "entry") if row.received_on]
    rows = [
        row
        for row in rows
        if row.received_on <= desk.on and (row.received_on >= desk.since or row.state in ("triggered", "applied", "approved"))
    ]
    first = min((row.received_on for row in rows), default=desk.on)
    worked = working_days(first, max(desk.on, *(row.done_on or desk.on for row in rows))) if rows else {}
    last = {start: add_days(start, limit, working=True) for start in {row.received_on for row in rows if row.due_on is None}}
    lines = []
    for row in rows:
        end = row.done_on or desk.on
        used = sum(on for one, on in worked.items() if row.received_on < one <= end)
        due = row.due_on or last[row.received_on]
        title, category, document = desk.said(ADJUSTMENTS, row, ("title", "category", "document"))
        excused = row.state == "not_concerned"
        standing = Standing.EXCUSED if excused else _standing(due, row.done_on, desk.on)
        told = desk.state(ADJUSTMENTS, row) if excused else word(STANDING_NAMES[standing], TONES.get(standing, ""))
        lines.append((title, category, document, day(row.received_on), day(due), day(row.done_on), figure(None if excused else used), told))
    headings = (
        Heading(Text("涉及事项", "Item"), share=7),
        Heading(Text("方式", "Kind")),
        Heading(Text("触发文件", "Trigger"), share=4),
        Heading(Text("触发日期", "Triggered on")),
        Heading(Text("应公布日期", "Publish by")),
        Heading(Text("公布日期", "Published on")),
        Heading(Text("已用工作日", "Working days"), number=True),
        Heading(Text("情况", "Standing")),
    )
    note = Text(
        "触发后 {n} 个工作日内公布（职衡默认值，可调整）；未登记应公布日期的按此推算。",
        "Published within {n} working days of the trigger (a default); used where no day is recorded.",
    )
    empty = Text("本年没有触发情形，无应办事项。", "Nothing triggered an adjustment in this year.")
    return Table(
        Text("清单动态调整", "Adjustments of the lists"),
        headings,
        tuple(lines),
        empty,
        note.with_(n=limit),
        register=desk.registers[ADJUSTMENTS].pk,
    )


def _standing(due: date, done: date | None, on: date) -> Standing:
    if done is not None:
        return Standing.DONE if done <= due else Standing.LATE
    return Standing.OVERDUE if due < on else Standing.AHEAD


def task_standing(desk: Desk, row: EntryVersion) -> Cell:
    """How a contribution stands on the day."""
    standing = standing_of(desk.definition(TASKS), row.state, row.due_on or desk.on, row.done_on, desk.on)
    return word(STANDING_NAMES[standing], TONES.get(standing, ""))


def _of_year(desk: Desk, row: EntryVersion) -> bool:
    return row.due_on is not None and desk.since <= row.due_on <= desk.period.last


YEARBOOK_LISTS = (
    Listing(
        BOOKS,
        Text("年鉴", "Yearbook"),
        ("title", "data_year", "office", "received_on", "due_on", "done_on", "publisher"),
        shown=_of_year,
        order=("due_on", "entry"),
        empty=Text("本年没有登记年鉴任务。请在“科技年鉴”台账登记。", "No yearbook is recorded for this year."),
    ),
    Listing(
        TASKS,
        Text("各科室供稿", "Contributions of the offices"),
        ("office", "title", "due_on", "done_on"),
        ((Text("情况", "Standing"), task_standing),),
        shown=_of_year,
        order=("due_on", "office__code", "entry"),
        empty=Text(
            "本年没有供稿任务。请在应办事项中生成，每个科室一项。", "There are no contributions. Generate them: one for each office."
        ),
    ),
)


def yearbook(desk: Desk) -> list[Table]:
    """The page of the yearbook."""
    return [listed(desk, listing) for listing in YEARBOOK_LISTS]
