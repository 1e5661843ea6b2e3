"""绩效自评表: what came of the goals, and the points the department gives itself (财预〔2020〕10号, annex 1)."""

from __future__ import annotations

from zhiheng.plan.plan import Plan
from zhiheng.reports.form import Form
from zhiheng.reports.forms import columns, national

COLUMNS = (
    columns.DEFINITION,
    columns.NATURE,
    columns.TARGET,
    columns.UNIT,
    *columns.REFERENCES,
    columns.ACTUAL,
    columns.RULE,
    columns.WEIGHT,
    columns.POINTS,
    columns.REASON,
    columns.ACTIVITY,
    columns.PROJECT,
    columns.REMARK,
)


def form(plan: Plan) -> Form:
    """``plan`` as a self-evaluation."""
    return national.form(plan, (*COLUMNS, *columns.grades(plan, "评价标准")))
