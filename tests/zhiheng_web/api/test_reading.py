"""What a program reads is what the rows say; what its owner may not see is absent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from tests.zhiheng_web.api.conftest import Caller
from tests.zhiheng_web.conftest import LINYI

from zhiheng.tables.canonical import table_json
from zhiheng.tables.reading import read
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.models import ApiToken
from zhiheng_web.planning.models import TableVersion

Callers = Callable[..., Caller]


def test_the_description_is_openapi_3_1_and_needs_no_token() -> None:
    described = Caller("").get("/openapi.json")
    assert described.status == 200
    assert described.data["openapi"].startswith("3.1")
    identifiers = [said["operationId"] for methods in described.data["paths"].values() for said in methods.values()]
    assert len(identifiers) == len(set(identifiers)) > 30


@pytest.mark.parametrize("token", ["", "zh_wrong", "x" * 500])
def test_without_a_good_token_nothing_is_said(db: None, token: str) -> None:
    refused = Caller(token).get("/tables")
    assert (refused.status, refused.data["code"]) == (401, "no_token")
    assert refused.data["zh"] != refused.data["en"]


def test_a_revoked_token_is_no_token(caller: Callers) -> None:
    program = caller("jixiao")
    assert program.get("/me").status == 200
    ApiToken.objects.update(revoked_at="2020-01-01T00:00:00Z")
    assert program.get("/me").status == 401


def test_a_scope_is_asked_before_the_policy(caller: Callers, linyi: TableVersion) -> None:
    refused = caller("jixiao", "read").post(f"/versions/{linyi.pk}/submit")
    assert (refused.status, refused.data["code"]) == (403, "scope")
    assert caller("jixiao", "steps").get("/tables").status == 403


def test_a_version_is_the_table_as_it_was_read(caller: Callers, linyi: TableVersion) -> None:
    said = caller("jixiao").get(f"/versions/{linyi.pk}").data
    table = read(LINYI).tables[0]
    expected = table_json(table, "")
    assert len(said["rows"]) == len(said["table"]["indicators"]) == 36
    assert len(said["duties"]) == 11
    for row, known in zip(said["table"]["indicators"], expected["indicators"], strict=True):
        assert (row["name"], row["target"]["text"]) == (known["name"], known["target"]["text"])
        assert {**row["target"], "place": {}} == {**known["target"], "place": {}}
    assert said["version"]["total"] == "53640000.00"


@pytest.mark.parametrize("username", ["czyewu", "czjixiao", "jigou", "sysadmin"])
def test_a_draft_is_absent_for_those_outside(caller: Callers, linyi: TableVersion, username: str) -> None:
    program = caller(username)
    absent = program.get(f"/versions/{linyi.pk}")
    never = program.get(f"/versions/{uuid4()}")
    assert absent.status == never.status == 404
    assert absent.data == never.data
    assert program.get("/tables").data == {"count": 0, "items": []}
    assert program.post(f"/versions/{linyi.pk}/submit").status in (403, 404)


def test_pages_of_a_list_make_the_whole(caller: Callers, linyi: TableVersion) -> None:
    program = caller("jixiao")
    whole = program.get("/indicators", limit=500).data
    parts = [row["id"] for offset in range(0, 40, 10) for row in program.get("/indicators", limit=10, offset=offset).data["items"]]
    assert whole["count"] == 36
    assert parts == [row["id"] for row in whole["items"]]


def test_findings_are_those_of_the_page(caller: Callers, linyi: TableVersion) -> None:
    from zhiheng_web.planning.checking import check
    from zhiheng_web.planning.versions import load

    said = caller("jixiao").get(f"/versions/{linyi.pk}/findings", limit=500).data
    assert [(row["code"], row["row"]) for row in said["items"]] == [
        (found.code, str(found.row.pk) if found.row else None) for found in check(load(linyi))
    ]


def test_the_trail_is_for_those_who_may(caller: Callers, linyi: TableVersion) -> None:
    seen = caller("auditadmin").get("/trail")
    assert seen.status == 200
    assert "planning.import_table" in {row["action"] for row in seen.data["items"]}
    assert caller("jingban").get("/trail").status == 403


def test_a_file_is_imported_through_its_preview(
    caller: Callers, organisation: Demonstrated, django_capture_on_commit_callbacks: Any
) -> None:
    program = caller("jixiao")
    unit = organisation.units["331001"]
    with LINYI.open("rb") as file, django_capture_on_commit_callbacks(execute=True):
        waiting = program.upload("/imports", unit=str(unit.pk), file=file)
    assert waiting.status == 200, waiting.data
    preview = program.get(f"/imports/{waiting.data['id']}")
    assert preview.data["state"] == "read", preview.data
    assert len(preview.data["tables"]) == 1
    made = program.post(f"/imports/{preview.data['id']}/tables/{preview.data['tables'][0]['number']}/import")
    assert made.status in (200, 409), made.data
    if made.status == 200:
        assert made.data["version"]["state"] == "draft"


def test_two_editors_do_not_overwrite_each_other(caller: Callers, linyi: TableVersion) -> None:
    program = caller("jixiao")
    content = program.get(f"/versions/{linyi.pk}").data
    row, base = content["rows"][0], content["table"]["indicators"][0]["target"]["text"]
    first = program.post(f"/versions/{linyi.pk}/cells", {"cells": [{"row": row, "field": "target", "base": base, "text": "65家"}]})
    assert (first.status, first.data["saved"]) == (200, 1), first.data
    second = program.post(f"/versions/{linyi.pk}/cells", {"cells": [{"row": row, "field": "target", "base": base, "text": "70家"}]})
    assert second.data["saved"] == 0
    assert second.data["rejected"][0]["current"] == "65家"
    again = program.get(f"/versions/{linyi.pk}").data
    assert again["table"]["indicators"][0]["target"]["text"] == "65家"
