"""Titles of monitoring tables: what the case files cannot write down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.plans import plan_of

from zhiheng.audit.context import Context, Publication
from zhiheng.audit.engine import audit
from zhiheng.audit.selection import Selection
from zhiheng.parameters.parameters import in_force
from zhiheng.plan.plan import Cell, Plan, Table

TABLE = plan_of({"year": "2020", "indicators": [{"name": "培训期数", "target": "3期", "actual": "1期"}]})


def monitored(plan: Plan) -> list[Plan]:
    """The same rows as a monitoring table: by its months, or by a column of its causes."""
    row = replace(plan.indicators[0], causes=(("经费保障", Cell("")),))
    return [replace(plan, months=(1, 7)), replace(plan, indicators=(row,))]


@pytest.mark.parametrize("plan", monitored(TABLE.plan))
@pytest.mark.parametrize(
    ("title", "variant"),
    [
        ("2020年绩效目标执行监控表", ""),
        ("2020年绩效自评表", "self_evaluation_holds_monitoring"),
        ("2020年绩效目标表", "goals_holds_monitoring"),
    ],
)
def test_a_monitoring_table_under_its_title(plan: Plan, title: str, variant: str) -> None:
    context = Context(publication=Publication(title=title))
    found = audit(Table(plan), in_force(date(2020, 12, 31)), Selection(select=("P02",)), context=context)
    assert found.failed == ()
    assert [each.variant for each in found.findings] == ([variant] if variant else [])
