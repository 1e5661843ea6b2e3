"""A judgement by hand does not outlive the figure that comes later: it stands in the way, is said, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, Scene, entries, row_of
from tests.zhiheng_web.evaluation.self_evaluation.test_steps import complete

from zhiheng_web.evaluation.actions.judge_row import judge_row
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.actions.take_values import take_values
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Refusal

pytestmark = pytest.mark.django_db
Person = Callable[[str], Viewer]
NAME = "编制科技规划"


@pytest.fixture
def judged(make: Callable[..., Scene], person: Person) -> tuple[Scene, SelfEvaluation]:
    """完成 with no ledger: a person gave 80 of 90 points."""
    found = make([Line(NAME, "完成", "90")])
    one = found.begin(person("jixiao"))
    judge_row(person("jixiao"), one.pk, row_of(one, NAME).pk, 1, Decimal(80), "规划已印发", 0)
    complete(person("jixiao"), one, (NAME,))
    return found, one


def test_a_judgement_of_a_row_without_figure_stands_in_nobody_s_way(judged: tuple[Scene, SelfEvaluation], person: Person) -> None:
    assert self_evaluation_page(person("jixiao"), judged[1].pk).left == 0


@pytest.mark.parametrize(("basis", "codes"), [("培训4期、205人，达成", []), ("达成", ["S09"])])
def test_a_judgement_that_rests_on_facts_is_no_verdict_alone(
    make: Callable[..., Scene], person: Person, basis: str, codes: list[str]
) -> None:
    one = make([Line(NAME, "完成", "90")]).begin(person("jixiao"))
    judge_row(person("jixiao"), one.pk, row_of(one, NAME).pk, 1, Decimal(90), basis, 0)
    (line,) = self_evaluation_page(person("jixiao"), one.pk).lines
    assert [found.code for found in line.findings if found.code == "S09"] == codes


def test_once_there_is_a_figure_the_judgement_blocks_and_says_what_to_do(
    judged: tuple[Scene, SelfEvaluation], person: Person, signed_in: Any
) -> None:
    found, one = judged
    found.bind(NAME, "flow", categories=("plan",), unit="项")
    entries(found, 1, "plan")
    take_values(person("jixiao"), one.pk, "台账已补登")
    page = self_evaluation_page(person("jixiao"), one.pk)
    (demand,) = page.lines[0].demands
    assert demand.field == "tier"
    assert "80 分" in demand.text.zh
    with pytest.raises(Refusal, match="请撤销评定"):
        submit_self_evaluation(person("jixiao"), one.pk)
    row = row_of(one, NAME)
    assert "撤销评定" in signed_in("jixiao").get(f"/self-evaluations/{one.pk}/{row.pk}/").content.decode()
    judge_row(person("jixiao"), one.pk, row.pk, None, None, "", row.edits)
    page = self_evaluation_page(person("jixiao"), one.pk)
    assert page.lines[0].score is not None
    assert (page.lines[0].score.points, page.left) == (90, 0)
    assert submit_self_evaluation(person("jixiao"), one.pk).total == Decimal("99.5")
