"""Who is told of an evaluation at each place of its way: never who took the step, and nobody who may not open it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.zhiheng_web.evaluation.evaluations.work import MARKS, TODAY, Maker, passing
from tests.zhiheng_web.ledgers.evidence.files import pdf
from tests.zhiheng_web.tasks.told import told

from zhiheng_web.evaluation.actions.check_quality import check_quality
from zhiheng_web.evaluation.actions.declare_interests import declare_interests
from zhiheng_web.evaluation.actions.hand_in_material import hand_in_material
from zhiheng_web.evaluation.actions.reply_to_report import answer_reply, reply_to_report
from zhiheng_web.evaluation.actions.request_material import request_material, return_material
from zhiheng_web.tasks.models import Notice

pytestmark = pytest.mark.django_db
AGENTS = set(MARKS)
BUREAU = {"jixiao", "kezhang", "jingban", "jingban2", "jingban3"}


def test_engagement_materials_and_marks(work: Maker) -> None:
    made = work("planned")
    assert told() == {}
    made.make_engaged()
    assert told() == {"to_fill": AGENTS}
    declare_interests(made.person("agent"), made.engagement, True)  # type: ignore[arg-type]
    request_material(made.person("agent"), made.row.pk, ["立项文件"], TODAY + timedelta(days=10))
    assert told() == {"to_fill": BUREAU}
    assert "2021-04-16" in Notice.objects.filter(account__username="kezhang").latest("made_at").text_zh
    material = made.row.materials.get()
    hand_in_material(made.evaluated, material.pk, SimpleUploadedFile("立项.pdf", pdf()))
    return_material(made.person("agent"), material.pk, "缺盖章页")
    assert told() == {"returned": BUREAU}
    made.make_scoring()
    assert told() == {"to_fill": AGENTS}, "of the marking; they have declared already"


def test_draft_reply_check_and_acceptance(work: Maker) -> None:
    made = work("marked")
    told()
    made.make_drafted()
    assert told() == {"to_fill": BUREAU}
    reply_to_report(made.evaluated, made.report.pk, False, "第一条与事实不符")
    assert told() == {"to_fill": AGENTS}
    answer_reply(made.person("agent"), made.report.pk, "已核实，维持")
    assert told() == {"to_decide": {"czjixiao"}}
    check_quality(made.organiser, made.report.pk, passing(**{next(iter(passing())): False}), "依据不足")
    assert told() == {"returned": AGENTS}
    made.make_drafted()
    made.make_replied()
    made.make_checked()
    told()
    made.make_accepted()
    assert told() == {"accepted": BUREAU}
