"""Plan: one performance table of a department, a unit or a project (绩效目标表, 绩效自评表)."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhiheng.plan.place import Place, Problem
from zhiheng.values.reading import Reading


@dataclass(frozen=True, slots=True)
class Cell:
    """Words as published, with their place."""

    text: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Figure:
    """A value as published, with its reading and place."""

    reading: Reading
    place: Place = Place()

    @property
    def text(self) -> str:
        """The value as published."""
        return self.reading.text


@dataclass(frozen=True, slots=True)
class Fund:
    """One row of a 项目资金 block: 年度资金总额, 其中：财政拨款, 上年结转资金, 其他资金.

    ``initial`` 年初预算数, ``budget`` 全年预算数(A), ``executed`` 全年执行数(B), ``points`` 分值, ``rate`` 执行率,
    ``score`` 得分, ``forecast`` 全年预计执行数 of a monitoring table. None: the form has no such column; a blank cell is a
    Figure whose value is Missing.
    """

    name: Cell
    initial: Figure | None = None
    budget: Figure | None = None
    executed: Figure | None = None
    points: Figure | None = None
    rate: Figure | None = None
    score: Figure | None = None
    forecast: Figure | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """The money of the table. ``unit`` 万元 or 元 as declared, empty if the form does not say.

    ``total`` 预算总额; by source ``fiscal`` 财政拨款 and ``other`` 其他资金; by structure ``basic`` 基本支出 and
    ``project`` 项目支出; ``funds`` the rows of a 项目资金 block, ``items`` other named amounts as
    (label, figure), in order.
    """

    unit: str = ""
    total: Figure | None = None
    fiscal: Figure | None = None
    other: Figure | None = None
    basic: Figure | None = None
    project: Figure | None = None
    funds: tuple[Fund, ...] = ()
    items: tuple[tuple[Cell, Figure], ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """部门职责: number (职责序号), name and 职责目标."""

    number: int
    name: Cell
    objective: Cell | None = None


@dataclass(frozen=True, slots=True)
class References:
    """指标参考值 of one indicator: what its target is compared with.

    ``planned`` 五年规划值, ``standard`` 标准值 with ``standard_source`` 来源, ``mean`` 前三年均值, ``last_year``
    上年值(实际完成) with ``history_source`` 数据来源.
    """

    planned: Figure | None = None
    standard: Figure | None = None
    standard_source: Cell | None = None
    mean: Figure | None = None
    last_year: Figure | None = None
    history_source: Cell | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """绩效指标: one row of the table.

    ``duty`` is the number of its 职责 or None in forms without duties. ``category`` is the path of 一级/二级指标
    as published, () in forms without. ``horizon`` is ``period`` for a target of the whole 实施期, ``year`` where the
    form holds both, else ''. ``activity`` 工作活动, ``project`` 预算项目, ``weight`` 分值, ``points`` 得分,
    ``actual`` 实际完成值, ``reason`` 偏差原因分析及改进措施, ``rule`` 评(扣)分标准. ``grades`` holds the columns of the
    graded form as (grade, figure): 优, 良, 中, 差. ``nature`` is the column 指标性质/指标值类型 (定量, 定性) and ``unit``
    the column 计量单位, as published, in forms that have them. None: the form has no such column.

    A monitoring table holds in ``actual`` what was done in the months of the round, and beside it ``forecast`` 全年预计完成情况,
    ``causes`` the columns of 偏差原因分析 and ``outlook`` those of 完成目标可能性, each as (heading, cell); a tick is a cell with
    any mark in it.
    """

    name: Cell
    duty: int | None = None
    category: tuple[str, ...] = ()
    horizon: str = ""
    definition: Cell | None = None
    target: Figure | None = None
    references: References = References()
    actual: Figure | None = None
    weight: Figure | None = None
    points: Figure | None = None
    reason: Cell | None = None
    remark: Cell | None = None
    activity: Cell | None = None
    project: Cell | None = None
    rule: Cell | None = None
    grades: tuple[tuple[str, Figure], ...] = ()
    place: Place = Place()
    nature: Cell | None = None
    unit: Cell | None = None
    forecast: Figure | None = None
    causes: tuple[tuple[str, Cell], ...] = ()
    outlook: tuple[tuple[str, Cell], ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """年度总体目标: what was expected and, in a self-evaluation, what came of it."""

    expected: Cell
    actual: Cell | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The wordings of a duty table that follow the budget year, as published (标准年, 均值年, 上年, 规划)."""

    planned: str = ""
    standard: str = ""
    mean: str = ""
    last_year: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One table. ``layout`` is the official form it was recognised as (see tables.layouts).

    ``levels`` holds the points that level words announce (产出指标（50分）). ``columns`` tells for each indicator
    field that the form has a column for (target, references.mean…) the place of that column: first heading row,
    column of its data. ``months`` are the first and last month of the round that a monitoring table covers.
    """

    title: str
    layout: str
    year: int | None = None
    department: Cell | None = None
    project: Cell | None = None
    unit: Cell | None = None
    budget: Budget = Budget()
    strategic_goal: Cell | None = None
    goals: tuple[Goal, ...] = ()
    duties: tuple[Duty, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    labels: Labels = Labels()
    total_weight: Figure | None = None
    total_points: Figure | None = None
    grade: Cell | None = None
    notes: tuple[tuple[Cell, Cell], ...] = ()
    levels: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, Place], ...] = ()
    place: Place = Place()
    months: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A plan together with the problems met in reading it."""

    plan: Plan
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """All that one file holds, in its order."""

    file: str
    tables: tuple[Table, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
