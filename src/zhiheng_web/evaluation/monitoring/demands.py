"""What a report still lacks, at which row, and what a reader will ask about: the policy's demands on rows, on money, on the whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhiheng.audit.catalogue import rule
from zhiheng.audit.context import Context, Round, RoundRow
from zhiheng.audit.engine import audit
from zhiheng.audit.rule import message
from zhiheng.monitoring.deviation import Demand, Stated, demanded
from zhiheng.monitoring.judgement import Judgement
from zhiheng.monitoring.lamp import Lamp
from zhiheng.monitoring.policy import Policy
from zhiheng.values.value import Quantity, Value
from zhiheng_web.evaluation.declaring import left_to_a_person
from zhiheng_web.evaluation.models import MonitoringFund, MonitoringReport, MonitoringRound, MonitoringRow, RectificationItem
from zhiheng_web.evaluation.monitoring.adjusting import adjusted_indicators
from zhiheng_web.evaluation.monitoring.curves import begun_in
from zhiheng_web.evaluation.monitoring.judging import Judged, is_unknown, judged_rows, policy_of
from zhiheng_web.evaluation.monitoring.money import judge_money, total
from zhiheng_web.evaluation.observing import in_unit
from zhiheng_web.local_rules import in_force, selection
from zhiheng_web.planning.mapping import read_cell, table_of
from zhiheng_web.planning.models import DutyRow
from zhiheng_web.wording import Text

RULES = ("O02", "O03", "O04", "O05", "O06")
"""The library's rules on a round that point something out; O01 is what the policy demands, which stands at its row as such."""

