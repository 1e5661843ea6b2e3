"""The trail says of every weight and word which row it was of, what it was, what it became, and why (pitfall 70)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from tests.zhiheng_web.evaluation.self_evaluation.scene import row_of

from zhiheng_web.evaluation.actions.fill_self_evaluation import Cell, fill_self_evaluation
from zhiheng_web.evaluation.actions.set_points import set_points
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.trail.queries import details_of

pytestmark = pytest.mark.django_db
Person = Callable[[str], Viewer]


@pytest.fixture
def begun(small: object, person: Person) -> SelfEvaluation:
    return small.begin(person("jixiao"))  # type: ignore[attr-defined]


def last(action: str) -> TrailRecord:
    found = TrailRecord.objects.filter(action=action).order_by("-number").first()
    assert found is not None
    return found


def test_a_weight_is_told_from_what_to_what_and_why(begun: SelfEvaluation, person: Person) -> None:
    first, second = row_of(begun, "新增企业数"), row_of(begun, "投诉次数")
    wanted, why = {first.pk: Decimal("38.5"), second.pk: Decimal("11.5")}, {first.pk: "重要性调整", second.pk: "加强服务监督"}
    set_points(person("jixiao"), begun.pk, wanted, why, {})
    record = last("evaluation.set_points")
    assert record.details["rows"] == 2
    assert record.details["changed"] == [
        {"row": "新增企业数", "field": "points", "old": "40", "new": "38.5", "reason": "重要性调整"},
        {"row": "投诉次数", "field": "points", "old": "10", "new": "11.5", "reason": "加强服务监督"},
    ]
    assert record.before
    assert record.before != record.after
    assert "原为：40；改为：38.5；理由：重要性调整" in dict(details_of(record))["改动"]


def test_what_was_before_is_what_was_after_last_time(begun: SelfEvaluation, person: Person) -> None:
    row = row_of(begun, "新增企业数")
    texts = ("", "疫情影响", "疫情影响，开工推迟")
    for old, new in pairwise(texts):
        fill_self_evaluation(person("jixiao"), begun.pk, [Cell(row.pk, "reason", old, new)])
    first, second = TrailRecord.objects.filter(action="evaluation.fill_self_evaluation").order_by("number")
    assert first.after == second.before
    assert second.details["changed"] == [{"row": "新增企业数", "field": "reason", "old": "疫情影响", "new": "疫情影响，开工推迟"}]


def test_words_of_the_head_are_told_and_a_long_one_by_its_beginning(begun: SelfEvaluation, person: Person) -> None:
    long = "年" * 900
    fill_self_evaluation(person("jixiao"), begun.pk, [Cell(None, "overview", "", long)])
    record = last("evaluation.fill_self_evaluation")
    (told,) = record.details["changed"]
    assert (told["row"], told["field"], told["old"]) == ("", "overview", "")
    assert told["new"] == "年" * 200 + "…"
    fill_self_evaluation(person("jixiao"), begun.pk, [Cell(None, "overview", long, long + "终")])
    after = last("evaluation.fill_self_evaluation")
    assert after.details["changed"][0]["old"] == after.details["changed"][0]["new"]
    assert after.before != after.after  # the digest covers the whole text
