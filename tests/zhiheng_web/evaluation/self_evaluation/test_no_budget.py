"""A year's budget of 0: its rate is undefined, its points leave the total, it must be explained, and the year can be closed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, Scene, entries
from tests.zhiheng_web.evaluation.self_evaluation.test_steps import FINANCE, Cell

from zhiheng_web.evaluation.actions.decide_self_evaluation import decide_self_evaluation
from zhiheng_web.evaluation.actions.fill_self_evaluation import fill_self_evaluation
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
from zhiheng_web.evaluation.rescoring import reproduces
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Invalid, Refusal

pytestmark = pytest.mark.django_db
ZERO = Decimal(0)


@pytest.mark.parametrize("paid", [None, ZERO, Decimal("400000")])
def test_the_year_of_a_table_without_budget_is_scored_explained_and_closed(
    paid: Decimal | None, make: Callable[..., Scene], person: Callable[[str], Viewer]
) -> None:
    """10 of 10 firms: 90 of the 90 points that can be had, whatever is known of payments."""
    found = make([Line("新增企业数", "10家", "90")], money=(ZERO, paid))
    found.bind("新增企业数", "flow", categories=("firm",))
    entries(found, 10, "firm")
    officer = person("jixiao")
    one = found.begin(officer)
    fill_self_evaluation(officer, one.pk, [Cell(None, name, "", "已写明") for name in ("goal_actual", "overview")])
    with pytest.raises((Refusal, Invalid), match="全年预算为 0"):
        submit_self_evaluation(officer, one.pk)
    fill_self_evaluation(officer, one.pk, [Cell(None, name, "", "项目年中取消，预算调减为 0") for name in ("problems", "improvements")])
    card = self_evaluation_page(officer, one.pk).card
    assert card is not None
    assert (card.total, card.ceiling, card.grade) == (Decimal(90), Decimal(90), "优")
    submit_self_evaluation(officer, one.pk)
    closed = decide_self_evaluation(person(FINANCE), one.pk, True, "同意")
    assert (closed.total, closed.ceiling) == (Decimal(90), Decimal(90))
    assert reproduces(closed.frozen, closed.digest)
