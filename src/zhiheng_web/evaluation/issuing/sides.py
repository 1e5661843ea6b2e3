"""Where an issued paper belongs, and whose side issued it."""

from __future__ import annotations

from zhiheng_web.evaluation.models import Evaluation, YearPaper
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope
from zhiheng_web.planning.models import PerformanceTable


def table_of(paper: YearPaper) -> PerformanceTable | None:
    """The table that it is about; none of a whole year. What it is about must be loaded."""
    for row in (paper.monitoring_report, paper.self_evaluation, paper.order):
        if row is not None:
            return row.table
    return paper.evaluation_report.evaluation.table if paper.evaluation_report is not None else None


def scope_of(paper: YearPaper) -> Scope:
    """Where it belongs."""
    table = table_of(paper)
    return Scope(paper.department_id) if table is None else Scope(paper.department_id, table.unit_id)


def by_finance(paper: YearPaper) -> bool:
    """Whether it is finance's: its orders and evaluations, and what it decides from results."""
    if paper.order is not None:
        return paper.order.issuer.kind == Department.Kind.FINANCE
    if paper.evaluation_report is not None:
        return paper.evaluation_report.evaluation.kind == Evaluation.Kind.FINANCE
    return paper.code == "use_of_results"


def subject_key(paper: YearPaper) -> object:
    """What stands in the address of the thing it is about."""
    for row in (paper.monitoring_report_id, paper.self_evaluation_id, paper.order_id):
        if row is not None:
            return row
    return paper.evaluation_report.evaluation_id if paper.evaluation_report is not None else paper.department_id
