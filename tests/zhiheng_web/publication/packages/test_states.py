"""完成情况 on public pages: what the scoring found of a row, so that no page calls a row met that lost points or waits for a judge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, at, entries, scene

from zhiheng.scoring.scorecard import Refusal
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.loading import filled
from zhiheng_web.evaluation.models import SelfEvaluationRow
from zhiheng_web.evaluation.rescoring import frozen_of
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.building.scores import Card

pytestmark = pytest.mark.django_db


def test_a_row_is_met_as_it_was_scored_or_judged(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> None:
    """3 of 4 sessions and 2 of 3 checks are missed, 10 of 10 firms met; what a person judged is as he judged it."""
    officer = at(viewer("jixiao"))
    lines = [Line("举办培训班", "每季度1次", "30"), Line("新增企业数", "10家", "30"), Line("检查覆盖率", "应检尽检", "20")]
    found = scene(officer, organisation.units["331001"], [*lines, Line("服务水平", "持续提升", "10")])
    found.bind("举办培训班", "flow", categories=("course",), unit="次")
    found.bind("新增企业数", "flow", categories=("firm",))
    found.bind("检查覆盖率", "coverage", counted_on="due_on", states=("done",), categories=("check",))
    entries(found, 3, "course")
    entries(found, 10, "firm")
    for number in range(3):
        done = number > 0
        day = date(2020, 5, 1)
        found.ledger.put({"due_on": day, "category": "check", "state": "done" if done else "open", "done_on": day if done else None})
    one = found.begin(officer)
    rows = list(SelfEvaluationRow.objects.filter(self_evaluation=one).order_by("position").select_related("snapshot"))
    assert rows[0].snapshot is not None
    assert rows[0].snapshot.value["state"] == "judge", "the ledger alone cannot compare three sessions with one a quarter"
    rows[3].tier, rows[3].judged = 2, Decimal(7)
    rows[3].save()
    whole = filled(one)
    assert not isinstance(whole.scored, Refusal), whole.scored
    card = Card(frozen_of(whole, whole.scored), ["a", "b", "c", "d"])
    measured = [row.snapshot.value["state"] if row.snapshot else "unbound" for row in rows]
    states = [card.state(index, row, measured[index]) for index, row in enumerate(whole.rows)]
    assert states == ["missed", "met", "missed", "missed"]
    points = [card.result(index, None) for index in range(4)]
    assert [None if each is None else each.points for each in points] == [Decimal("22.50"), Decimal(30), Decimal("13.33"), Decimal(7)]
    for without in ("not_organised", "not_applicable", "nothing_due", "not_due", "waiting"):
        assert card.state(1, rows[1], without) == without
