"""Every person tries every step at every stage: only who is named here does it, everybody else is refused and nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from tests.zhiheng_web.evaluation.evaluations.work import STAGES, Work, agency_of, outsider, passing
from tests.zhiheng_web.ledgers.evidence.files import pdf

from zhiheng_web.evaluation.actions.accept_evaluation import accept_evaluation, return_report
from zhiheng_web.evaluation.actions.appoint_evaluator import appoint_evaluator, open_marking
from zhiheng_web.evaluation.actions.check_quality import check_quality
from zhiheng_web.evaluation.actions.declare_interests import declare_evaluator, declare_interests
from zhiheng_web.evaluation.actions.engage_agency import Terms, end_engagement, engage_agency
from zhiheng_web.evaluation.actions.give_marks import give_marks
from zhiheng_web.evaluation.actions.hand_in_material import hand_in_material
from zhiheng_web.evaluation.actions.hand_in_report import Draft, hand_in_report
from zhiheng_web.evaluation.actions.plan_evaluation import cancel_evaluation
from zhiheng_web.evaluation.actions.reply_to_report import answer_reply, pass_over_reply, reply_to_report
from zhiheng_web.evaluation.actions.request_material import request_material, return_material, waive_material
from zhiheng_web.evaluation.actions.weigh_items import weigh_items
from zhiheng_web.evaluation.actions.write_finding import write_finding
from zhiheng_web.evaluation.models import Evaluation
from zhiheng_web.evaluation.queries.evaluation import evaluation_page
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Absent, Refusal

pytestmark = pytest.mark.django_db
Make = Callable[..., Work]
AGENTS = {"agent", "agent2"}
FILLERS_OF_THE_BUREAU = {"jingban", "jingban2", "jingban3", "kezhang", "jixiao"}
PEOPLE = (
    "jingban", "jingban2", "jingban3", "zhongxin", "kezhang", "zhuren", "jixiao", "fenguan", "dangzu", "juzhang", "czyewu", "czjixiao",
    "jigou", "jiwei", "shenji", "baomi", "sysadmin", "secadmin", "auditadmin", "lanshan", "agent", "agent2", "stranger",
)  # fmt: skip
ALL, NONE = tuple(STAGES), ()
OPEN = STAGES[:-1]
AFTER_ENGAGED = STAGES[1:-1]
WAY: dict[str, tuple[str, tuple[str, ...]]] = {
    "cancel": ("organiser", OPEN),
    "weigh": ("organiser", ("planned", "engaged", "collecting")),
    "engage": ("organiser", ("planned",)),
    "end": ("organiser", AFTER_ENGAGED),
    "declare": ("agency", ("engaged",)),
    "declare a conflict": ("agency", AFTER_ENGAGED),
    "request": ("workers", ("planned", "collecting")),
    "hand in": ("evaluated", ("collecting",)),
    "waive": ("organiser", ("collecting",)),
    "send back": ("nobody", NONE),
    "appoint": ("organiser", ("collecting", "scoring", "marked")),
    "open": ("nobody", NONE),
    "withdraw": ("agency", ("scoring", "marked", "drafted", "replied", "checked")),
    "mark": ("agency", ("scoring",)),
    "finding": ("writers", ("collecting", "scoring", "marked")),
    "report": ("agency", ("marked",)),
    "reply": ("evaluated", ("drafted",)),
    "pass over": ("nobody", NONE),
    "answer": ("nobody", NONE),
    "check": ("organiser", ("replied",)),
    "accept": ("organiser", ("checked",)),
    "return": ("organiser", ("checked",)),
}
"""Step → who takes it and at which stages, as the issue says it. ``nobody``: what it needs is not there at any of these stages
(nothing was handed in to be sent back while materials are collected; answers are given already; no day is over)."""


def steps(made: Work) -> dict[str, Callable[[Viewer], Any]]:
    pk, items = made.row.pk, list(made.row.items.order_by("position"))
    first, second = items[0], items[1]
    terms = Terms(agency_of("己机构").pk, "1", date(2021, 4, 1), Decimal(1), "x")
    found: dict[str, Callable[[Viewer], Any]] = {
        "cancel": lambda v: cancel_evaluation(v, pk, "x"),
        "weigh": lambda v: weigh_items(v, pk, {first.pk: first.full + 1, second.pk: second.full - 1}),
        "engage": lambda v: engage_agency(v, pk, terms),
        "request": lambda v: request_material(v, pk, ["另一项"], date(2021, 5, 1)),
        "appoint": lambda v: appoint_evaluator(v, pk, "expert"),
        "open": lambda v: open_marking(v, pk),
        "withdraw": lambda v: declare_evaluator(v, pk, False, "x"),
        "mark": lambda v: give_marks(v, pk, made.given("0.5")),
        "finding": lambda v: write_finding(v, pk, {first.pk: "情况"}),
        "report": lambda v: hand_in_report(v, pk, Draft("a", "b", "c")),
    }
    for one in made.row.engagements.all():
        found["end"] = lambda v, e=one.pk: end_engagement(v, e, "x")
        found["declare"] = lambda v, e=one.pk: declare_interests(v, e, True)
        found["declare a conflict"] = lambda v, e=one.pk: declare_interests(v, e, False, "x")
    for material in made.row.materials.all():
        found["hand in"] = lambda v, m=material.pk: hand_in_material(v, m, SimpleUploadedFile("a.pdf", pdf()))
        found["send back"] = lambda v, m=material.pk: return_material(v, m, "x")
        found["waive"] = lambda v, m=material.pk: waive_material(v, m, "x")
    for report in made.row.reports.all():
        found |= {
            "reply": lambda v, r=report.pk: reply_to_report(v, r, True, ""),
            "pass over": lambda v, r=report.pk: pass_over_reply(v, r),
            "answer": lambda v, r=report.pk: answer_reply(v, r, "x"),
            "check": lambda v, r=report.pk: check_quality(v, r, passing()),
            "accept": lambda v, r=report.pk: accept_evaluation(v, r),
            "return": lambda v, r=report.pk: return_report(v, r, "x"),
        }
    return found


def takers(kind: str, who: str, stage: str) -> set[str]:
    """The people who take a step of a 财政评价 or a 部门评价."""
    organiser = {"czjixiao"} if kind == "finance" else {"jixiao"}
    agency = AGENTS if stage != "planned" else set()
    return {
        "organiser": organiser,
        "agency": agency,
        "evaluated": FILLERS_OF_THE_BUREAU - (organiser if kind == "department" else set()),
        "workers": organiser | (agency if stage != "engaged" else set()),
        "writers": organiser | (agency if stage != "scoring" else set()),
        "nobody": set(),
    }[who]


@pytest.mark.parametrize("kind", ["finance", "department"])
@pytest.mark.parametrize("stage", STAGES)
def test_role_by_state(work: Make, stage: str, kind: str) -> None:
    made = work(stage, kind)
    outsider("expert")
    agency_of("庚机构", "stranger")
    agency_of("山东示例评价有限公司", *AGENTS)
    tried = steps(made)
    people = {name: made.person(name) for name in PEOPLE}
    before = list(Evaluation.objects.values())
    for name, attempt in tried.items():
        who, stages = WAY[name]
        expected = takers(kind, who, stage) if stage in stages else set()
        done = set()
        for person, viewer in people.items():
            try:
                with transaction.atomic():
                    attempt(viewer)
                    done.add(person)
                    transaction.set_rollback(True)
            except Refusal:
                assert list(Evaluation.objects.values()) == before
        assert done == expected, (stage, kind, name)


@pytest.mark.parametrize("stage", STAGES)
def test_the_page_offers_what_the_steps_allow(work: Make, stage: str) -> None:
    """What is offered is what would not be refused for the person or the state; nothing else is."""
    names = {
        "cancel": "cancel_evaluation", "weigh": "weigh_items", "engage": "engage_agency", "end": "end_engagement",
        "declare": "declare_interests",
        "declare a conflict": "declare_conflict", "request": "request_material", "hand in": "hand_in_material",
        "appoint": "appoint_evaluator", "withdraw": "withdraw_evaluator", "mark": "give_marks", "finding": "write_finding",
        "reply": "reply_to_report", "check": "check_quality", "accept": "accept_evaluation", "return": "return_report",
        "pass over": "pass_over_reply", "answer": "answer_reply",
    }  # fmt: skip
    made = work(stage)
    agency_of("庚机构", "stranger")
    agency_of("山东示例评价有限公司", *AGENTS)
    for person in PEOPLE:
        try:
            page = evaluation_page(made.person(person), made.row.pk)
        except Absent:
            continue
        for name, offered in names.items():
            who, stages = WAY[name]
            allowed = stage in stages and person in takers("finance", who, stage)
            if name == "declare a conflict" and stage == "engaged":
                allowed = False  # before the first declaration the same form asks for both
            assert (offered in page.can) == allowed, (stage, person, name)
