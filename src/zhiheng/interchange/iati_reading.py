"""IATI 2.03 activities as results: our own, and those of others as far as a table of indicators can hold them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from zhiheng.interchange.arriving import Arriving
from zhiheng.interchange.documents import Element, Taking, child, children, line, parse, text
from zhiheng.interchange.faults import Fault, Refused, fault
from zhiheng.interchange.iati import ANNUAL_GOAL, LANGUAGE, LOOSE, OWN, PROJECT, faults, standard
from zhiheng.interchange.model import day
from zhiheng.interchange.observed import Divided, Written, divided, together
from zhiheng.interchange.results import Arrived, Baseline, Results, RoundValue, Row
from zhiheng.plan.place import Place
from zhiheng.plan.plan import Cell, Duty, Figure, Goal, Indicator, Plan
from zhiheng.scoring.observation import Observation
from zhiheng.values.reading import Context

UNITS = {"2": "%", "4": "名"}
"""Units by the code of the measure; units of a count stand in the words only."""


class Period(NamedTuple):
    """One period of an indicator with its last day."""

    element: Element
    start: date | None
    end: date | None


def read(data: bytes) -> Arrived:
    """The results of the first activity of a document. Raises Refused for no sound XML, or no IATI 2.03 with an activity."""
    root = parse(data)
    broken = faults(root)
    if grave := [one for one in broken if one.code in ("wrong_root", "wrong_namespace", "wrong_version")]:
        raise Refused(*grave)
    activities = list(children(root, "iati-activity"))
    if not activities:
        raise Refused(fault("missing_element", line(root), "/iati-activities", name="iati-activity"))
    several: list[Fault] = [fault("several_activities", line(activities[1]), "", count=len(activities))] if len(activities) > 1 else []
    activity = activities[0]
    reader = Arriving(Taking(activity))
    reader.year = _year(activity)
    results = _results(activity, reader)
    for element in activity.iter("activity-date", *PERIOD):
        if (words := element.get("iso-date")) and day(words) is None:
            reader.say("not_date", element, found=words[:40])
    for name in ("iati-identifier", "contact-info", "participating-org"):  # who reports, not what came of the year
        for element in children(activity, name):
            reader.taking.whole(element)
    return Arrived(results, (*broken, *several, *reader.faults, *reader.left()))


def _year(activity: Element) -> int | None:
    """The year an activity is about: that of its end, else of its last period."""
    dates = {one.get("type"): found for one in children(activity, "activity-date") if (found := day(one.get("iso-date") or ""))}
    ends = [found for one in activity.iter("period-end") if (found := day(one.get("iso-date") or ""))]
    own = next((dates[kind] for kind in ("3", "4", "1", "2") if kind in dates), None)
    last = max(ends, default=None)
    if own is not None and (last is None or any(end.year == own.year for end in ends)):
        return own.year
    return last.year if last is not None else None


def _words(element: Element | None, reader: Arriving, *names: str) -> str:
    """The narrative of an element in Chinese if there is one, else the first."""
    found = list(children(parent, "narrative")) if (parent := child(element, *names)) is not None else []
    if not found:
        return ""
    for one in found:
        reader.taking.text(one)
    chosen = next((one for one in found if (one.get(LANGUAGE) or "").lower().startswith("zh")), found[0])
    return chosen.text or ""


def _cell(words: str, element: Element | None) -> Cell | None:
    return Cell(words, Place(row=line(element))) if words and element is not None else None


def _results(activity: Element, reader: Arriving) -> Results:
    title = _words(activity, reader, "title")
    goals: list[Goal] = []
    strategic = project = None
    for one in children(activity, "description"):
        words = _words(one, reader)
        if words.startswith(ANNUAL_GOAL) and one.get("type") == "2":
            goals.append(Goal(Cell(words.removeprefix(ANNUAL_GOAL), Place(row=line(one)))))
        elif words.startswith(PROJECT):
            project = Cell(words.removeprefix(PROJECT), Place(row=line(one)))
        elif words != title and strategic is None:
            strategic = _cell(words, one)
        elif words != title:
            reader.say("not_taken", one, name="description", found=words[:60])
    units = [one for one in children(activity, "participating-org") if one.get("role") == "4" and text(one, "narrative")]
    reporting = child(activity, "reporting-org")
    plan = Plan(
        title,
        "duty-table",
        reader.year,
        department=_cell(_words(reporting, reader), reporting),
        unit=_cell(_words(units[0], reader), units[0]) if units else None,
        project=project,
        strategic_goal=strategic,
        goals=tuple(goals),
    )
    duties: dict[int, Duty] = {}
    rows: list[Indicator] = []
    results: list[Row] = []
    for result in children(activity, "result"):
        duty = _duty(result, duties, reader)
        for indicator in children(result, "indicator"):
            row, found = _indicator(indicator, duty, reader)
            rows.append(row)
            results.append(found)
    layout = "duty-table" if duties else "self-evaluation" if any(row.actual is not None for row in results) else "goal-declaration"
    declared = replace(plan, layout=layout, duties=tuple(duties.values()), indicators=tuple(rows))
    return Results(declared, tuple(results))


def _duty(result: Element, duties: dict[int, Duty], reader: Arriving) -> int | None:
    """The number of the duty that a result is, None for a first-level category or for what belongs to no duty."""
    name, objective = _words(result, reader, "title"), _words(result, reader, "description")
    code = next((one.get("code") or "" for one in children(result, "reference") if one.get("vocabulary") == OWN), "")
    own = any(one.get("vocabulary") == OWN for indicator in children(result, "indicator") for one in children(indicator, "reference"))
    if code == LOOSE or own:
        return None
    number = int(code) if code.isdecimal() and len(code) < 9 else 0
    same = next((duty.number for duty in duties.values() if duty.name.text == name and not number), 0)
    number = number or same or max(duties, default=0) + 1
    known = duties.get(number)
    if known is not None and (known.name.text, known.objective.text if known.objective else "") != (name, objective):
        number = max(duties) + 1
    duties.setdefault(number, Duty(number, Cell(name, Place(row=line(result))), _cell(objective, child(result, "description"))))
    return number


def _indicator(indicator: Element, duty: int | None, reader: Arriving) -> tuple[Indicator, Row]:
    name, definition = _words(indicator, reader, "title"), _words(indicator, reader, "description")
    category = tuple(one.get("code") or "" for one in children(indicator, "reference") if one.get("vocabulary") == OWN)
    context = Context(name=name, definition=definition, year=reader.year)
    here = Place(row=line(indicator))
    row = Indicator(Cell(name, here), duty, category, definition=_cell(definition, child(indicator, "description")), place=here)
    result = Row(baseline=_baseline(indicator, context, reader))
    whole = False
    for period in _periods(indicator):
        if period.end is None:
            continue
        if reader.year is not None and period.end.year != reader.year:
            reader.say("other_year", period.element, period=period.end.isoformat(), year=reader.year)
            reader.taking.whole(period.element)
        elif not whole and (child(period.element, "target") is not None or (period.end.month, period.end.day) == (12, 31)):
            whole = True
            row, result = _of_the_year(row, result, period, indicator, context, reader)
        else:
            result = _round(result, period, indicator, reader)
    return row, result


def _periods(indicator: Element) -> list[Period]:
    return [
        Period(one, *(day(found.get("iso-date") or "") if (found := child(one, name)) is not None else None for name in PERIOD))
        for one in children(indicator, "period")
    ]


PERIOD = ("period-start", "period-end")


def _unit(indicator: Element) -> str:
    return UNITS.get(indicator.get("measure") or "", "")


def _of_the_year(
    row: Indicator, result: Row, period: Period, indicator: Element, context: Context, reader: Arriving
) -> tuple[Indicator, Row]:
    targets = list(children(period.element, "target"))
    if targets:
        words = _words(targets[0], reader, "comment")
        counted = reader.number(targets[0].get("value") or "", targets[0])
        reading = reader.figure(targets[0], words, counted, _unit(indicator), context)
        row = replace(row, target=Figure(reading, Place(row=line(targets[0]))))
    for extra in targets[1:]:
        reader.say("not_taken", extra, name="target", found=extra.get("value") or text(extra, "comment", "narrative"))
        reader.taking.whole(extra)
    actual, said = _observed(period, indicator, reader)
    return row, replace(result, actual=actual, comment=said.remark, further=said.further)


def _round(result: Row, period: Period, indicator: Element, reader: Arriving) -> Row:
    for target in children(period.element, "target"):
        reader.say("not_taken", target, name="target", found=target.get("value") or "")
        reader.taking.whole(target)
    actual, said = _observed(period, indicator, reader)
    if actual is None or period.end is None:
        return result
    return replace(result, rounds=(*result.rounds, RoundValue(period.end, actual, said.remark, said.further)))


def _observed(period: Period, indicator: Element, reader: Arriving) -> tuple[Observation | None, Divided]:
    """What a period reports: its actuals, else our own words on why there is none, with what stands behind."""
    extension = standard()["extension"]
    actuals = list(children(period.element, "actual"))
    entries: list[tuple[Written, Divided]] = []
    for one in actuals:
        state = one.find(f"{{{extension}}}state")
        counted = reader.number(one.get("value") or "", one)
        words, code = _words(one, reader, "comment"), reader.taking.text(state)
        if words or counted is not None:
            entries.append(reader.entry(one, words, code, counted, _unit(indicator)))
    own = list(period.element.iterchildren(f"{{{extension}}}actual"))
    for one in own:
        words, code = reader.taking.text(one), one.get("state") or ""
        if code == "not_observed":
            return None, divided(words)
        entries.append(reader.entry(one, words, code, None, ""))
    if not entries:
        return None, divided("")
    return reader.observation((actuals or own)[0], [one for one, _ in entries]), together(said for _, said in entries)


def _baseline(indicator: Element, context: Context, reader: Arriving) -> Baseline | None:
    """The first baseline; further ones are said."""
    natives = list(children(indicator, "baseline"))
    for extra in natives[1:]:
        reader.say("not_taken", extra, name="baseline", found=extra.get("value") or text(extra, "comment", "narrative"))
        reader.taking.whole(extra)
    if natives:
        words = _words(natives[0], reader, "comment")
        counted = reader.number(natives[0].get("value") or "", natives[0])
        year = natives[0].get("year") or ""
        if words or counted is not None:
            reading = reader.figure(natives[0], words, counted, _unit(indicator), context)
            return Baseline(int(year) if year.isdecimal() and len(year) <= 4 else None, reading)
    own = next(indicator.iterchildren(f"{{{standard()['extension']}}}baseline"), None)
    if own is None:
        return None
    year = own.get("year") or ""
    return Baseline(
        int(year) if year.isdecimal() and len(year) <= 4 else None, reader.figure(own, reader.taking.text(own), None, "", context)
    )
