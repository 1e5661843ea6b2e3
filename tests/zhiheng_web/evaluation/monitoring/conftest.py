"""A small approved table with a ledger and money, and a round of January to July on it, as people meet them in August."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, Scene, entries, scene

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.plan_round import RoundPlan, plan_round
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRound, MonitoringRow
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.models import BudgetLine, DutyHolding, TreasuryPayment

AUGUST = datetime(2020, 8, 5, 2, tzinfo=UTC)
JULY = RoundPlan(2020, "1-7月监控", date(2020, 1, 1), date(2020, 7, 31), date(2020, 8, 31))
LINES = [
    Line("新增企业数", "12家"),
    Line("投诉次数", "≤4次"),
    Line("检查覆盖率", "应检尽检"),
    Line("服务水平", "持续提升"),
    Line("未设台账数", "5项", duty=2),
]


@pytest.fixture
def person(organisation: Demonstrated) -> Callable[..., Viewer]:
    """``person("jixiao", AUGUST)``: somebody of the demonstration on a day of 2020."""

    def of(username: str, at: datetime = AUGUST) -> Viewer:
        return replace(viewer_of(organisation.accounts[username], date(2020, 1, 10), "127.0.0.1"), at=at)

    return of


@dataclass
class Watched:
    """The table of these tests with its ledger, and the round on it."""

    scene: Scene
    round: MonitoringRound
    officer: Viewer

    @property
    def report(self) -> MonitoringReport:
        return MonitoringReport.objects.get(round=self.round, table=self.scene.table)

    def row(self, name: str) -> MonitoringRow:
        return MonitoringRow.objects.get(report=self.report, indicator_row__name=name)


@pytest.fixture
def table(organisation: Demonstrated, person: Callable[..., Viewer]) -> Scene:
    """Seven of twelve firms by July (just on pace), 5 complaints where 4 are allowed, 2 of 3 checks; 100 of 200 万元 paid.

    Duty 1 is held by the office of ``jingban``, duty 2 by that of ``jingban2``.
    """
    found = scene(person("jixiao"), organisation.units["331001"], LINES, money=None)
    offices = {office.code: office for office in organisation.units["331001"].offices.all()}
    for row in found.version.duty_rows.order_by("number"):
        office = offices["03" if row.number == 1 else "01"]
        DutyHolding.objects.filter(duty=row.duty).update(office=office, since=date(2019, 1, 1))
    found.bind("新增企业数", "flow", categories=("firm",), unit="家")
    found.bind("投诉次数", "flow", categories=("complaint",), unit="次")
    found.bind("检查覆盖率", "coverage", counted_on="due_on", states=("done",), categories=("check",))
    entries(found, 7, "firm")
    entries(found, 5, "complaint")
    for number in range(3):
        done = number > 0
        day = date(2020, 5, 1)
        found.ledger.put({"due_on": day, "category": "check", "state": "done" if done else "open", "done_on": day if done else None})
    pay(found, person("jixiao"), {3: "400000", 7: "600000"})
    return found


def pay(found: Scene, by: Viewer, months: dict[int, str], initial: str = "2000000", source: str = "fiscal") -> BudgetLine:
    """A budget line with what was paid of it."""
    line = BudgetLine.objects.create(unit=found.table.unit, year=2020, source=source, initial=Decimal(initial))
    for month, amount in months.items():
        TreasuryPayment.objects.create(line=line, month=month, amount=Decimal(amount), imported_by=by.account)
    return line


@pytest.fixture
def planned(table: Scene, person: Callable[..., Viewer]) -> Watched:
    officer = person("jixiao")
    return Watched(table, plan_round(officer, [table.table.unit.department_id], JULY)[0], officer)


@pytest.fixture
def watched(planned: Watched) -> Watched:
    open_round(planned.officer, planned.round.pk)
    planned.round.refresh_from_db()
    return planned


def filled(**more: Any) -> dict[str, Any]:
    """What an office says of a row that lags."""
    return {"reasons": ("staff",), "explanation": "受疫情影响，检查推迟到9月。", **more}
