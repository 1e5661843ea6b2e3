"""Who may do what after the approval: one table per area, registered when it is imported."""

from zhiheng_web.evaluation.policies import evaluations, exchange, monitoring, papers, rectification, self_evaluation, sheet, surveys

__all__ = ["evaluations", "exchange", "monitoring", "papers", "rectification", "self_evaluation", "sheet", "surveys"]
