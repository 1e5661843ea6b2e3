"""A monitoring report as systems exchange it, from the page that shows it: frozen values, kept money, what the offices say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from zhiheng.interchange.results import Results, RoundValue, Row, of_plan
from zhiheng.interchange.yearly import Fund, Monitored, Watched
from zhiheng.monitoring.lamp import LAMP_NAMES, Lamp
from zhiheng.plan.plan import Cell, Figure, Plan
from zhiheng.scoring.observation import NothingDue, Observation, Rated, observed
from zhiheng.values.parse import parse
from zhiheng_web.evaluation.exchanging.measured import further, measured
from zhiheng_web.evaluation.exchanging.standing import (
    FIELDS,
    MONITORING,
    Held,
    Lost,
    Standing,
    in_words,
    paper_title,
    setting_of,
    tags_of,
    with_levels,
)
from zhiheng_web.evaluation.ground import FUND_NAMES
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRow
from zhiheng_web.evaluation.monitoring.money import WAN, total
from zhiheng_web.evaluation.monitoring.observing import documents_of, target_of
from zhiheng_web.evaluation.monitoring.observing import observed as observed_here
from zhiheng_web.evaluation.monitoring.standing import CLOSED, SUBMITTED
from zhiheng_web.evaluation.observing import Frozen, Given, found
from zhiheng_web.evaluation.paper_plan import TIERS
from zhiheng_web.evaluation.queries.monitoring_report import ReportPage, RowShown, report_page
from zhiheng_web.ledgers.measures.result import State
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.mapping import table_of
from zhiheng_web.planning.models import DutyRow, PerformanceTable
from zhiheng_web.wording import Text

WORDS = ("reasons", "explanation", "forecast", "possibility", "remark")
STATES = {
    MonitoringReport.State.DRAFT: Text("填报中", "draft"),
    MonitoringReport.State.RETURNED: Text("被退回", "returned"),
    MonitoringReport.State.SUBMITTED: Text("已报送", "submitted"),
}
LIT = {Lamp.RED.value: True, Lamp.YELLOW.value: True, Lamp.GREEN.value: False, Lamp.BLUE.value: False}
"""是否偏差 as the lamp says it; no lamp, no judgement."""
TIER, CORRECTION = Text("人工判定档次", "Tier judged by a person"), Text("纠偏措施", "Corrective action")
MONEY_WORDS, OVERVIEW = Text("预算执行偏差原因", "Reason of the money"), Text("总体情况", "Overview")
PROBLEMS, OPINION = Text("存在问题", "Problems"), Text("意见", "Opinion")
LAMP, FORECAST = Text("预警灯", "Lamp"), Text("全年预计执行数（万元）", "Forecast of the execution (10k yuan)")
NOT_APPLICABLE = "不适用"


def standing(viewer: Viewer, pk: UUID) -> Standing:
    """A report that the viewer reads. The number of queries does not depend on its rows."""
    page = report_page(viewer, pk)
    report, table = page.report, page.report.table
    rows = tuple(Held(one.row, Text(one.row.shown_zh, one.row.shown_en), words_of(one.row), one.fills) for one in page.rows)
    declared = [one.row.indicator_row for one in page.rows]
    duties = list(DutyRow.objects.filter(version=report.version_id).order_by("number"))
    plan = named(table_of(report.version, duties, declared, table.year).plan, table, paper_title(MONITORING, table))
    documents = documents_of([one.row for one in page.rows], table.year)
    bare = of_plan(plan)
    actuals = [actual_of(one.row, documents, table.year) for one in page.rows]
    tags = tags_of(report.version, declared)
    beside = [further(value_of(one.row), actual) for one, actual in zip(page.rows, actuals, strict=True)]
    rounds = tuple(
        replace(row, actual=actual, comment="", further=words) for row, actual, words in zip(bare.rows, actuals, beside, strict=True)
    )
    results = with_levels(Results(bare.plan, rounds), tags)
    funds = funds_of(page)
    monitored = Monitored(
        results, tuple(watched_of(one.row) for one in page.rows), funds, report.round.number, lit(report.budget_lamp),
        lit(report.goal_lamp), lit(report.lamp), LIT.get(report.lamp),
    )  # fmt: skip
    title = Text(*[f"{table} {report.round.name}"] * 2)
    return Standing(
        MONITORING, report.pk, table, title, report.round.last, in_rounds(monitored, report.round.last), rows,
        funds, {}, setting_of(table), tags, page.open, closed_text(report),
        STATES[MonitoringReport.State(report.state)],
        number=report.round.number, monitored=monitored, unheld=tuple(unheld(page)), tables_only=tuple(tables_only(page)),
    )  # fmt: skip


def named(plan: Plan, table: PerformanceTable, title: str) -> Plan:
    """The plan under the title of its paper, with its year, department and project, which a form may leave to its heading."""
    project = Cell(table.project.name) if table.project is not None else None
    department = plan.department or Cell(table.unit.department.name)
    return replace(plan, title=title, year=table.year, department=department, project=plan.project or project)


def closed_text(report: MonitoringReport) -> Text:
    """Why nothing can be taken over into it any more."""
    if report.round.closed_at is not None:
        return CLOSED.with_(round=report.round.name, day=report.round.closed_at.date().isoformat())
    return SUBMITTED.with_(table=str(report.table))


def words_of(row: MonitoringRow) -> dict[str, str]:
    """What the office says of a row, by field."""
    return {name: getattr(row, name) for name in WORDS}


def lit(lamp: str) -> str:
    """A lamp as the tables have it: none is blank."""
    return "" if lamp == Lamp.NONE.value else lamp


def watched_of(row: MonitoringRow) -> Watched:
    """What the round says of a row."""
    return Watched(
        row.forecast, tuple(row.reasons.split()), row.explanation, row.possibility, lit(row.lamp), LIT.get(row.lamp), None, row.remark
    )


def actual_of(row: MonitoringRow, documents: Mapping[UUID, str], year: int) -> Observation:
    """What was found of an indicator by the day, from its frozen value alone; a person's tier has no points in a round."""
    value = value_of(row)
    if value is not None:
        return measured(value, found(Given(value), target_of(row.indicator_row, year)))
    stated = observed_here(row, documents, year)[0].actual
    match stated:
        case Rated(tier):
            return observed(Figure(parse(TIERS[tier])))
        case NothingDue():
            return NothingDue(NOT_APPLICABLE)
        case _:
            return stated


