"""What followed from the year, of the tables of a package: closed rounds, accepted evaluations, rectification, use of results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from zhiheng.evaluation.index_system import LEVELS
from zhiheng.monitoring.lamp import Lamp
from zhiheng_web.evaluation.models import (
    Engagement,
    Evaluation,
    EvaluationReport,
    MonitoringReport,
    MonitoringRow,
    RectificationItem,
    UseOfResult,
    YearPaper,
)
from zhiheng_web.evaluation.models import IndexItem as Item
from zhiheng_web.evaluation.queries.evaluation_paper import reply_words
from zhiheng_web.evaluation.rectifying import subject_of
from zhiheng_web.publication.building.gathering import Source
from zhiheng_web.publication.content.aftermath import EvaluationResult, IndexItem, Monitored, Rectification, Use
from zhiheng_web.wording import Text

KINDS = {
    Evaluation.Kind.DEPARTMENT.value: Text("部门评价", "Evaluation by the department"),
    Evaluation.Kind.FINANCE.value: Text("财政评价", "Evaluation by finance"),
}
DECISIONS = {
    UseOfResult.Decision.KEEP.value: Text("保留", "Kept"),
    UseOfResult.Decision.CUT.value: Text("压减", "Cut"),
    UseOfResult.Decision.CANCEL.value: Text("取消", "Cancelled"),
}


def monitored_of(sources: Sequence[Source]) -> dict[UUID, tuple[Monitored, ...]]:
    """Table → its lamps in the closed rounds. Two queries."""
    reports = MonitoringReport.objects.filter(table__in=[one.table for one in sources], round__closed_at__isnull=False)
    lamps: dict[UUID, Counter[str]] = {}
    for report, lamp in MonitoringRow.objects.filter(report__in=reports).values_list("report", "lamp"):
        lamps.setdefault(report, Counter())[lamp] += 1
    found: dict[UUID, tuple[Monitored, ...]] = {}
    for report in reports.select_related("round").order_by("round__number"):
        count = lamps.get(report.pk, Counter())
        one = Monitored(
            report.round.name, report.round.first, report.round.last, report.budget_lamp, report.goal_lamp, count["red"], count["yellow"],
            count["green"], count["blue"], count[Lamp.NONE.value],
        )  # fmt: skip
        found[report.table_id] = (*found.get(report.table_id, ()), one)
    return found


def evaluations_of(sources: Sequence[Source]) -> tuple[EvaluationResult, ...]:
    """The reports of accepted evaluations. Five queries."""
    slugs = {one.table.pk: one.slug for one in sources}
    tables = {one.table.pk: one.table for one in sources}
    accepted = Evaluation.objects.filter(table__in=list(slugs), state=Evaluation.State.ACCEPTED).select_related("organiser")
    rows = sorted(accepted, key=lambda row: (slugs[row.table_id], row.name, row.kind, row.accepted_at))
    reports: dict[UUID, EvaluationReport] = {}
    for report in EvaluationReport.objects.filter(evaluation__in=rows).order_by("number"):
        reports[report.evaluation_id] = report
    items: dict[UUID, list[Item]] = {}
    for item in Item.objects.filter(evaluation__in=rows).order_by("evaluation", "position"):
        items.setdefault(item.evaluation_id, []).append(item)
    engaged = Engagement.objects.filter(evaluation__in=rows, ended_at__gte=F("evaluation__accepted_at"))
    agencies = dict(engaged.values_list("evaluation", "agency__name"))  # an acceptance ends the engagement; one that ended before left
    issued = YearPaper.objects.filter(evaluation_report__evaluation__in=rows).order_by("issued_at")
    numbers = dict(issued.values_list("evaluation_report__evaluation", "number"))
    found = []
    for place, row in enumerate(rows, 1):
        report, own = reports.get(row.pk), items.get(row.pk, [])
        found.append(
            EvaluationResult(
                slugs[row.table_id], KINDS[row.kind], row.name, row.total, sum((one.full for one in own), Decimal(0)) if own else None,
                row.grade, report.summary if report else "", report.problems if report else "", report.advice if report else "",
                agencies.get(row.pk, ""), timezone.localtime(row.accepted_at).date() if row.accepted_at else None,
                slug=f"e{place:02d}", evaluated=subject_of(tables[row.table_id]), organiser=row.organiser.name,
                number=numbers.get(row.pk, ""), scope=row.scope, reply=reply_words(report) if report else "",
                items=tuple(item_of(one) for one in own),
            )
        )  # fmt: skip
    return tuple(found)


def item_of(item: Item) -> IndexItem:
    """One item of the index system."""
    zh, en = LEVELS[item.level_1]
    return IndexItem(Text(zh, en), item.level_2, item.name, item.full, item.standard, item.finding, item.points)


def rectification_of(sources: Sequence[Source], today: date) -> Rectification | None:
    """How far the problems of the year are put right. One query."""
    rows = list(RectificationItem.objects.filter(table__in=[one.table for one in sources]).values_list("state", "due_on"))
    if not rows:
        return None
    closed = sum(state == RectificationItem.State.CLOSED for state, _ in rows)
    late = sum(state != RectificationItem.State.CLOSED and due < today for state, due in rows)
    return Rectification(len(rows), closed, len(rows) - closed, late)


def uses_of(sources: Sequence[Source]) -> tuple[Use, ...]:
    """What the results mean for the next year's money. One query."""
    slugs = {one.table.pk: one.slug for one in sources}
    rows = UseOfResult.objects.filter(table__in=list(slugs), replaced_by__isnull=True).order_by("table", "decided_at")
    found = [
        Use(slugs[row.table_id], row.next_year, row.decision, DECISIONS[row.decision], row.before, row.after, row.reason) for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.table, one.next_year)))
