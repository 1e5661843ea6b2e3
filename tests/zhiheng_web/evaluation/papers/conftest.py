"""A year of the bureau taken by its people to every paper: monitored in August, self-evaluated in January, evaluated, put right, used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.zhiheng_web.evaluation.evaluations.work import Work
from tests.zhiheng_web.evaluation.monitoring.conftest import AUGUST, JULY, filled
from tests.zhiheng_web.evaluation.self_evaluation.conftest import LINES, filled_scene
from tests.zhiheng_web.evaluation.self_evaluation.scene import Scene, entries, row_of, scene

from zhiheng.plan.plan import Cell as Cell_
from zhiheng.plan.plan import Figure, Goal, Indicator, Plan, Table
from zhiheng.plan.procedure import State
from zhiheng.values.parse import parse
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.confirm_override import confirm_override
from zhiheng_web.evaluation.actions.decide_self_evaluation import decide_self_evaluation
from zhiheng_web.evaluation.actions.decide_use import UseValues, decide_use
from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.fill_self_evaluation import Cell, fill_self_evaluation
from zhiheng_web.evaluation.actions.issue_paper import issue_paper
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.order_rectification import OrderValues, Problem, order_rectification
from zhiheng_web.evaluation.actions.override_score import override_score
from zhiheng_web.evaluation.actions.plan_round import plan_round
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.models import (
    Evaluation,
    MonitoringReport,
    MonitoringRow,
    RectificationOrder,
    SelfEvaluation,
    UseOfResult,
    YearPaper,
)
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.models import BudgetLine, PerformanceTable, Project, TreasuryPayment
from zhiheng_web.planning.versions import write_version

MAY = datetime(2021, 5, 10, 2, tzinfo=UTC)
JANUARY = datetime(2021, 1, 15, 8, tzinfo=UTC)
Issue = Callable[..., YearPaper]


@dataclass
class Year:
    """The year with what papers are about; each step is taken when it is asked for."""

    organisation: Demonstrated
    scene: Scene

    def person(self, username: str, at: datetime = MAY) -> Viewer:
        return replace(viewer_of(self.organisation.accounts[username], at.date(), "127.0.0.1"), at=at)

    @property
    def department(self) -> UUID:
        return self.scene.table.unit.department_id

    def monitored(self, *, submit: bool = True) -> MonitoringReport:
        officer = self.person("jixiao", AUGUST)
        made = plan_round(officer, [self.department], JULY)[0]
        open_round(officer, made.pk)
        report = MonitoringReport.objects.get(round=made, table=self.scene.table)
        for row in MonitoringRow.objects.filter(report=report):
            fill_monitoring(officer, row.pk, RowFilled(**filled(possibility="possible", forecast="")), edits=row.edits)
        if submit:
            submit_monitoring(officer, report.pk)
        return report

    def evaluated(self, *, submit: bool = True) -> SelfEvaluation:
        """8 of 10 firms 32 of 40; 5 complaints where 4 are allowed; changed by hand to 35."""
        officer = self.person("jixiao", JANUARY)
        one = self.scene.begin(officer)
        cells = [Cell(None, name, "", "已写明") for name in ("goal_actual", "overview", "problems", "improvements")]
        for line in LINES:
            row = row_of(one, line.name)
            cells += [Cell(row.pk, "reason", "", "企业开工推迟"), Cell(row.pk, "improvement", "", "提前部署")]
        fill_self_evaluation(officer, one.pk, cells)
        firms = row_of(one, "新增企业数")
        made = override_score(officer, one.pk, firms.pk, Decimal(35), "两家已受理", firms.edits)
        confirm_override(self.person("kezhang", JANUARY), one.pk, firms.pk, Decimal(35), made.edits)
        if submit:
            submit_self_evaluation(officer, one.pk)
            decide_self_evaluation(self.person("czjixiao", JANUARY), one.pk, True, "同意")
        return one

    def project(self) -> PerformanceTable:
        """A project with goals of its own in force: 12 held where 10 are asked for, 30 of 40 万元 paid by July."""
        unit = self.scene.table.unit
        project = Project.objects.create(unit=unit, code="P001", name="科普活动经费", first_year=2020)
        table = PerformanceTable.objects.create(unit=unit, kind="project", year=2020, project=project)
        line = Indicator(Cell_("科普活动场次"), category=("产出指标", "数量指标"), target=Figure(parse("≥10场")))
        goals = (Goal(Cell_("提高公民科学素质。")),)
        plan = Plan("项目支出绩效目标申报表", "goal-declaration", 2020, project=Cell_(project.name), goals=goals, indicators=(line,))
        return self._in_force(table, plan)

    def center(self) -> PerformanceTable:
        """The whole of a unit, which declared under its own name; the same indicator and money."""
        unit = self.organisation.units["331002"]
        table = PerformanceTable.objects.create(unit=unit, kind="unit", year=2020)
        line = Indicator(Cell_("科普活动场次"), category=("产出指标", "数量指标"), target=Figure(parse("≥10场")))
        goals = (Goal(Cell_("提高公民科学素质。")),)
        title = "单位整体支出绩效目标申报表"
        return self._in_force(table, Plan(title, "goal-declaration", 2020, Cell_(unit.name), goals=goals, indicators=(line,)))

    def _in_force(self, table: PerformanceTable, plan: Plan) -> PerformanceTable:
        officer = self.person("jixiao", JANUARY)
        fields: dict[str, Any] = {"in_force_from": date(2020, 2, 1), "scheme": "national", "tree": "classic"}
        version = write_version(table, Table(plan), account=officer.account, state=State.APPROVED, **fields)
        version.indicator_rows.update(points=Decimal(90), level_1="output")
        made = Scene(table, version, self.scene.ledger)
        made.bind("科普活动场次", "flow", categories=("event",), unit="场")
        entries(made, 12, "event")
        money = {"unit": table.unit, "project": table.project, "year": 2020, "source": "fiscal"}
        budget = BudgetLine.objects.create(**money, initial=Decimal(400_000))
        TreasuryPayment.objects.create(line=budget, month=7, amount=Decimal(300_000), imported_by=officer.account)
        return table

    def evaluation(self, stage: str = "accepted") -> Evaluation:
        return Work(self.organisation, self.scene.table.pk).to(stage).row

    def order(self, by: str = "czjixiao") -> RectificationOrder:
        basis = SelfEvaluation.objects.filter(table=self.scene.table).first() or self.evaluated()
        problems = (Problem("企业数未达目标", "分析原因"), Problem("佐证不全", "补充", due_on=date(2021, 6, 30)))
        values = OrderValues(
            table=self.scene.table.pk, title="2020年自评整改", due_on=date(2021, 7, 31), problems=problems,
            source="self_evaluation", source_id=basis.pk,
        )  # fmt: skip
        return order_rectification(self.person(by), values)

    def use(self, basis: SelfEvaluation) -> UseOfResult:
        values = UseValues(
            table=self.scene.table.pk, self_evaluation=basis.pk, decision="cut", before=Decimal(2_000_000), after=Decimal(1_500_000),
            reason="执行偏慢", document="临财预〔2021〕3号",
        )  # fmt: skip
        return decide_use(self.person("czjixiao"), values)


@pytest.fixture
def year(organisation: Demonstrated, viewer: Callable[[str], Viewer], settings: Any, tmp_path: Path) -> Year:
    settings.MEDIA_ROOT = tmp_path / "media"
    return Year(organisation, filled_scene(scene(viewer("jixiao"), organisation.units["331001"], LINES)))


@pytest.fixture
def issue(year: Year) -> Issue:
    """``issue("monitoring", report.pk)``: by the officer, or by ``by``."""
    return lambda code, key, by="jixiao", number="": issue_paper(year.person(by), 2020, code, key, number)
