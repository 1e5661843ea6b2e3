"""Canonical JSON: valid by its published schema, read back without loss, the same wherever a plan was read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from zhiheng.plan.plan import Document
from zhiheng.tables import read
from zhiheng.tables.canonical import document_json, load_json, meaning, table_json
from zhiheng.tables.grid import Refused
from zhiheng.tables.problems import message
from zhiheng.tables.schema import schema

ROOT = Path(__file__).parents[3]
FILES = [ROOT / "examples/linyi-2020/table.txt", *sorted(p for p in (ROOT / "tests/fixtures/tables").iterdir() if p.suffix != ".toml")]
SCHEMA = jsonschema.Draft202012Validator(schema())


@pytest.fixture(params=FILES, ids=lambda path: path.name)
def document(request: pytest.FixtureRequest) -> Document:
    return read(request.param)


def test_valid_by_the_schema(document: Document) -> None:
    assert [error.message for error in SCHEMA.iter_errors(document_json(document))] == []


def test_read_back_without_loss(document: Document, tmp_path: Path) -> None:
    data = document_json(document)
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    assert document_json(read(path)) == data


def test_schema_is_published() -> None:
    published = json.loads((ROOT / "docs/plan.schema.json").read_text("utf-8"))
    assert published == schema(), "write it anew: python3 run.py schema > docs/plan.schema.json"


def test_schema_refuses_what_is_no_plan() -> None:
    data = document_json(read(FILES[0]))
    for broken in ({**data, "year": "2020"}, {**data, "extra": 1}, {key: data[key] for key in data if key != "indicators"}):
        assert not SCHEMA.is_valid(broken)
    row = {**data["indicators"][0], "target": {"text": "1项", "kind": "number"}}
    assert not SCHEMA.is_valid({**data, "indicators": [row]})


def test_digest_depends_on_what_is_said_and_not_on_where(tmp_path: Path) -> None:
    (table,) = read(FILES[0]).tables
    moved = replace(table, plan=replace(table.plan, place=replace(table.plan.place, row=99), layout="duty-table"), problems=())
    assert table_json(moved)["digest"] == table_json(table)["digest"]
    other = replace(table, plan=replace(table.plan, year=2021))
    assert table_json(other)["digest"] != table_json(table)["digest"]
    assert meaning(table_json(other)) != meaning(table_json(table))


def test_first_level_of_one_table_and_of_several() -> None:
    one = document_json(read(FILES[0]))
    assert list(one)[:12] == [
        "title", "year", "department", "layout", "project", "unit", "budget", "strategic_goal", "goals", "duties", "indicators", "labels",
    ]  # fmt: skip
    several = document_json(read(ROOT / "tests/fixtures/tables/two_tables.txt"))
    assert len(several["tables"]) == 2
    assert several["indicators"] == [row for table in several["tables"] for row in table["indicators"]]


def test_numbers_are_exact_strings() -> None:
    rows = document_json(read(FILES[0]))["indicators"]
    area = rows[7]["references"]["last_year"]
    assert (area["text"], area["kind"], area["value"], area["unit"]) == ("25.81万平方米", "number", "25.81", "万平方米")
    assert (rows[10]["target"]["kind"], rows[10]["target"]["value"]) == ("percent", "34.6")
    assert rows[0]["references"]["last_year"]["state"] == "missing"
    assert rows[0]["actual"] is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"title": 1}', '{"tables": [{}]}', "1" * 20])
def test_other_json_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, "utf-8")
    with pytest.raises(Refused) as refused:
        load_json(path)
    assert "x.json" in message(refused.value.problem, "zh")
    assert "x.json" in message(refused.value.problem, "en")


BROKEN: dict[str, tuple[Callable[[Any], Any], str]] = {
    "NaN": (lambda data: data["indicators"][3]["target"].update(value=float("nan")), "indicators[3].target.value"),
    "Infinity": (lambda data: data["indicators"][0]["target"].update(value=float("inf")), "indicators[0].target.value"),
    "a number for a text": (lambda data: data["indicators"][0]["target"].update(value=60), "indicators[0].target.value"),
    "NaN as text": (lambda data: data["indicators"][0]["target"].update(value="NaN"), "indicators[0].target.value"),
    "a year as text": (lambda data: data.update(year="2020"), "year"),
    "a year of no calendar": (lambda data: data.update(year=99999), "year"),
    "a missing key": (lambda data: data["indicators"][2].pop("name"), "indicators[2].name"),
    "a missing plan key": (lambda data: data.pop("indicators"), "indicators"),
    "an unknown key": (lambda data: data["budget"].update(extra=1), "budget.extra"),
    "a text for a list": (lambda data: data.update(duties="1"), "duties"),
    "a list for an object": (lambda data: data["indicators"][1].update(references=[]), "indicators[1].references"),
    "an unknown kind": (lambda data: data["indicators"][0]["target"].update(kind="colour"), "indicators[0].target.kind"),
    "a kind without its keys": (lambda data: data["indicators"][0]["target"].pop("op"), "indicators[0].target.op"),
    "an unknown problem": (
        lambda data: data["problems"].append(
            {"code": "x", "place": {}, "parameters": {}, "repaired": False, "message": "", "message_en": ""}
        ),
        "problems[",
    ),
    "half a cell": (lambda data: data["indicators"][0]["place"]["cells"].update(name=[1]), "indicators[0].place.cells"),
    "a negative row": (lambda data: data["indicators"][0]["place"].update(row=-1), "indicators[0].place.row"),
    "half a character": (lambda data: data.update(title="\ud800"), "title"),
    "a truth for a number": (lambda data: data["duties"][0].update(number=True), "duties[0].number"),
    "a word for a truth": (lambda data: data["indicators"][0]["target"].update(done="yes"), "indicators[0].target.done"),
    "another layout": (lambda data: data.update(layout="map"), "layout"),
    "a range with one end": (lambda data: data["indicators"][0]["target"].update(op="between"), "indicators[0].target"),
    "a date without a day": (
        lambda data: data["indicators"][0].update(target={"text": "年底", "kind": "date", "op": "=", "place": {}}),
        "indicators[0].target",
    ),
    "no parts": (
        lambda data: data["indicators"][0].update(target={"text": "1项", "kind": "multi", "parts": [], "shared": False, "place": {}}),
        "indicators[0].target.parts",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_wrong_key_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    data = json.loads(json.dumps(document_json(read(FILES[0]))))
    change, at = BROKEN[name]
    change(data)
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(Refused) as refused:
        load_json(path)
    for language in ("zh", "en"):
        said = message(refused.value.problem, language)
        assert at in said
        assert not re.search(r"[A-Z][a-z]+Error", said)


def test_json_that_is_no_plan_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for content, code in (
        (b"[1]", "json-not-plan"),
        (b'{"plan": {}}', "json-not-plan"),
        (b"[" * 200_000, "json-too-deep"),
        (b"9" * 5000, "json-too-deep"),
        (b'{"a":\n ]}', "json-syntax"),
        (b'"\xff"', "json-encoding"),
    ):
        path.write_bytes(content)
        with pytest.raises(Refused) as refused:
            load_json(path)
        assert refused.value.problem.code == code
        assert "Error" not in message(refused.value.problem, "zh")


def test_a_table_among_several_is_named_too(tmp_path: Path) -> None:
    data = document_json(read(ROOT / "tests/fixtures/tables/two_tables.txt"))
    data["tables"][1]["grade"] = 1
    path = tmp_path / "two.json"
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(Refused) as refused:
        load_json(path)
    assert dict(refused.value.problem.parameters)["at"] == "tables[1].grade"
