"""绩效目标调整申请表: per changed target old → new with its reason, the document, the second person, the opinions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng.plan.plan import Plan
from zhiheng.reports import forms
from zhiheng.reports.form import A4_LANDSCAPE, Form, FormCell
from zhiheng.reports.forms.head import heading, label, text, value
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.opinions import Opinion, sheet

WIDTHS = (3, 9, 8, 5, 10, 10, 12)
COLUMNS = ("序号", "部门职责", "绩效指标", "调整内容", "原批复值", "申请调整值", "调整理由")


@dataclass(frozen=True, slots=True)
class Change:
    """One changed cell: whose it is, what it was and is to be ('' for what was not or shall not be)."""

    duty: str
    indicator: str
    what: str
    old: str
    new: str
    reason: str = ""


def adjustment(
    plan: Plan, number: str, facts: Sequence[tuple[str, str]], changes: Sequence[Change], opinions: Sequence[Opinion]
) -> Content:
    """The application: changes, opinions, and the table as it is to be; that table reads back as the same plan."""
    title = "绩效目标调整申请表"
    rows: list[tuple[FormCell, ...]] = [(label(name, columns=2), text(words, columns=5)) for name, words in facts]
    rows.append(tuple(heading(name) for name in COLUMNS))
    start = len(rows) - 1
    for index, each in enumerate(changes, 1):
        cells = (each.duty, each.indicator, each.what, each.old or "—", each.new or "—", each.reason)
        rows.append((value(str(index)), *(text(words) for words in cells)))
    if not changes:
        rows.append((text("（没有改动）", columns=len(WIDTHS)),))
    table = Form(title, f"编号：{number or '（未编号）'}", tuple(rows), WIDTHS, start, start + 1, A4_LANDSCAPE)
    return Content("adjustment", title, number, (table, sheet(f"{title}审签单", number, opinions), forms.form(plan)))
