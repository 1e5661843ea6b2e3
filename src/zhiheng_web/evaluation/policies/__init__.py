"""Who may do what after the approval: one table per area, registered when it is imported."""

from zhiheng_web.evaluation.policies import evaluations, monitoring, papers, rectification, self_evaluation, sheet, surveys

__all__ = ["evaluations", "monitoring", "papers", "rectification", "self_evaluation", "sheet", "surveys"]
