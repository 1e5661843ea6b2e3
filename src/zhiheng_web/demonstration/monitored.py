"""The two rounds of monitoring: curves where a linear pace is blind, what the offices say of lagging rows, corrections, submission."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhiheng_web.demonstration.people import Data, People, indicators, name_of, tables, words
from zhiheng_web.evaluation.actions.close_round import close_round
from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.open_correction import Correction, open_correction
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.plan_round import RoundPlan, plan_round
from zhiheng_web.evaluation.actions.set_milestones import set_milestones
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.actions.write_monitoring import ReportFilled, write_monitoring
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRow
from zhiheng_web.evaluation.monitoring.standing import rows_of, scopes_of
from zhiheng_web.evaluation.policies.monitoring import row_scopes, table_scope
from zhiheng_web.planning.models import IndicatorRow

OFF = ("red", "yellow")


def monitor(people: People) -> None:
    """Set the curves, then take each round from its plan to its end."""
    data = words("monitored")
    set_curves(people, data)
    for item in data["rounds"]:
        take_round(people, data["year"], item)


def set_curves(people: People, data: Data) -> None:
    """The office that holds the duty says by when which share is due."""
    table = tables(people.department, data["year"])["部门整体"]
    known = indicators(table)
    rows = IndicatorRow.objects.filter(version__table=table, removed_at__isnull=True).select_related("duty_row")
    duties = {row.indicator_id: row.duty_row.duty_id if row.duty_row else None for row in rows}
    scopes = row_scopes(table, duties)
    for item in data["milestones"]:
        indicator = known[item["name"]]
        clerk = people.clerk("evaluation.set_milestones", scopes[indicator], data["milestones_on"])
        set_milestones(clerk, table.pk, indicator, [(on, Decimal(share), text) for on, share, text in item["points"]])


def take_round(people: People, year: int, item: Data) -> None:
    """One round: planned, opened, filled in, corrected, submitted, closed."""
    officer = people.at("jixiao", item["opened_on"])
    plan = RoundPlan(year, item["name"], item["first"], item["last"], item["due_on"], document=item["document"])
    made = plan_round(officer, [people.department], plan)[0]
    open_round(officer, made.pk)
    reports = MonitoringReport.objects.filter(round=made).select_related("round", "table__unit__department", "table__project")
    found = {name_of(report.table): report for report in reports.order_by("pk")}
    rows = {name: {row.indicator_row.name: row for row in rows_of(report)} for name, report in found.items()}
    for name, report in found.items():
        say(people, item, report, rows[name])
        write(people, item, name, report)
    for correction in item["corrections"]:
        correct(people, item["filled_on"], rows[correction["table"]][correction["name"]], found[correction["table"]], correction)
    for report in found.values():
        submit_monitoring(people.at("jixiao", item["submitted_on"]), report.pk)
    close_round(people.at("jixiao", item["closed_on"]), made.pk)


def say(people: People, item: Data, report: MonitoringReport, rows: dict[str, MonitoringRow]) -> None:
    """What the offices say of the rows that lag, and of those that owe a figure and have none."""
    scopes = scopes_of(report, rows.values())
    for name, row in rows.items():
        if row.lamp not in OFF and name in item["unknown"]:
            clerk = people.clerk("evaluation.fill_monitoring", scopes[row.pk], item["filled_on"])
            fill_monitoring(clerk, row.pk, RowFilled(explanation=item["unknown"][name]), edits=row.edits)
        if row.lamp in OFF:
            said = item["rows"][name]
            filled = RowFilled(tuple(said["reasons"]), said["explanation"], said["forecast"], said["possibility"])
            clerk = people.clerk("evaluation.fill_monitoring", scopes[row.pk], item["filled_on"])
            fill_monitoring(clerk, row.pk, filled, edits=row.edits)


def write(people: People, item: Data, name: str, report: MonitoringReport) -> None:
    """What is said of the money, and of the whole on the department's table."""
    whole = {key: item[key] for key in ("overview", "problems", "opinion")} if name == "部门整体" else {}
    money = item["money"].get(name, "")
    if whole or money:
        clerk = people.clerk("evaluation.write_monitoring", table_scope(report.table), item["filled_on"], 15)
        write_monitoring(clerk, report.pk, ReportFilled(budget_reason=money, **whole), edits=report.edits)


def correct(people: People, on: date, row: MonitoringRow, report: MonitoringReport, item: Data) -> None:
    """What is done about a row that lags."""
    clerk = people.clerk("evaluation.open_correction", scopes_of(report, [row])[row.pk], on, 16)
    responsible = people.accounts[item["by"]].pk
    open_correction(clerk, row.pk, Correction(item["problem"], item["measure"], item["due_on"], account=responsible))
