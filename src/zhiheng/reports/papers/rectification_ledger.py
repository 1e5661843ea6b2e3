"""整改台账: object, problem, measure, person, deadline, evidence, check, closure (对象—问题—措施—责任人—期限—佐证—复核—销号)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhiheng.reports.form import A4_LANDSCAPE, Form, FormCell
from zhiheng.reports.forms.head import heading, text, value
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.prose import day, number_line

COLUMNS = ("序号", "问题来源", "涉及对象、指标", "问题", "整改措施", "责任人", "整改期限", "佐证材料", "复核意见", "销号")
WIDTHS = (4, 8, 15, 19, 18, 7, 12, 13, 10, 12)


@dataclass(frozen=True, slots=True)
class Entry:
    """One problem on its way. ``about`` is the project, or the department or unit as a whole, and the indicator.

    ``closed`` is when it was struck off, None while it is open; ``state`` then says how it stands.
    """

    source: str
    problem: str
    measure: str = ""
    responsible: str = ""
    due: date | None = None
    evidence: str = ""
    check: str = ""
    closed: date | None = None
    state: str = ""
    about: str = ""


def rectification_ledger(number: str, unit: str, year: int, on: date | None, entries: Sequence[Entry]) -> Content:
    """The ledger of a department's year as it stands on a day."""
    title = f"{year}年度绩效问题整改台账"
    rows: list[tuple[FormCell, ...]] = [tuple(heading(name) for name in COLUMNS)]
    for place, each in enumerate(entries, 1):
        rows.append(
            (
                value(str(place)),
                *(text(words) for words in (each.source, each.about, each.problem, each.measure)),
                value(each.responsible),
                value(day(each.due)),
                *(text(words) for words in (each.evidence, each.check)),
                value(f"已销号\n{day(each.closed)}" if each.closed is not None else each.state or "未销号"),
            )
        )
    if not entries:
        rows.append((text("（没有需要整改的问题）", columns=len(WIDTHS)),))
    closed = sum(each.closed is not None for each in entries)
    told = f"单位：{unit}　{number_line(number)}　共{len(entries)}个问题，已销号{closed}个" + (f"（截至{day(on)}）" if on else "")
    return Content("rectification_ledger", title, number, (Form(title, told, tuple(rows), WIDTHS, 0, 1, A4_LANDSCAPE),))
