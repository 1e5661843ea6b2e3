"""What stands here of a monitoring report or of a self-evaluation, in the shape in which systems exchange results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from zhiheng.interchange.integrated import Setting, Tags
from zhiheng.interchange.results import Results
from zhiheng.interchange.yearly import Fund, Monitored
from zhiheng.monitoring.deviation import POSSIBILITIES, REASONS
from zhiheng.reports.papers.outline import SPENDING
from zhiheng_web.evaluation.models import MonitoringRow, SelfEvaluationRow
from zhiheng_web.planning.models import IndicatorRow, PerformanceTable
from zhiheng_web.planning.weighing import level_text, scheme_of, sublevel_text
from zhiheng_web.wording import Text

MONITORING, SELF_EVALUATION = "monitoring", "self-evaluation"
WHATS = {MONITORING: Text("绩效监控", "monitoring"), SELF_EVALUATION: Text("绩效自评", "self-evaluation")}
PAPERS = {MONITORING: "绩效监控表", SELF_EVALUATION: "绩效自评表"}
"""What the papers of a year are called; the declared table has a title of its own (绩效目标表)."""
FIELDS: Mapping[str, Text] = {
    "reasons": Text("偏差原因", "Reasons"),
    "explanation": Text("原因说明", "Explanation"),
    "forecast": Text("全年预计完成", "Forecast for the year"),
    "possibility": Text("完成可能性", "Possibility"),
    "remark": Text("备注", "Remark"),
    "reason": Text("偏差原因分析", "Reason of the deviation"),
    "improvement": Text("改进措施", "Improvement"),
    "goal_actual": Text("年度总体目标实际完成情况", "What came of the goal of the year"),
    "overview": Text("自评工作开展情况", "How the self-evaluation was done"),
    "problems": Text("存在问题及原因分析", "Problems and their reasons"),
    "improvements": Text("下一步改进措施", "What will be done"),
}
"""The words that can be taken over, by the name of their input."""
HEAD = ("goal_actual", "overview", "problems", "improvements")


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that stands here and that a format has no place for. ``row`` '' is the whole."""

    row: str
    what: Text
    text: str


@dataclass(frozen=True, slots=True)
class Held:
    """One indicator here. ``key`` is its key in the tables of 一体化, ``words`` what people wrote of it, by field.

    ``fills``: the viewer may write in it now.
    """

    row: MonitoringRow | SelfEvaluationRow
    shown: Text
    words: Mapping[str, str]
    fills: bool

    @property
    def pk(self) -> UUID:
        """Its row."""
        return self.row.pk

    @property
    def key(self) -> str:
        """KPI_ID: that of the declared indicator, under which the goals went out too."""
        return str(self.row.indicator_row_id)

    @property
    def name(self) -> str:
        """The indicator."""
        return self.row.indicator_row.name

    @property
    def target(self) -> str:
        """年度指标值 as written."""
        return self.row.indicator_row.target_text or ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A report or self-evaluation as it goes out. ``results.rows`` follow ``rows``; ``funds`` in 万元, the total first.

    ``on`` is the day of the data, ``number`` that of the round. ``open``: it may still be filled in, else ``closed`` says why not.
    ``head`` are the words of the whole, by field. ``monitored`` holds the results with what the round says of each row, None for a
    self-evaluation. ``unheld`` is what no format holds, ``tables_only`` what only the tables of 一体化 hold.
    """

    what: str
    pk: UUID
    table: PerformanceTable
    title: Text
    on: date
    results: Results
    rows: tuple[Held, ...]
    funds: tuple[Fund, ...]
    head: Mapping[str, str]
    setting: Setting
    tags: tuple[Tags, ...]
    open: bool
    closed: Text
    state: Text
    fills_head: bool = False
    number: int | None = None
    monitored: Monitored | None = None
    unheld: tuple[Lost, ...] = ()
    tables_only: tuple[Lost, ...] = ()

    @property
    def fills(self) -> bool:
        """Whether the viewer may write any of the words that a file brings."""
        return self.fills_head or any(row.fills for row in self.rows)


def paper_title(what: str, table: PerformanceTable) -> str:
    """2020年项目支出绩效自评表."""
    return f"{table.year}年{SPENDING[table.kind]}{PAPERS[what]}"


def setting_of(table: PerformanceTable) -> Setting:
    """Who sends what, as the tables of 一体化 name it. The table's unit, department and project must be loaded."""
    unit, project = table.unit, table.project
    return Setting(
        division=unit.department.division_code,
        department=unit.department.code,
        project=project.code if project else "",
        project_name=project.name if project else "",
        agency=unit.code,
        agency_name=unit.name,
        goal_id=str(table.pk),
    )


def tags_of(version: object, rows: Sequence[IndicatorRow]) -> tuple[Tags, ...]:
    """The key of each row there, and the names of its levels where the form has no column for them."""
    scheme = scheme_of(version)  # type: ignore[arg-type]

    def levels(row: IndicatorRow) -> tuple[str, str]:
        first = level_text(scheme, row.level_1).zh if row.level_1 else ""
        return first, sublevel_text(scheme, row.level_1, row.level_2).zh if row.level_2 else ""

    return tuple(Tags(str(row.pk), *levels(row)) for row in rows)


def with_levels(results: Results, tags: Sequence[Tags]) -> Results:
    """The results with the levels that the department gave its rows: every format takes them from there, not the tables alone."""
    rows = (
        replace(row, category=tuple(filter(None, (tag.level_1, tag.level_2)))) if tag.level_1 else row
        for row, tag in zip(results.plan.indicators, tags, strict=True)
    )
    return replace(results, plan=replace(results.plan, indicators=tuple(rows)))


def in_words(field: str, value: str) -> str:
    """A value of a field for a person to read."""
    if field == "reasons":
        return str(Text("、", ", ")).join(str(Text(*REASONS[code])) for code in value.split() if code in REASONS)
    if field == "possibility":
        return str(Text(*POSSIBILITIES[value])) if value in POSSIBILITIES else value
    return value
