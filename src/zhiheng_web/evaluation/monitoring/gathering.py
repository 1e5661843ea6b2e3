"""A report as it begins, or is taken anew: rows of the version in force, values frozen on the round's day, money, lamps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from zhiheng.scoring.observation import Counted
from zhiheng.scoring.rounding import ROUNDINGS
from zhiheng.scoring.trace import printed
from zhiheng_web.evaluation.models import MonitoringFund, MonitoringReport, MonitoringRound, MonitoringRow, Survey
from zhiheng_web.evaluation.monitoring.coverage import left_out
from zhiheng_web.evaluation.monitoring.judging import LARGEST, judge_report
from zhiheng_web.evaluation.monitoring.money import by_source
from zhiheng_web.evaluation.monitoring.standing import rows_of
from zhiheng_web.evaluation.observing import of_survey
from zhiheng_web.ledgers.actions.take_snapshot import take_snapshot
from zhiheng_web.ledgers.measures.actual import actuals, bases_of
from zhiheng_web.ledgers.measures.result import State
from zhiheng_web.ledgers.models import Snapshot
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Indicator, IndicatorRow, TableVersion

JUDGED = ("budget_lamp", "goal_lamp", "lamp", "budget_trace")
ROW_JUDGED = ("lamp", "due", "trace", "curve")
VALUES = ("indicator_row", "position", "snapshot", "state", "value", "unit", "shown_zh", "shown_en")


def gather(viewer: Viewer, found: MonitoringRound, versions: Sequence[TableVersion], reason: str) -> list[MonitoringReport]:
    """A report for each version with its rows, frozen values, money and lamps."""
    rows = list(IndicatorRow.objects.filter(version__in=versions).order_by("version", "position"))
    snapshots = frozen(viewer, found, {row.indicator_id for row in rows}, reason)
    made = []
    for version in versions:
        report = MonitoringReport(round=found, table=version.table, version=version, known_at=viewer.now())
        report.save()
        own = [new_row(report, row) for row in rows if row.version_id == version.pk]
        take_values(viewer, found, own, snapshots)
        MonitoringRow.objects.bulk_create(own)
        funds = MonitoringFund.objects.bulk_create(funds_of(report))
        rejudge(report, rows_of(report), funds)
        made.append(report)
    return made


ADDED = "监控轮次“{name}”补充启动后生效的目标表，按数据截止日固化"


def add_left_out(viewer: Viewer, found: MonitoringRound) -> list[MonitoringReport]:
    """Reports of tables that came into force by the round's last day after it was opened. The round is held by the caller."""
    reported = set(MonitoringReport.objects.filter(round=found).values_list("table_id", flat=True))
    versions = left_out(found, reported)
    return gather(viewer, found, versions, ADDED.format(name=found.name)) if versions else []


def new_row(report: MonitoringReport, row: IndicatorRow) -> MonitoringRow:
    """The row of an indicator in a report."""
    return MonitoringRow(report=report, indicator_row=row, indicator_id=row.indicator_id, position=row.position)


def frozen(viewer: Viewer, found: MonitoringRound, indicators: Collection[UUID], reason: str) -> dict[UUID, Snapshot]:
    """The values of bound indicators frozen on the round's last day. What stands from before is replaced, with the reason."""
    own = set(Indicator.objects.filter(pk__in=indicators, department=found.department_id).values_list("pk", flat=True))
    bound = sorted({basis.indicator_id for basis in bases_of(sorted(own, key=str))}, key=str)
    if not bound:
        return {}
    standing = Snapshot.objects.filter(indicator__in=bound, on=found.last, replaced_by__isnull=True).exists()
    return {one.indicator_id: one for one in take_snapshot(viewer, bound, found.last, reason if standing else "")}


def take_values(viewer: Viewer, found: MonitoringRound, rows: Iterable[MonitoringRow], snapshots: dict[UUID, Snapshot]) -> None:
    """Put frozen values into rows; an indicator without ledger has its state alone, with what the office decided about it."""
    rows = list(rows)
    bare = [row.indicator_id for row in rows if row.indicator_id not in snapshots]
    states = actuals(bare, found.last, viewer.now()) if bare else {}
    surveys = surveys_of(bare, found)
    for row in rows:
        snapshot = snapshots.get(row.indicator_id)
        row.snapshot = snapshot
        if snapshot is None and row.indicator_id in surveys:
            _of_survey(row, surveys[row.indicator_id])
            continue
        if snapshot is None:
            actual = states[row.indicator_id]
            row.state, row.value, row.unit, (row.shown_zh, row.shown_en) = actual.state.value, None, "", (actual.shown.zh, actual.shown.en)
            continue
        value = snapshot.value
        number = Decimal(value["value"]) if value["value"] is not None else None
        row.state, row.unit = value["state"], value["unit"]
        row.value = kept(number)
        row.shown_zh, row.shown_en = value["shown_zh"][:300], value["shown_en"][:300]


