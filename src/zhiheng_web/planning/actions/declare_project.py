"""建立项目支出绩效目标申报表: the project's own table of the year, its head, money and goals filled from what is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhiheng.audit.money import printed
from zhiheng.plan.plan import Budget, Cell, Figure, Goal, Plan, Table
from zhiheng.plan.plan import Indicator as PlanIndicator
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import BudgetLine, Indicator, IndicatorRow, PerformanceTable, Project, ProjectLink, TableVersion
from zhiheng_web.planning.money.projects import budget_year, project_for, written
from zhiheng_web.planning.policies import project_scope, visible_versions
from zhiheng_web.planning.pre_assessment import refuse_if_lacking
from zhiheng_web.planning.versions import done_with, load, version_digest, write_version
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

LAYOUT = "goal-declaration"
INVENTED = "演示数据（虚构）"
IN_WAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Declared:
    """One indicator of a project's table: 一级 and 二级指标, name, target… ``indicator`` is the identity it has."""

    level_1: str
    level_2: str
    name: str
    target: str
    unit: str = ""
    definition: str = ""
    indicator: Indicator | None = None


@action("planning.declare_project", steps=("generate",))
def declare_project(
    viewer: Viewer, project: UUID, year: int, *, goal: str = "", indicators: Sequence[Declared] | None = None
) -> Done[TableVersion]:
    """Start the project's table of ``year`` as an open version. A new project needs its confirmed pre-assessment first.

    Without ``indicators`` it begins with those that the project is linked to, as the department's table words them.
    """
    row = project_for(viewer, project, lock=True)
    authorise(viewer, "planning.declare_project", project_scope(row))
    budget_year(year)
    refuse_if_lacking(row)
    if PerformanceTable.objects.filter(project=row, year=year).exists():
        raise Refusal("table_exists", EXISTS.with_(project=row, year=year))
    lines = list(BudgetLine.objects.filter(project=row, year=year))
    if not lines:
        raise Refusal("no_budget", NO_BUDGET.with_(project=row, year=year))
    written([("goal", goal, GOAL)])
    rows = list(indicators) if indicators is not None else _linked(viewer, row, year)
    table = PerformanceTable.objects.create(unit=row.unit, kind=PerformanceTable.Kind.PROJECT, year=year, project=row)
    plan = plan_of(row, year, lines, goal, rows)
    version = write_version(table, Table(plan), account=viewer.account, identities=_identities(row, rows))
    loaded = load(version)
    return done_with(version, version, after=version_digest(loaded), details={"project": row.code, "year": year, "indicators": len(rows)})


def plan_of(project: Project, year: int, lines: Iterable[BudgetLine], goal: str, rows: Sequence[Declared]) -> Plan:
    """The project's table as the library's value: what it prints as 项目支出绩效目标申报表."""
    by_source = {line.source: line.initial for line in lines}
    carried = by_source.get(BudgetLine.Source.CARRIED)
    budget = Budget(
        unit="万元",
        total=_wan(sum(by_source.values(), Decimal(0))),
        fiscal=_wan(by_source.get(BudgetLine.Source.FISCAL, Decimal(0))),
        other=_wan(by_source.get(BudgetLine.Source.OTHER, Decimal(0))),
        items=((Cell("上年结转资金"), _wan(carried)),) if carried is not None else (),
    )
    known = [
        (Cell("项目编码"), Cell(project.code)),
        (Cell("项目属性"), Cell(project.get_attribute_display())),
        (Cell("项目期"), Cell(f"{project.first_year}年—{project.last_year}年" if project.last_year else f"{project.first_year}年起")),
        (Cell("立项依据"), Cell(project.basis)),
        (Cell("项目负责人"), Cell(project.responsible)),
        (Cell("备注"), Cell(INVENTED if project.synthetic else "")),
    ]
    return Plan(
        title="项目支出绩效目标申报表",
        layout=LAYOUT,
        year=year,
        department=Cell(project.unit.department.name),
        project=Cell(project.name),
        unit=Cell(project.unit.name),
        budget=budget,
        goals=(Goal(Cell(goal.strip())),),
        indicators=tuple(_indicator(row, year) for row in rows),
        notes=tuple((label, words) for label, words in known if words.text),
    )


def _wan(amount: Decimal) -> Figure:
    return Figure(parse(printed(amount / IN_WAN), Context(name="金额", unit="万元")))


def _indicator(row: Declared, year: int) -> PlanIndicator:
    context = Context(name=row.name, definition=row.definition, unit=row.unit, year=year)
    return PlanIndicator(
        Cell(row.name),
        category=(row.level_1, row.level_2),
        definition=Cell(row.definition),
        target=Figure(parse(row.target, context)),
        unit=Cell(row.unit),
    )


def _identities(project: Project, rows: Sequence[Declared]) -> dict[int, Indicator | None]:
    """Which indicator each row is: the one it has already, that of the project's earlier years, or (None) a new one.

    Two projects share no indicator by its wording alone.
    """
    earlier = {row.name: row for row in Indicator.objects.filter(rows__version__table__project=project).order_by("pk")}
    return {position: row.indicator or earlier.pop(row.name[:200], None) for position, row in enumerate(rows)}


def _linked(viewer: Viewer, project: Project, year: int) -> list[Declared]:
    """The indicators that the project is linked to, as the newest version of the department's table that the viewer sees words them."""
    linked = list(ProjectLink.objects.filter(project=project, year=year, indicator__isnull=False).values_list("indicator", flat=True))
    seen = visible_versions(viewer).filter(
        table__unit__department=project.unit.department_id, table__year=year, table__kind=PerformanceTable.Kind.DEPARTMENT
    )
    newest = seen.order_by("-number").first()
    rows = IndicatorRow.objects.filter(version=newest, indicator__in=linked).select_related("indicator").order_by("position")
    return [
        Declared(
            row.level_1, row.level_2, " ".join(row.name.split()), row.target_text or "", row.unit or "", row.definition or "", row.indicator
        )
        for row in rows
    ]


GOAL = Text("年度总体目标", "goals of the year")
EXISTS = Text("“{project}”已有 {year} 年绩效目标表，请在该表中填写。", "“{project}” already has a table for {year}: fill that one.")
NO_BUDGET = Text(
    "“{project}”还没有 {year} 年的预算，请先登记年初预算，再建立绩效目标表。",
    "“{project}” has no budget for {year} yet: enter it first, then start its table.",
)
