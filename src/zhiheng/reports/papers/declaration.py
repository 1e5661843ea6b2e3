"""部门整体支出绩效目标申报表, 单位整体支出绩效目标申报表, 项目支出绩效目标申报表: the official form, and the sheet of opinions."""

from __future__ import annotations

from collections.abc import Sequence

from zhiheng.plan.plan import Plan
from zhiheng.reports import forms
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.opinions import Opinion, sheet
from zhiheng.reports.papers.outline import SPENDING


def declaration(plan: Plan, number: str, opinions: Sequence[Opinion], facts: Sequence[tuple[str, str]], *, kind: str) -> Content:
    """The declaration of a department, a unit or a project. The form reads back as the same plan."""
    title = f"{SPENDING[kind]}绩效目标申报表"
    return Content("declaration", title, number, (forms.form(plan), sheet(f"{title}审签单", number, opinions, facts)))
