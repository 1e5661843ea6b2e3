"""评价结果应用表: what the results of a year mean for the money of the next — keep, cut or cancel, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhiheng.reports.form import A4_LANDSCAPE, Form, FormCell
from zhiheng.reports.forms.head import heading, label, text, value
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.prose import amount, day, number_line

DECISIONS = ("保留", "压减", "取消")
WIDTHS = (5, 20, 9, 7, 6, 6, 6, 6, 12, 9, 9, 25, 14)


@dataclass(frozen=True, slots=True)
class Use:
    """What follows for one project or department.

    ``basis`` 自评, 部门评价 or 财政评价, its points and grade; the decision of DECISIONS; the amounts asked for and granted for the next
    year in 万元; the reason, and the document that decided it.
    """

    name: str
    basis: str
    points: str
    grade: str
    decision: str
    before: Decimal
    after: Decimal
    reason: str
    document: str = ""


def use_of_results(number: str, unit: str, year: int, on: date | None, uses: Sequence[Use]) -> Content:
    """The table of the results of ``year``. A decision that its amounts do not bear out (保留 with less, 取消 with a rest): ValueError."""
    title = f"{year}年度绩效评价结果应用表"
    rows: list[tuple[FormCell, ...]] = list(_headings(year + 1))
    for place, each in enumerate(uses, 1):
        _checked(each)
        rows.append(
            (
                value(str(place)),
                text(each.name),
                *(value(words) for words in (each.basis, each.points, each.grade)),
                *(value("√" if each.decision == name else "") for name in DECISIONS),
                *(value(amount(figure)) for figure in (each.before, each.after, each.after - each.before)),
                text(each.reason),
                text(each.document),
            )
        )
    if not uses:
        rows.append((text("（没有结果应用事项）", columns=len(WIDTHS)),))
    before, after = (sum((getattr(each, name) for each in uses), Decimal(0)) for name in ("before", "after"))
    sums = (value(amount(figure)) for figure in (before, after, after - before))
    counts = (value(str(sum(each.decision == name for each in uses))) for name in DECISIONS)
    rows.append((label("合　计", columns=5), *counts, *sums, text("", columns=2)))
    told = f"单位：{unit}　金额单位：万元　{number_line(number)}" + (f"　{day(on)}" if on else "")
    return Content("use_of_results", title, number, (Form(title, told, tuple(rows), WIDTHS, 0, 2, A4_LANDSCAPE),))


def _headings(following: int) -> tuple[tuple[FormCell, ...], ...]:
    lead = ("序号", "项目（政策、部门）", "评价方式", "得分", "等级")
    upper = (
        *(heading(name, rows=2) for name in lead),
        heading("应用方式", columns=3),
        heading(f"{following}年预算（万元）", columns=3),
        heading("理由", rows=2),
        heading("依据文号", rows=2),
    )
    return upper, tuple(heading(name) for name in (*DECISIONS, "申请或上年数", "核定数", "增减"))


def _checked(use: Use) -> None:
    fits = {
        "保留": use.after == use.before,
        "压减": 0 <= use.after < use.before,
        "取消": use.after == 0,
    }
    if not fits.get(use.decision, False):
        raise ValueError(f"{use.decision} of {use.before} to {use.after}")
