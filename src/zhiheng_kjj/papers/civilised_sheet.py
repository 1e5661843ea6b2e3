"""文明单位百分测评表: every item under its heading with points, own score and material."""

from __future__ import annotations

from itertools import groupby

from zhiheng.reports.form import Form, FormCell
from zhiheng.reports.forms.head import heading, label, text, value
from zhiheng.reports.papers.content import Content
from zhiheng_kjj.office.desk import desk_for
from zhiheng_kjj.office.party import MATERIALS, sheet
from zhiheng_kjj.papers.layout import LYING, in_chinese, numbered
from zhiheng_web.ledgers.papers import Gathered, PaperKind
from zhiheng_web.wording import Text


@in_chinese
def build(asked: Gathered) -> Content:
    """The sheet, the items of a heading under one cell."""
    desk = desk_for(asked)
    table = sheet(desk)
    width = len(table.headings)
    rows: list[tuple[FormCell, ...]] = [tuple(heading(str(one.text)) for one in table.headings)]
    for name, group in groupby(table.rows, key=lambda row: str(row[0].words)):
        some = list(group)
        for place, row in enumerate(some):
            own = tuple(value(str(cell.words)) if cell.number else text(str(cell.words)) for cell in row[1:])
            rows.append((label(name, rows=len(some)), *own) if place == 0 else own)
    if not table.rows:
        rows.append((text(str(table.empty), columns=width),))
    else:
        rows.append((label("合计"), *(value(str(cell.words)) if cell.number else text(str(cell.words)) for cell in table.total[1:])))
    rows.append((text(f"说明：{table.note}扣分项以负数列示，计入自评分合计。", columns=width),))
    title = f"{asked.department}{desk.year}年文明单位百分测评表"
    form = Form(title, numbered(asked.number), tuple(rows), tuple(one.share for one in table.headings), 0, 1, LYING)
    return Content("civilised_sheet", title, asked.number, (form,))


def lacking(asked: Gathered) -> Text | None:
    """It needs its items, and every item that applies needs its own score."""
    desk = desk_for(asked)
    table = sheet(desk)
    if not table.rows:
        return table.empty
    blank = [
        row
        for row in table.rows
        if str(row[3].words) == "—" and str(row[-1].words) not in ("不适用", "Not applicable") and str(row[2].words) != "—"
    ]
    if blank:
        return Text("还有 {n} 条没有自评分。请先在“文明创建材料”台账补登。", "{n} items have no own score yet. Record them first.").with_(
            n=len(blank)
        )
    return None


CIVILISED_SHEET = PaperKind(
    "civilised_sheet", Text("百分测评表", "The 100-point sheet"), "文明", (MATERIALS,), "period", build, every=("year",), lacking=lacking
)
