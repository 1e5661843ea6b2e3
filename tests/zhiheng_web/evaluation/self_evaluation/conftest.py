"""The small table of these tests and people who work on it in January of the next year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.self_evaluation.scene import AFTER, Line, Scene, at, entries, scene

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.models import Survey
from zhiheng_web.organisation.viewer import Viewer

LINES = [
    Line("新增企业数", "10家", "40"),
    Line("投诉次数", "≤4次", "10"),
    Line("检查覆盖率", "应检尽检", "30", "benefit"),
    Line("服务对象满意度", "≥95%", "10", "satisfaction", duty=2),
]


@pytest.fixture
def person(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> Callable[[str], Viewer]:
    return lambda name: at(viewer(name))


@pytest.fixture
def make(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> Callable[..., Scene]:
    """``make(lines, …)``: a table of the bureau in force at the year's end."""
    return lambda lines, **more: scene(viewer("jixiao"), organisation.units["331001"], lines, **more)


@pytest.fixture
def small(make: Callable[..., Scene]) -> Scene:
    return filled_scene(make(LINES))


def filled_scene(found: Scene) -> Scene:
    """8 of 10 firms, 5 complaints where 4 are allowed, 2 of 3 checks done, 45 of 50 satisfied, 190 of 200 万元 spent."""
    found.bind("新增企业数", "flow", categories=("firm",))
    found.bind("投诉次数", "flow", categories=("complaint",))
    found.bind("检查覆盖率", "coverage", counted_on="due_on", states=("done",), categories=("check",))
    entries(found, 8, "firm")
    entries(found, 5, "complaint")
    for number in range(3):
        done = number > 0
        day = date(2020, 5, 1)
        found.ledger.put({"due_on": day, "category": "check", "state": "done" if done else "open", "done_on": day if done else None})
    survey(found)
    return found


def survey(found: Scene, over: str = "45", under: str = "50") -> Survey:
    """A survey of the year, closed."""
    result: dict[str, Any] = {"numerator": over, "denominator": under, "answers": 50, "invited": 60, "least": 5, "state": "figure"}
    account = found.version.created_by
    return Survey.objects.create(
        department=found.ledger.department, year=2020, indicator=found.indicator("服务对象满意度"), title="满意度调查", audience="企业",
        opens_on=date(2020, 11, 1), closes_on=date(2020, 11, 30), closed_at=AFTER, result=result, digest="a" * 64, made_by=account,
        made_at=AFTER,
    )  # fmt: skip
