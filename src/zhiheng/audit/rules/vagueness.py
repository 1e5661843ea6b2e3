"""M05-M08, M11, M12, M18: values in words: what could prove them, and what they are compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from zhiheng.audit.rule import Case, Hit
from zhiheng.audit.wording import blank, named, normal, row_text, says_nothing, squeezed, text_of
from zhiheng.plan.plan import Figure, Indicator
from zhiheng.values import flags, units
from zhiheng.values.value import Achieved, Coverage, Phrase, Quantity, Ratio, Relative, Tier

DIGIT = re.compile(r"\d")


def in_words(figure: Figure) -> bool:
    """The value is a phrase, a degree or a mere yes, with no number in it."""
    return isinstance(figure.reading.value, Phrase | Tier | Achieved) and not DIGIT.search(normal(figure.text))


def about_satisfaction(row: Indicator) -> bool:
    """The row is a satisfaction indicator, by name, category or value."""
    return "满意" in row_text(row, "name", "category", "target")


def about_time(case: Case, row: Indicator) -> bool:
    """The row is a timeliness indicator, by category, name or value."""
    return "时效" in " ".join(row.category) or bool(named(row_text(row, "name", "target"), case.parameters.words("audit_time.time_words")))


def vague(case: Case) -> Iterator[Hit]:
    """M05: a degree or an intention for a value, with no grade, figure or means of proof.

    Satisfaction in words is M11, timeliness in words T03. A graded form says what each grade is.
    """
    words = case.parameters.words("audit_measurability.vague_words")
    proof = case.parameters.words("audit_measurability.proof_words")
    for index, row in case.rows():
        if (
            row.target is None
            or not isinstance(row.target.reading.value, Phrase | Tier)
            or row.grades
            or flags.NO_AMOUNT in row.target.reading.flags
        ):
            continue
        if not in_words(row.target) or about_satisfaction(row) or about_time(case, row):
            continue
        said = whole_grade(case, row.target) or named(row.target.text, words)
        evidence = f"{text_of(row.definition)} {text_of(row.rule)}"
        if said and not DIGIT.search(normal(evidence)) and not named(evidence, proof):
            yield case.at(index, "target", row.target, value=row.target.text, word=said)


def whole_grade(case: Case, figure: Figure) -> str:
    """The cell is nothing but a word of degree: 高, 好, 强."""
    text = squeezed(figure.text)
    return text if text in case.parameters.words("audit_measurability.degree_words") else ""


def complete_where_countable(case: Case) -> Iterator[Hit]:
    """M06: 应X尽X although name or explanation speak of a number that could be given."""
    words = case.parameters.words("audit_measurability.countable")
    for index, row in case.rows():
        if row.target is not None and isinstance(row.target.reading.value, Coverage) and not DIGIT.search(normal(row.target.text)):
            counted = named(row_text(row, "name", "definition"), words)
            if counted:
                yield case.at(index, "target", row.target, value=row.target.text, word=counted)


def repeated_name(case: Case) -> Iterator[Hit]:
    """M07: the value says what the name says."""
    for index, row in case.rows():
        if row.target is None or not isinstance(row.target.reading.value, Phrase | Tier | Achieved | Relative):
            continue
        if DIGIT.search(normal(row.target.text)):
            continue
        value, name = squeezed(row.target.text), squeezed(row.name.text)
        if len(value) >= 4 and (value in name or (len(name) >= 4 and name in value)):
            yield case.at(index, "target", row.target, value=row.target.text)


HIDDEN = re.compile(r"(?<![\d.第年月（(/-])(\d+(?:\.\d+)?(?:[万亿千百])?)([%％‰]|[\u4e00-\u9fff㎡]+)")


def value_elsewhere(case: Case) -> Iterator[Hit]:
    """M08: the value cell is empty and the value stands in the name or the explanation."""
    for index, row in case.rows():
        if row.target is None or not says_nothing(row.target) or row.grades:
            continue
        for field in ("name", "definition"):
            cell = getattr(row, field)
            if cell is not None and (found := hidden_value(cell.text)):
                yield replace(case.at(index, "target", row.target, value=found), variant=field)
                break


def hidden_value(text: str) -> str:
    """A number with its unit inside a text: 5000吨, 100%. Years, dates and numbers of order are none."""
    for found in HIDDEN.finditer(normal(text)):
        number, rest = found.groups()
        lead = units.leading(rest)
        if lead is None or re.match(r"(?:年|月|日|号|届|期末)", rest) or re.fullmatch(r"(?:19|20)\d{2}", number):
            continue
        return number + rest[: lead[1]]
    return ""


def satisfaction_in_words(case: Case) -> Iterator[Hit]:
    """M11: satisfaction without a percentage."""
    for index, row in case.rows():
        if row.target is None or blank(row.target) or row.grades or not about_satisfaction(row):
            continue
        if in_words(row.target):
            yield case.at(index, "target", row.target, value=row.target.text)


def discretionary_scoring(case: Case) -> Iterator[Hit]:
    """M12: points are taken off at discretion. A rule that says how many points for what is no such rule."""
    words = case.parameters.words("audit_measurability.discretion")
    rules = [(index, row.rule) for index, row in case.rows() if row.rule is not None and not blank(row.rule)]
    hits = [
        (index, cell) for index, cell in rules if named(cell.text, words) and not re.search(r"(?<!\d)\d+(?:\.\d+)?分", normal(cell.text))
    ]
    if len(hits) > 2 and len(hits) == len(rules):
        yield replace(case.column("rule", count=len(hits), rule=hits[0][1].text), variant="column")
        return
    for index, cell in hits:
        yield case.at(index, "rule", cell, rule=cell.text)


def without_baseline(case: Case) -> Iterator[Hit]:
    """M18: a target that is relative to something of which the table gives no figure.

    Last year's value serves for 上年 and its like, a figure in the explanation or the standard for any base; the budget of
    the table is known.
    """
    last_year = case.parameters.words("audit_measurability.last_year_bases")
    known = case.parameters.words("audit_measurability.known_bases")
    for index, row in case.rows():
        target = row.target
        if target is None or not {flags.NO_BASELINE, flags.NO_AMOUNT} & set(target.reading.flags):
            continue
        value = target.reading.value
        base = value.base if isinstance(value, Relative) else ""
        to_last_year = named(base, last_year) or (not base and named(target.text, last_year))
        if named(base, known) or numeric(row.references.standard):
            continue
        if to_last_year and isinstance(value, Relative) and value.amount is not None:
            continue  # the size of the change is stated, and last year's figure will be known
        if to_last_year and numeric(row.references.last_year):
            continue
        if re.search(r"(?<!\d)\d+(?:\.\d+)?(?:[%‰]|个百分点|万|亿)", normal(text_of(row.definition))):
            continue
        yield case.at(index, "target", target, value=target.text)


def numeric(figure: Figure | None) -> bool:
    """The cell holds a number."""
    return figure is not None and isinstance(figure.reading.value, Quantity | Ratio)
