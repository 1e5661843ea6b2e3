"""A year's results as other systems exchange them: the table, and for each indicator what came of it.

Exporters take ``Results``, importers give it; the web maps its rows to it. What an export cannot hold is found by reading the
written document again and comparing (``losses``), so that nothing can be dropped without being named.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from zhiheng.interchange.faults import Fault
from zhiheng.interchange.observed import beside, counted, parted, words
from zhiheng.plan.place import Place
from zhiheng.plan.plan import Cell, Figure, Indicator, Plan
from zhiheng.scoring.observation import Observation, document_named, number_of, observed
from zhiheng.scoring.observation import state as state_of
from zhiheng.values.parse import parse
from zhiheng.values.reading import Reading
from zhiheng.values.value import Missing, Ratio

NUMBERED = re.compile(r"\.[0-9][0-9-]*")
PARTS = {"zh": {"text": "（写法）", "value": "（含义）"}, "en": {"text": " (wording)", "value": " (meaning)"}}


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the target is measured from: the result of ``year`` (上年值), as published."""

    year: int | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class RoundValue:
    """What a monitoring round (监控轮次) found on its last day."""

    on: date
    actual: Observation
    comment: str = ""
    further: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The results of one indicator.

    ``actual`` None: nothing was observed, which is not the same as an observed ``Missing``. ``further`` is what is published beside
    it without being held against the target (125902万元 beside 428项), in words. ``weight`` 分值 and ``score`` 得分 in points,
    ``comment`` the reason of a deviation, ``responsible`` the office that answers for it (责任处室).
    """

    baseline: Baseline | None = None
    actual: Observation | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    comment: str = ""
    responsible: str = ""
    rounds: tuple[RoundValue, ...] = ()
    further: str = ""

    @property
    def state(self) -> str:
        """The state of the actual, ``not_observed`` where there is none."""
        return "not_observed" if self.actual is None else state_of(self.actual)


@dataclass(frozen=True, slots=True)
class Results:
    """A table with its results: ``rows[i]`` belongs to ``plan.indicators[i]``, whose target is the one in force.

    The plan holds what was declared; actuals, points, last year's values and reasons stand in ``rows`` only.
    """

    plan: Plan
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        """A row without its indicator, or the other way round, would shift every figure below it."""
        if len(self.rows) != len(self.plan.indicators):
            raise ValueError(f"{len(self.rows)} rows for {len(self.plan.indicators)} indicators")

    @property
    def year(self) -> int | None:
        """The budget year."""
        return self.plan.year

    @property
    def department(self) -> str:
        """The department as published, '' if the table names none."""
        return self.plan.department.text if self.plan.department is not None else ""

    @property
    def reported(self) -> bool:
        """Whether anything was observed, so that this is a report and not only a plan."""
        return any(row.actual is not None or row.rounds or row.score is not None for row in self.rows)


def of_plan(plan: Plan) -> Results:
    """A published table with the results that it holds itself, taken out of its columns."""
    rows = tuple(_row(plan, row) for row in plan.indicators)
    return Results(replace(plan, indicators=tuple(map(_declared, plan.indicators))), rows)


def _row(plan: Plan, row: Indicator) -> Row:
    last = row.references.last_year
    value, further = parted(row.actual.text) if row.actual is not None else ("", "")
    shown = last is not None and (last.text or not isinstance(last.reading.value, Missing))
    return Row(
        Baseline(plan.year - 1 if plan.year else None, last.reading) if last is not None and shown else None,
        _observed(row, value if further else ""),
        number_of(row.weight),
        number_of(row.points),
        row.reason.text if row.reason is not None else "",
        further=further,
    )


def _observed(row: Indicator, value: str) -> Observation | None:
    """What the cell of a row reports: 126/128 is a rate with its parts, a ratio is written 126:128. ``value``: its words, if not all."""
    figure = Figure(parse(value)) if value else row.actual
    if figure is None:
        return None
    rate = counted(figure.text.strip()) if isinstance(figure.reading.value, Ratio) else None
    return rate or observed(figure, document_named(row))


def _declared(row: Indicator) -> Indicator:
    """The row without what moved into the results; a weight or a score that is no number stays where it was."""
    return replace(
        row,
        references=replace(row.references, last_year=None),
        actual=None,
        reason=None,
        weight=None if number_of(row.weight) is not None else row.weight,
        points=None if number_of(row.points) is not None else row.points,
    )


def table(results: Results) -> Plan:
    """The results back in the columns of a table, for printing and for JSON: what ``of_plan`` took out."""
    from zhiheng.interchange.yearly import cell

    def figure(text: str) -> Figure | None:
        return Figure(parse(text)) if text else None

    def filled(row: Indicator, result: Row) -> Indicator:
        base = result.baseline
        return replace(
            row,
            references=replace(row.references, last_year=Figure(base.reading)) if base is not None else row.references,
            actual=figure(beside(cell(result.actual), result.further)),
            weight=figure(f"{result.weight:f}") if result.weight is not None else row.weight,
            points=figure(f"{result.score:f}") if result.score is not None else row.points,
            reason=Cell(result.comment) if result.comment else row.reason,
        )

    plan = results.plan
    return replace(plan, indicators=tuple(map(filled, plan.indicators, results.rows)))


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a document from outside says, and what is wrong with it or was not taken over."""

    results: Results
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the written document does not say any more. ``row`` counts from 0, None for the table as a whole."""

    row: int | None
    field: str
    text: str

    def what(self, language: str = "zh") -> str:
        """The name of the field in words, ``zh`` or ``en``."""
        key = NUMBERED.sub("", self.field)
        part = "" if key in field_names() else key.rpartition(".")[2]
        key = key if key in field_names() else key.rpartition(".")[0]
        return field_names()[key][language] + PARTS[language].get(part, "") if key in field_names() else self.field


@dataclass(frozen=True, slots=True)
class Exported:
    """A written document and what it does not hold."""

    data: bytes
    losses: tuple[Loss, ...]


@cache
def field_names() -> Mapping[str, Mapping[str, str]]:
    """The fields of a table and its results in both languages."""
    return tomllib.loads(resources.files(__package__).joinpath("results.toml").read_text("utf-8"))


def losses(sent: Results, arrived: Results) -> tuple[Loss, ...]:
    """What ``sent`` says and ``arrived`` does not, in the order of the table."""
    came = dict(said(arrived))
    gone = {key: value for key, value in said(sent) if came.get(key) != value}
    return tuple(
        Loss(row, _whole(row, field, gone), shown(value)) for (row, field), value in gone.items() if not _doubled(row, field, gone)
    )


def _doubled(row: int | None, field: str, gone: Mapping[Key, Any]) -> bool:
    """Whether a figure's meaning is lost together with its wording, which names it already."""
    return field.endswith(".value") and (row, field.removesuffix(".value") + ".text") in gone


