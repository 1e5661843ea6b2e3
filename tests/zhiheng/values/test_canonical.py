"""Readings as JSON: exact both ways, flat, and as the schema says."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.zhiheng.values.catalogue import CATALOGUE, Entry
from tests.zhiheng.values.strategies import values

from zhiheng.values.canonical import from_json, to_json, value_schema
from zhiheng.values.kinds import kind_of
from zhiheng.values.parse import parse
from zhiheng.values.reading import Reading
from zhiheng.values.value import Value

VALIDATOR = jsonschema.Draft202012Validator(value_schema())


@given(values, st.text(max_size=20), st.sets(st.sampled_from(["no_unit", "vague", "spaces"])))
def test_there_and_back(value: Value, text: str, flags: set[str]) -> None:
    reading = Reading(text, value, tuple(sorted(flags)))
    data = json.loads(json.dumps(to_json(reading), ensure_ascii=False))
    assert from_json(data) == reading
    VALIDATOR.validate(data)


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.text or "blank")
def test_every_form_of_the_catalogue(entry: Entry) -> None:
    reading = parse(entry.text, entry.context)
    data = to_json(reading)
    assert from_json(data) == reading
    assert data["text"] == entry.text
    assert data["kind"] == kind_of(reading.value).value
    VALIDATOR.validate(data)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("34.6%以上", {"kind": "percent", "op": "≥", "value": "34.6", "unit": "%"}),
        ("3-5家", {"kind": "range", "op": "between", "value": "3", "value2": "5", "unit": "家"}),
        ("≥80分且<90分", {"kind": "range", "op": "between", "value": "80", "value2": "90", "unit": "分", "bounds": "[)"}),
        ("5000元/年", {"kind": "money", "op": "=", "value": "5000", "unit": "元", "period": {"count": "1", "unit": "年"}}),
        ("1次/2周", {"kind": "count_per_period", "op": "=", "value": "1", "unit": "次", "period": {"count": "2", "unit": "周"}}),
        ("1:3", {"kind": "ratio", "op": "=", "value": "1", "value2": "3"}),
        ("2020年12月31日前", {"kind": "date", "op": "≤", "year": 2020, "month": 12, "day": 31}),
        ("3个月", {"kind": "duration", "op": "=", "value": "3", "unit": "个月"}),
        ("应审尽审", {"kind": "completeness", "verb": "审", "flags": ["denominator_unknown"]}),
        ("达到全省平均水平", {"kind": "relative", "op": "≥", "base": "全省平均", "flags": ["no_baseline"]}),
        ("全省前5名", {"kind": "relative", "op": "≤", "rank": 5, "scope": "全省"}),
        ("完成", {"kind": "boolean", "done": True}),
        ("优", {"kind": "tier", "op": "=", "scale": "grade", "level": "优"}),
        ("", {"kind": "none", "state": "missing"}),
        ("/", {"kind": "none", "state": "not_applicable"}),
        ("XX%", {"kind": "none", "state": "missing", "placeholder": True, "flags": ["placeholder"]}),
        ("增强", {"kind": "text", "words": "增强", "flags": ["vague"]}),
        (
            "0%",
            {
                "kind": "unresolved",
                "candidates": [{"kind": "percent", "op": "=", "value": "0", "unit": "%"}, {"kind": "none", "state": "not_applicable"}],
                "reason": "zero_or_none",
            },
        ),
    ],
)
def test_the_keys_of_each_kind(text: str, expected: dict[str, Any]) -> None:
    assert to_json(parse(text)) == {"text": text, **expected}


@given(st.integers(-(10**15), 10**15), st.integers(0, 12))
def test_numbers_have_no_exponent(digits: int, places: int) -> None:
    text = f"{digits}" if places == 0 else f"{digits // 10**places}.{digits % 10**places:0{places}d}"
    value = to_json(parse(f"≥{text}万元"))["value"]
    assert value == text
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value)


WRONG = [{"kind": "number", "op": "=", "value": "x"}, {"kind": "none"}, {"kind": "what"}, {"kind": "ratio", "op": "=", "value": None}]
INVALID = [
    {"kind": "number", "op": "="},
    {"kind": "number", "op": "=", "value": "1e5"},
    {"kind": "unresolved", "candidates": [], "reason": "whim"},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_was_not_written_here_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError)):
        from_json({"text": "", **wrong})


@pytest.mark.parametrize("wrong", INVALID)
def test_the_schema_refuses_it_too(wrong: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid({"text": "", **wrong})


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(value_schema())
