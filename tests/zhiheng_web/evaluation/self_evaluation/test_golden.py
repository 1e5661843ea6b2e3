"""The card of one small table worked out by hand under every scheme that comes with the product."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from tests.zhiheng_web.evaluation.self_evaluation.conftest import LINES, filled_scene
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, Scene

from zhiheng.scoring import scheme_file
from zhiheng.scoring.scorecard import Refusal
from zhiheng_web.evaluation.loading import filled, self_evaluation_for
from zhiheng_web.organisation.viewer import Viewer

pytestmark = pytest.mark.django_db

BY_HAND: dict[str, tuple[tuple[str, ...], str, tuple[str, ...], str, str]] = {
    # scheme: points of the rows, execution, points by hand, total, grade
    # 8/10·40 = 32; (1-(5-4)/4)·10 = 7.5; 2/3·30 = 20; 90/95·10 = 9.4736… → 9.47; 190/200·10 = 9.5
    "national": (("40", "10", "30", "10"), "9.5", ("32", "7.5", "20", "9.47"), "78.47", "中"),
    "grades_80_70_60": (("40", "10", "30", "10"), "9.5", ("32", "7.5", "20", "9.47"), "78.47", "良"),
    # 满意度90% stands in the band that gets full points
    "with_cost": (("40", "10", "30", "10"), "9.5", ("32", "7.5", "20", "10"), "79", "中"),
    # reverse is T/A: 4/5·10 = 8; execution 20·0.95 = 19; 8/10·30 = 24
    "hubei": (("30", "10", "30", "10"), "19", ("24", "8", "20", "9.47"), "80.47", "良"),
    # no execution rate: the rows have all 100 points; 8/10·50 = 40
    "department": (("50", "10", "30", "10"), "", ("40", "7.5", "20", "9.47"), "76.97", "中"),
    "decision": (("50", "10", "30", "10"), "", ("40", "7.5", "20", "9.47"), "76.97", "中"),
}


def test_every_shipped_scheme_is_worked_out_here() -> None:
    assert set(BY_HAND) == set(scheme_file.names())


@pytest.mark.parametrize("name", BY_HAND)
def test_the_card_is_the_one_worked_out_by_hand(name: str, make: Callable[..., Scene], person: Callable[[str], Viewer]) -> None:
    points, execution, rows, total, grade = BY_HAND[name]
    lines = [Line(line.name, line.target, own, line.level, line.duty) for line, own in zip(LINES, points, strict=True)]
    found = filled_scene(make(lines, scheme=name))
    one = found.begin(person("jixiao"))
    held = filled(self_evaluation_for(person("jixiao"), one.pk))
    assert held.scheme.name == name
    assert not isinstance(held.scored, Refusal)
    card = held.scored.card
    scores = {row.index: row.points for row in card.rows}
    assert scores.pop(None, None) == (Decimal(execution) if execution else None)
    assert [scores[index] for index in range(4)] == [Decimal(one) for one in rows]
    assert (card.total, card.ceiling, card.grade) == (Decimal(total), Decimal(100), grade)
