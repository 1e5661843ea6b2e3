"""Rows of the year after the approval. Others import them from here."""

from zhiheng_web.evaluation.models.evaluations import (
    Agency,
    AgencyMember,
    Engagement,
    Evaluation,
    EvaluationReport,
    Evaluator,
    IndexItem,
    Mark,
    Material,
    SheetFigure,
)
from zhiheng_web.evaluation.models.monitoring import Milestone, MonitoringFund, MonitoringReport, MonitoringRound, MonitoringRow
from zhiheng_web.evaluation.models.papers import YearPaper
from zhiheng_web.evaluation.models.rectification import RectificationItem, RectificationOrder, RectificationStep, UseOfResult
from zhiheng_web.evaluation.models.self_evaluation import (
    Recheck,
    RecheckRow,
    Sample,
    SelfEvaluation,
    SelfEvaluationFile,
    SelfEvaluationFund,
    SelfEvaluationRow,
)
from zhiheng_web.evaluation.models.surveys import Survey, SurveyAnswer, SurveyInvitation, SurveyQuestion, SurveyReply

__all__ = [
    "Agency", "AgencyMember", "Engagement", "Evaluation", "EvaluationReport", "Evaluator", "IndexItem", "Mark", "Material", "Milestone",
    "MonitoringFund", "MonitoringReport", "MonitoringRound", "MonitoringRow", "Recheck", "RecheckRow", "RectificationItem",
    "RectificationOrder", "RectificationStep", "Sample", "SelfEvaluation", "SelfEvaluationFile", "SelfEvaluationFund",
    "SelfEvaluationRow", "SheetFigure", "Survey", "SurveyAnswer", "SurveyInvitation", "SurveyQuestion", "SurveyReply", "UseOfResult",
    "YearPaper",
]  # fmt: skip
