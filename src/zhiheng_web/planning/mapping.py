"""Rows ⇄ library values: the only place that knows both. Row → table → row and table → rows → table are identities.

The bridge is the library's canonical JSON (zhiheng.tables.canonical): what it says of a table is what the rows keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhiheng.audit.money import IN_YUAN, amount, usual_unit
from zhiheng.plan.plan import Table
from zhiheng.tables.canonical import REFERENCES, table_from, table_json
from zhiheng.values import canonical
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context, Reading
from zhiheng_web.planning.fields import AMOUNTS, FIGURES, WORDS
from zhiheng_web.planning.models import DutyRow, IndicatorRow, TableVersion

Json = dict[str, Any]
HEAD = (
    "department",
    "project",
    "unit",
    "goals",
    "labels",
    "total_weight",
    "total_points",
    "grade",
    "notes",
    "levels",
    "place",
    "problems",
    "provenance",
)
LARGEST = Decimal(10) ** 14


@dataclass(frozen=True, slots=True)
class Fields:
    """What a table writes into rows: the fields of its version, of its duty rows and of its indicator rows, in order.

    ``indicators`` come with the number of their duty, or None.
    """

    version: Json
    duties: tuple[Json, ...]
    indicators: tuple[tuple[int | None, Json], ...]


def fields_of(table: Table, file: str = "") -> Fields:
    """The fields that rows need to keep ``table``."""
    data = table_json(table, file)
    budget = data["budget"]
    version: Json = {
        "title": data["title"],
        "layout": data["layout"],
        "strategic_goal": data["strategic_goal"],
        "money_unit": budget["unit"],
        "head": {
            **{key: data[key] for key in HEAD},
            "year": data["year"],
            "budget": {"funds": budget["funds"], "items": budget["items"]},
            "amounts": {name: budget[name] for name in AMOUNTS},
        },
    }
    for name in AMOUNTS:
        figure = budget[name]
        version[f"{name}_text"] = None if figure is None else figure["text"]
        version[name] = in_yuan(amount(getattr(table.plan.budget, name), table.plan.budget), usual_unit(table.plan.budget))
    duties = tuple(
        {"number": duty["number"], "name": duty["name"], "objective": duty["objective"], "places": duty["place"]} for duty in data["duties"]
    )
    return Fields(version, duties, tuple((row["duty"], indicator_fields(row)) for row in data["indicators"]))


def in_yuan(number: Decimal | None, unit: str) -> Decimal | None:
    """An amount of the table in 元; None where its unit is unknown or it cannot be kept to the 分."""
    if number is None or unit not in IN_YUAN:
        return None
    yuan = number * IN_YUAN[unit]
    return yuan if abs(yuan) < LARGEST and yuan == yuan.quantize(Decimal("0.01")) else None


def indicator_fields(row: Json) -> Json:
    """The columns of IndicatorRow for one indicator of the canonical JSON."""
    flat = {**row, **{f"references.{name}": row["references"][name] for name in REFERENCES}, "points": row["points"]}
    fields: Json = {
        "category": "\n".join(row["category"]),
        "horizon": row["horizon"],
        "graded": [[grade, figure] for grade, figure in row["grades"].items()],
        "places": {"row": row["place"], "figures": {}},
    }
    for field in WORDS:
        fields[field.column] = flat[field.path]
    for field in FIGURES:
        figure = flat[field.path]
        fields |= figure_fields(field.column, figure)
        if figure is not None and figure["place"]:
            fields["places"]["figures"][field.path] = figure["place"]
    return fields


def figure_fields(column: str, figure: Json | None) -> Json:
    """The columns of one figure given as canonical JSON; None: the form has no such column."""
    value = None if figure is None else {key: part for key, part in figure.items() if key not in ("text", "place")}
    fields: Json = {f"{column}_text": None if figure is None else figure["text"], f"{column}_value": value}
    return fields | target_columns(value) if column == "target" else fields


def target_columns(value: Json | None) -> Json:
    """The typed target as columns that SQL can filter and add up. A number that the columns cannot hold stays NULL there."""
    value = value or {}
    return {
        "target_kind": value.get("kind", ""),
        "target_op": value.get("op", ""),
        "target_amount": _exact(value.get("value")),
        "target_upper": _exact(value.get("value2")),
        "target_unit": value.get("unit", "") or "",
    }


def _exact(text: object) -> Decimal | None:
    number = Decimal(text) if isinstance(text, str) and text else None
    if number is None or abs(number) >= LARGEST or number != number.quantize(Decimal("0.0001")):
        return None
    return number


def reading_fields(column: str, reading: Reading) -> Json:
    """The columns of one figure from a reading of the library (an edited or answered cell)."""
    return figure_fields(column, {**canonical.to_json(reading), "place": {}})


def context_of(row: IndicatorRow, year: int) -> Context:
    """What stands around a cell of ``row`` and may settle its meaning."""
    return Context(name=row.name, definition=row.definition or "", unit=row.unit or "", nature=row.nature or "", year=year)


def read_cell(row: IndicatorRow, text: str, year: int) -> Reading:
    """What ``text`` means as a figure of ``row``."""
    return parse(text, context_of(row, year))


def table_of(version: TableVersion, duties: Sequence[DutyRow], indicators: Iterable[IndicatorRow], year: int) -> Table:
    """The library's table of a version with its rows, in order. The rows are given: this asks the database nothing."""
    return table_from(json_of(version, duties, indicators, year))


