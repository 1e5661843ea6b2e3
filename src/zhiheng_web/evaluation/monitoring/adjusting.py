"""调整申请: which targets of a monitored table somebody has asked to adjust since, and how far that came."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from zhiheng.plan.procedure import OPEN
from zhiheng_web.evaluation.models import MonitoringReport
from zhiheng_web.planning.models import IndicatorRow, TableVersion


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An adjustment of the table: the version, and the indicators it is about with their new targets ('' not changed yet)."""

    version: TableVersion
    targets: dict[UUID, str]


def adjustments_of(report: MonitoringReport) -> list[Adjustment]:
    """The adjustments of the report's table that are under way, or came into force after the round's last day. Three queries.

    One is about an indicator if it changes its target or names it in its reason: a request made from here does the latter.
    """
    versions = TableVersion.objects.filter(
        Q(state__in=OPEN) | Q(in_force_from__gt=report.round.last), table=report.table_id, purpose=TableVersion.Purpose.ADJUSTMENT
    )
    found = list(versions.exclude(pk=report.version_id).order_by("number"))
    if not found:
        return []
    old = dict(IndicatorRow.objects.filter(version=report.version_id).values_list("indicator_id", "target_text"))
    new: dict[UUID, list[IndicatorRow]] = {}
    for row in IndicatorRow.objects.filter(version__in=found).only("version_id", "indicator_id", "name", "target_text"):
        new.setdefault(row.version_id, []).append(row)
    return [Adjustment(version, _targets(version, new.get(version.pk, []), old)) for version in found]


def _targets(version: TableVersion, rows: list[IndicatorRow], old: dict[UUID, str | None]) -> dict[UUID, str]:
    targets = {}
    for row in rows:
        differs = row.indicator_id in old and old[row.indicator_id] != row.target_text
        if differs or f"“{row.name}”" in version.reason:
            targets[row.indicator_id] = row.target_text or "" if differs else ""
    return targets


def adjusted_indicators(report: MonitoringReport) -> frozenset[UUID]:
    """The indicators whose target somebody has asked to adjust."""
    return frozenset(indicator for one in adjustments_of(report) for indicator in one.targets)
