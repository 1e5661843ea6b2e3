"""Every account of the demonstration tries every step: who holds the role does it, others are refused, who may not see finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from tests.zhiheng_web.evaluation.self_evaluation.scene import Scene, row_of
from tests.zhiheng_web.ledgers.evidence.files import pdf

from zhiheng.plan.procedure import FINANCE_ROLES, Role
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.add_file import add_file
from zhiheng_web.evaluation.actions.begin_self_evaluation import begin_self_evaluation
from zhiheng_web.evaluation.actions.choose_scheme import choose_scheme
from zhiheng_web.evaluation.actions.confirm_override import confirm_override
from zhiheng_web.evaluation.actions.correct_self_evaluation import correct_self_evaluation
from zhiheng_web.evaluation.actions.decide_self_evaluation import decide_self_evaluation
from zhiheng_web.evaluation.actions.declare_actual import declare_actual
from zhiheng_web.evaluation.actions.fill_self_evaluation import Cell, fill_self_evaluation
from zhiheng_web.evaluation.actions.judge_row import judge_row
from zhiheng_web.evaluation.actions.override_score import override_score
from zhiheng_web.evaluation.actions.set_points import set_points
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.actions.take_back_override import take_back_override
from zhiheng_web.evaluation.actions.take_values import take_values
from zhiheng_web.evaluation.actions.withdraw_file import withdraw_file
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.evaluation.policies.self_evaluation import visible_self_evaluations
from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
from zhiheng_web.evaluation.queries.self_evaluation_row import file_of, row_page
from zhiheng_web.organisation.models import Department, Unit
from zhiheng_web.organisation.viewer import Held, Viewer
from zhiheng_web.trail.action import Absent, Forbidden, Refusal

pytestmark = pytest.mark.django_db
Person = Callable[[str], Viewer]
OFFICER = {"jixiao"}
"""The performance officer of the bureau: steps on the whole table."""
FILLERS = {"jixiao", "jingban", "jingban2", "jingban3"}
SEES_NOTHING = {"sysadmin", "secadmin", "auditadmin", "lanshan", "yinan", "qiye"}


def steps(one: SelfEvaluation, table: UUID, row: UUID, file: UUID) -> dict[str, Callable[[Viewer], Any]]:
    pk = one.pk
    return {
        "begin": lambda v: begin_self_evaluation(v, table),
        "take_values": lambda v: take_values(v, pk, "补录"),
        "fill_head": lambda v: fill_self_evaluation(v, pk, [Cell(None, "overview", "", "说明")]),
        "set_points": lambda v: set_points(v, pk, {row: Decimal(39)}, {row: "理由"}, {}),
        "choose_scheme": lambda v: choose_scheme(v, pk, "with_cost"),
        "override": lambda v: override_score(v, pk, row, Decimal(30), "理由", 0),
        "take_back": lambda v: take_back_override(v, pk, row),
        "submit": lambda v: submit_self_evaluation(v, pk),
        "decide": lambda v: decide_self_evaluation(v, pk, True, ""),
        "correct": lambda v: correct_self_evaluation(v, pk, "理由"),
    }


WHOLE = {"jixiao"}
MAY = {
    "begin": WHOLE, "take_values": WHOLE, "set_points": WHOLE, "choose_scheme": WHOLE, "override": WHOLE, "take_back": WHOLE,
    "submit": WHOLE, "correct": WHOLE, "decide": {"czyewu", "czjixiao"},
}  # fmt: skip


def tried(step: Callable[[Viewer], Any], viewer: Viewer) -> str:
    """What happened, and nothing of it stays: done, refused (for another reason than who asks), forbidden or absent."""
    try:
        with transaction.atomic():
            step(viewer)
            transaction.set_rollback(True)
    except Absent:
        return "absent"
    except Forbidden:
        return "forbidden"
    except Refusal:
        return "refused"
    return "done"


def test_only_who_holds_the_role_takes_a_step(small: Scene, person: Person, organisation: Demonstrated) -> None:
    one = small.begin(person("jixiao"))
    SelfEvaluation.objects.filter(pk=one.pk).update(submitted_at=one.begun_at)  # so that finance sees it
    row = row_of(one, "新增企业数").pk
    found = steps(one, small.table.pk, row, uuid4())
    for name in organisation.accounts:
        viewer = person(name)
        for step, may in MAY.items():
            outcome = tried(found[step], viewer)
            if name in may:
                assert outcome in ("done", "refused"), (name, step, outcome)
            elif name in SEES_NOTHING:
                assert outcome == "absent", (name, step, outcome)
            else:
                assert outcome in ("forbidden", "absent"), (name, step, outcome)


def test_an_office_fills_only_the_rows_of_its_duties(small: Scene, person: Person, organisation: Demonstrated) -> None:
    one = small.begin(person("jixiao"))
    row = row_of(one, "新增企业数")
    duty = row.indicator_row.duty_row
    assert duty is not None
    office = organisation.accounts["jingban"].assignments.filter(office__isnull=False).get().office
    other = organisation.accounts["jingban2"].assignments.filter(office__isnull=False).get().office
    assert office != other
    duty.duty.holdings.update(office=office)
    acts: dict[str, Callable[[Viewer], Any]] = {
        "fill": lambda v: fill_self_evaluation(v, one.pk, [Cell(row.pk, "reason", "", "说明")]),
        "judge": lambda v: judge_row(v, one.pk, row.pk, 1, Decimal(40), "依据", 0),
        "add_file": lambda v: add_file(v, one.pk, row.pk, [SimpleUploadedFile("证明.pdf", pdf())]),
        "declare": lambda v: declare_actual(v, one.pk, row.pk, Decimal(8), "家", "统计表", [SimpleUploadedFile("证明.pdf", pdf())]),
    }
    for name, act in acts.items():
        assert tried(act, person("jingban")) in ("done", "refused"), name
        assert tried(act, person("jixiao")) in ("done", "refused"), name
        assert tried(act, person("jingban2")) in ("forbidden", "absent"), name
        for nobody in SEES_NOTHING:
            assert tried(act, person(nobody)) == "absent", (name, nobody)
        for reader in ("juzhang", "shenji", "jiwei"):
            assert tried(act, person(reader)) == "forbidden", (name, reader)


def test_the_second_person_holds_a_role_over_the_row(small: Scene, person: Person) -> None:
    one = small.begin(person("jixiao"))
    row = row_of(one, "新增企业数")
    override_score(person("jixiao"), one.pk, row.pk, Decimal(36), "理由", 0)
    confirm = lambda v: confirm_override(v, one.pk, row.pk, Decimal(36), 1)  # noqa: E731
    for name in ("juzhang", "fenguan"):
        assert tried(confirm, person(name)) == "done", name
    assert tried(confirm, person("jixiao")) == "refused"  # his own
    for name in ("shenji", "jiwei", "baomi"):
        assert tried(confirm, person(name)) == "forbidden", name


def test_finance_sees_nothing_of_a_draft_and_other_departments_nothing_at_all(small: Scene, person: Person) -> None:
    one = small.begin(person("jixiao"))
    row = row_of(one, "新增企业数").pk
    made = add_file(person("jixiao"), one.pk, row, [SimpleUploadedFile("证明.pdf", pdf())])[0]
    elsewhere = Department.objects.create(code="999", name="另一部门")
    Unit.objects.create(department=elsewhere, code="999001", name="另一单位")
    stranger = Viewer(person("jixiao").account, (Held(Role.PERFORMANCE_OFFICER, elsewhere.pk),), at=person("jixiao").at)
    for viewer in (person("czjixiao"), person("czyewu"), stranger, person("lanshan")):
        assert not visible_self_evaluations(viewer).exists()
        for read in (
            lambda v: self_evaluation_page(v, one.pk), lambda v: row_page(v, one.pk, row), lambda v: file_of(v, one.pk, made.pk),
            lambda v: withdraw_file(v, one.pk, made.pk, "理由"),
        ):  # fmt: skip
            assert tried(read, viewer) in ("absent", "forbidden")
    both = Viewer(person("jixiao").account, (*stranger.held, *(Held(role) for role in FINANCE_ROLES)), at=person("jixiao").at)
    assert not visible_self_evaluations(both).exists()  # an officer elsewhere who is finance too sees no draft by it
    SelfEvaluation.objects.filter(pk=one.pk).update(submitted_at=one.begun_at)
    assert visible_self_evaluations(person("czjixiao")).count() == 1


def test_a_row_of_another_self_evaluation_is_absent(small: Scene, person: Person) -> None:
    one = small.begin(person("jixiao"))
    for act in (
        lambda v: row_page(v, one.pk, uuid4()), lambda v: override_score(v, one.pk, uuid4(), Decimal(1), "理由", 0),
        lambda v: judge_row(v, one.pk, uuid4(), 1, Decimal(1), "依据", 0), lambda v: set_points(v, one.pk, {uuid4(): Decimal(1)}, {}, {}),
        lambda v: fill_self_evaluation(v, one.pk, [Cell(uuid4(), "reason", "", "x")]),
    ):  # fmt: skip
        assert tried(act, person("jixiao")) == "absent"
