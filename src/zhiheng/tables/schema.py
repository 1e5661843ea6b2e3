"""The JSON Schema of the canonical JSON (draft 2020-12), published as docs/plan.schema.json."""

from __future__ import annotations

from typing import Any

from zhiheng.tables.canonical import (
    AMOUNTS,
    FORMAT,
    FUND_COLUMNS,
    INDICATOR_FIGURES,
    INDICATOR_WORDS,
    MONITORED,
    REFERENCE_WORDS,
    REFERENCES,
)
from zhiheng.values.canonical import value_schema

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
WORDS: Json = {"type": ["string", "null"]}
FIGURE: Json = {"anyOf": [{"$ref": "#/$defs/figure"}, {"type": "null"}]}
COUNT: Json = {"type": "integer", "minimum": 1}
MONTH: Json = {"type": "integer", "minimum": 1, "maximum": 12}


def _record(properties: Json, optional: tuple[str, ...] = ()) -> Json:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _place(**more: Json) -> Json:
    fields: Json = {"file": TEXT, "sheet": TEXT, "page": COUNT, "row": COUNT, "column": COUNT, **more}
    return _record(fields, tuple(fields))


def _figure() -> Json:
    value = value_schema()
    return {
        **value,
        "properties": {**value["properties"], "place": {"$ref": "#/$defs/place"}},
        "required": [*value.get("required", []), "place"],
    }


def _indicator() -> Json:
    references = _record({name: WORDS if name in REFERENCE_WORDS else FIGURE for name in REFERENCES})
    cells = {"type": "object", "additionalProperties": _list({"type": ["integer", "null"]})}
    return _record(
        {
            "name": TEXT,
            "duty": {"type": ["integer", "null"]},
            "category": _list(TEXT),
            "horizon": {"enum": ["", "period", "year"]},
            "references": references,
            **dict.fromkeys(INDICATOR_FIGURES, FIGURE),
            **dict.fromkeys(INDICATOR_WORDS, WORDS),
            "grades": {"type": "object", "additionalProperties": FIGURE},
            "place": _place(cells=cells),
            "forecast": FIGURE,
            "causes": {"type": "object", "additionalProperties": TEXT},
            "outlook": {"type": "object", "additionalProperties": TEXT},
        },
        MONITORED,
    )


def _plan() -> Json:
    budget = _record(
        {
            "unit": TEXT,
            **dict.fromkeys(AMOUNTS, FIGURE),
            "funds": _list(_record({"name": TEXT, **dict.fromkeys((*FUND_COLUMNS, "forecast"), FIGURE)}, MONITORED)),
            "items": _list(_record({"label": TEXT, "amount": FIGURE})),
        }
    )
    problem = _record(
        {
            "code": TEXT,
            "place": {"$ref": "#/$defs/place"},
            "parameters": {"type": "object", "additionalProperties": TEXT},
            "repaired": {"type": "boolean"},
            "message": TEXT,
            "message_en": TEXT,
        }
    )
    provenance = _record(
        {"format": {"const": FORMAT}, "file": TEXT, "columns": {"type": "object", "additionalProperties": {"$ref": "#/$defs/place"}}}
    )
    return _record(
        {
            "title": TEXT,
            "year": {"type": ["integer", "null"]},
            "department": WORDS,
            "layout": {"enum": ["duty-table", "goal-declaration", "self-evaluation", "graded-goals", "monitoring"]},
            "project": WORDS,
            "unit": WORDS,
            "budget": budget,
            "strategic_goal": WORDS,
            "goals": _list(_record({"expected": TEXT, "actual": WORDS})),
            "duties": _list(_record({"number": {"type": "integer"}, "name": TEXT, "objective": WORDS, "place": {"$ref": "#/$defs/place"}})),
            "indicators": _list({"$ref": "#/$defs/indicator"}),
            "labels": _record(dict.fromkeys(("planned", "standard", "mean", "last_year"), TEXT)),
            "total_weight": FIGURE,
            "total_points": FIGURE,
            "grade": WORDS,
            "notes": _list(_record({"label": TEXT, "text": TEXT})),
            "levels": {"type": "object", "additionalProperties": TEXT},
            "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "problems": _list(problem),
            "place": {"$ref": "#/$defs/place"},
            "provenance": provenance,
            "months": {"type": "array", "items": MONTH, "minItems": 2},
        },
        MONITORED,
    )


def schema() -> Json:
    """The schema: a plan, or a file of several."""
    plan = _plan()
    several = _record(
        {
            "tables": _list({"$ref": "#/$defs/plan"}),
            "indicators": _list({"$ref": "#/$defs/indicator"}),
            "problems": plan["properties"]["problems"],
            "provenance": _record({"format": {"const": FORMAT}, "file": TEXT}),
        }
    )
    definitions = {"plan": plan, "indicator": _indicator(), "place": _place(), "figure": _figure(), "value": value_schema()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Zhiheng canonical plan / 职衡规范计划",
        "anyOf": [{"$ref": "#/$defs/plan"}, several],
        "$defs": definitions,
    }