def _whole(row: int | None, field: str, gone: Mapping[Key, Any]) -> str:
    """The figure itself, where both its wording and its meaning are lost."""
    base = field.removesuffix(".text")
    return base if (row, base + ".value") in gone else field


Key = tuple[int | None, str]
UNSAID = frozenset({"plan.layout", "plan.columns", "plan.labels"})
"""Where things stood on the form: not part of what the table says."""


def said(results: Results) -> Iterator[tuple[Key, Any]]:
    """Everything that is said, by row and field. A blank cell says as little as a column that the form does not have."""
    for found in fields(Plan):
        if found.name in ("indicators", "duties"):
            continue
        yield from _flat(None, f"plan.{found.name}", getattr(results.plan, found.name))
    for duty in results.plan.duties:
        yield (None, f"duties.{duty.number}.name"), duty.name.text
        if duty.objective is not None and duty.objective.text:
            yield (None, f"duties.{duty.number}.objective"), duty.objective.text
    if len(results.plan.duties) > 1:
        yield (None, "duties.order"), tuple(duty.number for duty in results.plan.duties)
    for index, (row, result) in enumerate(zip(results.plan.indicators, results.rows, strict=True)):
        yield from _flat(index, "", row)
        for name in ("baseline", "actual", "further", "weight", "score", "comment", "responsible"):
            if (value := getattr(result, name)) not in (None, ""):
                yield (index, name), value
        for one in result.rounds:
            yield (index, f"rounds.{one.on.isoformat()}"), one


def _flat(row: int | None, path: str, value: Any) -> Iterator[tuple[Key, Any]]:
    """The leaves of a published value by their path; places are where it stood, and are not said."""
    if value is None or isinstance(value, Place) or path in UNSAID:
        return
    if isinstance(value, Cell):
        value = value.text
    if isinstance(value, Figure):
        if value.text or not isinstance(value.reading.value, Missing):
            yield (row, f"{path}.text" if path else "text"), value.text
            yield (row, f"{path}.value" if path else "value"), value.reading.value
        return
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _flat(row, f"{path}.{field.name}" if path else field.name, getattr(value, field.name))
    elif isinstance(value, tuple) and not all(isinstance(item, str) for item in value):
        for number, item in enumerate(value, start=1):
            yield from _flat(row, f"{path}.{number}", item)
    elif value not in ("", ()):
        yield (row, path), value


def shown(value: Any) -> str:
    """A value that is said, as text for a person."""
    match value:
        case str():
            return value
        case Decimal():
            return f"{value:f}"
        case Baseline(year, reading):
            return f"{year or ''} {reading.text}".strip()
        case RoundValue(on, actual, comment, further):
            return " ".join(filter(None, (on.isoformat(), beside(words(actual), further), comment)))
        case tuple():
            return "、".join(map(shown, value))
        case int():
            return str(value)
        case _:
            return words(value)
