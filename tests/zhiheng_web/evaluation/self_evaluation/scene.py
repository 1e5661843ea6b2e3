"""A small approved table with a ledger behind each kind of row, made for these tests; every expected figure is worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.zhiheng_web.ledgers.measures.ledger import Ledger

from zhiheng.plan.plan import Cell, Duty, Figure, Indicator, Plan, Table
from zhiheng.plan.procedure import State
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng_web.evaluation.actions.begin_self_evaluation import begin_self_evaluation
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationRow
from zhiheng_web.ledgers.definition import RegisterDefinition, to_json
from zhiheng_web.ledgers.models import Register
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import BudgetLine, IndicatorRow, PerformanceTable, TableVersion, TreasuryPayment
from zhiheng_web.planning.versions import write_version

DEFINITION = to_json(RegisterDefinition("main", "台账", "ledger"))
AFTER = datetime(2021, 1, 15, 8, tzinfo=UTC)
MONEY = (Decimal("2000000"), Decimal("1900000"))
"""年初预算 200 万元, paid 190 万元: 95 % of 10 points is 9.50."""


def at(viewer: Viewer, instant: datetime = AFTER) -> Viewer:
    """The same person in January of the next year."""
    return replace(viewer, at=instant)


@dataclass
class Scene:
    """A table with its ledger. ``rows`` are the indicator rows by name."""

    table: PerformanceTable
    version: TableVersion
    ledger: Ledger

    def row(self, name: str) -> IndicatorRow:
        return IndicatorRow.objects.get(version=self.version, name=name)

    def indicator(self, name: str) -> Any:
        return self.row(name).indicator

    def bind(self, name: str, measure: str, **fields: Any) -> Any:
        """Count an indicator of the table."""
        return self.ledger.bind(measure, self.indicator(name), **fields)

    def begin(self, viewer: Viewer) -> SelfEvaluation:
        return begin_self_evaluation(at(viewer), self.table.pk)


@dataclass(frozen=True)
class Line:
    """One indicator: name, target as written, points, level, further columns of IndicatorRow."""

    name: str
    target: str
    points: str = ""
    level: str = "output"
    duty: int = 1
    tags: tuple[tuple[str, Any], ...] = ()


def plan_of(lines: list[Line], year: int = 2020) -> Table:
    """The table as the library reads it."""
    duties = tuple(Duty(number, Cell(f"职责{number}")) for number in sorted({line.duty for line in lines}))
    rows = tuple(
        Indicator(Cell(line.name), duty=line.duty, target=Figure(parse(line.target, Context(name=line.name, year=year)))) for line in lines
    )
    return Table(Plan("2020年部门整体支出绩效目标表", "duty-table", year, strategic_goal=Cell("推动创新"), duties=duties, indicators=rows))


def scene(viewer: Viewer, unit: Any, lines: list[Line], *, money: tuple[Decimal, Decimal | None] | None = MONEY, **version: Any) -> Scene:
    """The table in force from February on, with its points, and a ledger of its department."""
    table = PerformanceTable.objects.create(unit=unit, kind="department", year=2020)
    fields = {"in_force_from": date(2020, 2, 1), "scheme": "national", "tree": "classic", **version}
    made = write_version(table, plan_of(lines), account=viewer.account, state=State.APPROVED, **fields)
    for line in lines:
        row = IndicatorRow.objects.get(version=made, name=line.name)
        row.points, row.level_1 = Decimal(line.points) if line.points else None, line.level
        for name, value in line.tags:
            setattr(row, name, value)
        row.save()
    if money is not None:
        budget = BudgetLine.objects.create(unit=unit, year=2020, source="fiscal", initial=money[0])
        if money[1] is not None:
            TreasuryPayment.objects.create(line=budget, month=12, amount=money[1], imported_by=viewer.account)
    register = Register.objects.create(department=unit.department, code="main", name_zh="台账", name_en="ledger", definition=DEFINITION)
    return Scene(table, made, Ledger(unit.department, register))


def entries(scene: Scene, count: int, category: str = "", **fields: Any) -> list[UUID]:
    """So many entries of one category, in June."""
    return [scene.ledger.put({"happened_on": date(2020, 6, 1 + n), "category": category, **fields}) for n in range(count)]


def row_of(evaluation: SelfEvaluation, name: str) -> SelfEvaluationRow:
    return SelfEvaluationRow.objects.get(self_evaluation=evaluation, indicator_row__name=name)
