"""绩效目标表 with 评价标准 by grade: for each indicator the value that earns 优, 良, 中, 差 (first used in 河北)."""

from __future__ import annotations

from dataclasses import replace

from zhiheng.plan.plan import Plan
from zhiheng.reports.form import Form
from zhiheng.reports.forms import columns, national

BEFORE = (
    columns.ACTIVITY,
    replace(columns.DEFINITION, path=("指标描述",)),
    columns.NATURE,
    replace(columns.TARGET, path=("指标值",)),
    columns.UNIT,
    *columns.REFERENCES,
)
AFTER = (
    columns.WEIGHT,
    columns.RULE,
    columns.ACTUAL,
    columns.POINTS,
    columns.REASON,
    columns.PROJECT,
    columns.REMARK,
)


def form(plan: Plan) -> Form:
    """``plan`` with its grades."""
    return national.form(plan, (*BEFORE, *columns.grades(plan, "评价标准"), *AFTER))
