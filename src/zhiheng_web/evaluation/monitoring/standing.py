"""Rounds, reports and their rows found for a viewer, and what may still be written: nothing in a closed round, by no path."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRound, MonitoringRow
from zhiheng_web.evaluation.policies.monitoring import row_scopes, table_scope, visible_reports, visible_rounds
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import KeptRefusal, Refusal
from zhiheng_web.wording import Text

ROUND = Text("该监控轮次", "this round of monitoring")
REPORT = Text("该监控表", "this monitoring report")
ROW = Text("该指标行", "this row")
CLOSED = Text(
    "“{round}”已于 {day} 完成，不能再改。之后掌握的情况请写入下一轮监控。",
    "“{round}” was closed on {day} and is not changed any more. Put what became known later into the next round.",
)
NOT_OPEN = Text(
    "“{round}”还没有启动。请先由绩效管理人员启动本轮监控。", "“{round}” is not open yet. The performance officer opens it first."
)
SUBMITTED = Text(
    "《{table}》的监控表已报送，不能再改。需要修改的，请绩效管理人员先退回。",
    "The monitoring report of {table} is submitted and cannot be changed. Have the performance officer return it first.",
)


def round_for(viewer: Viewer, pk: UUID, *, lock: bool = False) -> MonitoringRound:
    """The round with its department, or Absent. ``lock`` holds it until the transaction ends."""
    seen = visible_rounds(viewer).filter(pk=pk)
    if lock:
        seen = MonitoringRound.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=seen.values("pk"))
    found = seen.select_related("department", "closed_by", "planned_by").first()
    if found is None:
        raise absent(ROUND)
    return found


def report_for(viewer: Viewer, pk: UUID, *, lock: bool = False) -> MonitoringReport:
    """The report with its round, table, version and project, or Absent."""
    seen = visible_reports(viewer).filter(pk=pk)
    if lock:
        seen = MonitoringReport.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=seen.values("pk"))
    found = seen.select_related("round__department", "table__unit__department", "table__project", "version__table", "submitted_by").first()
    if found is None:
        raise absent(REPORT)
    return found


def row_for(viewer: Viewer, pk: UUID, *, lock: bool = False) -> MonitoringRow:
    """The row with its report and what the report stands on, or Absent. ``lock`` holds the report: closing waits for it."""
    row = MonitoringRow.objects.filter(pk=pk).select_related("indicator_row__duty_row", "indicator", "snapshot__basis").first()
    if row is None:
        raise absent(ROW)
    row.report = report_for(viewer, row.report_id, lock=lock)
    if lock:
        row.refresh_from_db(
            fields=["edits", "tier", "forecast", "possibility", "reasons", "explanation", "remark", "edited_by", "edited_at"]
        )
    return row


def rows_of(report: MonitoringReport) -> list[MonitoringRow]:
    """The rows of a report in order with all that judging and showing them needs. Two queries."""
    rows = MonitoringRow.objects.filter(report=report).select_related(
        "indicator_row__duty_row", "indicator", "snapshot__basis", "edited_by"
    )
    return list(rows.prefetch_related("indicator_row__parts").order_by("position"))


def scopes_of(report: MonitoringReport, rows: Iterable[MonitoringRow]) -> dict[UUID, Scope]:
    """Row → where it belongs. One query."""
    duties = {row.pk: row.indicator_row.duty_row.duty_id if row.indicator_row.duty_row else None for row in rows}
    return row_scopes(report.table, duties)


def report_scope(report: MonitoringReport) -> Scope:
    """Where a report belongs as a whole."""
    return table_scope(report.table)


def refuse_closed(found: MonitoringRound) -> None:
    """Refuse what would change a closed round."""
    if found.closed_at is not None:
        day = timezone.localtime(found.closed_at).date().isoformat()
        raise KeptRefusal("round_closed", CLOSED.with_(round=found.name, day=day), **attempt(found))


def attempt(found: MonitoringRound) -> dict[str, str]:
    """What the trail names where a step on a round is refused and that is kept."""
    return {
        "object_type": "evaluation.MonitoringRound", "object_id": str(found.pk), "object_name": found.name,
        "department": str(found.department_id),
    }  # fmt: skip


def refuse_unless_open(found: MonitoringRound) -> None:
    """Refuse what needs an open round."""
    refuse_closed(found)
    if found.opened_at is None:
        raise Refusal("round_not_open", NOT_OPEN.with_(round=found.name))


def writable(report: MonitoringReport) -> None:
    """Refuse to write in a report of a round that is closed, or that is submitted. The report is locked."""
    report.round.refresh_from_db(fields=["opened_at", "closed_at"])  # who closed it meanwhile held the report before us
    refuse_unless_open(report.round)
    if report.state == MonitoringReport.State.SUBMITTED:
        raise Refusal("report_submitted", SUBMITTED.with_(table=str(report.table)))
