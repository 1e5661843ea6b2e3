"""The latest lamp of each indicator, for pages of others: what the last round that the viewer may read found of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhiheng.monitoring.lamp import LAMP_NAMES, Lamp
from zhiheng_web.evaluation.models import MonitoringRow
from zhiheng_web.evaluation.policies.monitoring import visible_reports
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class LatestLamp:
    """The lamp of an indicator in a round, with the report to go to."""

    lamp: Lamp
    on: date
    round: str
    report: UUID
    row: UUID

    @property
    def text(self) -> Text:
        """What the lamp says."""
        return Text(*LAMP_NAMES[self.lamp])


def latest_lamps(viewer: Viewer, indicators: Collection[UUID], year: int, table: PerformanceTable | None = None) -> dict[UUID, LatestLamp]:
    """Indicator → its lamp in the latest round of the year; those that no round has judged are left out. One query."""
    reports = visible_reports(viewer).filter(round__year=year)
    if table is not None:
        reports = reports.filter(table=table)
    rows = MonitoringRow.objects.filter(report__in=reports, indicator__in=indicators).exclude(lamp="")
    found = {}
    for row in rows.select_related("report__round").order_by("report__round__last", "report__round__number"):
        last = row.report.round
        found[row.indicator_id] = LatestLamp(Lamp(row.lamp), last.last, last.name, row.report_id, row.pk)
    return found
