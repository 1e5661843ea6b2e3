"""StratML Part 2 documents as results: our own, and those of others as far as a table of indicators can hold them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from zhiheng.interchange import model
from zhiheng.interchange.arriving import Arriving
from zhiheng.interchange.documents import Element, Taking, child, children, line, parse, text
from zhiheng.interchange.faults import Refused
from zhiheng.interchange.observed import Divided, Written, together
from zhiheng.interchange.results import Arrived, Baseline, Results, RoundValue, Row
from zhiheng.interchange.stratml import ANNUAL_GOAL, BASELINE, PROJECT, SCORE, STATE, UNIT, content_model
from zhiheng.plan.place import Place
from zhiheng.plan.plan import Cell, Duty, Figure, Goal, Indicator, Plan
from zhiheng.scoring.observation import Observation
from zhiheng.values.reading import Context, Reading


def read(data: bytes) -> Arrived:
    """The results of a document. Raises Refused for what is no sound XML, or no StratML Part 2 at all."""
    root = parse(data)
    broken = tuple(model.faults(root, content_model()))
    if grave := [one for one in broken if one.code in ("wrong_root", "wrong_namespace")]:
        raise Refused(*grave)
    reader = Arriving(Taking(root))
    reader.year = _year(root, reader)
    results = _results(root, reader)
    return Arrived(results, (*broken, *reader.faults, *reader.left()))


def _year(root: Element, reader: Arriving) -> int | None:
    """The year the document is about: its own period, else the last day that a result has."""
    about = child(root, "AdministrativeInformation")
    own = [found for name in ("EndDate", "StartDate") if (found := model.day(reader.taking.text(about, name)))]
    days = [found for one in root.iter("{*}EndDate") if (found := model.day(one.text or ""))]
    day = own[0] if own else max(days, default=None)
    return day.year if day is not None else None


def _results(root: Element, reader: Arriving) -> Results:
    take, core = reader.taking, child(root, "StrategicPlanCore")
    title = take.text(root, "Name")
    project = ""
    if text(root, "OtherInformation").startswith(PROJECT):
        project = take.text(root, "OtherInformation").removeprefix(PROJECT)
    organisations = list(children(core, "Organization")) if core is not None else []
    units = [one for one in organisations if text(one, "Description") == UNIT]
    departments = [one for one in organisations if one not in units]
    for unit in units[:1]:
        take.text(unit, "Description")
    plan = Plan(
        title,
        "duty-table",
        reader.year,
        department=take.cell(departments[0], "Name") if departments else None,
        unit=take.cell(units[0], "Name") if units else None,
        project=Cell(project) if project else None,
        strategic_goal=take.cell(core, "Vision", "Description"),
    )
    goals, duties, found = _goals(core, title, reader)
    if all(order for order, _, _ in found) and len({order for order, _, _ in found}) == len(found):
        found.sort(key=lambda one: one[0])
    rows = tuple(row for _, row, _ in found)
    results = tuple(result for _, _, result in found)
    layout = "duty-table" if duties else "self-evaluation" if any(row.actual is not None for row in results) else "goal-declaration"
    return Results(replace(plan, layout=layout, goals=tuple(goals), duties=tuple(duties), indicators=rows), results)


Found = tuple[int, Indicator, Row]
"""Its number in the table (0 if it has none), what was declared, what came of it."""


def _goals(core: Element | None, title: str, reader: Arriving) -> tuple[list[Goal], list[Duty], list[Found]]:
    take = reader.taking
    goals: list[Goal] = []
    duties: list[Duty] = []
    found: list[Found] = []
    for goal in children(core, "Goal") if core is not None else ():
        name, order = take.text(goal, "Name"), take.text(goal, "SequenceIndicator")
        objectives = list(children(goal, "Objective"))
        described = take.cell(goal, "Description")
        duty: int | None = None
        if not order and name == ANNUAL_GOAL and not objectives:
            goals.append(Goal(described or Cell(""), take.cell(goal, "OtherInformation")))
        elif order or name != title:
            numbers = {one.number for one in duties}
            duty = int(order) if order.isdecimal() and int(order) not in numbers else max(numbers, default=0) + 1
            duties.append(Duty(duty, Cell(name, Place(row=line(goal))), described))
        for objective in objectives:
            found.extend(_objective(objective, duty, reader))
    return goals, duties, found


def _objective(objective: Element, duty: int | None, reader: Arriving) -> Iterator[Found]:
    """The indicators of an objective: usually one. Points stand in an indicator beside it."""
    take = reader.taking
    name, order = take.text(objective, "Name"), take.text(objective, "SequenceIndicator")
    definition, remark = take.cell(objective, "Description"), take.cell(objective, "OtherInformation")
    performers = [one for one in children(objective, "Stakeholder") if _performs(one)]
    responsible = take.text(performers[0], "Name") if performers else ""
    if performers:
        take.whole(performers[0])
    indicators = list(children(objective, "PerformanceIndicator"))
    scores = [one for one in indicators if _is_score(one)]
    weight, score = _points(scores[0], reader) if scores else (None, None)
    measured: list[Element | None] = [one for one in indicators if one not in scores] or [None]
    for position, indicator in enumerate(measured):
        own = take.text(indicator, "MeasurementDimension") or name
        row = Indicator(Cell(own, Place(row=line(objective))), duty, definition=definition, remark=remark, place=Place(row=line(objective)))
        result = Row(weight=weight, score=score, responsible=responsible) if not position else Row(responsible=responsible)
        if indicator is not None:
            row, result = _indicator(indicator, row, result, reader)
        yield (int(order) if order.isdecimal() and len(measured) == 1 else 0), row, result


def _performs(stakeholder: Element) -> bool:
    return any(text(role, "RoleType") == "Performer" for role in children(stakeholder, "Role"))


def _is_score(indicator: Element) -> bool:
    return any(one.get("RelationshipType") == "Peer_To" and text(one, "Name") == SCORE for one in children(indicator, "Relationship"))


def _points(indicator: Element, reader: Arriving) -> tuple[Decimal | None, Decimal | None]:
    reader.taking.whole(indicator)
    instance = child(indicator, "MeasurementInstance")
    weight, score = (child(instance, name, "NumberOfUnits") for name in ("TargetResult", "ActualResult"))
    return _number(weight, reader), _number(score, reader)


def _number(element: Element | None, reader: Arriving) -> Decimal | None:
    return reader.number(reader.taking.text(element), element) if element is not None else None


def _indicator(indicator: Element, row: Indicator, result: Row, reader: Arriving) -> tuple[Indicator, Row]:
    take = reader.taking
    unit = take.text(indicator, "UnitOfMeasurement")
    levels = [one for one in children(indicator, "Relationship") if one.get("RelationshipType") == "Narrower_Than"]
    row = replace(row, category=tuple(take.text(one, "Name") for one in levels))
    context = Context(name=row.name.text, definition=row.definition.text if row.definition is not None else "", year=reader.year)
    result = replace(result, comment=take.text(indicator, "OtherInformation"))
    whole = False
    for instance in children(indicator, "MeasurementInstance"):
        targets, actuals = list(children(instance, "TargetResult")), list(children(instance, "ActualResult"))
        if actuals and _state(actuals[0]) == BASELINE:
            result = replace(result, baseline=_baseline(actuals[0], unit, context, reader))
            continue
        day = _end([*targets, *actuals], reader)
        if day is not None and reader.year is not None and day.year != reader.year:
            result = _earlier(result, instance, actuals, day, unit, context, reader)
        elif not whole and (targets or not actuals or day is None or (day.month, day.day) == (12, 31)):
            whole = True
            row, result = _year_of(row, result, targets, actuals, unit, context, reader)
        else:
            result = _round(result, targets, actuals, day, unit, reader)
    return row, result


def _year_of(
    row: Indicator, result: Row, targets: list[Element], actuals: list[Element], unit: str, context: Context, reader: Arriving
) -> tuple[Indicator, Row]:
    if targets:
        row = replace(row, target=Figure(_figure(targets[0], unit, context, reader), Place(row=line(targets[0]))))
    if actuals:
        actual, said = _observed(actuals, unit, reader)
        comment = "；".join(filter(None, (result.comment, said.remark)))
        result = replace(result, actual=actual, comment=comment, further=said.further)
    return row, result


def _round(result: Row, targets: list[Element], actuals: list[Element], day: date | None, unit: str, reader: Arriving) -> Row:
    """A further measurement of the year: a monitoring round. One without a day or a result cannot be placed."""
    for target in targets:
        reader.say("not_taken", target, name="TargetResult", found=text(target, "Description") or text(target, "NumberOfUnits"))
        reader.taking.whole(target)
    if day is None or not actuals:
        return result
    actual, said = _observed(actuals, unit, reader)
    if actual is None:
        return result
    return replace(result, rounds=(*result.rounds, RoundValue(day, actual, said.remark, said.further)))


def _earlier(result: Row, instance: Element, actuals: list[Element], day: date, unit: str, context: Context, reader: Arriving) -> Row:
    """A result of another year: last year's is what the target is measured from, others have no place."""
    if reader.year is not None and day.year == reader.year - 1 and actuals and result.baseline is None:
        return replace(result, baseline=_baseline(actuals[0], unit, context, reader))
    reader.say("other_year", instance, period=day.year, year=reader.year)
    reader.taking.whole(instance)
    return result


