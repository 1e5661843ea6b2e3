"""M13, M17: which way is good: comparators that allow the contrary of what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from zhiheng.audit.money import zero
from zhiheng.audit.rule import Case, Hit
from zhiheng.audit.rules.units import kind
from zhiheng.audit.wording import named, normal, without_brackets
from zhiheng.plan.plan import Indicator
from zhiheng.values.value import Comparator, Quantity

AT_MOST = (Comparator.LE, Comparator.LT)
AT_LEAST = (Comparator.GE, Comparator.GT)


def to_be_built_up(case: Case, row: Indicator) -> bool:
    """The more the better: something is built, trained, introduced. Silent where the name also speaks of holding down."""
    name = without_brackets(row.name.text)
    words = case.parameters.words
    if "成本" in " ".join(row.category) or named(name, words("audit_measurability.held_down")) or is_evil(case, name):
        return False
    return bool(named(name, words("audit_measurability.built_up")))


def is_evil(case: Case, name: str) -> bool:
    """The fewer the better: what is counted is the evil itself (安全事故起数), not its handling, its victims or its remedies."""
    words = case.parameters.words
    evils, tails = "|".join(words("audit_measurability.evils")), "|".join(words("audit_measurability.evil_tails"))
    return bool(re.search(rf"(?:{evils})(?:{tails})*+$", name)) and not named(name, words("audit_measurability.handled"))


def is_cost(case: Case, row: Indicator) -> bool:
    """A cost to be kept down: of a cost category, or named so. What is paid out to people is no cost to be kept down."""
    name = without_brackets(row.name.text)
    words = case.parameters.words
    if named(name, words("audit_measurability.paid_out")) or named(name, words("audit_measurability.saved")):
        return False
    of_category = "成本" in " ".join(row.category) and not named(name, ("率", "效益", "占比"))
    return of_category or name.endswith(words("audit_measurability.cost_ends"))


def against_direction(case: Case) -> Iterator[Hit]:
    """M13: ≤ on what is to be built up, ≥ on cost, complaints or accidents."""
    for index, row in case.rows():
        if row.target is None or not isinstance(row.target.reading.value, Quantity):
            continue
        value, name = row.target.reading.value, without_brackets(row.name.text)
        if value.op in AT_MOST and kind(value.unit) not in HELD_DOWN and to_be_built_up(case, row):
            yield case.at(index, "target", row.target, value=row.target.text)
        elif value.op in AT_LEAST and value.amount > 0 and (is_evil(case, name) or (is_cost(case, row) and value.unit != "%")):
            yield replace(case.at(index, "target", row.target, value=row.target.text), variant="cost")


HELD_DOWN = ("rate", "points", "money", "clock", "calendar", "workdays")
"""Kinds of unit in which less may be better even of what is built: a share, a cost, a time."""


def fewer_is_better(case: Case, name: str) -> bool:
    """The name counts an evil, or speaks of preventing one (事故控制, 火灾预防)."""
    words = case.parameters.words
    prevented = named(name, words("audit_measurability.evils")) and named(name, words("audit_measurability.prevented"))
    return is_evil(case, name) or bool(prevented)


def zero_without_direction(case: Case) -> Iterator[Hit]:
    """M17: a target of 0 with no comparator, of something that does not say by itself that fewer is better."""
    for index, row in case.rows():
        if row.target is None or not zero(row.target.reading.value):
            continue
        text = normal(row.target.text)
        signed = named(text, ("≤", "<", "=", "≥", ">", "不", "零", "无", "以内", "以下"))
        if not signed and not fewer_is_better(case, without_brackets(row.name.text)):
            yield case.at(index, "target", row.target, value=row.target.text)
