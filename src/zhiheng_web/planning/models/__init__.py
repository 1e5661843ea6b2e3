"""Rows of planning. Others import them from here."""

from zhiheng_web.planning.models.circulation import (
    CellOpinion,
    ChangeReason,
    Circulation,
    Decision,
    FindingReply,
    ReviewGrade,
    Route,
    RouteCheckpoint,
    SignOff,
)
from zhiheng_web.planning.models.findings import FindingRow
from zhiheng_web.planning.models.identity import Duty, DutyHolding, Indicator, LibraryIndicator, PlannedValue
from zhiheng_web.planning.models.importing import GenerationNote, ImportPreview, PreviewTable
from zhiheng_web.planning.models.money import (
    Activity,
    BudgetChange,
    BudgetLine,
    PreAssessment,
    PreAssessmentItem,
    Project,
    ProjectLink,
    TreasuryPayment,
)
from zhiheng_web.planning.models.papers import Paper
from zhiheng_web.planning.models.sources import SourceFile
from zhiheng_web.planning.models.tables import DutyRow, IndicatorRow, PartRow, PerformanceTable, TableVersion

__all__ = [
    "Activity", "BudgetChange", "BudgetLine", "CellOpinion", "ChangeReason", "Circulation", "Decision", "Duty", "DutyHolding",
    "DutyRow", "FindingReply", "FindingRow", "GenerationNote", "ImportPreview", "Indicator", "IndicatorRow", "LibraryIndicator",
    "Paper", "PartRow", "PerformanceTable", "PlannedValue", "PreAssessment", "PreAssessmentItem", "PreviewTable", "Project",
    "ProjectLink", "ReviewGrade", "Route", "RouteCheckpoint", "SignOff", "SourceFile", "TableVersion", "TreasuryPayment",
]  # fmt: skip
