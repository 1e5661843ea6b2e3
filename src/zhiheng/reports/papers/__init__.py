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
    "monitoring": ("绩效目标执行监控表", "Monitoring table"),
    "monitoring_report": ("绩效运行监控报告", "Monitoring report"),
    "self_evaluation": ("绩效自评表", "Self-evaluation table"),
    "self_evaluation_report": ("绩效自评报告", "Self-evaluation report"),
    "evaluation": ("绩效评价报告", "Evaluation report"),
    "rectification": ("整改通知书", "Notice to put right"),
    "rectification_ledger": ("整改台账", "Ledger of rectification"),
    "use_of_results": ("评价结果应用表", "Use of results"),
    "congress_letter": ("报送人大常委会的函", "Letter to the congress"),
    "final_account_statement": ("预算绩效情况说明", "Statement on performance"),
}
"""The papers in their order, by the code that procedure.STEPS names where a step of it prints the paper."""
