"""The money of a monitored table on a day: by source, what was planned, what it became, what was paid. From planning's own rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from zhiheng.monitoring.budget import judge_execution
from zhiheng.monitoring.curve import linear, month_end
from zhiheng.monitoring.judgement import Judgement
from zhiheng.monitoring.policy import Policy
from zhiheng_web.evaluation.models import MonitoringFund
from zhiheng_web.planning.models import BudgetChange, BudgetLine, PerformanceTable, TreasuryPayment
from zhiheng_web.planning.money.execution import Spending, spending

WAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Total:
    """All sources together (元). ``executed`` None: no payment is known; ``forecast`` None: nobody said of some source."""

    initial: Decimal | None
    budget: Decimal | None
    executed: Decimal | None
    forecast: Decimal | None


def lines_of(table: PerformanceTable) -> Q:
    """The budget lines whose money a table answers for: its project's, its unit's, or all of the department's."""
    if table.kind == PerformanceTable.Kind.PROJECT:
        return Q(project=table.project_id, year=table.year)
    if table.kind == PerformanceTable.Kind.UNIT:
        return Q(unit=table.unit_id, year=table.year)
    return Q(unit__department=table.unit.department_id, year=table.year)


def by_source(table: PerformanceTable, day: date) -> dict[str, Spending]:
    """Source → its money on the day, sources without a line left out. Three queries."""
    lines = list(BudgetLine.objects.filter(lines_of(table)))
    changes = list(BudgetChange.objects.filter(line__in=lines))
    payments = list(TreasuryPayment.objects.filter(line__in=lines, replaced_by__isnull=True))
    found = {}
    for source in BudgetLine.Source.values:
        own = [line for line in lines if line.source == source]
        if own:
            found[source] = spending(own, changes, payments, day)
    return found


def total(funds: Sequence[MonitoringFund]) -> Total:
    """The sources together. Where one source is paid and of another nothing is known, what is known counts."""
    if not funds:
        return Total(None, None, None, None)
    known = [fund.executed for fund in funds if fund.executed is not None]
    said = [fund.forecast for fund in funds]
    forecast = sum((one for one in said if one is not None), Decimal(0)) if all(one is not None for one in said) else None
    return Total(
        sum((fund.initial for fund in funds), Decimal(0)),
        sum((fund.budget for fund in funds), Decimal(0)),
        sum(known, Decimal(0)) if known else None,
        forecast,
    )


def known_until(funds: Sequence[MonitoringFund]) -> int | None:
    """The last month of which a payment of any source is known; None where none is."""
    return max((fund.until for fund in funds if fund.until is not None), default=None)


def judged_on(funds: Sequence[MonitoringFund], day: date) -> date:
    """The day to whose pace spending is held: the end of the last month known where that lies before ``day``.

    Months without data are unknown, not 0: spending up to July is never compared with what is due by December.
    """
    until = known_until(funds)
    return day if until is None else min(day, month_end(day.year, until))


def judge_money(funds: Sequence[MonitoringFund], day: date, policy: Policy, month: int = 1) -> Judgement:
    """The lamp of the money, in 万元 as its trace is read. ``month``: that in which the money came (a project added in mid-year)."""
    whole, day = total(funds), judged_on(funds, day)

    def wan(amount: Decimal | None) -> Decimal | None:
        return None if amount is None else amount / WAN

    return judge_execution(wan(whole.initial), wan(whole.budget), wan(whole.executed), (linear(day.year, month), day), policy)
