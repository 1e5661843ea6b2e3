"""An approved table of 2020 with an accepted self-evaluation, a project of its own, and people in January of the next year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, Scene, scene

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.order_rectification import OrderValues, Problem, order_rectification
from zhiheng_web.evaluation.models import RectificationItem, RectificationOrder, SelfEvaluation
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import PerformanceTable, Project, TableVersion

NOW = datetime(2021, 1, 20, 4, tzinfo=UTC)
DUE = date(2021, 3, 31)
Person = Callable[..., Viewer]


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@dataclass(frozen=True)
class Ground:
    """What the tests stand on."""

    scene: Scene
    card: SelfEvaluation
    project: Project
    project_table: PerformanceTable

    @property
    def table(self) -> PerformanceTable:
        return self.scene.table


@pytest.fixture
def person(viewer: Callable[[str], Viewer]) -> Person:
    """``person("jixiao")`` on 20 January 2021, or at another instant."""
    return lambda name, at=NOW: replace(viewer(name), at=at)


@pytest.fixture
def ground(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> Ground:
    unit, officer = organisation.units["331001"], viewer("jixiao")
    made = scene(officer, unit, [Line("新增企业数", "10家", "50"), Line("满意度", "≥95%", "40", "satisfaction")])
    card = accepted(made.table, made.version, officer, Decimal("72.5"), "中")
    project = Project.objects.create(unit=unit, code="P001", name="创新券", first_year=2020)
    own = PerformanceTable.objects.create(unit=unit, kind="project", year=2020, project=project)
    TableVersion.objects.create(table=own, number=1, state="approved", purpose="declaration", created_by=officer.account)
    return Ground(made, card, project, own)


def accepted(table: PerformanceTable, version: TableVersion, officer: Viewer, total: Decimal, grade: str) -> SelfEvaluation:
    """A self-evaluation that finance has accepted."""
    return SelfEvaluation.objects.create(
        table=table, version=version, state="accepted", scheme="national", on=date(2020, 12, 31), known_at=NOW, total=total,
        ceiling=Decimal(100), grade=grade, begun_by=officer.account, begun_at=NOW, submitted_by=officer.account, submitted_at=NOW,
    )  # fmt: skip


def ordered(viewer: Viewer, ground: Ground, *problems: Problem, **changes: Any) -> tuple[RectificationOrder, list[RectificationItem]]:
    """An order from the self-evaluation with its items."""
    said = {
        "table": ground.table.pk,
        "title": "2020 年自评抽查整改",
        "due_on": DUE,
        "source": "self_evaluation",
        "source_id": ground.card.pk,
    }
    given = problems or (Problem("企业数未达目标", "分析原因"), Problem("满意度没有佐证", "补充问卷", due_on=date(2021, 2, 28)))
    order = order_rectification(viewer, OrderValues(**{**said, "problems": given, **changes}))
    return order, list(order.items.order_by("position"))
