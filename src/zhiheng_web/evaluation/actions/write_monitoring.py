"""填写监控资金与说明: the forecast of each source, the reason of the money, and the words on the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from zhiheng_web.evaluation.models import MonitoringFund, MonitoringReport
from zhiheng_web.evaluation.monitoring.recording import done_with, report_digest
from zhiheng_web.evaluation.monitoring.standing import report_for, report_scope, writable
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.keep_budget_line import amount_in_yuan
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Conflict, Done, Invalid, action
from zhiheng_web.wording import Text

WORDS = ("budget_reason", "overview", "problems", "opinion")


@dataclass(frozen=True, slots=True)
class ReportFilled:
    """The words of a report and, by source, what will be spent by the end of the year (元; None not said)."""

    budget_reason: str = ""
    overview: str = ""
    problems: str = ""
    opinion: str = ""
    forecasts: Mapping[str, Decimal | None] = field(default_factory=dict)


@action("evaluation.write_monitoring", steps=("monitor",))
def write_monitoring(viewer: Viewer, report: UUID, filled: ReportFilled, *, edits: int) -> Done[MonitoringReport]:
    """Write the words and forecasts, if nobody else wrote since ``edits``."""
    found = report_for(viewer, report, lock=True)
    authorise(viewer, "evaluation.write_monitoring", report_scope(found))
    writable(found)
    before = report_digest(found)
    after = write_words(found, filled, edits)
    if after == before:
        return done_with(found, before, after=after, nothing=True)
    return done_with(found, before, {name: getattr(found, name) for name in WORDS}, after=after)


def write_words(found: MonitoringReport, filled: ReportFilled, edits: int) -> str:
    """Put words and forecasts into a report that is held; the digest of what it says then."""
    before = report_digest(found)
    refuse_unfit_words({name: getattr(filled, name) for name in WORDS})
    funds = {fund.source: fund for fund in MonitoringFund.objects.filter(report=found)}
    for source, amount in filled.forecasts.items():
        if source not in funds:
            wrong = Text("没有这项资金来源。", "There is no such source.")
            raise Invalid("source_unknown", wrong, {f"forecast-{source}": wrong})
        if amount is not None:
            amount_in_yuan(amount, f"forecast-{source}")
    if found.edits != edits:
        raise _conflict(found)
    for name in WORDS:
        setattr(found, name, getattr(filled, name).strip())
    for source, amount in filled.forecasts.items():
        funds[source].forecast = amount
    MonitoringFund.objects.bulk_update(funds.values(), ["forecast"])
    found.save(update_fields=WORDS)
    after = report_digest(found)
    if after != before:
        found.edits += 1
        found.save(update_fields=["edits"])
    return after


def _conflict(found: MonitoringReport) -> Conflict:
    text = Text(
        "其他人在您填写期间修改了资金与说明。您填写的内容没有保存，请核对后重新填写。",
        "Somebody else changed the money and words meanwhile. What you typed is not saved: look at it and enter it again.",
    )
    names = (Text("执行原因说明", "Reason"), Text("总体情况", "Overview"), Text("存在问题", "Problems"), Text("意见建议", "Opinion"))
    return Conflict("report_changed", text, {str(label): getattr(found, name) for label, name in zip(names, WORDS, strict=True)})
