"""What an evaluation puts on whose work list at each place of its way, and a sample on that of finance."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.zhiheng_web.evaluation.evaluations.work import MARKS, NOW, TODAY, Maker, Work
from tests.zhiheng_web.tasks.waiting import closed_doors, cost, kinds, one

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.announce_sample import announce_sample
from zhiheng_web.evaluation.actions.declare_interests import declare_interests
from zhiheng_web.evaluation.actions.request_material import request_material, return_material
from zhiheng_web.evaluation.models import Engagement, Evaluation, EvaluationReport, Evaluator, Material, Recheck, Sample, SelfEvaluation

pytestmark = pytest.mark.django_db
AGENTS = set(MARKS)
BUREAU = {"jixiao", "kezhang", "jingban", "jingban2", "jingban3"}
"""Those who fill in tables of the evaluated unit."""


def waits(made: Work) -> dict[str, set[str]]:
    """Kind → who has it, of evaluations alone; and every entry opens."""
    assert closed_doors(made.person) == []
    return {kind: who for kind, who in kinds(made.person).items() if kind.startswith("evaluate")}


def test_each_place_of_its_way_waits_for_exactly_those_who_go_on(work: Maker) -> None:
    made = work("planned")
    assert waits(made) == {"evaluate_engage": {"czjixiao"}}
    made.make_engaged()
    assert waits(made) == {"evaluate_declare": AGENTS}
    declare_interests(made.person("agent"), made.engagement, True)  # type: ignore[arg-type]
    assert waits(made) == {"evaluate_list": AGENTS}
    request_material(made.person("agent"), made.row.pk, ["立项文件", "验收报告"], TODAY + timedelta(days=10))
    assert waits(made) == {"evaluate_materials": BUREAU, "evaluate_collect": AGENTS}
    for name, kind in (("jixiao", "evaluate_materials"), ("agent", "evaluate_collect")):
        task = one(made.person, name, kind)
        assert (task.due_on, task.link) == (date(2021, 4, 16), reverse("evaluation:evaluation", args=[made.row.pk]))
        assert "2 " in task.text.zh


def test_materials_sent_back_wait_again_and_waived_ones_do_not(work: Maker) -> None:
    made = work("collecting")
    material = made.row.materials.get()
    Material.objects.filter(pk=material.pk).update(waived="已公开")
    assert waits(made) == {"evaluate_open": {"czjixiao"}}
    made = work_again(made)
    assert waits(made) == {"evaluate_materials": BUREAU, "evaluate_collect": AGENTS}


def work_again(made: Work) -> Work:
    """Its material handed in and sent back."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from tests.zhiheng_web.ledgers.evidence.files import pdf

    from zhiheng_web.evaluation.actions.hand_in_material import hand_in_material

    Material.objects.update(waived="")
    material = made.row.materials.get()
    hand_in_material(made.evaluated, material.pk, SimpleUploadedFile("立项.pdf", pdf()))
    assert waits(made) == {"evaluate_open": {"czjixiao"}}
    return_material(made.person("agent"), material.pk, "缺盖章页")
    return made


def test_marks_report_reply_check_and_acceptance(work: Maker) -> None:
    made = work("scoring")
    assert waits(made) == {"evaluate_mark": AGENTS}
    assert one(made.person, "agent", "evaluate_mark").link == reverse("evaluation:marks", args=[made.row.pk])
    made.mark("agent")
    assert waits(made) == {"evaluate_mark": {"agent2"}}
    made.mark("agent2")
    assert waits(made) == {"evaluate_report": AGENTS}
    made.make_drafted()
    assert waits(made) == {"evaluate_reply": BUREAU}
    assert one(made.person, "kezhang", "evaluate_reply").due_on == made.report.reply_due_on
    made.later(60)
    assert waits(made)["evaluate_pass"] == {"czjixiao"}
    made.later(-60)
    made.make_replied()
    assert waits(made) == {"evaluate_check": {"czjixiao"}}
    EvaluationReport.objects.update(answered_at=None)
    assert waits(made) == {"evaluate_answer": AGENTS}, "a contradiction is answered first"
    EvaluationReport.objects.update(answered_at=NOW)
    made.make_checked()
    assert waits(made) == {"evaluate_accept": {"czjixiao"}}
    made.make_accepted()
    assert waits(made) == {}


def test_evaluators_declare_before_they_mark(work: Maker) -> None:
    made = work("scoring")
    Evaluator.objects.update(declared_at=None)
    assert waits(made) == {"evaluate_declare": AGENTS}


def test_of_an_evaluation_by_the_department_its_officer_is_no_evaluated(work: Maker) -> None:
    made = work("collecting", kind="department")
    assert waits(made) == {"evaluate_materials": BUREAU - {"jixiao"}, "evaluate_collect": AGENTS}


def test_an_agency_that_is_not_engaged_has_nothing(work: Maker) -> None:
    made = work("collecting")
    Engagement.objects.update(ended_at=NOW)
    assert waits(made)["evaluate_collect"] == {"czjixiao"}


def test_the_queries_do_not_grow_with_the_evaluations(work: Maker) -> None:
    made = work("scoring")
    people = ("czjixiao", "jixiao", "jingban", "agent")
    before = {name: cost(made.person(name)) for name in people}
    engagement, seats = Engagement.objects.get(), list(Evaluator.objects.all())
    for number in range(6):
        row = made.row
        row.pk, row.name = uuid4(), f"评价{number}"
        row.save(force_insert=True)
        engagement.pk, engagement.evaluation = uuid4(), row
        engagement.save(force_insert=True)
        for seat in seats:
            Evaluator.objects.create(evaluation=row, account=seat.account, appointed_by=seat.appointed_by, declared_at=NOW)
        row.materials.create(position=1, name="资料", due_on=TODAY)
    assert len(Evaluation.objects.all()) == 7
    assert {name: cost(made.person(name)) for name in people} == before


def test_samples_are_drawn_and_rechecked_by_finance(work: Maker, organisation: Demonstrated) -> None:
    made = work("planned")
    account, version = organisation.accounts["jixiao"], made.row.table.versions.get()
    accepted = SelfEvaluation.objects.create(
        table=version.table, version=version, scheme="national", on=date(2020, 12, 31), known_at=NOW, begun_by=account, begun_at=NOW,
        state="accepted", submitted_at=NOW, submitted_by=account, decided_by=organisation.accounts["czyewu"], decided_at=NOW,
    )  # fmt: skip
    announce_sample(made.person("czjixiao"), 2020, "2020年抽查", "2021040600", 1)
    assert kinds(made.person)["sample_draw"] == {"czjixiao"}
    assert closed_doors(made.person) == []
    sample = Sample.objects.get()
    Sample.objects.update(drawn_at=NOW, digest="a" * 64, population=str(accepted.pk))
    recheck = Recheck.objects.create(sample=sample, self_evaluation=accepted, place=1)
    found = kinds(made.person)
    assert found["recheck"] == {"czjixiao"}
    assert "sample_draw" not in found
    assert one(made.person, "czjixiao", "recheck").link == reverse("evaluation:recheck", args=[recheck.pk])
    Recheck.objects.update(finished_at=NOW)
    assert "recheck" not in kinds(made.person)
