"""The numbered papers of the procedure: one file per paper, each laid out from plain data."""

from __future__ import annotations

from zhiheng.reports.papers.content import Content

__all__ = ["NAMES", "Content"]

NAMES: dict[str, tuple[str, str]] = {
    "pre_assessment": ("事前绩效评估报告", "Report of pre-assessment"),
    "declaration": ("绩效目标申报表", "Declaration of goals"),
    "review": ("绩效目标审核表", "Review of goals"),
    "approval": ("绩效目标批复", "Approval of goals"),
    "adjustment": ("绩效目标调整申请表", "Application for an adjustment"),
}
"""The papers by the code that procedure.STEPS names, in their order."""
