"""Schemes, observations and scorecards as canonical JSON: what a submitted self-evaluation keeps, and back without the shipped files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhiheng.scoring.observation import (
    Counted,
    InParts,
    Missing,
    NotDue,
    NothingDue,
    NotOrganised,
    Observation,
    Provisional,
    Rated,
    Reported,
    Zero,
)
from zhiheng.scoring.scheme import Level, RowRule, Scheme, Setting, Sublevel
from zhiheng.scoring.scorecard import RowScore, Scorecard
from zhiheng.values.canonical import value_from, value_json
from zhiheng.values.value import Value
from zhiheng_web.local_rules import scheme_source, schemes

Json = dict[str, Any]


def digest(data: object) -> str:
    """SHA-256 of the canonical text of ``data``: keys sorted, no blanks, no escapes."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(number: Decimal) -> str:
    """A Decimal with all its digits and no exponent."""
    return f"{number:f}"


# --- schemes ------------------------------------------------------------------------------------------------


def texts_of(name: str) -> list[Json]:
    """The files of a scheme word for word, for people: its own, then the one it extends."""
    text = scheme_source(name)
    files = [{"file": f"{name}.toml", "text": text}]
    base = next((line.split("=", 1)[1].strip().strip('"') for line in text.splitlines() if line.startswith("extends")), "")
    return files + (texts_of(base) if base in schemes() else [])


def scheme_json(scheme: Scheme) -> Json:
    """A scheme with everything it inherits: scoring by it again needs no other file."""
    return {
        "name": scheme.name, "zh": scheme.zh, "en": scheme.en, "basis": scheme.basis, "status": scheme.status,
        "start": scheme.start.isoformat(),
        "levels": [
            {"key": one.key, "zh": one.zh, "en": one.en, "words": list(one.words),
             "below": [{"key": each.key, "zh": each.zh, "en": each.en, "words": list(each.words)} for each in one.below]}
            for one in scheme.levels
        ],
        "settings": {key: _setting(one) for key, one in sorted(scheme.settings.items())},
        "rows": {name: _rule(one) for name, one in sorted(scheme.rows.items())},
    }  # fmt: skip


def _setting(one: Setting) -> Json:
    value = one.value if isinstance(one.value, str) else [list(item) for item in one.value]
    return {"value": value, "zh": one.zh, "en": one.en, "basis": one.basis, "status": one.status}


def _rule(one: RowRule) -> Json:
    return {
        "en": one.en, "path": list(one.path), "basis": one.basis, "status": one.status, "formula": one.formula,
        "weight": None if one.weight is None else str(one.weight), "method": one.method, "join": one.join,
        "numbers": {name: str(number) for name, number in sorted(one.numbers.items())},
    }  # fmt: skip


def scheme_from(data: Mapping[str, Any]) -> Scheme:
    """The scheme that :func:`scheme_json` wrote."""
    levels = tuple(
        Level(one["key"], one["zh"], one["en"], tuple(one["words"]), tuple(_sublevel(each) for each in one["below"]))
        for one in data["levels"]
    )
    settings = {key: _setting_from(key, one) for key, one in data["settings"].items()}
    rows = {name: _rule_from(name, one) for name, one in data["rows"].items()}
    start = date.fromisoformat(data["start"])
    return Scheme(data["name"], data["zh"], data["en"], data["basis"], data["status"], start, levels, settings, rows)


def _sublevel(data: Mapping[str, Any]) -> Sublevel:
    return Sublevel(data["key"], data["zh"], data["en"], tuple(data["words"]))


def _setting_from(key: str, data: Mapping[str, Any]) -> Setting:
    value = data["value"] if isinstance(data["value"], str) else tuple(tuple(item) for item in data["value"])
    return Setting(key, value, data["zh"], data["en"], data["basis"], data["status"])


