"""Who is told of a self-evaluation: when it waits for a second person or for finance, when it comes back, when it is accepted."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from tests.zhiheng_web.evaluation.self_evaluation.scene import Scene, row_of
from tests.zhiheng_web.evaluation.self_evaluation.test_steps import complete
from tests.zhiheng_web.tasks.told import told
from tests.zhiheng_web.tasks.waiting import one

from zhiheng_web.evaluation.actions.confirm_override import confirm_override
from zhiheng_web.evaluation.actions.correct_self_evaluation import correct_self_evaluation
from zhiheng_web.evaluation.actions.decide_self_evaluation import decide_self_evaluation
from zhiheng_web.evaluation.actions.override_score import override_score
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.organisation.models import Office
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import DutyHolding
from zhiheng_web.tasks.models import Notice

pytestmark = pytest.mark.django_db


def test_a_self_evaluation_from_an_override_to_its_acceptance(small: Scene, person: Callable[[str], Viewer]) -> None:
    office = Office.objects.get(unit=small.table.unit, code="03")
    DutyHolding.objects.filter(duty__in=small.version.duty_rows.values("duty")).update(office=office)
    begun = small.begin(person("jixiao"))
    assert told() == {}
    row = row_of(begun, "新增企业数")
    override_score(person("jixiao"), begun.pk, row.pk, Decimal(40), "漏记两家", row.edits)
    assert told() == {"to_confirm": {"kezhang", "fenguan", "juzhang", "jingban"}}
    row.refresh_from_db()
    override_score(person("jixiao"), begun.pk, row.pk, Decimal(39), "漏记一家", row.edits)
    row.refresh_from_db()
    confirm_override(person("juzhang"), begun.pk, row.pk, Decimal(39), row.edits)
    assert told() == {}, "it was confirmed before the notice was made"
    complete(person("jixiao"), begun)
    submit_self_evaluation(person("jixiao"), begun.pk)
    assert told() == {"to_decide": {"czyewu", "czjixiao"}}
    decide_self_evaluation(person("czjixiao"), begun.pk, False, "偏差原因不具体")
    assert told() == {"returned": {"jixiao", "kezhang", "jingban"}}
    submit_self_evaluation(person("jixiao"), begun.pk)
    told()
    decide_self_evaluation(person("czjixiao"), begun.pk, True, "同意")
    assert told() == {"accepted": {"jixiao"}}
    assert "更正" not in Notice.objects.get(kind="accepted").text_zh
    new = correct_self_evaluation(person("jixiao"), begun.pk, "支付数据更正")
    assert "更正第 2 版" in one(person, "jixiao", "self_submit").text.zh
    assert told() == {"to_confirm": {"kezhang", "fenguan", "juzhang", "jingban"}}, "what it took over is confirmed anew"
    row = row_of(new, "新增企业数")
    confirm_override(person("juzhang"), new.pk, row.pk, Decimal(39), row.edits)
    submit_self_evaluation(person("jixiao"), new.pk)
    assert told() == {"to_decide": {"czyewu", "czjixiao"}}
    assert Notice.objects.filter(text_zh__contains="更正第 2 版", text_en__contains="edition 2").count() == 2
