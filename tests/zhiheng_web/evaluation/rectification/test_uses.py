"""结果应用: decided by finance, replaced and never changed, shown where the next year is declared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.zhiheng_web.evaluation.rectification.conftest import Ground, Person

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.decide_use import UseValues, decide_use
from zhiheng_web.evaluation.models import SelfEvaluation, UseOfResult
from zhiheng_web.evaluation.queries.uses import deciding, propose, use_page, uses
from zhiheng_web.evaluation.queries.uses_paper import uses_paper
from zhiheng_web.planning.consequences import Declared, consequences_of
from zhiheng_web.planning.models import BudgetChange, BudgetLine, PerformanceTable, TableVersion
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid

D = Decimal
MILLION = D(1_000_000)


def values(ground: Ground, **changes: Any) -> UseValues:
    given = {
        "table": ground.table.pk,
        "decision": "cut",
        "before": 2 * MILLION,
        "after": MILLION,
        "reason": "进度慢",
        "document": "财预1号",
    }
    return UseValues(**{**given, "self_evaluation": ground.card.pk, **changes})


def test_a_decision_is_replaced_and_never_changed(ground: Ground, person: Person) -> None:
    first = decide_use(person("czjixiao"), values(ground))
    assert (first.next_year, first.decision) == (2021, "cut")
    with pytest.raises(Conflict):
        decide_use(person("czjixiao"), values(ground, decision="keep", after=2 * MILLION))
    second = decide_use(person("czjixiao"), values(ground, decision="keep", after=2 * MILLION, replaces=first.pk))
    first.refresh_from_db()
    assert (first.replaced_by, first.after) == (second, MILLION)
    assert [line.use.pk for line in uses(person("jixiao"))[0]] == [second.pk]
    line, others, may_decide = use_page(person("czjixiao"), second.pk)
    assert ([one.use.pk for one in others], may_decide) == ([first.pk], True)
    assert not use_page(person("jixiao"), first.pk)[2]
    assert line.basis.zh == "绩效自评 72.5 中"
    with pytest.raises(Conflict):
        decide_use(person("czjixiao"), values(ground, replaces=first.pk))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"decision": "keep"}, Invalid),
        ({"decision": "cut", "after": 2 * MILLION}, Invalid),
        ({"decision": "cancel"}, Invalid),
        ({"decision": "double"}, Invalid),
        ({"before": D(-1)}, Invalid),
        ({"after": D("0.001")}, Invalid),
        ({"before": D("NaN")}, Invalid),
        ({"reason": " "}, Invalid),
        ({"reason": "机密★2年"}, Invalid),
        ({"document": "长" * 201}, Invalid),
        ({"next_year": 2020}, Invalid),
        ({"next_year": 3000}, Invalid),
        ({"self_evaluation": None}, Invalid),
        ({"evaluation": uuid4()}, Invalid),
        ({"self_evaluation": uuid4()}, Absent),
        ({"self_evaluation": None, "evaluation": uuid4()}, Absent),
        ({"table": uuid4()}, Absent),
        ({"project": uuid4()}, Absent),
    ],
)
def test_what_cannot_be_decided(ground: Ground, person: Person, changes: dict[str, Any], fault: type[Exception]) -> None:
    with pytest.raises(fault):
        decide_use(person("czjixiao"), values(ground, **changes))
    assert not UseOfResult.objects.exists()


def test_a_result_that_is_not_accepted_decides_nothing(ground: Ground, person: Person) -> None:
    own = TableVersion.objects.get(table=ground.project_table)
    card = ground.card
    draft = SelfEvaluation.objects.create(
        table=ground.project_table, version=own, state="submitted", scheme="national", on=date(2020, 12, 31), known_at=card.known_at,
        begun_by=card.begun_by, begun_at=card.begun_at, submitted_by=card.begun_by, submitted_at=card.begun_at,
    )  # fmt: skip
    with pytest.raises(Absent):
        decide_use(person("czjixiao"), values(ground, table=ground.project_table.pk, self_evaluation=draft.pk))


def test_only_finance_decides(ground: Ground, person: Person, organisation: Demonstrated) -> None:
    for name in organisation.accounts:
        if name == "czjixiao":
            continue
        with pytest.raises((Forbidden, Absent)):
            decide_use(person(name), values(ground))
    assert not UseOfResult.objects.exists()


@pytest.mark.parametrize(
    ("grade", "decision", "after"), [("优", "keep", "100"), ("良", "keep", "100"), ("中", "cut", "80"), ("差", "cancel", "0")]
)
def test_the_grade_proposes_by_parameters_that_are_no_law(grade: str, decision: str, after: str) -> None:
    found = propose(grade, D(100), date(2021, 1, 20))
    assert found is not None
    assert (found.decision, found.after, found.status) == (decision, D(after), "unverified")
    assert propose("甲", D(100), date(2021, 1, 20)) is None
    nothing = propose("中", D(0), date(2021, 1, 20))
    assert nothing is not None
    assert nothing.decision == "keep"


def test_the_form_begins_with_what_the_next_year_asks_for(ground: Ground, person: Person, organisation: Demonstrated) -> None:
    unit = ground.table.unit
    found = deciding(person("czjixiao"), ground.table.pk)
    assert (found.before, found.before_from.zh, found.next_year) == (2 * MILLION, "本年预算", 2021)
    line = BudgetLine.objects.get(unit=unit, year=2020)
    BudgetChange.objects.create(
        line=line, on=date(2020, 6, 1), amount=MILLION, reason="追加", document="文", made_by=organisation.accounts["jixiao"]
    )
    assert deciding(person("czjixiao"), ground.table.pk).before == 3 * MILLION
    BudgetLine.objects.create(unit=unit, year=2021, source="fiscal", initial=5 * MILLION)
    found = deciding(person("czjixiao"), ground.table.pk)
    assert (found.before, found.before_from.zh) == (5 * MILLION, "下年年初预算")
    assert found.proposal is not None
    assert (found.proposal.decision, found.proposal.after) == ("cut", 4 * MILLION)
    assert deciding(person("czjixiao"), ground.table.pk, ground.project.pk).before is None


def test_the_next_declaration_and_the_project_show_what_was_decided(
    ground: Ground, person: Person, signed_in: Callable[[str], Client]
) -> None:
    unit = ground.table.unit
    decide_use(person("czjixiao"), values(ground))
    decide_use(person("czjixiao"), values(ground, project=ground.project.pk, decision="cancel", after=D(0), reason="重复"))
    whole = consequences_of(person("jixiao"), Declared(unit.pk, 2021))
    assert {(one.about.zh, one.decision.zh, one.change) for one in whole} == {
        ("临沂市科学技术局", "压减", -MILLION),
        ("创新券", "取消", -2 * MILLION),
    }
    (own,) = consequences_of(person("jixiao"), Declared(unit.pk, 2021, ground.project.pk))
    assert own.reason == "重复"
    assert consequences_of(person("jixiao"), Declared(unit.pk, 2020)) == ()
    assert consequences_of(person("lanshan"), Declared(unit.pk, 2021)) == ()
    following = PerformanceTable.objects.create(unit=unit, kind="department", year=2021)
    version = TableVersion.objects.create(table=following, number=1, state="draft", purpose="declaration", created_by=ground.card.begun_by)
    client = signed_in("jixiao")
    for path in (f"/tables/{following.pk}/", f"/versions/{version.pk}/edit/", f"/projects/{ground.project.pk}/?year=2021"):
        html = client.get(path).content.decode()
        assert "上年结果应用" in html, path
        assert own.link in html, path
    assert "上年结果应用" not in client.get(f"/projects/{ground.project.pk}/?year=2020").content.decode()


def test_the_paper_has_the_decisions_that_stand_in_wan(ground: Ground, person: Person) -> None:
    from zhiheng.reports.papers.use_of_results import use_of_results

    first = decide_use(person("czjixiao"), values(ground))
    decide_use(person("czjixiao"), values(ground, after=D(500_000), replaces=first.pk))
    rows = uses_paper(person("jixiao"), ground.table.unit.department_id, 2020)
    assert [(row.name, row.basis, row.points, row.grade, row.decision, row.before, row.after) for row in rows] == [
        ("临沂市科学技术局（整体）", "自评", "72.5", "中", "压减", D(200), D(50))
    ]
    assert use_of_results("1", "局", 2020, None, rows).code == "use_of_results"


def test_queries_do_not_grow(ground: Ground, person: Person, django_assert_max_num_queries: Any) -> None:
    for year in range(2021, 2030):
        decide_use(person("czjixiao"), values(ground, next_year=year))
    with django_assert_max_num_queries(3):
        lines, years = uses(person("jixiao"))
        assert len([line.basis for line in lines]) == len(years) == 9