NO_FIGURE = Text(
    "按进度已应有完成值，但没有数据：请申报本期完成值，或在原因说明里写明为什么没有。",
    "Something is due by now and there is no figure: declare that of the period, or explain why there is none.",
)
SEVERAL = Text(
    "按进度已应有完成值，但没有数据：目标有几项，一个数不能代表，请在原因说明里写明各项完成情况。",
    "Something is due by now and there is no figure: the target has several parts, so write in the explanation what came of each.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked for at a row (None: at the money or the whole). ``must``: the report is not submitted without it."""

    row: UUID | None
    field: str
    must: bool
    text: Text
    code: str = ""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A report with each row judged, the money judged, and everything that is asked for, in reading order."""

    rows: tuple[Judged, ...]
    money: Judgement
    asked: tuple[Asked, ...]

    @property
    def missing(self) -> tuple[Asked, ...]:
        """What stands in the way of submission."""
        return tuple(one for one in self.asked if one.must)

    def at(self, row: UUID | None) -> list[Asked]:
        """What is asked for at a row."""
        return [one for one in self.asked if one.row == row]


def assess(report: MonitoringReport, rows: Sequence[MonitoringRow], funds: Sequence[MonitoringFund]) -> Assessed:
    """Judge a report as it stands and say what it lacks. As many queries for one row as for hundreds."""
    policy = policy_of(report.round.policy)
    judged = judged_rows(report, rows)
    money = judge_money(funds, report.round.last, policy, begun_in(report.table))
    corrected = set(RectificationItem.objects.filter(monitoring_row__in=[row.pk for row in rows]).values_list("monitoring_row", flat=True))
    adjusted = adjusted_indicators(report)
    before = rows_before(report.round, [row.indicator_id for row in rows], report.table_id)
    said = [
        round_row(one, before.get(one.row.indicator_id), corrected=one.row.pk in corrected, adjusted=one.row.indicator_id in adjusted)
        for one in judged
    ]
    asked: list[Asked] = list(of_money(report, funds, money, policy))
    found = pointed_out(report, judged, said, money, policy)
    asked += [one for one in found if one.row is None]
    for one, own in zip(judged, said, strict=True):
        demands = demanded(
            one.judgement, one.target, one.actual, own.stated, policy, name=one.row.indicator_row.name, last_lamp=own.last_lamp
        )
        asked += [_asked(one.row.pk, demand) for demand in demands if demand.must or demand.code == "red_again"]
        asked += of_figure(one)
        asked += [finding for finding in found if finding.row == one.row.pk]
    return Assessed(tuple(judged), money, tuple(asked))


def round_row(one: Judged, before: MonitoringRow | None, *, corrected: bool, adjusted: bool) -> RoundRow:
    """A row as the library's rules on a round take it."""
    last = Lamp(before.lamp) if before is not None and before.lamp else None
    previous = figure_of(before) if before is not None and one.running else None
    return RoundRow(one.judgement, one.actual, stated(one, corrected=corrected, adjusted=adjusted), previous, last)


def pointed_out(
    report: MonitoringReport, judged: Sequence[Judged], said: Sequence[RoundRow], money: Judgement, policy: Policy
) -> list[Asked]:
    """What the library's rules O02 to O06 find in the round. A running total that fell must be explained. One query."""
    duties = list(DutyRow.objects.filter(version=report.version_id).order_by("number"))
    table = table_of(report.version, duties, [one.row.indicator_row for one in judged], report.table.year)
    context = Context(round=Round(policy, report.round.last, dict(enumerate(said)), money))
    found = []
    for one in audit(table, in_force(date(report.table.year, 12, 31)), selection(RULES), context=context).findings:
        index = one.subject.indicator
        known = rule(one.code)
        words = Text(f"{message(known, one, 'zh')}（{one.code}）", f"{message(known, one, 'en')} ({one.code})")
        row = judged[index].row if index is not None else None
        fell = one.code == "O04" and row is not None
        must = fell and row is not None and not row.explanation.strip()
        found.append(Asked(row.pk if row else None, "explanation" if fell else one.subject.field, must, words, one.code))
    return found


def figure_of(row: MonitoringRow) -> Value | None:
    """The frozen figure of a row as a value; None where it has none."""
    if row.value is None:
        return None
    return in_unit(row.value, row.unit)


def of_figure(one: Judged) -> list[Asked]:
    """A figure that is due and not there is declared, or it is said why there is none: nothing known is no success."""
    if not is_unknown(one) or one.row.explanation.strip():
        return []
    return [Asked(one.row.pk, "explanation", True, SEVERAL if left_to_a_person(one.row) else NO_FIGURE, "no_figure")]


def _asked(row: UUID, demand: Demand) -> Asked:
    return Asked(row, demand.field, demand.must, Text(demand.text(), demand.text("en")), demand.code)


def stated(one: Judged, *, corrected: bool, adjusted: bool) -> Stated:
    """What the office filled in for a row."""
    row = one.row
    return Stated(tuple(row.reasons.split()), row.explanation, row.possibility, forecast_of(row), corrected, adjusted)


def forecast_of(row: MonitoringRow) -> Value | None:
    """What the forecast of a row means, in the unit of its target; None where nothing is written."""
    if not row.forecast.strip():
        return None
    value = read_cell(row.indicator_row, row.forecast, row.report.table.year).value
    unit = row.indicator_row.target_unit
    if isinstance(value, Quantity) and not value.unit and unit:
        return Quantity(value.amount, unit, value.op, value.upper, value.per, value.qualifier, value.bounds)
    return value


def of_money(report: MonitoringReport, funds: Sequence[MonitoringFund], money: Judgement, policy: Policy) -> list[Asked]:
    """What is asked for about the money: a word where it is off its pace, above the budget or without one, or the budget was cut or 0."""
    if report.budget_reason.strip():
        return []
    off = {"red_or_yellow": (Lamp.RED, Lamp.YELLOW), "red": (Lamp.RED,), "never": ()}[policy.word("reasons.required")]
    whole = total(funds)
    if {"overspent", "spent_without_budget", "negative_amount"} & set(money.notes):
        text = Text("执行数超过预算数或没有预算却有支出，请说明原因。", "More was spent than the budget, or spent without one: say why.")
        return [Asked(None, "budget_reason", True, text, "overspent")]
    if any(fund.executed is not None and fund.executed > fund.budget for fund in funds):
        text = Text("有一项资金来源的执行数超过预算数，请说明原因。", "Of one source more was spent than its budget: say why.")
        return [Asked(None, "budget_reason", True, text, "overspent_source")]
    if money_cut(funds) or "zero_budget" in money.notes:
        text = Text(
            "年中调减了预算或预算为 0，请说明原因和对目标的影响。",
            "The budget was cut in the year, or is 0: say why and what it means for the goals.",
        )
        return [Asked(None, "budget_reason", True, text, "budget_cut")]
    if money.lamp in off:
        text = Text("预算执行为红灯或黄灯，请说明原因和下一步安排。", "The money is behind its pace: say why and what will be done.")
        return [Asked(None, "budget_reason", True, text, "budget_off")]
    if whole.forecast is not None and whole.budget is not None and whole.forecast > whole.budget:
        text = Text("全年预计执行数大于预算数，请核对。", "The year's forecast exceeds the budget: check it.")
        return [Asked(None, "forecast", False, text, "forecast_above_budget")]
    return []


def money_cut(funds: Sequence[MonitoringFund]) -> bool:
    """Whether the budget of any source was cut in the year: another that was raised does not hide it."""
    return any(fund.budget < fund.initial for fund in funds)


def rows_before(of: MonitoringRound, indicators: Collection[UUID], table: UUID) -> Mapping[UUID, MonitoringRow]:
    """Indicator → its row in the latest earlier round of the year that was opened, in the report on the same table. One query."""
    rows = MonitoringRow.objects.filter(
        report__table=table, indicator__in=indicators, report__round__year=of.year, report__round__last__lt=of.last
    )
    return {row.indicator_id: row for row in rows.order_by("report__round__last")}
