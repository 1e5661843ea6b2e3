"""An engaged agency reads what it evaluates, between its declaration and the end of the engagement, and nobody else reads it there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.zhiheng_web.evaluation.evaluations.test_brute_force import AGENTS, PEOPLE
from tests.zhiheng_web.evaluation.evaluations.work import STAGES, Work, agency_of
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, Scene, at, scene
from tests.zhiheng_web.ledgers.evidence.files import pdf, upload
from tests.zhiheng_web.ledgers.filled import DEFINITION, words

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.decide_self_evaluation import decide_self_evaluation
from zhiheng_web.evaluation.actions.engage_agency import end_engagement
from zhiheng_web.evaluation.actions.fill_self_evaluation import Cell, fill_self_evaluation
from zhiheng_web.evaluation.actions.keep_sheet import FigureValues, keep_sheet
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.loading import filled
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationRow, SheetFigure
from zhiheng_web.evaluation.queries.evaluated import evaluated_page, evaluated_row, evaluated_sheet, evaluated_sheet_file
from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
from zhiheng_web.ledgers.actions.declare_register import declare_register
from zhiheng_web.ledgers.actions.record_entries import record_entries
from zhiheng_web.ledgers.models import Register
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.trail.action import Refusal
from zhiheng_web.trail.models import TrailRecord

pytestmark = pytest.mark.django_db
Make = Callable[..., Work]
See = Callable[[str], Viewer]
READING = ("collecting", "scoring", "marked", "drafted", "replied", "checked")
"""From the declaration to the acceptance, which ends the engagement."""
MOBILE, PERSON, NOTE = "13800001234", "张三丰", "现场核对过"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def figure(viewer: See, department: Department) -> SheetFigure:
    """A figure of the yearly sheet of 2020 with the file that proves it."""
    given = FigureValues("staff", SheetFigure.State.GIVEN, Decimal(43), "决算报表", None)
    return keep_sheet(viewer("jixiao"), department.pk, 2020, [given], upload=upload("编制.pdf", pdf()))[0]


@pytest.mark.parametrize("stage", STAGES)
def test_who_reads_it_when(work: Make, viewer: See, organisation: Demonstrated, stage: str) -> None:
    """Every person tries every way in at every stage."""
    made = work(stage)
    kept = figure(viewer, organisation.departments["331"])
    agency_of("庚机构", "stranger")
    agency_of("山东示例评价有限公司", *AGENTS)
    ways: list[Callable[[Viewer], Any]] = [
        lambda v: evaluated_page(v, made.row.pk), lambda v: evaluated_sheet(v, made.row.pk),
        lambda v: evaluated_sheet_file(v, made.row.pk, kept.pk),
    ]  # fmt: skip
    for way in ways:
        done = set()
        for name in PEOPLE:
            try:
                way(made.person(name))
                done.add(name)
            except Refusal:
                pass
        assert done == (AGENTS if stage in READING else set())


def test_it_ends_with_the_engagement_and_the_attempt_is_kept(work: Make) -> None:
    made = work("collecting")
    assert evaluated_page(made.person("agent"), made.row.pk).version is not None
    end_engagement(made.organiser, made.engagement, "改为自行组织")  # type: ignore[arg-type]
    before = TrailRecord.objects.count()
    with pytest.raises(Refusal):
        evaluated_page(made.person("agent"), made.row.pk)
    assert TrailRecord.objects.order_by("number").last().action == "evaluation.agency_refused"
    assert TrailRecord.objects.count() == before + 1


@pytest.fixture
def handed_in(organisation: Demonstrated, viewer: See) -> tuple[Scene, SelfEvaluation]:
    """A table of which one indicator counts entries that name a person, with its self-evaluation handed in."""
    made = scene(viewer("jixiao"), organisation.units["331001"], [Line("登记成果数", "3项", "90")])
    june = at(viewer("jixiao"), datetime(2020, 6, 1, 8, tzinfo=UTC))
    register = Register.objects.get(pk=declare_register(june, made.table.unit.department_id, replace(DEFINITION, evidence=())).pk)
    record_entries(june, register.pk, [words("0001", note=NOTE), words("0002", note=NOTE), words("0003", state="received")])
    made.bind("登记成果数", "flow", register=register, counted_on="decided_on", states=("registered",), unit="项")
    one = made.begin(viewer("jixiao"))
    row = SelfEvaluationRow.objects.get(self_evaluation=one)
    officer = at(viewer("jixiao"))
    texts = {"reason": "一项推迟", "improvement": "提前安排"}
    head = {"goal_actual": "完成", "overview": "逐项核对", "problems": "一项未完成", "improvements": "提前"}
    cells = [Cell(row.pk, name, "", text) for name, text in texts.items()] + [Cell(None, name, "", text) for name, text in head.items()]
    fill_self_evaluation(officer, one.pk, cells)
    card = self_evaluation_page(officer, one.pk).card
    assert card is not None
    return made, submit_self_evaluation(officer, one.pk, str(card.total))


@pytest.fixture
def evaluated(handed_in: tuple[Scene, SelfEvaluation], viewer: See) -> tuple[Scene, SelfEvaluation]:
    """The same accepted."""
    made, one = handed_in
    return made, decide_self_evaluation(at(viewer("czyewu")), one.pk, True, "同意")


def test_it_reads_figures_down_to_their_entries_without_persons(
    evaluated: tuple[Scene, SelfEvaluation], organisation: Demonstrated, viewer: See, signed_in: Callable[[str], Client]
) -> None:
    """Public and internal columns are there, the person and the telephone are not; of other tables and the registers it opens nothing."""
    made, one = evaluated
    done = Work(organisation, made.table.pk).to("collecting")
    kept = figure(viewer, organisation.departments["331"])
    agency_of("山东示例评价有限公司", "jigou")
    agent, row = signed_in("jigou"), SelfEvaluationRow.objects.get(self_evaluation=one)
    home = agent.get(reverse("evaluation:evaluation", args=[done.row.pk])).content.decode()
    page, sheet = reverse("evaluation:evaluated", args=[done.row.pk]), reverse("evaluation:evaluated_sheet", args=[done.row.pk])
    assert page in home
    assert sheet in home
    shown = agent.get(page).content.decode()
    trace = reverse("evaluation:evaluated_row", args=[done.row.pk, row.pk])
    for said in ("登记成果数", "3项", "2项", "一项推迟", trace):
        assert said in shown
    for language in ("zh-hans", "en"):
        agent.cookies["django_language"] = language
        behind = agent.get(trace)
        assert behind.status_code == 200
        for said in ("成果0001", NOTE, "临沂甲科技有限公司"):
            assert said in behind.content.decode()
        read = behind.content.decode().partition("<main")[2]
        for hidden in (MOBILE, PERSON, "张"):
            assert hidden not in read
        assert not re.search(r"138[\d*·•]*1234", read), "nor in part"
    figures = agent.get(sheet)
    file = reverse("evaluation:evaluated_sheet_file", args=[done.row.pk, kept.pk])
    assert file in figures.content.decode()
    assert b"".join(agent.get(file).streaming_content).startswith(b"%PDF")
    assert agent.get(sheet, {"export": "xlsx"}).status_code == 200
    for closed in (
        reverse("planning:version", args=[one.version_id]), reverse("evaluation:self_evaluation", args=[one.pk]),
        reverse("evaluation:department_sheet", args=[made.table.unit.department_id, 2020]),
        reverse("evaluation:department_sheet_file", args=[made.table.unit.department_id, 2020, kept.pk]),
    ):  # fmt: skip
        assert agent.get(closed).status_code in (403, 404), closed


def test_of_another_table_it_reads_nothing(
    evaluated: tuple[Scene, SelfEvaluation], organisation: Demonstrated, signed_in: Callable[[str], Client]
) -> None:
    """A row of another self-evaluation and a figure of another year are not reached by way of the evaluation."""
    made, one = evaluated
    done = Work(organisation, made.table.pk).to("collecting")
    other = PerformanceTable.objects.create(unit=organisation.units["331001"], kind="unit", year=2020)
    second = SelfEvaluation.objects.create(
        table=other, version=one.version, scheme=one.scheme, on=one.on, known_at=one.known_at, begun_by=one.begun_by, begun_at=one.begun_at
    )
    row = SelfEvaluationRow.objects.get(self_evaluation=one)
    foreign = SelfEvaluationRow.objects.create(self_evaluation=second, indicator_row=row.indicator_row, indicator=row.indicator, position=1)
    agency_of("山东示例评价有限公司", "jigou")
    agent = signed_in("jigou")
    assert agent.get(reverse("evaluation:evaluated_row", args=[done.row.pk, row.pk])).status_code == 200
    assert agent.get(reverse("evaluation:evaluated_row", args=[done.row.pk, foreign.pk])).status_code == 404
    assert filled(one).rows


def test_a_draft_of_the_self_evaluation_is_not_shown(
    organisation: Demonstrated, viewer: See, handed_in: tuple[Scene, SelfEvaluation]
) -> None:
    """Once it is returned it is the department's again; the targets stay."""
    made, one = handed_in
    done = Work(organisation, made.table.pk).to("collecting")
    assert evaluated_page(done.person("agent"), done.row.pk).own is not None
    decide_self_evaluation(at(viewer("czyewu")), one.pk, False, "请补充佐证")
    page = evaluated_page(done.person("agent"), done.row.pk)
    assert (page.own, page.groups[0].lines[0].row.target_text) == (None, "3项")
    row = SelfEvaluationRow.objects.get(self_evaluation=one)
    with pytest.raises(Refusal):
        evaluated_row(done.person("agent"), done.row.pk, row.pk)


def test_queries_do_not_grow_with_entries(evaluated: tuple[Scene, SelfEvaluation], organisation: Demonstrated) -> None:
    made, one = evaluated
    done = Work(organisation, made.table.pk).to("collecting")
    row = SelfEvaluationRow.objects.get(self_evaluation=one)
    with CaptureQueriesContext(connection) as asked:
        evaluated_row(done.person("agent"), done.row.pk, row.pk)
    assert len(asked) <= 45
