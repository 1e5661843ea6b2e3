"""A monitoring report for the numbered papers: the table of the round, and the letter with what is behind, from the kept rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from zhiheng.monitoring.deviation import POSSIBILITIES, REASONS
from zhiheng.monitoring.lamp import Lamp
from zhiheng.plan.plan import Plan
from zhiheng.reports.papers.monitoring_report import Execution, Flagged, Round, Unknown
from zhiheng.reports.papers.monitoring_table import Monitored
from zhiheng.reports.papers.outline import Money
from zhiheng.scoring.trace import plain
from zhiheng_web.evaluation.ground import FUND_NAMES
from zhiheng_web.evaluation.models import MonitoringFund, MonitoringReport, MonitoringRound, MonitoringRow, RectificationItem
from zhiheng_web.evaluation.monitoring.judging import is_provisional, is_unknown, judged_rows
from zhiheng_web.evaluation.monitoring.money import WAN, total
from zhiheng_web.evaluation.monitoring.standing import report_for, rows_of
from zhiheng_web.evaluation.queries.monitoring_report import corrections_of
from zhiheng_web.organisation.authority import authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.mapping import table_of
from zhiheng_web.planning.models import DutyRow
from zhiheng_web.planning.money.execution import Rate
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

NOT_SUBMITTED = Text("监控表尚未报送，不能出具文书。", "The monitoring report is not submitted yet: no paper can be issued.")
LAMP_WORDS = {Lamp.RED: "红灯", Lamp.YELLOW: "黄灯", Lamp.GREEN: "绿灯", Lamp.BLUE: "蓝灯", Lamp.NONE: "不亮灯"}
"""Lamps as the papers write them."""
NO_RATE = "—"


@dataclass(frozen=True, slots=True)
class Paper:
    """What reports.papers.monitoring_table and monitoring_report print. ``rows`` follow the indicators of ``plan``."""

    report: MonitoringReport
    plan: Plan
    months: tuple[int, int]
    money: Sequence[Money]
    rows: Sequence[Monitored]
    round: Round


def monitoring_paper(viewer: Viewer, pk: UUID) -> Paper:
    """The papers' content of a submitted report that the viewer reads. The number of queries does not depend on its rows."""
    authorise_menu(viewer, "evaluation.see_monitoring")
    report = report_for(viewer, pk)
    if report.state != MonitoringReport.State.SUBMITTED:
        raise Refusal("not_submitted", NOT_SUBMITTED)
    rows = rows_of(report)
    funds = list(MonitoringFund.objects.filter(report=report).order_by("source"))
    duties = list(DutyRow.objects.filter(version=report.version_id).order_by("number"))
    plan = table_of(report.version, duties, [row.indicator_row for row in rows], report.table.year).plan
    months = (report.round.first.month, report.round.last.month)
    return Paper(report, plan, months, money_of(funds), [monitored(row) for row in rows], round_of(report, rows, funds))


def monitored(row: MonitoringRow) -> Monitored:
    """One row as the form holds it."""
    return Monitored(
        row.shown_zh, row.forecast, tuple(REASONS[code][0] for code in row.reasons.split()), row.explanation,
        POSSIBILITIES[row.possibility][0] if row.possibility else "", row.remark,
    )  # fmt: skip


def money_of(funds: Sequence[MonitoringFund]) -> list[Money]:
    """项目资金 in 万元: the total, then each source. None where the table has no money of its own."""
    if not funds:
        return []
    whole = total(funds)
    lines = [_money(FUND_NAMES[""], whole.initial, whole.budget, whole.executed, whole.forecast)]
    return lines + [_money(FUND_NAMES[fund.source], fund.initial, fund.budget, fund.executed, fund.forecast) for fund in funds]


def _money(name: str, initial: Decimal | None, budget: Decimal | None, executed: Decimal | None, forecast: Decimal | None) -> Money:
    return Money(
        name, initial=_wan(initial), budget=_wan(budget), executed="—" if executed is None else _wan(executed),
        rate=rate_words(budget, executed), forecast=_wan(forecast),
    )  # fmt: skip


def rate_words(budget: Decimal | None, executed: Decimal | None) -> str:
    """执行率 as printed; a dash where there is none. More than 100 % stays as it is."""
    rate = Rate(budget or Decimal(0), executed).percent
    return NO_RATE if rate is None else f"{plain(rate)}%"


def _wan(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount / WAN


def round_of(report: MonitoringReport, rows: Sequence[MonitoringRow], funds: Sequence[MonitoringFund]) -> Round:
    """The letter on the round: how money and goals stand, what is behind, what is done about it by whom and by when."""
    found, whole = report.round, total(funds)
    corrections = corrections_of([row.pk for row in rows])
    counts = {lamp: sum(row.lamp == lamp.value for row in rows) for lamp in Lamp}
    flagged = [flag(row, corrections.get(row.pk, [])) for row in rows if row.lamp in (Lamp.RED.value, Lamp.YELLOW.value)]
    unknown = [lacking(one.row) for one in judged_rows(report, rows) if is_unknown(one)]
    rate = rate_words(whole.budget, whole.executed)
    execution = Execution(
        _wan(whole.budget), _wan(whole.executed), "" if rate == NO_RATE else rate, LAMP_WORDS[Lamp(report.budget_lamp or "none")],
        _wan(whole.forecast), report.budget_reason,
    )  # fmt: skip
    submitted = timezone.localdate(report.submitted_at) if report.submitted_at else None
    lamps = [(LAMP_WORDS[lamp], counts[lamp]) for lamp in Lamp]
    return Round(
        found.department.name, "市财政局", period_words(found), submitted, report.overview, execution, lamps, flagged,
        report.problems, report.opinion, unknown, counts[Lamp.NONE], sum(map(is_provisional, rows)),
    )  # fmt: skip


def period_words(found: MonitoringRound) -> str:
    """2020年1—7月, 2020年6月: the months of a round in a title."""
    first, last = found.first.month, found.last.month
    return f"{found.year}年{last}月" if first == last else f"{found.year}年{first}—{last}月"


def lacking(row: MonitoringRow) -> Unknown:
    """A row that owes a figure, with what the office says of it."""
    return Unknown(row.indicator_row.name, row.indicator_row.target_text or "", cause_of(row))


def cause_of(row: MonitoringRow) -> str:
    """偏差原因 and what the office says of it, which alone is the cause where the form lists none (其他)."""
    codes = row.reasons.split()
    if codes == ["other"] and row.explanation:
        return row.explanation
    reasons = "、".join(REASONS[code][0] for code in codes)
    return f"{reasons}：{row.explanation}" if reasons and row.explanation else reasons or row.explanation


def flag(row: MonitoringRow, corrections: Sequence[RectificationItem]) -> Flagged:
    """A row under a red or yellow lamp. Of several corrective actions the last one stands for who and when."""
    last = corrections[-1] if corrections else None
    due = "" if row.due is None else f"{plain(row.due)}{row.unit}"
    return Flagged(
        row.indicator_row.name, LAMP_WORDS[Lamp(row.lamp)], row.indicator_row.target_text or "", row.shown_zh, due, cause_of(row),
        "；".join(item.measure for item in corrections), last.responsible if last else "", last.due_on if last else None,
    )  # fmt: skip
