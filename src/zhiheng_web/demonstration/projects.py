"""Writes the budget and projects of the demonstration through the service's own actions. All of it is invented and marked so."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from zhiheng.plan.plan import Cell, Figure, Table
from zhiheng.values.normalise import normalise
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.models import Office
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.actions.change_budget import change_budget
from zhiheng_web.planning.actions.confirm_pre_assessment import confirm_pre_assessment
from zhiheng_web.planning.actions.declare_project import Declared, declare_project
from zhiheng_web.planning.actions.import_payments import import_payments
from zhiheng_web.planning.actions.import_table import import_table
from zhiheng_web.planning.actions.keep_budget_line import keep_budget_line
from zhiheng_web.planning.actions.keep_project import ProjectValues, keep_project
from zhiheng_web.planning.actions.link_project import link_project
from zhiheng_web.planning.actions.pre_assess import Assessed, pre_assess
from zhiheng_web.planning.actions.receive_payments import receive_payments
from zhiheng_web.planning.models import BudgetLine, Indicator, PerformanceTable, Project, TableVersion
from zhiheng_web.planning.versions import load

DAY = date(2020, 1, 10)
Data = dict[str, Any]


def write_projects(written: Demonstrated, version: TableVersion) -> None:
    """Budget, projects with links, goals, payments and one adjustment, and the subordinate unit's own table.

    ``version`` is the imported table of the department, whose duties and indicators the projects serve. Run inside a transaction.
    """
    data = tomllib.loads((Path(__file__).parent / "projects.toml").read_text("utf-8"))
    officer, leader = (viewer_of(written.accounts[name], DAY) for name in ("jixiao", "fenguan"))
    loaded = load(version)
    duties = {normalise(row.name): row.duty_id for row in loaded.duties}
    indicators = {normalise(row.name): row.indicator for row in loaded.rows}
    year, document = data["year"], data["document"]
    for item in data["basic"]:
        unit = written.units[item["unit"]]
        amount = Decimal(item["amount"])
        keep_budget_line(officer, unit.pk, year, BudgetLine.Source.FISCAL, amount, document=document, synthetic=True)
    for item in data["projects"]:
        project = _project(officer, written, item)
        amount = Decimal(item["fiscal"])
        line = keep_budget_line(
            officer, project.unit_id, year, BudgetLine.Source.FISCAL, amount, project=project.pk, document=document, synthetic=True
        )
        for change in item.get("changes", ()):
            change_budget(officer, line.pk, change["on"], Decimal(change["amount"]), change["reason"], change["document"])
        for link in item.get("links", ()):
            for name in link["indicators"]:
                duty, served = duties[normalise(link["duty"])], indicators[normalise(name)]
                link_project(officer, project.pk, year, duty=duty, activity=link["activity"], indicator=served.pk)
        if "pre_assessment" in item:
            _assess(officer, leader, project, item["pre_assessment"])
        if "goal" in item:
            declare_project(officer, project.pk, year, goal=item["goal"], indicators=_declared(item, indicators))
    for code in sorted({item["unit"] for item in data["projects"]}):
        _pay(officer, written, data, code)
    _unit_table(officer, written, version, data["unit_table"])


def _project(officer: Viewer, written: Demonstrated, item: Data) -> Project:
    unit = written.units[item["unit"]]
    office = Office.objects.get(unit=unit, code=item["office"])
    fields = {name: item[name] for name in ("code", "name", "attribute", "first_year", "basis", "responsible")}
    values = ProjectValues(**fields, last_year=item.get("last_year"), office=office.pk)
    return keep_project(officer, unit.pk, values, synthetic=True)


def _assess(officer: Viewer, leader: Viewer, project: Project, item: Data) -> None:
    given = {code: (Decimal(points), finding) for code, points, finding in item["given"]}
    assessed = Assessed(
        item["assessed_on"], given, item["conclusion"], item["opinion"], method=item["method"], amount=Decimal(item["amount"])
    )
    made = pre_assess(officer, project.pk, assessed)
    confirm_pre_assessment(leader, made.pk)


def _declared(item: Data, known: dict[str, Indicator]) -> list[Declared]:
    """The indicators of a project's table; one that the department's table has under the same name goes on as that indicator."""
    linked = {normalise(name) for link in item["links"] for name in link["indicators"]}
    return [
        Declared(
            *row["level"],
            row["name"],
            row["target"],
            definition=row["definition"],
            indicator=known[name] if (name := normalise(row["name"])) in linked else None,
        )
        for row in item["indicators"]
    ]


def _pay(officer: Viewer, written: Demonstrated, data: Data, code: str) -> None:
    """A unit's payments as the sheet that the treasury would send, imported like one."""
    unit = written.units[code]
    months = max(len(item["paid"]) for item in data["projects"])
    basic = [["", "基本支出", *item["paid"]] for item in data["basic"] if item["unit"] == code]
    rows = basic + [[item["code"], item["name"], *item["paid"]] for item in data["projects"] if item["unit"] == code]
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(["项目编码", "项目名称", *(f"{month}月（万元）" for month in range(1, months + 1)), "合计（万元）"])
    for row in rows:
        sheet.writerow([*row, sum((Decimal(cell) for cell in row[2:] if cell), Decimal(0))])
    name = f"{unit.name}{data['year']}年国库支付（演示虚构）.csv"
    source = receive_payments(officer, unit.pk, SimpleUploadedFile(name, text.getvalue().encode("utf-8-sig"), "text/csv"))
    import_payments(officer, source.pk, unit.pk, data["year"])


def _unit_table(officer: Viewer, written: Demonstrated, version: TableVersion, item: Data) -> None:
    """The subordinate unit's own table: its duty and indicators as the department's table words them, with its own money."""
    plan = load(version).table.plan
    unit = written.units[item["unit"]]
    number = next(duty.number for duty in plan.duties if normalise(duty.name.text) == normalise(item["duty"]))
    amounts = {name: Figure(parse(item[name], Context(name="金额"))) for name in ("total", "basic", "project")}
    own = replace(
        plan,
        title=item["title"],
        department=Cell(unit.name),
        budget=replace(plan.budget, **amounts, fiscal=amounts["total"]),
        duties=tuple(duty for duty in plan.duties if duty.number == number),
        indicators=tuple(row for row in plan.indicators if row.duty == number),
    )
    import_table(officer, unit, Table(own), kind=PerformanceTable.Kind.UNIT, year=plan.year)
