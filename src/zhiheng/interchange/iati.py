"""Results as an IATI 2.03 activity with its results: 部门职责 → result, 绩效指标 → indicator, the year and each monitoring round → period.

A number stands where the standard has it, the words as published in the comment beside it. What the standard cannot say (a figure
that is missing, not due, does not apply) stands in elements of our own namespace, as the standard allows; an ``actual`` without a
figure is left out and never written as 0.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from lxml import etree

from zhiheng.interchange.documents import Element, add, line, local, matching, parse, path, written
from zhiheng.interchange.faults import Fault, Refused, fault
from zhiheng.interchange.observed import Written, number, parts, unmarked, with_remark
from zhiheng.interchange.results import Exported, Results, Row, losses
from zhiheng.plan.plan import Indicator
from zhiheng.reports.forms import clean
from zhiheng.values.direction import Direction, direction
from zhiheng.values.value import Missing, Rank, Value

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = ("schemas", "iati-2.03", "iati-activities-schema.xsd")
OWN = "99"
"""The vocabulary of codes of the reporting organisation itself."""
LOOSE = "0"
"""The code of a result that is no duty."""
PROJECT, ANNUAL_GOAL = "项目名称：", "年度总体目标："
UNREGISTERED = "ZZ-UNREGISTERED"


@dataclass(frozen=True, slots=True)
class Setting:
    """What IATI asks and the table does not say.

    ``reference`` the registered identifier of the organisation, ``identifier`` that of the activity ('' to make one of reference,
    year and table), ``organisation_type`` 10 government, 11 local government, ``sector`` a purpose code of the OECD (15110
    public-sector policy), ``status`` 2 under way, 3 completed.
    """

    reference: str = UNREGISTERED
    identifier: str = ""
    organisation_type: str = "11"
    sector: str = "15110"
    status: str = "2"


@cache
def standard() -> Mapping[str, Any]:
    """Codes and rules of the standard."""
    return tomllib.loads(resources.files(__package__).joinpath("iati.toml").read_text("utf-8"))


@cache
def schema() -> etree.XMLSchema:
    """The published schema of activities, 2.03, as kept in ``schemas/`` with its licence."""
    with resources.as_file(resources.files(__package__).joinpath("schemas", "iati-2.03")) as folder:
        return etree.XMLSchema(etree.parse(str(folder / SCHEMA[-1]), etree.XMLParser(no_network=True, resolve_entities=False)))


def validate(data: bytes) -> tuple[Fault, ...]:
    """Where a document breaks the schema, the code lists or the rules of the standard. Raises Refused for no sound XML."""
    return tuple(faults(parse(data)))


def faults(root: Element) -> list[Fault]:
    """Where a document breaks the standard; one that is no IATI 2.03 at all has one fault."""
    expected = standard()["version"]
    if local(root) != "iati-activities":
        return [fault("wrong_root", line(root), "", found=local(root), expected="iati-activities")]
    if space := etree.QName(root).namespace:
        return [fault("wrong_namespace", line(root), path(root), found=space, expected="")]
    if root.get("version") != expected:
        return [fault("wrong_version", line(root), path(root), found=root.get("version", ""), expected=expected)]
    checker = schema()
    found: list[Fault] = []
    if not checker.validate(root.getroottree()):
        log: Any = checker.error_log
        found += [fault("schema", one.line, one.path or "", reason=one.message) for one in log]
    for name, listed in standard()["codes"].items():
        for code in matching(root, listed["xpath"]):
            if code not in listed["values"]:
                element = code.getparent()
                expected = "、".join(listed["values"])
                found.append(fault("unknown_code", line(element), path(element), name=name, found=str(code), expected=expected))
    for rule in standard()["rules"]:
        found += [fault("rule", line(one), path(one), zh=rule["zh"], en=rule["en"]) for one in matching(root, rule["xpath"])]
    return found


def export(results: Results, setting: Setting | None = None) -> Exported:
    """``results`` as a document, and what it cannot hold. Raises Refused without a budget year: every period has its days."""
    from zhiheng.interchange.iati_reading import read

    if results.year is None or not 1 <= results.year <= 9999:
        raise Refused(fault("field_required", 0, "", name="预算年度 / budget year"))
    data = written(_document(results, results.year, setting or Setting()))
    return Exported(data, losses(results, read(data).results))


def _document(results: Results, year: int, setting: Setting) -> Element:
    plan, extension = results.plan, standard()["extension"]
    root = etree.Element("iati-activities", nsmap={"zhiheng": extension})
    root.set("version", standard()["version"])
    activity = add(root, "iati-activity")
    activity.set(LANGUAGE, "zh")
    add(activity, "iati-identifier", setting.identifier or f"{setting.reference}-{year}")
    reporting = add(activity, "reporting-org", ref=setting.reference, type=setting.organisation_type)
    _narrative(reporting, results.department)
    _narrative(add(activity, "title"), plan.title)
    goal = plan.strategic_goal.text if plan.strategic_goal is not None else ""
    texts = [("1", plan.title), ("2", goal), *(("2", ANNUAL_GOAL + one.expected.text) for one in plan.goals)]
    texts.append(("4", PROJECT + plan.project.text if plan.project is not None and plan.project.text else ""))
    for kind, words in texts:
        if words or kind == "1":
            _narrative(add(activity, "description", type=kind), words)
    _narrative(add(activity, "participating-org", role="2", type=setting.organisation_type), results.department)
    if plan.unit is not None and plan.unit.text:
        _narrative(add(activity, "participating-org", role="4"), plan.unit.text)
    add(activity, "activity-status", code=setting.status)
    add(activity, "activity-date", **{"type": "1", "iso-date": f"{year:04}-01-01"})
    add(activity, "activity-date", **{"type": "3", "iso-date": f"{year:04}-12-31"})
    add(activity, "sector", vocabulary="1", code=setting.sector)
    _results(activity, results, year)
    return root


def _narrative(parent: Element, words: str) -> None:
    add(parent, "narrative", words)


def _results(activity: Element, results: Results, year: int) -> None:
    """One result for each run of indicators of a duty or a first-level category, so that their order is kept."""
    duties = {duty.number: duty for duty in results.plan.duties}
    open_, made = None, None
    for row, result in zip(results.plan.indicators, results.rows, strict=True):
        first = row.category[0] if row.category else ""
        duty = duties.get(row.duty) if row.duty is not None else None
        key = (duty.number if duty is not None else None, first)
        if made is None or key != open_:
            open_, made = key, add(activity, "result", type=standard()["types"].get(first, "1" if duty else "9"))
            _narrative(add(made, "title"), duty.name.text if duty is not None else first or results.plan.title)
            if duty is not None and duty.objective is not None and duty.objective.text:
                _narrative(add(made, "description"), duty.objective.text)
            if duty is not None or not first:
                add(made, "reference", vocabulary=OWN, code=str(duty.number) if duty is not None else LOOSE)
        _indicator(made, row, result, year, referenced=duty is not None or not first)


def _indicator(made: Element, row: Indicator, result: Row, year: int, *, referenced: bool) -> None:
    target = row.target.reading if row.target is not None else None
    value = target.value if target is not None else Missing()
    measure, unit = _measure(value)
    falling = direction(row.name.text, value) is Direction.FALLING
    indicator = add(made, "indicator", measure=measure, ascending="false" if falling else "true", **{"aggregation-status": "false"})
    _narrative(add(indicator, "title"), row.name.text)
    if row.definition is not None and row.definition.text:
        _narrative(add(indicator, "description"), row.definition.text)
    if not referenced:
        for level in row.category:
            add(indicator, "reference", vocabulary=OWN, code=level)
    outside: list[tuple[str, dict[str, str], str]] = []
    base = result.baseline
    if base is not None:
        held = _held(base.reading.value, measure, unit)
        if base.year and (held is not None or measure == "5"):
            _narrative(add(_valued(indicator, "baseline", held, year=str(base.year)), "comment"), base.reading.text)
        else:
            outside.append(("baseline", {"year": str(base.year)} if base.year else {}, base.reading.text))
    period = _period(indicator, f"{year:04}-01-01", f"{year:04}-12-31")
    if target is not None and (target.text or not isinstance(target.value, Missing)):
        _narrative(add(_valued(period, "target", _held(value, measure, unit)), "comment"), target.text)
    _actuals(period, parts(result.actual) if result.actual is not None else (), measure, unit, result.comment, result.further)
    for one in result.rounds:
        period = _period(indicator, f"{one.on.year:04}-01-01", one.on.isoformat())
        _actuals(period, parts(one.actual), measure, unit, one.comment, one.further)
    for name, attributes, words in outside:
        _own(indicator, name, words, **attributes)


def _measure(value: Value) -> tuple[str, str]:
    """The code of the measure and the unit that its numbers are in: 1 units, 2 per cent, 4 a place in an order, 5 in words."""
    counted = number(value)
    if counted is None:
        return "5", ""
    if isinstance(value, Rank):
        return "4", counted[1]
    return ("2" if counted[1] == "%" else "1"), counted[1]


def _held(value: Value, measure: str, unit: str) -> Decimal | None:
    """The number of a value where the indicator has numbers in its unit."""
    counted = number(value)
    return counted[0] if counted is not None and measure != "5" and counted[1] == unit else None


def _valued(parent: Element, name: str, held: Decimal | None, **attributes: str) -> Element:
    return add(parent, name, **attributes, **({"value": f"{held:f}"} if held is not None else {}))


def _period(indicator: Element, start: str, end: str) -> Element:
    period = add(indicator, "period")
    add(period, "period-start", **{"iso-date": start})
    add(period, "period-end", **{"iso-date": end})
    return period


def _actuals(period: Element, entries: tuple[Written, ...], measure: str, unit: str, comment: str, further: str) -> None:
    """What was observed: an actual for each part that the standard can hold, else an element of our own at the end of the period."""
    if not entries:
        if comment:
            _own(period, "actual", with_remark("", comment), state="not_observed")
        return
    helds = [
        one.number[0] if one.number is not None and measure != "5" and (one.number[1] == unit or not one.number[0]) else None
        for one in entries
    ]
    plain = unmarked(entries)
    native = all(held is not None or measure == "5" for held in helds) and all(_figured(one) for one in entries)
    for entry, held in zip(entries, helds, strict=True):
        words = with_remark(entry.text, comment, further)
        if not native:
            _own(period, "actual", words, state=entry.state)
            continue
        actual = _valued(period, "actual", held)
        _narrative(add(actual, "comment"), words)
        if not plain:
            _own(actual, "state", entry.state)


def _figured(entry: Written) -> bool:
    """Whether something was achieved or not; a state without a figure is no actual."""
    return entry.state.removeprefix("part.") in ("reported", "zero", "counted", "provisional", "rated")


def _own(parent: Element, name: str, words: str, **attributes: str) -> None:
    made = etree.SubElement(parent, f"{{{standard()['extension']}}}{name}", attributes)
    made.text = clean(words)
