"""督办通知单: a matter long overdue."""

from __future__ import annotations

from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.opinions import day_words
from zhiheng_kjj.office.desk import desk_for
from zhiheng_kjj.office.supervision import MATTERS, standing_of
from zhiheng_kjj.papers.layout import in_chinese
from zhiheng_kjj.papers.reminder import not_waiting, term
from zhiheng_web.ledgers.papers import Gathered, PaperKind
from zhiheng_web.wording import Text


@in_chinese
def build(asked: Gathered) -> Content:
    """The notice to the leading office, with the red head."""
    assert asked.entry is not None
    one = standing_of(desk_for(asked), asked.entry)
    row = one.row
    page = letter(
        "督办通知单",
        (Style.MASTHEAD, "督办通知单"),
        (Style.NUMBER, asked.number or "〔　　〕　号（未编号）"),
        (Style.RULE, ""),
        (Style.TITLE, f"关于限期办结“{row.title}”的通知"),
        (Style.TO, f"{row.office or '承办科室'}："),
        (
            Style.BODY,
            (
                f"由你科室牵头办理的督办事项“{row.title}”（交办单号：{row.number}），办结期限为{term(one)}。"
                f"截至{day_words(asked.day)}，已逾期{max(-one.left, 0)}天，仍未办结。"
            ),
        ),
        (
            Style.BODY,
            "现予督办。请你科室主要负责人牵头，查明原因，限期整改办结，并将整改情况和办结材料书面报送。办理情况计入本年度工作台账考核。",
        ),
        (Style.ROOM, ""),
        (Style.ROOM, ""),
        (Style.SIGNATURE, asked.department),
        (Style.SIGNATURE, day_words(asked.day)),
    )
    return Content("notice", f"督办通知单（{row.title}）", asked.number, (page,))


def lacking(asked: Gathered) -> Text | None:
    """It goes out when the days of the ladder are over."""
    if (reason := not_waiting(asked)) is not None or asked.entry is None:
        return reason
    desk = desk_for(asked)
    one = standing_of(desk, asked.entry)
    if one.rung == "notice":
        return None
    most = desk.known.number("supervision.notice_after")
    if one.left >= 0:
        return Text("尚未逾期；逾期满 {n} 天后出具。", "Not overdue; it goes out after {n} days overdue.").with_(n=most)
    text = Text("已逾期 {m} 天；逾期满 {n} 天后出具，现在应出具催办单。", "{m} days overdue; it goes out after {n}. Issue a reminder now.")
    return text.with_(m=-one.left, n=most)


NOTICE = PaperKind("notice", Text("督办通知单", "Supervision notice"), "督办", (MATTERS,), "entry", build, lacking=lacking, repeats=True)