def _state(element: Element) -> str:
    return text(element, "Descriptor", "DescriptorValue") if text(element, "Descriptor", "DescriptorName") == STATE else ""


def _end(elements: list[Element], reader: Arriving) -> date | None:
    """The last day that the results of an instance name."""
    days = []
    for element in elements:
        for name in ("StartDate", "EndDate"):
            words = reader.taking.text(element, name)
            if words and name == "EndDate" and (found := model.day(words)):
                days.append(found)
    return max(days, default=None)


def _baseline(element: Element, unit: str, context: Context, reader: Arriving) -> Baseline:
    day = _end([element], reader)
    if _state(element) == BASELINE:
        _take_state(element, reader)
    return Baseline(day.year if day is not None else None, _figure(element, unit, context, reader))


def _take_state(element: Element, reader: Arriving) -> None:
    descriptor = child(element, "Descriptor")
    if descriptor is not None:
        reader.taking.whole(descriptor)


def _figure(element: Element, unit: str, context: Context, reader: Arriving) -> Reading:
    words = reader.taking.text(element, "Description")
    return reader.figure(element, words, _number(child(element, "NumberOfUnits"), reader), unit, context)


def _observed(actuals: list[Element], unit: str, reader: Arriving) -> tuple[Observation | None, Divided]:
    """What the results of one instance report, with what stands behind the words."""
    entries = [_entry(element, unit, reader) for element in actuals]
    return reader.observation(actuals[0], [entry for entry, _ in entries]), together(said for _, said in entries)


def _entry(element: Element, unit: str, reader: Arriving) -> tuple[Written, Divided]:
    state = _state(element)
    if state:
        _take_state(element, reader)
    counted = _number(child(element, "NumberOfUnits"), reader)
    return reader.entry(element, reader.taking.text(element, "Description"), state, counted, unit)
