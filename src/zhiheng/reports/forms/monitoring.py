"""绩效目标执行监控表: what was done by the month of the round, what the year is expected to bring, and why (财预〔2019〕136号).

The order of the columns follows the form of that document as remembered and as a published entity class names its fields; not
checked against the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from zhiheng.plan.place import Place
from zhiheng.plan.plan import Cell, Indicator, Plan
from zhiheng.reports.form import Form, Role
from zhiheng.reports.forms import columns, head, national
from zhiheng.reports.forms.columns import Column

CAUSES = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
"""The causes of a deviation that the form lists, to be ticked."""
OUTLOOKS = ("确定能", "有可能", "完全不可能")
"""How likely the target is to be reached, to be ticked."""
TICK = "√"
CAUSES_ABOVE = "偏差原因分析"
OUTLOOK_ABOVE = "完成目标可能性"
NARROW = 6


def form(plan: Plan) -> Form:
    """``plan`` as a monitoring table. A plan without rows is printed with all columns of the form."""
    official = _columns(plan)
    if not plan.indicators and not plan.columns:
        plan = replace(plan, columns=tuple((column.field, Place()) for column in official if column.field in OF_THE_FORM))
    return national.form(plan, official)


def _columns(plan: Plan) -> tuple[Column, ...]:
    causes, outlooks = _names(plan, "causes", CAUSES), _names(plan, "outlook", OUTLOOKS)
    said = head.months(plan)
    return (
        columns.DEFINITION,
        columns.NATURE,
        columns.TARGET,
        columns.UNIT,
        *columns.REFERENCES,
        columns.RULE,
        columns.WEIGHT,
        replace(columns.ACTUAL, path=(f"{said}执行情况",), width=15),
        Column("forecast", ("全年预计完成情况",), 15, Role.VALUE, lambda row: row.forecast),
        columns.POINTS,
        *(Column(f"causes.{name}", (CAUSES_ABOVE, name), NARROW, Role.VALUE, _of(name, _causes)) for name in causes),
        replace(columns.REASON, path=(CAUSES_ABOVE, "原因说明") if causes else ("原因说明",), width=18),
        *(
            Column(
                f"outlook.{name}",
                (OUTLOOK_ABOVE, name) if name in OUTLOOKS else (name,),
                NARROW if name in OUTLOOKS else 10,
                Role.VALUE,
                _of(name, _outlook),
            )
            for name in outlooks
        ),
        columns.REMARK,
        columns.ACTIVITY,
        columns.PROJECT,
    )


OF_THE_FORM = (
    "target",
    "actual",
    "forecast",
    *(f"causes.{name}" for name in CAUSES),
    "reason",
    *(f"outlook.{name}" for name in OUTLOOKS),
    "remark",
)
"""The columns that the form itself has, in its order."""


def _names(plan: Plan, group: str, official: Sequence[str]) -> Sequence[str]:
    """The columns of a group: those that the plan's own form names; the official ones where it says nothing of its columns."""
    named = dict.fromkeys(field.partition(".")[2] for field, _ in plan.columns if field.startswith(f"{group}."))
    cells = _causes if group == "causes" else _outlook
    named |= dict.fromkeys(name for row in plan.indicators for name, _ in cells(row))
    return tuple(named) or (() if plan.indicators or plan.columns else official)


def _causes(row: Indicator) -> tuple[tuple[str, Cell], ...]:
    return row.causes


def _outlook(row: Indicator) -> tuple[tuple[str, Cell], ...]:
    return row.outlook


def _of(name: str, cells: Callable[[Indicator], tuple[tuple[str, Cell], ...]]) -> Callable[[Indicator], Cell | None]:
    return lambda row: next((cell for heading, cell in cells(row) if heading == name), None)
