"""What a report says as one digest, and what the trail keeps of a step on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from zhiheng_web.evaluation.models import MonitoringFund, MonitoringReport, MonitoringRow
from zhiheng_web.trail.action import Done
from zhiheng_web.trail.chain import digest_of

WRITTEN = ("tier", "forecast", "possibility", "reasons", "explanation", "remark")
"""What the office says of a row."""
ROW = ("indicator_id", "position", "state", "value", "unit", "shown_zh", "shown_en", "due", "lamp", *WRITTEN)
FUND = ("source", "initial", "budget", "executed", "forecast")
REPORT = ("version_id", "budget_lamp", "goal_lamp", "lamp", "budget_reason", "overview", "problems", "opinion")


def report_digest(report: MonitoringReport) -> str:
    """The digest of what a report says: head, money and rows with the digests of their frozen values. Two queries."""
    head = [str(getattr(report, name)) for name in REPORT]
    funds = [_line(row, FUND) for row in MonitoringFund.objects.filter(report=report).order_by("source")]
    rows = MonitoringRow.objects.filter(report=report).select_related("snapshot").order_by("position")
    lines = [f"{_line(row, ROW)}|{row.snapshot.digest if row.snapshot else ''}{_curve(row)}" for row in rows]
    return digest_of([*head, *funds, *lines])


def _curve(row: MonitoringRow) -> str:
    """The curve that is kept with a row; '' of a row that was judged before curves were kept, whose digest stays what it was."""
    return f"|{json.dumps(row.curve, ensure_ascii=False, sort_keys=True)}" if row.curve else ""


def _line(row: object, names: tuple[str, ...]) -> str:
    return "|".join(f"{name}={getattr(row, name)}" for name in names)


def done_with(
    report: MonitoringReport, before: str = "", details: Mapping[str, Any] | None = None, *, after: str | None = None, nothing: bool = False
) -> Done[MonitoringReport]:
    """What an action did with a report: the trail names it, its round and its department."""
    said = {"round": report.round.name, **(details or {})}
    department = str(report.round.department_id)
    digest = report_digest(report) if after is None else after
    return Done(report, "evaluation.MonitoringReport", str(report.pk), str(report.table), department, before, digest, said, nothing)