def value_of(row: MonitoringRow) -> Frozen | None:
    """The frozen value of a row, None where the office decided that there is no figure."""
    return row.snapshot.value if row.snapshot is not None and row.state not in (State.NOT_ORGANISED, State.NOT_APPLICABLE) else None


def in_rounds(monitored: Monitored, last: object) -> Results:
    """The same for documents that know rounds: the value of its day; one taken on the last day of the year is the year's."""
    results = monitored.results
    whole = (last.month, last.day) == (12, 31)  # type: ignore[attr-defined]

    def row(one: Row, watched: Watched) -> Row:
        if whole or one.actual is None:
            return replace(one, comment=watched.explanation)
        value = RoundValue(last, one.actual, watched.explanation, one.further)  # type: ignore[arg-type]
        return replace(one, actual=None, further="", rounds=(value,))

    return Results(results.plan, tuple(row(*each) for each in zip(results.rows, monitored.watched, strict=True)))


def funds_of(page: ReportPage) -> tuple[Fund, ...]:
    """The money in 万元, the total first; none where the table has no money of its own."""
    if not page.funds:
        return ()
    whole = total(page.funds)
    lines = [(FUND_NAMES[""], whole.initial, whole.budget, whole.executed, whole.forecast)]
    lines += [(FUND_NAMES[one.source], one.initial, one.budget, one.executed, one.forecast) for one in page.funds]
    return tuple(Fund(name, *map(in_wan, amounts)) for name, *amounts in lines)


def in_wan(amount: Decimal | None) -> Decimal | None:
    """元 in 万元, exactly; None stays None."""
    return None if amount is None else amount / WAN


def unheld(page: ReportPage) -> list[Lost]:
    """What no format of exchange has a place for."""
    report = page.report
    heads = ((MONEY_WORDS, report.budget_reason), (OVERVIEW, report.overview), (PROBLEMS, report.problems), (OPINION, report.opinion))
    lost = [Lost("", what, text) for what, text in heads if text]
    for one in page.rows:
        if one.row.tier is not None and one.row.snapshot_id is not None:
            lost.append(Lost(one.row.indicator_row.name, TIER, TIERS[one.row.tier]))
        lost += [Lost(one.row.indicator_row.name, CORRECTION, item.measure) for item in one.corrections]
    return lost


def tables_only(page: ReportPage) -> list[Lost]:
    """What the tables of 一体化 hold and the documents do not."""
    lost = [Lost("", Text(fund.name, fund.name), _amounts(fund)) for fund in funds_of(page)]
    return lost + [one for shown in page.rows for one in _row_only(shown)]


def _amounts(fund: Fund) -> str:
    return " / ".join("—" if one is None else f"{one.normalize():f}" for one in (fund.initial, fund.budget, fund.executed))


def _row_only(shown: RowShown) -> Sequence[Lost]:
    row, name = shown.row, shown.row.indicator_row.name
    lost = [Lost(name, FIELDS[each], in_words(each, getattr(row, each))) for each in WORDS if each != "explanation" and getattr(row, each)]
    return [*lost, *([Lost(name, LAMP, str(Text(*LAMP_NAMES[Lamp(row.lamp)])))] if lit(row.lamp) else [])]
