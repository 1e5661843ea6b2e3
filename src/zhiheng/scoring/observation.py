"""What an actual can be: a figure, or one of the states in which there is none. Zero is a figure.

A state is scored by what the scheme says of it and never by accident as 0 or 100 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhiheng.plan.plan import Figure, Indicator, Plan
from zhiheng.values import value as values
from zhiheng.values.value import Quantity, Value

# 鲁科字〔2020〕15号, 《关于……的通知》: what a remark names when a superior body held no round.
DOCUMENT = re.compile(r"[\w（）()]*[〔\[［(（]\d{4}[〕\]］)）]\s*\d+\s*号|《[^》]+》")


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure or words as reported. ``benchmark`` is what a relative target (达到全省平均水平) is measured against."""

    value: Value
    benchmark: Value | None = None


@dataclass(frozen=True, slots=True)
class Zero:
    """Reported as 0: a figure like any other, and not the absence of one."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A rate that keeps its parts. ``denominator`` 0 means that nothing was due."""

    numerator: Decimal
    denominator: Decimal


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing was reported though something was owed. Scores 0, with a note."""


@dataclass(frozen=True, slots=True)
class NotDue:
    """The date has not come, or the statistic is not out and no older edition stands in for it."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class NothingDue:
    """无应办事项: the due-list of the year is empty, or the row does not apply."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class NotOrganised:
    """未组织: the superior body held no round this year. ``document`` is what proves it, empty if nothing does."""

    document: str = ""


@dataclass(frozen=True, slots=True)
class Provisional:
    """待统计发布: the newest edition out stands in, against the benchmark of the same edition. Marked 暂定 until release."""

    edition: str
    value: Value
    benchmark: Value | None = None
    benchmark_edition: str = ""


@dataclass(frozen=True, slots=True)
class Rated:
    """A qualitative row rated by a person: ``tier`` 1-3 and the points given within it."""

    tier: int
    points: Decimal


@dataclass(frozen=True, slots=True)
class InParts:
    """One observation for each part of the indicator, in the order of its target's parts."""

    parts: tuple[Observation, ...]


Observation = Reported | Zero | Counted | Missing | NotDue | NothingDue | NotOrganised | Provisional | Rated | InParts


def state(observation: Observation) -> str:
    """The name of what is observed, a key of texts.toml ``[state]``."""
    match observation:
        case Reported() | Counted() | Rated() | InParts() | Zero():
            return "reported"
        case Missing():
            return "missing"
        case NotDue():
            return "not_due"
        case NothingDue():
            return "nothing_due"
        case NotOrganised():
            return "not_organised"
        case Provisional():
            return "provisional"


def together(rates: Iterable[Observation]) -> Counted | NothingDue | Missing:
    """Rates of several units as one: Σ numerators / Σ denominators, never the mean of percentages.

    Units with nothing due fall out. A rate whose parts are not known blocks the sum: the whole is then Missing, because a
    smaller sum would look like a result.
    """
    counted: list[Counted] = []
    for rate in rates:
        match rate:
            case Counted():
                counted.append(rate)
            case NothingDue():
                continue
            case _:
                return Missing()
    if not sum(rate.denominator for rate in counted):
        return NothingDue()
    return Counted(sum((rate.numerator for rate in counted), Decimal(0)), sum((rate.denominator for rate in counted), Decimal(0)))


def zero_written(figure: Figure) -> Quantity | None:
    """The zero of a cell that holds the digit 0 and nothing else.

    A bare 0 may elsewhere stand for nothing; in a column of results or points, who writes the figure reports it.
    """
    match figure.reading.value:
        case values.Unresolved(candidates) if figure.text.strip(" 0.０％%") == "" and "0" in figure.text.replace("０", "0"):
            return next((value for value in candidates if isinstance(value, Quantity) and value.amount == 0), None)
        case _:
            return None


def observed(figure: Figure, document: str = "") -> Observation:
    """What a cell of the column 实际完成值 reports."""
    if (zero := zero_written(figure)) is not None:
        return Reported(zero)
    match figure.reading.value:
        case values.Missing():
            return Missing()
        case values.NotDue(reason):
            return NotDue(reason)
        case values.NotApplicable(reason):
            return NothingDue(reason)
        case values.NotOrganised():
            return NotOrganised(document)
        case values.Parts(parts, shared=False):
            return InParts(tuple(Reported(part.value) if part.value is not None else Missing() for part in parts))
        case value:
            return Reported(value)


def document_named(indicator: Indicator) -> str:
    """The document that the remark or the reason of a row names, empty if none."""
    for cell in (indicator.remark, indicator.reason):
        found = DOCUMENT.search(cell.text) if cell is not None else None
        if found:
            return found.group()
    return ""


def observations(plan: Plan) -> Mapping[int, Observation]:
    """What the table itself reports, by index of the indicator. Rows of a form without the column are absent."""
    return {index: observed(row.actual, document_named(row)) for index, row in enumerate(plan.indicators) if row.actual is not None}


def number_of(figure: Figure | None) -> Decimal | None:
    """The plain number of a cell (分值, 得分, an amount), None if it holds no exact one."""
    if figure is None:
        return None
    if (zero := zero_written(figure)) is not None:
        return zero.amount
    match figure.reading.value:
        case Quantity(amount, op=values.Comparator.EQ, per=None, qualifier=""):
            return amount
        case _:
            return None
