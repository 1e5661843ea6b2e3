"""交办单: who is to do what by when, with room for signatures."""

from __future__ import annotations

from zhiheng.reports.form import Form
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.opinions import SHEET, WIDTHS, Opinion, blocks, day_words, fact_rows
from zhiheng_kjj.office.desk import desk_for
from zhiheng_kjj.office.supervision import MATTERS
from zhiheng_kjj.papers.layout import in_chinese, numbered
from zhiheng_web.ledgers.papers import Gathered, PaperKind
from zhiheng_web.wording import Text

FACTS = (("number", "交办单号"), ("title", "督办事项"), ("category", "事项来源"), ("document", "来文文号"), ("office", "牵头科室"))


@in_chinese
def build(asked: Gathered) -> Content:
    """The sheet of one matter."""
    row = asked.entry
    assert row is not None
    desk = desk_for(asked)
    said = {
        name: str(cell.words)
        for name, cell in zip(
            ("number", "title", "category", "document", "office", "cycle", "content"),
            desk.said(MATTERS, row, ("number", "title", "category", "document", "office", "cycle", "content")),
            strict=True,
        )
    }
    facts = [(words, said[name] or "—") for name, words in FACTS]
    facts += [
        ("立项日期", day_words(row.received_on)),
        ("办结期限", day_words(row.due_on)),
        ("反馈周期", said["cycle"] or "每月"),
        ("办理要求", said["content"] or "按期办结，并报送办结材料。"),
        ("延期规定", "确需延期的，须在办结期限届满前提出申请并经批准；未在期限前申请的，按原期限考核。"),
    ]
    opinions = (Opinion("交办意见", day=asked.day), Opinion("承办签收"), Opinion("办结审核"))
    rows = (*fact_rows(facts), *blocks(opinions))
    title = f"{asked.department}督办事项交办单"
    return Content("assignment", title, asked.number, (Form(title, numbered(asked.number), rows, WIDTHS, 0, 0, SHEET),))


def lacking(asked: Gathered) -> Text | None:
    """It goes out when the matter has been assigned and is not over."""
    state = asked.entry.state if asked.entry else ""
    if state == "opened":
        return Text("尚未交办。请先办理“交办”，再出具交办单。", "Not assigned yet. Assign the matter first.")
    if state in ("struck_off", "merged"):
        return Text("该事项已销号或并入他项，不再出具交办单。", "The matter is closed; no assignment is issued.")
    return None


ASSIGNMENT = PaperKind("assignment", Text("交办单", "Assignment"), "交办", (MATTERS,), "entry", build, lacking=lacking, proves="assignment")
