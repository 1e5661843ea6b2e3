"""Results as StratML Part 2, a Performance Plan or Report (ANSI/AIIM 22, ISO 17469-2).

部门职责 → Goal, 绩效指标 → Objective with one PerformanceIndicator, the year → the first MeasurementInstance, each monitoring round
→ one more. Points stand in an indicator of their own (得分), the office that answers in a Stakeholder with the Role of a performer.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from lxml import etree

from zhiheng.interchange import model
from zhiheng.interchange.documents import Element, add, parse, written
from zhiheng.interchange.faults import Fault
from zhiheng.interchange.observed import Written, number, parts, unmarked, with_remark
from zhiheng.interchange.results import Exported, Results, RoundValue, Row, losses
from zhiheng.plan.plan import Duty, Indicator
from zhiheng.values.value import Missing, Value

STATE, BASELINE = "observation state", "baseline"
ANNUAL_GOAL = "年度总体目标"
PROJECT = "项目名称："
UNIT = "实施单位"
OFFICE = "责任处室"
SCORE, POINTS = "得分", "分"


@dataclass(frozen=True, slots=True)
class Setting:
    """What the table does not say of its publication: the day and the address of the authoritative source."""

    published: date | None = None
    source: str = ""


@cache
def content_model() -> model.Model:
    """The content model of the standard."""
    return model.Model.of(_data())


@cache
def _data() -> dict[str, object]:
    return tomllib.loads(resources.files(__package__).joinpath("stratml.toml").read_text("utf-8"))


def validate(data: bytes) -> tuple[Fault, ...]:
    """Where a document breaks the standard. Raises Refused for what is no sound XML."""
    return tuple(model.faults(parse(data), content_model()))


def export(results: Results, setting: Setting | None = None) -> Exported:
    """``results`` as a document, and what it cannot hold: money, reference values and the columns of the form."""
    from zhiheng.interchange.stratml_reading import read

    data = written(_document(results, setting or Setting()))
    return Exported(data, losses(results, read(data).results))


def _document(results: Results, setting: Setting) -> Element:
    plan, space = results.plan, content_model().namespace
    names: Any = {None: space}
    root = etree.Element(f"{{{space}}}PerformancePlanOrReport", nsmap=names)
    root.set("Type", "Performance_Report" if results.reported else "Performance_Plan")
    add(root, "Name", plan.title)
    if plan.project is not None and plan.project.text:
        add(root, "OtherInformation", PROJECT + plan.project.text)
    core = add(root, "StrategicPlanCore")
    if results.department:
        add(add(core, "Organization"), "Name", results.department)
    if plan.unit is not None and plan.unit.text:
        unit = add(core, "Organization")
        add(unit, "Name", plan.unit.text)
        add(unit, "Description", UNIT)
    if plan.strategic_goal is not None and plan.strategic_goal.text:
        add(add(core, "Vision"), "Description", plan.strategic_goal.text)
    for goal in plan.goals:
        made = add(core, "Goal")
        add(made, "Name", ANNUAL_GOAL)
        add(made, "Description", goal.expected.text)
        if goal.actual is not None and goal.actual.text:
            add(made, "OtherInformation", goal.actual.text)
    _goals(core, results)
    if results.year is not None or setting.published or setting.source:
        about = add(root, "AdministrativeInformation")
        _dates(about, results.year)
        if setting.published:
            add(about, "PublicationDate", setting.published.isoformat())
        if setting.source:
            add(about, "Source", setting.source)
    return root


def _goals(core: Element, results: Results) -> None:
    """The duties with their indicators; what belongs to no duty stands under a goal with the name of the table."""
    known = {duty.number for duty in results.plan.duties}
    for duty in results.plan.duties:
        _goal(core, results, duty, [index for index, row in enumerate(results.plan.indicators) if row.duty == duty.number])
    loose = [index for index, row in enumerate(results.plan.indicators) if row.duty not in known]
    if loose or not (known or results.plan.goals):
        _goal(core, results, None, loose)


def _goal(core: Element, results: Results, duty: Duty | None, rows: list[int]) -> None:
    goal = add(core, "Goal")
    add(goal, "Name", duty.name.text if duty is not None else results.plan.title)
    add(goal, "Description", duty.objective.text if duty is not None and duty.objective is not None else "")
    if duty is not None:
        add(goal, "SequenceIndicator", str(duty.number))
    for index in rows:
        _objective(goal, results, index)


def _objective(goal: Element, results: Results, index: int) -> None:
    row, result = results.plan.indicators[index], results.rows[index]
    objective = add(goal, "Objective")
    add(objective, "Name", row.name.text)
    if row.definition is not None and row.definition.text:
        add(objective, "Description", row.definition.text)
    add(objective, "SequenceIndicator", str(index + 1))
    if result.responsible:
        holder = add(objective, "Stakeholder", StakeholderTypeType="Organization")
        add(holder, "Name", result.responsible)
        role = add(holder, "Role")
        add(role, "Name", OFFICE)
        add(role, "RoleType", "Performer")
    if row.remark is not None and row.remark.text:
        add(objective, "OtherInformation", row.remark.text)
    _indicator(objective, row, result, results.year)
    if result.weight is not None or result.score is not None:
        _score(objective, result, results.year)


def _indicator(objective: Element, row: Indicator, result: Row, year: int | None) -> None:
    target = row.target.reading if row.target is not None else None
    counted = number(target.value) if target is not None else None
    unit = counted[1] if counted is not None else ""
    made = add(objective, "PerformanceIndicator", **_stage(row), PerformanceIndicatorType="Quantitative" if counted else "Qualitative")
    add(made, "MeasurementDimension", row.name.text)
    add(made, "UnitOfMeasurement", unit)
    for level in row.category:
        add(add(made, "Relationship", RelationshipType="Narrower_Than"), "Name", level)
    instance = add(made, "MeasurementInstance")
    if target is not None and (target.text or not isinstance(target.value, Missing)):
        aimed = add(instance, "TargetResult")
        _dates(aimed, year)
        _figure(aimed, target.value, unit)
        add(aimed, "Description", target.text)
    if result.actual is not None:
        _actuals(instance, parts(result.actual), unit, _whole(year), further=result.further)
    for one in result.rounds:
        _round(made, one, unit)
    if result.baseline is not None:
        was = add(add(made, "MeasurementInstance"), "ActualResult")
        _dates(was, result.baseline.year)
        _figure(was, result.baseline.reading.value, unit)
        _descriptor(was, BASELINE)
        add(was, "Description", result.baseline.reading.text)
    if result.comment:
        add(made, "OtherInformation", result.comment)


def _stage(row: Indicator) -> dict[str, str]:
    stages = _data()["stages"]
    stage = stages.get(row.category[0]) if row.category and isinstance(stages, dict) else None
    return {"ValueChainStage": stage} if stage else {}


def _round(made: Element, one: RoundValue, unit: str) -> None:
    dates = (f"{one.on.year:04}-01-01", one.on.isoformat())
    _actuals(add(made, "MeasurementInstance"), parts(one.actual), unit, dates, one.comment, one.further)


def _actuals(
    instance: Element, entries: tuple[Written, ...], unit: str, dates: tuple[str, str] | None, comment: str = "", further: str = ""
) -> None:
    """One ActualResult for each part of what was observed. A number in another unit than the target's stands in words only."""
    for entry in entries:
        actual = add(instance, "ActualResult")
        for name, day in zip(("StartDate", "EndDate"), dates or (), strict=False):
            add(actual, name, day)
        if entry.number is not None and (entry.number[1] == unit or not entry.number[0]):
            add(actual, "NumberOfUnits", f"{entry.number[0]:f}")
        if not unmarked(entries):
            _descriptor(actual, entry.state)
        add(actual, "Description", with_remark(entry.text, comment, further))