def surveys_of(indicators: Collection[UUID], found: MonitoringRound) -> dict[UUID, Survey]:
    """The surveys that give an indicator without ledger its rate by the round's last day; of several the one that ended last."""
    rows = Survey.objects.filter(indicator__in=indicators, year=found.year, closed_at__isnull=False, closes_on__lte=found.last)
    return {row.indicator_id: row for row in rows.order_by("closes_on", "closed_at") if row.indicator_id and row.result}


def _of_survey(row: MonitoringRow, survey: Survey) -> None:
    """The rate of a closed survey; one that too few answered gives none."""
    observed = of_survey(survey.result)
    if isinstance(observed, Counted):
        row.state, row.value, row.unit = State.UNDER_WAY.value, kept(observed.numerator * 100 / observed.denominator), "%"
        share = f"{printed(ROUNDINGS['half_up_2'].apply(Fraction(observed.numerator) / Fraction(observed.denominator) * 100))}%"
        answers = survey.result.get("answers", 0)
        row.shown_zh, row.shown_en = f"{share}（满意度调查，{answers} 份答卷）", f"{share} (survey, {answers} answers)"
        return
    row.state, row.value, row.unit = State.UNBOUND.value, None, ""
    row.shown_zh, row.shown_en = "调查样本过少", "too few answered the survey"


def kept(number: Decimal | None) -> Decimal | None:
    """The figure as its column holds it; the exact one stays in the snapshot."""
    if number is None or abs(number) >= LARGEST:
        return None
    return number.quantize(Decimal("0.0001"))


def funds_of(report: MonitoringReport) -> list[MonitoringFund]:
    """The money of the table on the round's last day, by source."""
    money = by_source(report.table, report.round.last)
    return [
        MonitoringFund(report=report, source=source, initial=one.initial, budget=one.current, executed=one.paid, until=one.until)
        for source, one in money.items()
    ]


def rejudge(report: MonitoringReport, rows: Sequence[MonitoringRow], funds: Sequence[MonitoringFund]) -> None:
    """Judge rows and money anew and write the lamps."""
    judge_report(report, rows, funds)
    MonitoringRow.objects.bulk_update(rows, ROW_JUDGED)
    report.save(update_fields=JUDGED)


def regather(viewer: Viewer, report: MonitoringReport, version: TableVersion, reason: str) -> None:
    """Take values, money and, where another version came into force by the day, rows anew. What the office wrote stays at its indicator."""
    indicators = list(IndicatorRow.objects.filter(version=version).order_by("position"))
    snapshots = frozen(viewer, report.round, {row.indicator_id for row in indicators}, reason)
    standing = {row.indicator_id: row for row in MonitoringRow.objects.filter(report=report)}
    kept_rows, new_rows = [], []
    for row in indicators:
        old = standing.pop(row.indicator_id, None)
        if old is None:
            new_rows.append(new_row(report, row))
            continue
        old.indicator_row, old.position = row, row.position
        kept_rows.append(old)
    take_values(viewer, report.round, [*kept_rows, *new_rows], snapshots)
    MonitoringRow.objects.bulk_update(kept_rows, VALUES)
    MonitoringRow.objects.bulk_create(new_rows)
    gone = MonitoringRow.objects.filter(pk__in=[row.pk for row in standing.values()])
    gone.filter(corrections__isnull=True).delete()
    forecasts = dict(MonitoringFund.objects.filter(report=report).values_list("source", "forecast"))
    MonitoringFund.objects.filter(report=report).delete()
    funds = funds_of(report)
    for fund in funds:
        fund.forecast = forecasts.get(fund.source)
    MonitoringFund.objects.bulk_create(funds)
    report.version, report.known_at = version, viewer.now()
    report.save(update_fields=["version", "known_at"])
    rejudge(report, rows_of(report), funds)