def _rule_from(name: str, data: Mapping[str, Any]) -> RowRule:
    weight = None if data["weight"] is None else Fraction(data["weight"])
    numbers = {key: Fraction(text) for key, text in data["numbers"].items()}
    return RowRule(
        name, data["en"], tuple(data["path"]), data["basis"], data["status"], data["formula"], weight, data["method"], data["join"], numbers
    )


# --- observations -------------------------------------------------------------------------------------------


def observation_json(one: Observation) -> Json:
    """An observation with its typed values."""
    match one:
        case Reported(value, benchmark):
            return {"kind": "reported", "value": value_json(value), **_beside(benchmark)}
        case Zero():
            return {"kind": "zero"}
        case Counted(over, under):
            return {"kind": "counted", "numerator": plain(over), "denominator": plain(under)}
        case Missing():
            return {"kind": "missing"}
        case NotDue(reason):
            return {"kind": "not_due", "reason": reason}
        case NothingDue(reason):
            return {"kind": "nothing_due", "reason": reason}
        case NotOrganised(document):
            return {"kind": "not_organised", "document": document}
        case Provisional(edition, value, benchmark, other):
            return {"kind": "provisional", "edition": edition, "value": value_json(value), "of": other, **_beside(benchmark)}
        case Rated(tier, points):
            return {"kind": "rated", "tier": tier, "points": plain(points)}
        case InParts(parts):
            return {"kind": "in_parts", "parts": [observation_json(part) for part in parts]}


def _beside(benchmark: Value | None) -> Json:
    return {} if benchmark is None else {"benchmark": value_json(benchmark)}


def observation_from(data: Mapping[str, Any]) -> Observation:
    """The observation that :func:`observation_json` wrote; ValueError for anything else."""
    benchmark = value_from(data["benchmark"]) if "benchmark" in data else None
    match data["kind"]:
        case "reported":
            return Reported(value_from(data["value"]), benchmark)
        case "zero":
            return Zero()
        case "counted":
            return Counted(Decimal(data["numerator"]), Decimal(data["denominator"]))
        case "missing":
            return Missing()
        case "not_due":
            return NotDue(data["reason"])
        case "nothing_due":
            return NothingDue(data["reason"])
        case "not_organised":
            return NotOrganised(data["document"])
        case "provisional":
            return Provisional(data["edition"], value_from(data["value"]), benchmark, data["of"])
        case "rated":
            return Rated(data["tier"], Decimal(data["points"]))
        case "in_parts":
            return InParts(tuple(observation_from(part) for part in data["parts"]))
    raise ValueError(f"no such observation: {data['kind']!r}")


# --- scorecards ---------------------------------------------------------------------------------------------


def card_json(card: Scorecard) -> Json:
    """A scorecard with every digit and every step of every row."""
    return {
        "rows": [_row(row) for row in card.rows],
        "ceiling": plain(card.ceiling), "total": None if card.total is None else plain(card.total), "low": plain(card.low),
        "high": plain(card.high), "grade": card.grade, "provisional": card.provisional, "skipped": list(card.skipped),
        "notes": list(card.notes), "steps": [_step(one) for one in card.steps],
        "redistributions": [
            {"left": list(one.left), "points": str(one.points), "to": [[index, str(share)] for index, share in one.to]}
            for one in card.redistributions
        ],
    }  # fmt: skip


def _row(row: RowScore) -> Json:
    return {
        "index": row.index, "name": row.name, "state": row.state, "weight": plain(row.weight), "effective": plain(row.effective),
        "method": row.method, "points": None if row.points is None else plain(row.points), "low": plain(row.low), "high": plain(row.high),
        "provisional": row.provisional, "exact": None if row.exact is None else str(row.exact), "notes": list(row.notes),
        "steps": [_step(one) for one in row.steps],
    }  # fmt: skip


def _step(one: Any) -> list[Any]:
    return [one.code, [list(pair) for pair in one.parameters]]


def fraction(text: str) -> Fraction:
    """An exact fraction as it was kept: 20/3."""
    return Fraction(text)
