"""What a result shows by itself becomes the beginning of an order; what the viewer may not read proposes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.test import Client
from tests.zhiheng_web.evaluation.rectification.conftest import NOW, Ground, Person

from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRound, MonitoringRow, SelfEvaluation, SelfEvaluationRow
from zhiheng_web.evaluation.queries.proposed_problems import Proposed, proposed_problems
from zhiheng_web.evaluation.queries.rectification import draft_of


def scored(ground: Ground) -> SelfEvaluation:
    """A correction that was submitted: 30 of 50 points in one row, all 40 in the other."""
    card = SelfEvaluation.objects.create(
        table=ground.table, version=ground.scene.version, edition=2, replaces=ground.card, correction_reason="更正", state="submitted",
        scheme="national", on=date(2020, 12, 31), known_at=NOW, begun_by=ground.card.begun_by, begun_at=NOW, submitted_at=NOW,
    )  # fmt: skip
    for position, (name, score) in enumerate((("新增企业数", "30"), ("满意度", "40")), 1):
        row = ground.scene.row(name)
        SelfEvaluationRow.objects.create(
            self_evaluation=card, indicator_row=row, indicator=row.indicator, position=position, score=Decimal(score),
            reason="疫情影响", improvement="加强走访",
        )  # fmt: skip
    return card


def reported(ground: Ground) -> MonitoringReport:
    """A round of January to July in which one row is red and the other green."""
    held = MonitoringRound.objects.create(
        department=ground.table.unit.department, year=2020, number=1, name="1-7月监控", first=date(2020, 1, 1), last=date(2020, 7, 31),
        due_on=date(2020, 8, 31), policy="national", opened_at=NOW,
    )  # fmt: skip
    report = MonitoringReport.objects.create(
        round=held, table=ground.table, version=ground.scene.version, known_at=NOW, state="submitted", submitted_at=NOW
    )
    for position, (name, lamp) in enumerate((("新增企业数", "red"), ("满意度", "green")), 1):
        row = ground.scene.row(name)
        MonitoringRow.objects.create(
            report=report, indicator_row=row, indicator=row.indicator, position=position, state="under_way", lamp=lamp, shown_zh="2家",
            explanation="申报推迟",
        )  # fmt: skip
    return report


def test_rows_that_lost_points_and_red_lamps_are_proposed(ground: Ground, person: Person) -> None:
    card, report = scored(ground), reported(ground)
    indicator = ground.scene.indicator("新增企业数").pk
    finance = person("czjixiao")
    lost = Proposed("新增企业数：得 30 分（满分 50 分）。疫情影响", "加强走访", indicator)
    assert proposed_problems(finance, "self_evaluation", card.pk) == [lost]
    red = Proposed("新增企业数：监控红灯，2家。申报推迟", "", indicator)
    assert proposed_problems(finance, "report", report.pk) == [red]
    assert proposed_problems(finance, "other", card.pk) == []
    for kind, source in (("self_evaluation", card.pk), ("report", report.pk)):
        assert proposed_problems(person("lanshan"), kind, source) == []
    assert list(draft_of(finance, ground.table.pk, f"report:{report.pk}").problems) == [red]
    for wrong in ("report:nonsense", f"report:{card.pk}", "nonsense", f"evaluation:{card.pk}", ""):
        assert list(draft_of(finance, ground.table.pk, wrong).problems) == []


def test_the_form_begins_with_them(ground: Ground, signed_in: Callable[[str], Client]) -> None:
    report = reported(ground)
    html = signed_in("czjixiao").get(f"/rectification/new/?table={ground.table.pk}&source=report:{report.pk}").content.decode()
    assert "新增企业数：监控红灯，2家。申报推迟" in html
    assert f'value="report:{report.pk}" selected' in html
    assert f'value="{ground.scene.indicator("新增企业数").pk}" selected' in html