def json_of(version: TableVersion, duties: Sequence[DutyRow], indicators: Iterable[IndicatorRow], year: int) -> Json:
    """The canonical JSON of a version (without digest)."""
    head: Mapping[str, Any] = version.head
    numbers = {duty.pk: duty.number for duty in duties}
    amounts = {name: _amount(version, name, head.get("amounts", {}).get(name)) for name in AMOUNTS}
    empty: Json = {"labels": {"planned": "", "standard": "", "mean": "", "last_year": ""}, "goals": [], "notes": [], "levels": {}}
    empty |= {"place": {}, "problems": [], "provenance": {"file": ""}}
    return {
        **{key: head.get(key, empty.get(key)) for key in HEAD},
        "title": version.title,
        "layout": version.layout,
        "year": head.get("year", year),
        "strategic_goal": version.strategic_goal,
        "budget": {"unit": version.money_unit, "funds": [], "items": [], **head.get("budget", {}), **amounts},
        "duties": [{"number": row.number, "name": row.name, "objective": row.objective, "place": row.places} for row in duties],
        "indicators": [_indicator(row, numbers.get(row.duty_row_id)) for row in indicators],
    }


def _amount(version: TableVersion, name: str, kept: Json | None) -> Json | None:
    """One of the five amounts: as it was read while its text is the same, else read anew."""
    text = getattr(version, f"{name}_text")
    if text is None:
        return None
    if kept is not None and kept["text"] == text:
        return kept
    return {**canonical.to_json(parse(text, Context(name="金额", unit=version.money_unit))), "place": {}}


def _indicator(row: IndicatorRow, duty: int | None) -> Json:
    places = row.places or {}
    flat: Json = {field.path: getattr(row, field.column) for field in WORDS}
    for field in FIGURES:
        text, value = getattr(row, f"{field.column}_text"), getattr(row, f"{field.column}_value")
        flat[field.path] = None if text is None else {"text": text, **(value or {}), "place": places.get("figures", {}).get(field.path, {})}
    data = {key: value for key, value in flat.items() if not key.startswith("references.")}
    return {
        **data,
        "duty": duty,
        "category": row.category.split("\n") if row.category else [],
        "horizon": row.horizon,
        "references": {name: flat[f"references.{name}"] for name in REFERENCES},
        "grades": dict(row.graded),
        "place": places.get("row", {}),
    }
