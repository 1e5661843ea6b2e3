"""What self-evaluation puts on whose work list: from the end of the year to the acceptance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from tests.zhiheng_web.evaluation.self_evaluation.conftest import LINES
from tests.zhiheng_web.evaluation.self_evaluation.scene import Scene, plan_of, row_of
from tests.zhiheng_web.evaluation.self_evaluation.test_steps import complete
from tests.zhiheng_web.tasks.waiting import closed_doors, cost, kinds, one

from zhiheng.plan.procedure import State
from zhiheng_web.evaluation.actions.confirm_override import confirm_override
from zhiheng_web.evaluation.actions.decide_self_evaluation import decide_self_evaluation
from zhiheng_web.evaluation.actions.override_score import override_score
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationRow
from zhiheng_web.organisation.models import Office
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import DutyHolding, PerformanceTable, Project, TableVersion
from zhiheng_web.planning.versions import write_version
from zhiheng_web.tasks.actions.keep_deadline import keep_deadline

pytestmark = pytest.mark.django_db
Person = Callable[[str], Viewer]


@pytest.fixture
def held(small: Scene) -> Scene:
    """Duty 1 is held by the office of ``jingban``, duty 2 by that of ``jingban2``."""
    for row in small.version.duty_rows.order_by("number"):
        office = Office.objects.get(unit=small.table.unit, code="03" if row.number == 1 else "01")
        DutyHolding.objects.filter(duty=row.duty).update(office=office, since=date(2019, 1, 1))
    return small


def test_the_officer_begins_when_the_year_is_over(held: Scene, person: Person) -> None:

    def december(name: str) -> Viewer:
        return replace(person(name), at=datetime(2020, 12, 31, 4, tzinfo=UTC))

    assert "self_begin" not in kinds(december)
    assert kinds(person)["self_begin"] == {"jixiao"}
    task = one(person, "jixiao", "self_begin")
    assert task.link == f"{reverse('evaluation:self_evaluations')}?year=2020"
    assert task.due_on is None
    keep_deadline(person("jixiao"), held.table.unit.department, 2020, "self_evaluate", due_on=date(2021, 3, 31))
    assert one(person, "jixiao", "self_begin").due_on == date(2021, 3, 31)
    assert closed_doors(person) == []
    held.begin(person("jixiao"))
    assert "self_begin" not in kinds(person)


def test_a_table_that_was_only_declared_as_history_is_not_asked_for(held: Scene, person: Person) -> None:
    TableVersion.objects.filter(pk=held.version.pk).update(state=State.DECLARED_HISTORY.value)
    assert "self_begin" not in kinds(person)


def test_a_draft_waits_for_the_offices_and_the_officer(held: Scene, person: Person) -> None:
    begun = held.begin(person("jixiao"))
    found = kinds(person)
    assert found["self_fill"] == {"jingban", "jingban2", "kezhang"}
    assert found["self_submit"] == {"jixiao"}
    assert one(person, "jingban", "self_fill").link == reverse("evaluation:self_evaluation", args=[begun.pk])
    assert closed_doors(person) == []


def test_an_override_waits_for_others_than_its_author(held: Scene, person: Person) -> None:
    begun = held.begin(person("jixiao"))
    row = row_of(begun, "新增企业数")
    override_score(person("jixiao"), begun.pk, row.pk, Decimal(40), "漏记两家", row.edits)
    waits = kinds(person)["override_confirm"]
    assert waits == {"kezhang", "fenguan", "juzhang", "jingban"}, "those over the table, and the office that holds its duty"
    assert one(person, "juzhang", "override_confirm").link == reverse("evaluation:self_evaluation_row", args=[begun.pk, row.pk])
    assert closed_doors(person) == []
    row.refresh_from_db()
    confirm_override(person("juzhang"), begun.pk, row.pk, Decimal(40), row.edits)
    assert "override_confirm" not in kinds(person)


def test_what_is_submitted_waits_for_finance_and_comes_back_with_its_opinion(held: Scene, person: Person) -> None:
    begun = held.begin(person("jixiao"))
    complete(person("jixiao"), begun)
    submit_self_evaluation(person("jixiao"), begun.pk)
    found = kinds(person)
    assert found["self_accept"] == {"czyewu", "czjixiao"}
    assert not {"self_fill", "self_submit"} & set(found)
    assert closed_doors(person) == []
    decide_self_evaluation(person("czjixiao"), begun.pk, False, "偏差原因不具体")
    found = kinds(person)
    assert found["self_mend"] == {"jixiao", "jingban", "jingban2", "kezhang"}
    assert "self_accept" not in found
    assert "偏差原因不具体" in one(person, "jixiao", "self_mend").text.zh
    assert closed_doors(person) == []
    submit_self_evaluation(person("jixiao"), begun.pk)
    decide_self_evaluation(person("czjixiao"), begun.pk, True, "同意")
    assert not [kind for kind in kinds(person) if kind.startswith(("self", "override"))]


def test_the_queries_do_not_grow_with_the_tables(held: Scene, person: Person) -> None:
    """Tables to begin, drafts and an override in each."""
    officer = person("jixiao")

    def grow(count: int, code: str) -> None:
        for number in range(count):
            project = Project.objects.create(unit=held.table.unit, code=f"{code}{number}", name=f"{code}{number}", first_year=2020)
            for year in (2020, 2019):
                table = PerformanceTable.objects.create(unit=held.table.unit, kind="project", project=project, year=year)
                version = write_version(
                    table, plan_of(LINES, year), account=officer.account, state=State.APPROVED, in_force_from=date(year, 2, 1)
                )
                if year == 2020:
                    draft(version)

    def draft(version: TableVersion) -> None:
        one = SelfEvaluation.objects.create(
            table=version.table, version=version, scheme="national", on=date(2020, 12, 31), known_at=officer.now(),
            begun_by=officer.account, begun_at=officer.now(),
        )  # fmt: skip
        for row in version.indicator_rows.all():
            SelfEvaluationRow.objects.create(
                self_evaluation=one, indicator_row=row, indicator_id=row.indicator_id, position=row.position,
                override=Decimal(1), override_reason="理由", override_by=officer.account, override_at=officer.now(),
            )  # fmt: skip

    grow(1, "A")
    people = ("jixiao", "kezhang", "jingban", "juzhang")
    before = {name: cost(person(name)) for name in people}
    grow(6, "B")
    assert {name: cost(person(name)) for name in people} == before
    assert "7 张表" in one_of_year(person, 2019)


def one_of_year(person: Person, year: int) -> str:
    """What the officer's list says of the tables of a year to begin."""
    from zhiheng_web.tasks.worklist import mine

    return next(task.text.zh for task in mine(person("jixiao")) if task.kind == "self_begin" and f"{year} 年" in task.text.zh)
