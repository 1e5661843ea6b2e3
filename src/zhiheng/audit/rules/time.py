"""T: dates and deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from zhiheng.audit.finding import Subject
from zhiheng.audit.rule import Case, Hit, family
from zhiheng.audit.rules.vagueness import about_satisfaction, about_time, in_words
from zhiheng.audit.wording import blank, named, normal
from zhiheng.plan.plan import Cell
from zhiheng.values import flags
from zhiheng.values.value import Deadline, Parts, Value

Month = tuple[int, int]
"""Year and month."""

YEAR = r"((?:19|20)\d{2})"
TO = r"\s*[-—–－~～至到]+\s*"
MONTHS = re.compile(
    rf"{YEAR}\s*[年./-]\s*(\d{{1,2}})(?:\s*月)?(?:\s*[./-]?\s*\d{{1,2}}\s*日?)?{TO}(?:{YEAR}\s*[年./-]\s*(\d{{1,2}})(?!\d)|(\d{{1,2}})\s*月)"
)
YEARS = re.compile(rf"{YEAR}\s*年?{TO}{YEAR}\s*年")


def period(text: str) -> tuple[Month, Month] | None:
    """The first period in a text: 2021.1-2021.12, 2022年3月至9月, 2021-2025年. A year alone runs from January to December."""
    written = normal(text)
    if found := MONTHS.search(written):
        first, start, last, end, same_year_end = found.groups()
        span = (int(first), int(start)), (int(last or first), int(end or same_year_end))
        return span if all(1 <= month <= 12 for _, month in span) else None
    if found := YEARS.search(written):
        return (int(found[1]), 1), (int(found[2]), 12)
    return None


def project_period(case: Case) -> tuple[Cell, tuple[Month, Month]] | None:
    """The term of the project as the head states it (项目起止时间), and its cell."""
    words = case.parameters.words("audit_time.term_labels")
    for label, cell in case.plan.notes:
        if named(label.text, words) and (span := period(cell.text)):
            return cell, span
    return None


def deadlines(value: Value | None) -> Iterator[Deadline]:
    """The dates in a value, those of its parts included."""
    if isinstance(value, Deadline):
        yield value
    elif isinstance(value, Parts):
        for part in value.parts:
            yield from deadlines(part.value)


def outside(case: Case) -> Iterator[Hit]:
    """T01: a date outside the budget year, or after the end of the project. Targets of the whole 实施期 are for several years."""
    term = project_period(case)
    for index, row in case.rows():
        if row.target is None:
            continue
        for due in deadlines(row.target.reading.value):
            year = due.year or case.plan.year
            if year is None:
                continue
            found = case.at(index, "target", row.target, value=row.target.text, year=case.plan.year or year)
            if term is not None and term[1][0] <= term[1][1] and (year, due.month or 1) > term[1][1]:
                end_year, end_month = term[1][1]
                yield replace(found, parameters={**found.parameters, "end": f"{end_year}-{end_month:02d}"}, variant="term")
                break
            if case.plan.year is not None and year != case.plan.year and row.horizon != "period":
                yield found
                break


def reversed_period(case: Case) -> Iterator[Hit]:
    """T02: a period that ends before it begins."""
    for label, cell in case.plan.notes:
        if named(label.text, case.parameters.words("audit_time.term_labels")) and backwards(cell.text):
            place = cell.place if cell.place.row is not None else case.plan.place
            yield Hit(Subject("notes"), place, {"name": label.text, "value": cell.text})
    for index, row in case.rows():
        for field in ("target", "definition"):
            cell_or_figure = getattr(row, field)
            if cell_or_figure is not None and backwards(cell_or_figure.text):
                yield case.at(index, field, cell_or_figure, value=cell_or_figure.text)


def backwards(text: str) -> bool:
    """The period in the text ends before it begins."""
    span = period(text)
    return span is not None and span[0] > span[1]


def timeliness_in_words(case: Case) -> Iterator[Hit]:
    """T03: timeliness without a date, a duration or a rate."""
    for index, row in case.rows():
        if row.target is None or blank(row.target) or row.grades or about_satisfaction(row):
            continue
        if in_words(row.target) and about_time(case, row):
            yield case.at(index, "target", row.target, value=row.target.text)


def milestones(case: Case) -> Iterator[Hit]:
    """T04: several dates in one cell. A period from … to … is one statement."""
    for index, row in case.rows():
        if row.target is not None and flags.MILESTONES in row.target.reading.flags and not period(row.target.text):
            yield case.at(index, "target", row.target, value=row.target.text)


RULES = family("time", {"T01": outside, "T02": reversed_period, "T03": timeliness_in_words, "T04": milestones})
