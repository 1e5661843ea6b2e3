"""Canonical JSON: valid by its published schema, read back without loss, the same wherever a plan was read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

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
