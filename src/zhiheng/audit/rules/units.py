"""M01-M03, M15: the unit of a value: is it there, does it fit the name, is it written as units are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from zhiheng.audit.rule import Case, Hit
from zhiheng.audit.wording import blank, named, normal, says_nothing, squeezed, text_of, without_brackets
from zhiheng.plan.plan import Figure, Indicator
from zhiheng.values import flags, units
from zhiheng.values.value import Achieved, Coverage, Phrase, Quantity, Tier

BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]")


def missing_unit(case: Case) -> Iterator[Hit]:
    """M01: a number without a unit. A standard that only repeats the target is not reported again."""
    for index, row in case.rows():
        if unitless_by_name(case, row):
            continue
        given = row.references
        standard = given.standard if squeezed(text_of(given.standard)) != squeezed(text_of(row.target)) else None
        fields = {
            "target": row.target,
            "references.planned": given.planned,
            "references.standard": standard,
            "references.mean": given.mean,
            "references.last_year": given.last_year,
        }
        for field, figure in fields.items():
            if figure is not None and flags.NO_UNIT in figure.reading.flags:
                yield case.at(index, field, figure, value=figure.text)


def unitless_by_name(case: Case, row: Indicator) -> bool:
    """The indicator has no unit by its nature (指数, 系数), or its name carries the unit: 林业产业(万亩)."""
    name = row.name.text
    if any(units.whole(normal(inside)) is not None for inside in BRACKETS.findall(name)):
        return True
    return without_brackets(name).endswith(case.parameters.words("audit_measurability.unitless"))


def unit_against_name(case: Case) -> Iterator[Hit]:
    """M02: the unit is of another kind than the name speaks of, or than the unit column says."""
    for index, row in case.rows():
        if row.target is None or blank(row.target):
            continue
        column = units.whole(normal(row.unit.text)) if row.unit is not None and not says_nothing(row.unit) else None
        value = row.target.reading.value
        if column is not None and isinstance(value, Coverage | Tier | Phrase | Achieved) and not re.search(r"\d", normal(row.target.text)):
            found = case.at(index, "target", row.target, value=row.target.text, unit=text_of(row.unit))
            yield replace(found, variant="no_number")
            continue
        own = written_unit(row.target)
        if column is not None and own is not None and kind(own) != kind(column.unit):
            found = case.at(index, "target", row.target, value=row.target.text, unit=text_of(row.unit))
            yield replace(found, variant="column")
        elif isinstance(value, Quantity) and (subject := contradicts(case, row, value.unit)):
            yield case.at(index, "target", row.target, value=row.target.text, unit=value.unit, subject=subject)


LONGEST = 40
"""A value with its unit is no longer; more is prose."""
TAIL_UNIT = re.compile(r"\d(?:[\d.,]*)([^\d.,\s≥≤><=以及含]+)(?:以上|以下|以内|左右|及以上|及以下)?$")


def written_unit(figure: Figure) -> str | None:
    """The unit that the cell itself writes after its number, None if it writes none that is known."""
    found = TAIL_UNIT.search(normal(figure.text)[-LONGEST:])
    measure = units.whole(found.group(1)) if found else None
    return measure.unit if measure is not None else None


def kind(unit: str) -> str:
    """What a unit measures: money, rate, people… A unit that the lexicon lacks counts things."""
    found = units.dimension(unit)
    return found.key if found is not None else "count"


SUBJECTS: dict[str, frozenset[str]] = {
    "share": frozenset({"count", "people", "person_times", "money", "area", "length", "weight", "volume", "clock", "calendar", "workdays"}),
    "money": frozenset({"rate", "count", "people", "person_times", "area", "length", "weight", "volume", "clock", "workdays"}),
    "persons": frozenset({"rate", "money", "area", "length", "weight", "volume", "clock", "calendar", "workdays"}),
    "number": frozenset({"rate", "points", "money", "clock", "calendar", "workdays"}),
    "area": frozenset({"rate", "count", "people", "person_times", "money", "length", "weight", "clock", "calendar", "workdays"}),
}
"""For each subject that a name can end in, the kinds of unit that contradict it. What is not listed may be right."""


def contradicts(case: Case, row: Indicator, unit: str) -> str:
    """The end of the name that the unit contradicts, empty if it does not. Growth may be given of anything, in per cent."""
    if not unit or units.dimension(unit) is None:
        return ""
    name = without_brackets(row.name.text)
    growth = case.parameters.words("audit_measurability.growth")
    if kind(unit) in ("rate", "points", "multiple") and named(name + text_of(row.definition) + text_of(row.target), growth):
        return ""
    for subject, wrong in SUBJECTS.items():
        if kind(unit) not in wrong:
            continue
        for word in case.parameters.words(f"audit_measurability.{subject}_ends"):
            if name.endswith(word) and not name.endswith(case.parameters.words("audit_measurability.no_shares")):
                return word
    return ""


def persons_as_things(case: Case) -> Iterator[Hit]:
    """M03: persons are counted in 个 or 项.

    Only where the name ends in the persons themselves (人才培养, 学员数量) or the explanation speaks of their number:
    专家项目, 人才公寓, 特派员团队 count other things.
    """
    things = case.parameters.words("audit_measurability.thing_units")
    persons = "|".join(case.parameters.words("audit_measurability.persons"))
    tails = "|".join(case.parameters.words("audit_measurability.person_tails"))
    in_name = re.compile(rf"(?:{persons})(?:{tails})*+$")
    in_definition = re.compile(rf"(?:{persons})(?:的)?(?:数量|人数|总数|名额)")
    for index, row in case.rows():
        if row.target is None or not isinstance(row.target.reading.value, Quantity):
            continue
        unit = row.target.reading.value.unit
        if unit in things and (in_name.search(without_brackets(row.name.text)) or in_definition.search(text_of(row.definition))):
            yield case.at(index, "target", row.target, value=row.target.text, unit=unit)


def spelled_unit(case: Case) -> Iterator[Hit]:
    """M15: a unit in words or in a spelling of its own: 百分比, 平方, 人/次."""
    for index, row in case.rows():
        if row.target is not None and flags.UNIT_ALIAS in row.target.reading.flags and writes_alias(case, row.target.text):
            yield case.at(index, "target", row.target, value=row.target.text)
        elif row.unit is not None and writes_alias(case, f"1{normal(row.unit.text)}"):
            yield case.at(index, "unit", row.unit, value=row.unit.text)


def writes_alias(case: Case, text: str) -> bool:
    """The unit is spelt in a way that forms do not accept; harmless ways (km, 个村, 月) are not reported."""
    found = TAIL_UNIT.search(normal(text)[-LONGEST:])
    return found is not None and found.group(1) in case.parameters.words("audit_measurability.bad_units")
