"""催办单: a matter near its day, or just over it."""

from __future__ import annotations

from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.opinions import day_words
from zhiheng_kjj.office.desk import desk_for
from zhiheng_kjj.office.supervision import MATTERS, OPEN, Standing, standing_of
from zhiheng_kjj.papers.layout import in_chinese
from zhiheng_web.ledgers.papers import Gathered, PaperKind
from zhiheng_web.wording import Text


def term(one: Standing) -> str:
    """The due day with what is to be known of it."""
    said = day_words(one.judged)
    if one.last != one.judged:
        said += f"（遇法定休息日，顺延至{day_words(one.last)}）"
    if one.refused:
        said += "（未在期限前申请延期，按原期限考核）"
    return said


@in_chinese
def build(asked: Gathered) -> Content:
    """The letter to the leading office."""
    assert asked.entry is not None
    one = standing_of(desk_for(asked), asked.entry)
    row = one.row
    left = f"距期限还有{one.left}天" if one.left > 0 else "今日到期" if one.left == 0 else f"已逾期{-one.left}天"
    ask = (
        "请抓紧办理，按期办结并报送办结材料；确需延期的，须在期限届满前提出申请，未按时申请的仍按原期限考核。"
        if one.left >= 0
        else "请立即办理，尽快办结并报送办结材料，同时书面说明逾期原因和下一步安排。逾期不改的，将发督办通知单。"
    )
    page = letter(
        "催办单",
        (Style.TITLE, "督办事项催办单"),
        (Style.NUMBER, asked.number or "〔　　〕　号（未编号）"),
        (Style.TO, f"{row.office or '承办科室'}："),
        (
            Style.BODY,
            f"由你科室牵头办理的督办事项“{row.title}”（交办单号：{row.number}），办结期限为{term(one)}。截至{day_words(asked.day)}，{left}，尚未办结。",
        ),
        (Style.BODY, ask),
        (Style.ROOM, ""),
        (Style.ROOM, ""),
        (Style.SIGNATURE, asked.department),
        (Style.SIGNATURE, day_words(asked.day)),
    )
    return Content("reminder", f"督办事项催办单（{row.title}）", asked.number, (page,))


def not_waiting(asked: Gathered) -> Text | None:
    """Why nobody is reminded of a matter: it is not assigned, or finished, or has no day."""
    row = asked.entry
    if row is None or row.state == "opened":
        return Text("尚未交办，不需催办。", "Not assigned yet; there is nothing to remind of.")
    if row.state not in OPEN:
        return Text("该事项已申请办结、销号或并入他项，不需催办。", "The matter is finished or closed; there is nothing to remind of.")
    if row.due_on is None:
        return Text("没有办结期限。请先更正登记。", "It has no due day. Correct the entry first.")
    return None


def lacking(asked: Gathered) -> Text | None:
    """It goes out near the day or just over it; before that nothing, after that a notice."""
    if (reason := not_waiting(asked)) is not None or asked.entry is None:
        return reason
    desk = desk_for(asked)
    one = standing_of(desk, asked.entry)
    if one.rung == "":
        text = Text(
            "距办结期限还有 {n} 天，临近 {near} 天内或逾期后才催办。",
            "{n} days are left; a reminder goes out within {near} days of the day, or after it.",
        )
        return text.with_(n=one.left, near=desk.known.number("supervision.near"))
    if one.rung == "notice":
        return Text("已逾期 {n} 天，应出具督办通知单。", "{n} days overdue: issue a supervision notice instead.").with_(n=-one.left)
    return None


REMINDER = PaperKind("reminder", Text("催办单", "Reminder"), "催办", (MATTERS,), "entry", build, lacking=lacking, repeats=True)
