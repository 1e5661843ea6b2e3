"""督办台账汇总: every matter of the month with its standing, and how the year's matters were finished."""

from __future__ import annotations

from zhiheng.reports.papers.content import Content
from zhiheng_kjj.office.desk import Desk, desk_for
from zhiheng_kjj.office.supervision import MATTERS, OPEN, OVER, RUNGS, Standing, finished, owed, standings
from zhiheng_kjj.office.tables import Cell, Heading, Table, day, word
from zhiheng_kjj.papers.layout import form_of, in_chinese, numbered, over
from zhiheng_web.ledgers.papers import Gathered, PaperKind
from zhiheng_web.wording import Text

COLUMNS = ("number", "title", "category", "office")


def lines(desk: Desk) -> Table:
    """The matters that were open in the month, in the order of their day."""
    rows = [row for row in desk.rows(MATTERS) if row.state != "merged" and (row.received_on is None or row.received_on <= desk.period.last)]
    rows = [row for row in rows if row.state in OPEN or row.done_on is None or row.done_on >= desk.period.first]
    found = tuple(
        (*desk.said(MATTERS, one.row, COLUMNS), day(one.judged), day(one.row.done_on), _standing(desk, one))
        for one in standings(desk, rows)
    )
    headings = (
        Heading(Text("交办单号", "Number"), share=4),
        Heading(Text("督办事项", "Matter"), share=8),
        Heading(Text("来源", "Source"), share=4),
        Heading(Text("牵头科室", "Leading office"), share=5),
        Heading(Text("办结期限", "Due on"), share=4),
        Heading(Text("办结日期", "Finished on"), share=4),
        Heading(Text("情况", "Standing"), share=6),
    )
    return Table(Text("督办事项", "Matters"), headings, found, Text("本月没有督办事项。", "There are no matters in this month."))


def _standing(desk: Desk, one: Standing) -> Cell:
    done = one.row.done_on
    if one.row.state in OVER and done is not None and done <= desk.on:
        if done <= one.last:
            return word("按期办结")
        return word(f"逾期{(done - one.last).days}天办结")
    late = f"，已逾期{-one.left}天" if one.left < 0 else ""
    return word(f"{RUNGS[one.rung][0].zh}{late}" if one.rung else "在办")


@in_chinese
def build(asked: Gathered) -> Content:
    """The month's summary in three tables."""
    assert asked.period is not None
    desk = desk_for(asked)
    title = f"{asked.department}{asked.period.words}督办台账汇总"
    pages = (
        form_of(lines(desk), title, numbered(asked.number)),
        form_of(owed(desk), "应报未报反馈", f"截至{desk.on.isoformat()}"),
        form_of(finished(desk), f"{desk.year}年累计办结情况", f"截至{desk.on.isoformat()}"),
    )
    return Content("supervision_summary", title, asked.number, pages)


SUPERVISION_SUMMARY = PaperKind(
    "supervision_summary",
    Text("督办台账汇总", "Monthly summary"),
    "督汇",
    (MATTERS,),
    "period",
    build,
    every=("month", "year"),
    lacking=over,
)
