"""绩效目标申报表: what a department, a unit or a project promises for the year's money (财预〔2015〕88号)."""

from __future__ import annotations

from dataclasses import replace

from zhiheng.plan.plan import Plan
from zhiheng.reports.form import Form
from zhiheng.reports.forms import columns, national

COLUMNS = (
    columns.DEFINITION,
    columns.NATURE,
    replace(columns.TARGET, path=("指标值",)),
    columns.UNIT,
    *columns.REFERENCES,
    columns.WEIGHT,
    columns.RULE,
    columns.ACTUAL,
    columns.POINTS,
    columns.REASON,
    columns.ACTIVITY,
    columns.PROJECT,
    columns.REMARK,
)


def form(plan: Plan) -> Form:
    """``plan`` as a declaration of goals."""
    return national.form(plan, (*COLUMNS, *columns.grades(plan, "评价标准")))
