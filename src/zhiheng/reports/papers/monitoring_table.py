"""部门整体/单位整体/项目支出绩效目标执行监控表: what the months brought, the forecast, causes and chances, on the official form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from zhiheng.plan.plan import Budget, Cell, Indicator, Plan
from zhiheng.reports import forms
from zhiheng.reports.forms.monitoring import CAUSES, OF_THE_FORM, OUTLOOKS, TICK
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.opinions import Opinion, sheet
from zhiheng.reports.papers.outline import SPENDING, UNIT, Money, figure, fund, matched, notes, outline
from zhiheng.reports.papers.prose import amount

FUND_FIELDS = ("initial", "executed", "rate", "forecast")


@dataclass(frozen=True, slots=True)
class Monitored:
    """What a round says of one indicator. ``achieved`` and ``forecast`` in words, a state where there is no figure (未到期).

    ``causes`` of CAUSES and ``outlook`` of OUTLOOKS are ticked; ``explanation`` 原因说明, ``remark`` what will be done.
    """

    achieved: str
    forecast: str = ""
    causes: tuple[str, ...] = ()
    explanation: str = ""
    outlook: str = ""
    remark: str = ""


def monitored(plan: Plan, months: tuple[int, int], money: Sequence[Money], rows: Sequence[Monitored], *, kind: str) -> Plan:
    """The plan as the monitoring table holds it. ``rows`` follow the indicators of ``plan``; other words than those of the form, and
    months of no year: ValueError.
    """
    matched(plan, rows)
    if not 1 <= months[0] <= months[1] <= 12:
        raise ValueError(f"months {months}")
    found = outline(plan, "monitoring", f"{SPENDING[kind]}绩效目标执行监控表", OF_THE_FORM)
    return replace(
        found,
        months=months,
        budget=Budget(UNIT, funds=tuple(fund(each, FUND_FIELDS) for each in money)) if money else Budget(),
        indicators=tuple(_row(row, said, plan.year) for row, said in zip(found.indicators, rows, strict=True)),
        notes=notes([adjusted_words(money)]),
    )


def adjusted_words(money: Sequence[Money]) -> str:
    """How the budget was adjusted in the course of the year, '' where it was not.

    The form has a column for 年初预算数 alone, while 执行率 is of 全年预算数: without these words the rate contradicts the printed figures.
    The first row is the total; where there are several sources, those that were adjusted are named.
    """
    sources = money[1:] if len(money) > 2 else ()
    total = "".join(_adjusted("", one) for one in money[:1])
    each = "；".join(filter(None, (_adjusted(re.sub(r"^其中[:：]", "", one.name), one) for one in sources)))
    told = "，其中".join(filter(None, (total, each)))
    return f"年中{told}，执行率按全年预算数计算。" if told else ""


def _adjusted(name: str, one: Money) -> str:
    if not isinstance(one.initial, Decimal) or not isinstance(one.budget, Decimal) or one.initial == one.budget:
        return ""
    change = one.budget - one.initial
    way = "调增" if change > 0 else "调减"
    return f"{name}{way}{amount(abs(change))}万元，全年预算数{amount(one.budget)}万元"


def _row(row: Indicator, said: Monitored, year: int | None) -> Indicator:
    unknown = [name for name in said.causes if name not in CAUSES] + [said.outlook] * (said.outlook not in ("", *OUTLOOKS))
    if unknown:
        raise ValueError(f"the form has no {unknown}")
    return replace(
        row,
        actual=figure(said.achieved, row.name.text, year),
        forecast=figure(said.forecast, row.name.text, year),
        causes=tuple((name, Cell(TICK if name in said.causes else "")) for name in CAUSES),
        reason=Cell(said.explanation),
        outlook=tuple((name, Cell(TICK if name == said.outlook else "")) for name in OUTLOOKS),
        remark=Cell(said.remark),
    )


def monitoring_table(
    plan: Plan,
    number: str,
    months: tuple[int, int],
    money: Sequence[Money],
    rows: Sequence[Monitored],
    opinions: Sequence[Opinion] = (),
    *,
    kind: str = "department",
) -> Content:
    """The monitoring table of a round that looks at ``months`` (first and last), and the opinions on it. The form reads back equal."""
    held = monitored(plan, months, money, rows, kind=kind)
    pages = (forms.form(held), *((sheet(f"{held.title}审签单", number, opinions),) if opinions else ()))
    return Content("monitoring", held.title, number, pages)
