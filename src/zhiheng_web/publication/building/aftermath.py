"""What followed from the year, of the tables of a package: closed rounds, accepted evaluations, rectification, use of results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Sum
from django.utils import timezone

from zhiheng.monitoring.lamp import Lamp
from zhiheng_web.evaluation.models import (
    Engagement,
    Evaluation,
    EvaluationReport,
    IndexItem,
    MonitoringReport,
    MonitoringRow,
    RectificationItem,
    UseOfResult,
)
from zhiheng_web.publication.building.gathering import Source
from zhiheng_web.publication.content.aftermath import EvaluationResult, Monitored, Rectification, Use
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
    """The conclusions of accepted evaluations. Four queries."""
    slugs = {one.table.pk: one.slug for one in sources}
    rows = list(Evaluation.objects.filter(table__in=list(slugs), state=Evaluation.State.ACCEPTED).order_by("table", "kind", "accepted_at"))
    reports: dict[UUID, EvaluationReport] = {}
    for report in EvaluationReport.objects.filter(evaluation__in=rows).order_by("number"):
        reports[report.evaluation_id] = report
    full = dict(IndexItem.objects.filter(evaluation__in=rows).order_by().values_list("evaluation").annotate(Sum("full")))
    engaged = Engagement.objects.filter(evaluation__in=rows, ended_at__gte=F("evaluation__accepted_at"))
    agencies = dict(engaged.values_list("evaluation", "agency__name"))  # an acceptance ends the engagement; one that ended before left
    found = []
    for row in rows:
        report = reports.get(row.pk)
        found.append(
            EvaluationResult(
                slugs[row.table_id], KINDS[row.kind], row.name, row.total, _points(full.get(row.pk)), row.grade,
                report.summary if report else "", report.problems if report else "", report.advice if report else "",
                agencies.get(row.pk, ""), timezone.localtime(row.accepted_at).date() if row.accepted_at else None,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.table, one.name)))


def _points(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


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
