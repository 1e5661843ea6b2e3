"""R13 speaks in the product: a self-evaluation on other targets than those approved is not submitted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.zhiheng_web.evaluation.self_evaluation.conftest import LINES
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, Scene, plan_of
from tests.zhiheng_web.evaluation.self_evaluation.test_steps import complete

from zhiheng.plan.procedure import State
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.versions import write_version
from zhiheng_web.trail.action import Refusal

pytestmark = pytest.mark.django_db


def test_targets_adjusted_by_the_year_s_end_after_it_was_begun(small: Scene, person: Callable[[str], Viewer]) -> None:
    """The adjustment was recorded late: from 1 November 8 firms were asked for, and the self-evaluation still has 10."""
    one = small.begin(person("jixiao"))
    complete(person("jixiao"), one)
    page = self_evaluation_page(person("jixiao"), one.pk)
    assert [found.code for found in page.lines[0].findings if found.code == "R13"] == []
    small.version.state, small.version.in_force_until = State.SUPERSEDED, date(2020, 11, 1)
    small.version.save()
    lines = [Line("新增企业数", "8家", "40"), *LINES[1:]]
    fields = {
        "in_force_from": date(2020, 11, 1),
        "scheme": "national",
        "tree": "classic",
        "purpose": "adjustment",
        "based_on": small.version,
    }
    write_version(small.table, plan_of(lines), account=small.version.created_by, state=State.APPROVED, **fields)
    page = self_evaluation_page(person("jixiao"), one.pk)
    (found,) = [found for found in page.lines[0].findings if found.code == "R13"]
    assert found.blocks
    assert "10家" in found.text.zh
    assert "8家" in found.text.zh
    with pytest.raises(Refusal) as refused:
        submit_self_evaluation(person("jixiao"), one.pk)
    assert refused.value.code == "self_evaluation_wrong"
