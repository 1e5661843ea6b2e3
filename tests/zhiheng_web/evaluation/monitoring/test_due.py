"""应达 stands in the unit of the figure beside it, however the target writes it: worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from tests.zhiheng_web.evaluation.monitoring.conftest import JULY, pay
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, scene

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.plan_round import plan_round
from zhiheng_web.evaluation.models import MonitoringRow
from zhiheng_web.organisation.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("target", "unit", "each", "due", "lamp"),
    [
        ("1亿元", "万元", "7000", "5833.3333", "blue"),
        ("1.2亿元", "元", "70000000", "70000000", "green"),
        ("12000万元", "亿元", "0.7", "0.7", "green"),
        ("1200万元", "万元", "700", "700", "green"),
        ("12万人次", "人次", "70000", "70000", "green"),
    ],
)
def test_seven_twelfths_are_due_by_july_in_the_unit_of_the_figure(
    target: str, unit: str, each: str, due: str, lamp: str, organisation: Demonstrated, person: Callable[..., Viewer]
) -> None:
    officer = person("jixiao")
    found = scene(officer, organisation.units["331001"], [Line("交易额", target)], money=None)
    found.bind("交易额", "total", column="quantity", unit=unit)
    found.ledger.put({"happened_on": date(2020, 6, 1), "quantity": Decimal(each)})
    pay(found, officer, {3: "400000"})
    (one,) = plan_round(officer, [found.table.unit.department_id], JULY)
    open_round(officer, one.pk)
    row = MonitoringRow.objects.get(report__round=one)
    assert (row.value, row.unit) == (Decimal(each), unit)
    assert (row.due, row.lamp) == (Decimal(due), lamp)
