"""Corrections of monitoring stand in the same ledger; evaluations are results like self-evaluations; surveys wait to be closed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.zhiheng_web.evaluation.rectification.conftest import NOW, Ground, Person
from tests.zhiheng_web.evaluation.rectification.test_proposed import reported
from tests.zhiheng_web.evaluation.surveys.asked import opened
from tests.zhiheng_web.ledgers.evidence.files import pdf, upload

from zhiheng_web.evaluation.actions.decide_use import UseValues, decide_use
from zhiheng_web.evaluation.actions.report_rectified import report_rectified
from zhiheng_web.evaluation.actions.review_rectified import review_rectified
from zhiheng_web.evaluation.models import Evaluation, RectificationItem, RectificationStep
from zhiheng_web.evaluation.queries.rectification import Filters, item_page, ledger
from zhiheng_web.evaluation.queries.rectification_paper import ledger_entries
from zhiheng_web.evaluation.queries.uses import deciding, tables_to_decide, uses
from zhiheng_web.evaluation.queries.uses_paper import uses_paper
from zhiheng_web.tasks.year_work import work_of
from zhiheng_web.trail.action import Forbidden


def test_a_correction_of_monitoring_is_worked_on_and_closed_like_any(ground: Ground, person: Person) -> None:
    report = reported(ground)
    row = report.rows.get(position=1)
    item = RectificationItem.objects.create(
        table=ground.table, monitoring_row=row, indicator=row.indicator, position=1, problem="进度慢", measure="加快", responsible="王某",
        due_on=date(2021, 1, 10), opened_by=ground.card.begun_by, opened_at=NOW,
    )  # fmt: skip
    RectificationStep.objects.create(item=item, kind="measure", text="加快", by=ground.card.begun_by, at=NOW)
    page = item_page(person("jixiao"), item.pk)
    assert (page.line.source.zh, page.origin.zh, page.origin_link) == ("监控纠偏", "1-7月监控", f"/monitoring/reports/{report.pk}/")
    assert page.line.state == "overdue"
    RectificationItem.objects.filter(pk=item.pk).update(responsible_account=person("jixiao").account)
    (task,) = [task for task in work_of(person("jixiao")) if task.kind == "rectify"]
    assert f"“{row.indicator.name}”：进度慢" in task.text.zh
    assert ledger(person("jixiao"), Filters(source="correction")).total == 1
    report_rectified(person("jixiao"), item.pk, "已加快", upload("证.pdf", pdf()))
    with pytest.raises(Forbidden):
        review_rectified(person("czjixiao"), item.pk, closes=True)
    review_rectified(person("kezhang"), item.pk, closes=True)
    assert [step.kind for step in item.steps.all()] == ["measure", "reported", "closed"]
    (entry,) = ledger_entries(person("jixiao"), ground.table.unit.department_id, 2020)
    assert (entry.source, entry.evidence, entry.check) == ("监控纠偏", "证.pdf", "同意销号")


def test_an_accepted_evaluation_is_what_a_decision_rests_on(ground: Ground, person: Person) -> None:
    evaluation = Evaluation.objects.create(
        kind="finance", organiser=ground.table.unit.department, table=ground.table, name="财政评价", scope="全部", system="national",
        state="accepted", due_on=date(2021, 6, 30), total=Decimal("58.25"), grade="差", planned_by=ground.card.begun_by, planned_at=NOW,
        accepted_at=NOW,
    )  # fmt: skip
    finance = person("czjixiao")
    found = deciding(finance, ground.table.pk)
    assert [one.text.zh for one in found.results] == ["财政评价 58.25 差", "绩效自评 72.5 中"]
    assert found.proposal is not None
    assert found.proposal.decision == "cancel"
    assert [(table.pk, text.zh) for table, text in tables_to_decide(finance)] == [(ground.table.pk, "财政评价 58.25 差")]
    assert tables_to_decide(person("jixiao")) == []
    given = UseValues(ground.table.pk, "cancel", Decimal(100), Decimal(0), "绩效差", evaluation=evaluation.pk)
    use = decide_use(finance, given)
    assert uses(person("jixiao"))[0][0].basis.en == "Evaluation by finance 58.25 差"
    (row,) = uses_paper(person("jixiao"), ground.table.unit.department_id, 2020)
    assert (row.basis, row.points, row.grade, row.decision) == ("财政评价", "58.25", "差", "取消")
    assert use.before == 100


def test_a_survey_past_its_last_day_waits_to_be_closed(ground: Ground, person: Person) -> None:
    row, _ = opened(person("jixiao"), ground.table.unit.department, 3)
    assert [task.kind for task in work_of(person("jixiao", datetime(2020, 12, 20, tzinfo=UTC)))] == []
    (task,) = work_of(person("jixiao"))
    assert (task.kind, task.link, task.due_on) == ("close_survey", f"/surveys/{row.pk}/", date(2020, 12, 31))
    assert list(work_of(person("juzhang"))) == []