def _score(objective: Element, result: Row, year: int | None) -> None:
    made = add(objective, "PerformanceIndicator", PerformanceIndicatorType="Quantitative")
    add(made, "MeasurementDimension", SCORE)
    add(made, "UnitOfMeasurement", POINTS)
    add(add(made, "Relationship", RelationshipType="Peer_To"), "Name", SCORE)
    instance = add(made, "MeasurementInstance")
    for name, points in (("TargetResult", result.weight), ("ActualResult", result.score)):
        if points is not None:
            one = add(instance, name)
            _dates(one, year)
            add(one, "NumberOfUnits", f"{points:f}")


def _figure(parent: Element, value: Value, unit: str) -> None:
    if (counted := number(value)) is not None and counted[1] == unit:
        add(parent, "NumberOfUnits", f"{counted[0]:f}")


def _descriptor(parent: Element, state: str) -> None:
    descriptor = add(parent, "Descriptor")
    add(descriptor, "DescriptorName", STATE)
    add(descriptor, "DescriptorValue", state)


def _whole(year: int | None) -> tuple[str, str] | None:
    return (f"{year:04}-01-01", f"{year:04}-12-31") if year is not None else None


def _dates(parent: Element, year: int | None) -> None:
    for name, day in zip(("StartDate", "EndDate"), _whole(year) or (), strict=False):
        add(parent, name, day)
