"""绩效目标审核表: the four contents with points and grades, the conclusion, and the opinions of the checkpoints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng.reports.form import Form, FormCell
from zhiheng.reports.forms.head import heading, label, text, value
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.opinions import SHEET, WIDTHS, Opinion, blocks, fact_rows

CONSEQUENCES = {
    "优": "通过，进入下一步预算安排",
    "良": "修改完善后通过",
    "中": "退回修改，重新送审",
    "差": "不得进入预算",
}
"""What a grade leads to. From 财预〔2015〕88号 as remembered, not checked against its text: printed as a form to tick."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One item of the review: its content (完整性), its name, full points, points given, grade; '' where not given."""

    content: str
    item: str
    full: str
    points: str
    grade: str


def review(
    title: str,
    number: str,
    facts: Sequence[tuple[str, str]],
    graded: Sequence[Graded],
    total: tuple[str, str, str],
    mend: str,
    opinions: Sequence[Opinion],
) -> Content:
    """The review. ``total`` is (full, points, grade); ``graded`` () where no checkpoint has graded yet."""
    rows: list[tuple[FormCell, ...]] = list(fact_rows(facts))
    rows.append((heading("审核内容"), heading("审核要点", columns=2), heading("满分"), heading("得分"), heading("等级", columns=2)))
    rows += items(graded)
    full, points, grade = total
    rows.append((label("合　计"), value("", columns=2), value(full), value(points), value(grade, columns=2)))
    ticks = "　　".join(f"{'☑' if grade == word else '☐'} {word}：{what}" for word, what in CONSEQUENCES.items())
    rows.append((label("审核结论"), text(ticks, columns=len(WIDTHS) - 1)))
    if mend:
        rows.append((label("修改要求"), text(mend, columns=len(WIDTHS) - 1)))
    rows += blocks(opinions)
    return Content("review", title, number, (Form(title, f"编号：{number or '（未编号）'}", tuple(rows), WIDTHS, 0, 0, SHEET),))


def items(graded: Sequence[Graded]) -> list[tuple[FormCell, ...]]:
    """The items, each content over its items."""
    rows: list[tuple[FormCell, ...]] = []
    for index, each in enumerate(graded):
        first = index == 0 or graded[index - 1].content != each.content
        span = next((n for n, other in enumerate(graded[index:]) if other.content != each.content), len(graded) - index)
        own = (text(each.item, columns=2), value(each.full), value(each.points), value(each.grade, columns=2))
        rows.append((label(each.content, rows=span), *own) if first else own)
    return rows
