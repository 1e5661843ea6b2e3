"""M: can the value be measured: has it a number, a unit, a direction, a baseline, and is it written as a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from zhiheng.audit.money import printed
from zhiheng.audit.rule import Case, Hit, family
from zhiheng.audit.rules.direction import against_direction, zero_without_direction
from zhiheng.audit.rules.units import missing_unit, persons_as_things, spelled_unit, unit_against_name
from zhiheng.audit.rules.vagueness import (
    complete_where_countable,
    discretionary_scoring,
    repeated_name,
    satisfaction_in_words,
    vague,
    value_elsewhere,
    without_baseline,
)
from zhiheng.audit.rules.value_form import (
    frequency_in_name,
    inverted_frequency,
    nature_against_value,
    ocr_damage,
    two_quantities,
    verb_in_value,
)
from zhiheng.audit.wording import named, without_brackets
from zhiheng.plan.plan import Figure, Indicator
from zhiheng.values.value import Comparator, Quantity

HUNDRED = Decimal(100)


def impossible_share(case: Case) -> Iterator[Hit]:
    """M09: a share cannot exceed 100 % nor be negative; rates of growth and of fulfilment can."""
    for index, row in case.rows():
        if not is_share(case, row):
            continue
        for field, figure in percentages(row):
            value = figure.reading.value
            if not isinstance(value, Quantity) or value.unit != "%":
                continue
            top = value.amount if value.upper is None else value.upper
            if top > HUNDRED or (top == HUNDRED and value.op is Comparator.GT):
                yield case.at(index, field, figure, value=figure.text)
            elif value.amount < 0:
                yield replace(case.at(index, field, figure, value=figure.text), variant="negative")


def is_share(case: Case, row: Indicator) -> bool:
    """The indicator is a part of a whole: 合格率, 占比, 满意度."""
    name = without_brackets(row.name.text)
    if named(name, case.parameters.words("audit_measurability.may_exceed")):
        return False
    return bool(named(name, case.parameters.words("audit_measurability.shares")))


def percentages(row: Indicator) -> Iterator[tuple[str, Figure]]:
    """The figures of a row that may be percentages."""
    given = row.references
    fields = {
        "target": row.target,
        "actual": row.actual,
        "references.planned": given.planned,
        "references.standard": given.standard,
        "references.mean": given.mean,
        "references.last_year": given.last_year,
    }
    return ((field, figure) for field, figure in fields.items() if figure is not None)


def ceilings(case: Case) -> Iterator[Hit]:
    """M10: 100 % is the target of most indicators, so that nothing can be improved and any slip is a failure."""
    targets = [row.target for row in case.plan.indicators if row.target is not None and row.target.text.strip()]
    full = [figure for figure in targets if is_ceiling(figure)]
    least = case.parameters.number("audit_measurability.ceiling_count")
    share = case.parameters.number("audit_measurability.ceiling_share")
    if len(full) >= least and len(full) >= share * len(targets):
        percent = Decimal(len(full)) * HUNDRED / len(targets)
        yield case.column("target", count=len(full), total=len(targets), share=printed(percent.quantize(Decimal("0.1"))))


def is_ceiling(figure: Figure) -> bool:
    """=100 % or ≥100 %."""
    value = figure.reading.value
    return isinstance(value, Quantity) and value.unit == "%" and value.amount == HUNDRED and value.op in (Comparator.EQ, Comparator.GE)


RULES = family(
    "measurability",
    {
        "M01": missing_unit,
        "M02": unit_against_name,
        "M03": persons_as_things,
        "M04": two_quantities,
        "M05": vague,
        "M06": complete_where_countable,
        "M07": repeated_name,
        "M08": value_elsewhere,
        "M09": impossible_share,
        "M10": ceilings,
        "M11": satisfaction_in_words,
        "M12": discretionary_scoring,
        "M13": against_direction,
        "M14": nature_against_value,
        "M15": spelled_unit,
        "M16": ocr_damage,
        "M17": zero_without_direction,
        "M18": without_baseline,
        "M19": frequency_in_name,
        "M20": inverted_frequency,
        "M21": verb_in_value,
    },
)
