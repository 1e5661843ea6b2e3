"""申报本期完成值: the figure of a round's last day of an indicator that no ledger counts, as a ledger entry with evidence.

The value of the row is frozen anew and its lamp burns by it. The figure speaks of that day and of no other: a later round asks again, and
so does the self-evaluation for the year's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.files.base import File

from zhiheng_web.evaluation.actions.begin_self_evaluation import frozen_values
from zhiheng_web.evaluation.declaring import Said, details_of, fitted, refuse_no_files, write_declared
from zhiheng_web.evaluation.models import MonitoringFund, MonitoringRow
from zhiheng_web.evaluation.monitoring.gathering import VALUES, rejudge, take_values
from zhiheng_web.evaluation.monitoring.observing import target_of
from zhiheng_web.evaluation.monitoring.recording import report_digest
from zhiheng_web.evaluation.monitoring.standing import row_for, rows_of, scopes_of, writable
from zhiheng_web.ledgers.evidence_store.taking import CheckedFile, take
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

WHY = Text("监控申报本期完成值", "A value declared at monitoring")
EARLY = Text(
    "数据截止日 {last} 尚未过完，还不能申报本期完成值。请在截止日之后申报。",
    "{last}, the last day of the data, has not passed: the figure of the period is declared after it.",
)
WRITTEN = ("tier", "edits", "edited_by", "edited_at")


def declare_monitored(
    viewer: Viewer,
    row: UUID,
    number: Decimal | None,
    unit: str,
    source: str,
    uploads: Sequence[File],
    *,
    moved: str = "",
    done_on: date | None = None,
    so_far: bool = False,
) -> MonitoringRow:
    """Check the files, which may take long, then declare: see :func:`record_monitored`."""
    found = row_for(viewer, row)
    authorise(viewer, "evaluation.declare_monitored", scopes_of(found.report, [found])[found.pk])
    writable(found.report)
    refuse_early(viewer, found)
    said = fit(found, Said(number, unit, source, moved, done_on, so_far))
    refuse_no_files(uploads)
    return record_monitored(viewer, row, said, [take(one) for one in uploads])


def fit(row: MonitoringRow, said: Said) -> Said:
    """What is said as it will be kept."""
    return fitted(row.indicator_row, target_of(row.indicator_row, row.report.table.year), said, row.report.round.last)


def refuse_early(viewer: Viewer, row: MonitoringRow) -> None:
    """Refuse a figure of a day that has not passed."""
    last = row.report.round.last
    if viewer.today() <= last:
        raise Refusal("period_not_over", EARLY.with_(last=last.isoformat()))


@action("evaluation.declare_monitored", steps=("monitor",))
def record_monitored(viewer: Viewer, row: UUID, said: Said, files: Sequence[CheckedFile]) -> Done[MonitoringRow]:
    """Register, binding, entry, evidence, frozen value and lamps, all or none. A day takes the place of a person's judgement without it."""
    found = row_for(viewer, row, lock=True)
    report = found.report
    authorise(viewer, "evaluation.declare_monitored", scopes_of(report, [found])[found.pk])
    writable(report)
    refuse_early(viewer, found)
    before, on = report_digest(report), report.round.last
    version = write_declared(viewer, found.indicator_row, on, said, files)
    take_values(viewer, report.round, [found], frozen_values(viewer, [found.indicator_id], on, WHY.zh, anew=True))
    if said.done_on is not None:
        found.tier = None
    found.edits += 1
    found.edited_by, found.edited_at = viewer.account, viewer.now()
    found.save(update_fields=[*VALUES, *WRITTEN])
    rejudge(report, rows_of(report), list(MonitoringFund.objects.filter(report=report)))
    details = {"round": report.round.name, "on": on.isoformat(), **details_of(found.indicator_row, said, version)}
    return Done(
        found, "evaluation.MonitoringReport", str(report.pk), str(report.table), str(report.round.department_id), before,
        report_digest(report), details,
    )  # fmt: skip
