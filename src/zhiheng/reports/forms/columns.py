"""The columns a row of indicators can have, and which of them a plan uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zhiheng.plan.plan import Cell, Figure, Indicator, Plan
from zhiheng.reports.form import FormCell, Role

Published = Cell | Figure | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its headings from the top, its share of the width, and the cell it shows of an indicator.

    ``field`` names the column as :attr:`zhiheng.plan.plan.Plan.columns` does.
    """

    field: str
    path: tuple[str, ...]
    width: int
    role: Role
    cell: Callable[[Indicator], Published]

    def of(self, indicator: Indicator | None) -> FormCell:
        """The cell of ``indicator`` in this column; a blank one where there is none."""
        return FormCell(words(self.cell(indicator) if indicator is not None else None), self.role)


def words(cell: Published) -> str:
    """The words of a cell as published, '' where there is none."""
    return "" if cell is None else cell.text


def used(columns: Sequence[Column], plan: Plan) -> tuple[Column, ...]:
    """The columns of ``columns`` that the plan's own form has: blank ones too, if the form names them."""
    named = {field for field, _ in plan.columns}
    return tuple(column for column in columns if column.field in named or any(column.cell(row) is not None for row in plan.indicators))


def grades(plan: Plan, *above: str) -> tuple[Column, ...]:
    """The columns of the graded form, in the order the plan first names them (优, 良, 中, 差)."""
    names = dict.fromkeys(grade for row in plan.indicators for grade, _ in row.grades)
    return tuple(Column("grades", (*above, name), 12, Role.VALUE, _grade(name)) for name in names)


def _grade(name: str) -> Callable[[Indicator], Published]:
    return lambda row: next((figure for grade, figure in row.grades if grade == name), None)


def levels(plan: Plan) -> tuple[Column, ...]:
    """一级指标, 二级指标 as columns of their own, on a form whose rows stand under duties."""
    depth = max((len(row.category) for row in plan.indicators), default=0)
    return tuple(Column("category", (f"{ORDINALS[level]}级指标",), 10, Role.TEXT, _level(level)) for level in range(depth))


def _level(level: int) -> Callable[[Indicator], Published]:
    return lambda row: Cell(row.category[level]) if level < len(row.category) else None


ORDINALS = "一二三四五六七八九"
DEFINITION = Column("definition", ("指标解释",), 24, Role.TEXT, lambda row: row.definition)
NATURE = Column("nature", ("指标类型",), 8, Role.VALUE, lambda row: row.nature)
TARGET = Column("target", ("年度指标值",), 12, Role.VALUE, lambda row: row.target)
UNIT = Column("unit", ("计量单位",), 8, Role.VALUE, lambda row: row.unit)
ACTUAL = Column("actual", ("实际完成值",), 12, Role.VALUE, lambda row: row.actual)
WEIGHT = Column("weight", ("分值",), 9, Role.VALUE, lambda row: row.weight)
POINTS = Column("points", ("得分",), 9, Role.VALUE, lambda row: row.points)
REASON = Column("reason", ("偏差原因分析及改进措施",), 20, Role.TEXT, lambda row: row.reason)
RULE = Column("rule", ("评(扣)分标准",), 20, Role.TEXT, lambda row: row.rule)
REMARK = Column("remark", ("备注",), 14, Role.TEXT, lambda row: row.remark)
ACTIVITY = Column("activity", ("工作活动",), 14, Role.TEXT, lambda row: row.activity)
PROJECT = Column("project", ("预算项目",), 14, Role.TEXT, lambda row: row.project)
REFERENCES = (
    Column("references.planned", ("五年规划值",), 12, Role.VALUE, lambda row: row.references.planned),
    Column("references.standard", ("标准值",), 12, Role.VALUE, lambda row: row.references.standard),
    Column("references.standard_source", ("标准值来源",), 15, Role.TEXT, lambda row: row.references.standard_source),
    Column("references.mean", ("前三年均值",), 11, Role.VALUE, lambda row: row.references.mean),
    Column("references.last_year", ("上年值(实际完成)",), 12, Role.VALUE, lambda row: row.references.last_year),
    Column("references.history_source", ("数据来源",), 13, Role.TEXT, lambda row: row.references.history_source),
)
