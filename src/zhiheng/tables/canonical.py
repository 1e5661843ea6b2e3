"""Plans as canonical JSON and back.

Same plan, same JSON: keys in one order, numbers as exact decimal strings, what is absent null; what only monitoring tables
have (MONITORED) stands there only where a plan has it, so that the JSON of other tables is what it was before. ``place``,
``problems``, ``provenance`` and ``digest`` tell where a plan comes from; all other keys are what it says. The
published schema is docs/plan.schema.json.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from zhiheng.plan.place import Place, Problem
from zhiheng.plan.plan import Budget, Cell, Document, Duty, Figure, Fund, Goal, Indicator, Labels, Plan, References, Table
from zhiheng.tables.formats.problems import refused
from zhiheng.tables.problems import message
from zhiheng.values import canonical as values

FORMAT = "zhiheng-plan-1"
REFERENCES = ("planned", "standard", "standard_source", "mean", "last_year", "history_source")
REFERENCE_WORDS = {"standard_source", "history_source"}
AMOUNTS = ("total", "fiscal", "other", "basic", "project")
FUND_COLUMNS = ("initial", "budget", "executed", "points", "rate", "score")
INDICATOR_WORDS = ("definition", "reason", "remark", "activity", "project", "rule", "nature", "unit")
INDICATOR_FIGURES = ("target", "actual", "weight", "points")
MONITORED = ("months", "forecast", "causes", "outlook")
WHEREABOUTS = {"place", "layout", "problems", "provenance", "digest"}

Json = dict[str, Any]


def document_json(document: Document) -> Json:
    """A file as canonical JSON: the plan itself, or ``tables`` and the ``indicators`` of all of them."""
    if len(document.tables) == 1:
        table = document.tables[0]
        return table_json(replace(table, problems=document.problems + table.problems), document.file)
    tables = [table_json(table, document.file) for table in document.tables]
    return {
        "tables": tables,
        "indicators": [indicator for table in tables for indicator in table["indicators"]],
        "problems": [problem_json(problem) for problem in document.problems],
        "provenance": {"format": FORMAT, "file": document.file},
    }


def table_json(table: Table, file: str = "") -> Json:
    """One table as canonical JSON."""
    plan = table.plan
    data: Json = {
        "title": plan.title,
        "year": plan.year,
        "department": _words(plan.department),
        "layout": plan.layout,
        "project": _words(plan.project),
        "unit": _words(plan.unit),
        "budget": _budget_json(plan.budget),
        "strategic_goal": _words(plan.strategic_goal),
        "goals": [{"expected": goal.expected.text, "actual": _words(goal.actual)} for goal in plan.goals],
        "duties": [
            {"number": duty.number, "name": duty.name.text, "objective": _words(duty.objective), "place": place_json(duty.name.place)}
            for duty in plan.duties
        ],
        "indicators": [_indicator_json(indicator) for indicator in plan.indicators],
        "labels": {name: getattr(plan.labels, name) for name in ("planned", "standard", "mean", "last_year")},
        "total_weight": figure_json(plan.total_weight),
        "total_points": figure_json(plan.total_points),
        "grade": _words(plan.grade),
        "notes": [{"label": label.text, "text": text.text} for label, text in plan.notes],
        "levels": dict(plan.levels),
    }
    if plan.months is not None:
        data["months"] = list(plan.months)
    data["digest"] = digest(data)
    data["problems"] = [problem_json(problem) for problem in table.problems]
    data["place"] = place_json(plan.place)
    data["provenance"] = {
        "format": FORMAT,
        "file": file or plan.place.file,
        "columns": {field: place_json(at) for field, at in plan.columns},
    }
    return data


def meaning(data: Any) -> Any:
    """The JSON without its whereabouts: two files hold the same plan when these are equal."""
    if isinstance(data, Mapping):
        return {key: meaning(value) for key, value in data.items() if key not in WHEREABOUTS}
    return [meaning(item) for item in data] if isinstance(data, list) else data


def digest(data: Json) -> str:
    """SHA-256 over what the plan says, independent of where it was read."""
    text = json.dumps(meaning(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _words(cell: Cell | None) -> str | None:
    return cell.text if cell is not None else None


def place_json(place: Place) -> Json:
    """A place; keys that the file does not have are left out."""
    data = {"file": place.file, "sheet": place.sheet, "page": place.page, "row": place.row, "column": place.column}
    return {key: value for key, value in data.items() if value not in (None, "")}


def problem_json(problem: Problem) -> Json:
    """A problem with its wording in both languages."""
    return {
        "code": problem.code,
        "place": place_json(problem.place),
        "parameters": dict(problem.parameters),
        "repaired": problem.repaired,
        "message": message(problem, "zh"),
        "message_en": message(problem, "en"),
    }


def figure_json(figure: Figure | None) -> Json | None:
    """A value as published with its typed reading and its place."""
    return {**values.to_json(figure.reading), "place": place_json(figure.place)} if figure is not None else None


def _budget_json(budget: Budget) -> Json:
    return {
        "unit": budget.unit,
        **{name: figure_json(getattr(budget, name)) for name in AMOUNTS},
        "funds": [
            {
                "name": fund.name.text,
                **{column: figure_json(getattr(fund, column)) for column in FUND_COLUMNS},
                **({"forecast": figure_json(fund.forecast)} if fund.forecast is not None else {}),
            }
            for fund in budget.funds
        ],
        "items": [{"label": label.text, "amount": figure_json(figure)} for label, figure in budget.items],
    }


def _indicator_json(row: Indicator) -> Json:
    references = {
        name: _words(getattr(row.references, name)) if name in REFERENCE_WORDS else figure_json(getattr(row.references, name))
        for name in REFERENCES
    }
    cells = {name: getattr(row, name).place for name in ("name", *INDICATOR_WORDS) if getattr(row, name) is not None}
    cells |= {f"references.{name}": cell.place for name in REFERENCE_WORDS if (cell := getattr(row.references, name)) is not None}
    return {
        "name": row.name.text,
        "duty": row.duty,
        "category": list(row.category),
        "horizon": row.horizon,
        "definition": _words(row.definition),
        "target": figure_json(row.target),
        "references": references,
        "actual": figure_json(row.actual),
        "weight": figure_json(row.weight),
        "points": figure_json(row.points),
        "reason": _words(row.reason),
        "remark": _words(row.remark),
        "activity": _words(row.activity),
        "project": _words(row.project),
        "rule": _words(row.rule),
        "grades": {grade: figure_json(figure) for grade, figure in row.grades},
        "nature": _words(row.nature),
        "unit": _words(row.unit),
        "place": {**place_json(row.place), "cells": {name: [place.row, place.column] for name, place in cells.items()}},
        **_monitored_json(row),
    }


def _monitored_json(row: Indicator) -> Json:
    data: Json = {"forecast": figure_json(row.forecast)} if row.forecast is not None else {}
    columns = {"causes": row.causes, "outlook": row.outlook}
    return data | {name: {heading: cell.text for heading, cell in cells} for name, cells in columns.items() if cells}


def load_json(path: Path) -> Document:
    """The document that a canonical JSON file holds. Raises Refused, which says what is wrong at which key, when it is not one."""
    from zhiheng.tables.shape import Misshapen, check  # it needs the names above

    try:
        data = json.loads(path.read_text("utf-8-sig"))
        check(data)
    except Misshapen as fault:
        raise refused(fault.code, path.name, **fault.parameters) from None
    except json.JSONDecodeError as fault:
        raise refused("json-syntax", Place(path.name, row=fault.lineno), line=fault.lineno, column=fault.colno) from None
    except UnicodeDecodeError:
        raise refused("json-encoding", path.name) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets without end
        raise refused("json-too-deep", path.name) from None
    return Document(
        data["provenance"]["file"],
        tuple(table_from(item) for item in data.get("tables", [data])),
        tuple(_problem(p) for p in data["problems"]) if "tables" in data else (),
    )


def table_from(data: Json) -> Table:
    """The table that ``table_json`` wrote."""
    provenance = data["provenance"]
    plan = Plan(
        title=data["title"],
        layout=data["layout"],
        year=data["year"],
        department=_cell(data["department"]),
        project=_cell(data["project"]),
        unit=_cell(data["unit"]),
        budget=_budget(data["budget"]),
        strategic_goal=_cell(data["strategic_goal"]),
        goals=tuple(Goal(Cell(goal["expected"]), _cell(goal["actual"])) for goal in data["goals"]),
        duties=tuple(Duty(d["number"], Cell(d["name"], _place(d["place"])), _cell(d["objective"])) for d in data["duties"]),
        indicators=tuple(_indicator(item) for item in data["indicators"]),
        labels=Labels(**data["labels"]),
        total_weight=_figure(data["total_weight"]),
        total_points=_figure(data["total_points"]),
        grade=_cell(data["grade"]),
        notes=tuple((Cell(note["label"]), Cell(note["text"])) for note in data["notes"]),
        levels=tuple(data["levels"].items()),
        columns=tuple((field, _place(at)) for field, at in provenance.get("columns", {}).items()),
        place=_place(data["place"]),
        months=(data["months"][0], data["months"][-1]) if data.get("months") else None,
    )
    return Table(plan, tuple(_problem(item) for item in data["problems"]))


def _cell(text: str | None, place: Place | None = None) -> Cell | None:
    return Cell(text, place or Place()) if text is not None else None


def _place(data: Json) -> Place:
    return Place(**{key: data[key] for key in ("file", "sheet", "page", "row", "column") if key in data})


def _problem(data: Json) -> Problem:
    return Problem(data["code"], _place(data["place"]), tuple(data["parameters"].items()), data["repaired"])


def _figure(data: Json | None) -> Figure | None:
    if data is None:
        return None
    return Figure(values.from_json({key: value for key, value in data.items() if key != "place"}), _place(data["place"]))


def _budget(data: Json) -> Budget:
    return Budget(
        data["unit"],
        **{name: _figure(data[name]) for name in AMOUNTS},
        funds=tuple(
            Fund(Cell(fund["name"]), **{column: _figure(fund.get(column)) for column in (*FUND_COLUMNS, "forecast")})
            for fund in data["funds"]
        ),
        items=tuple((Cell(item["label"]), figure) for item in data["items"] if (figure := _figure(item["amount"])) is not None),
    )


def _indicator(data: Json) -> Indicator:
    place = _place(data["place"])
    cells = {name: replace(place, row=row, column=column) for name, (row, column) in data["place"].get("cells", {}).items()}
    references = {
        name: _cell(data["references"][name], cells.get(f"references.{name}"))
        if name in REFERENCE_WORDS
        else _figure(data["references"][name])
        for name in REFERENCES
    }
    return Indicator(
        name=Cell(data["name"], cells.get("name", place)),
        duty=data["duty"],
        category=tuple(data["category"]),
        horizon=data["horizon"],
        references=References(**references),  # type: ignore[arg-type]
        grades=tuple((grade, figure) for grade, item in data["grades"].items() if (figure := _figure(item)) is not None),
        place=place,
        forecast=_figure(data.get("forecast")),
        causes=tuple((heading, Cell(text, place)) for heading, text in data.get("causes", {}).items()),
        outlook=tuple((heading, Cell(text, place)) for heading, text in data.get("outlook", {}).items()),
        **{name: _cell(data[name], cells.get(name)) for name in INDICATOR_WORDS},  # type: ignore[arg-type]
        **{name: _figure(data[name]) for name in INDICATOR_FIGURES},  # type: ignore[arg-type]
    )
