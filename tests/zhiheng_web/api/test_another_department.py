"""Whoever holds every role of another department reaches nothing of this one's year: by no operation, by no page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver
from tests.zhiheng_web.api.conftest import token_of
from tests.zhiheng_web.api.year import Year
from tests.zhiheng_web.ledgers.evidence.files import pdf

from zhiheng.plan.procedure import Role
from zhiheng_web.organisation.models import Account, Department, RoleAssignment, Unit
from zhiheng_web.organisation.viewer import viewer_of
from zhiheng_web.trail.models import TrailRecord

EVERYBODYS = {"/samples/{sample}", "/samples/{sample}/draw", "/samples/{sample}/script", "/agencies/{agency}", "/agencies/{agency}/members"}
"""A sample is for everybody who reads tables, so that anybody can draw again; agencies are common to all departments."""
WORDS = ("round", "report", "monitored", "self_evaluation", "self_row", "self_file", "evaluation", "engagement", "material", "recheck",
         "survey", "item", "step", "order", "package", "paragraph", "redaction", "pk", "key")  # fmt: skip


@pytest.fixture
def other(year: Year) -> tuple[dict[str, Any], Account]:
    """(ids of the bureau's year, the account of the other department)."""
    ids = year.under_way()
    ids |= {"pk": ids["report"], "key": ids["report"], "indicator": str(year.scene.indicator("新增企业数").pk)}
    department = Department.objects.create(code="332", name="另一部门", kind="department")
    Unit.objects.create(department=department, code="332001", name="另一部门（本级）", kind="headquarters")
    account = Account.objects.create_user("other", "另一部门的人", None)
    for role in Role:
        RoleAssignment.objects.create(account=account, role=role.value, department=department, since=date(2015, 1, 1))
    return ids, account


def test_no_operation_reaches_another_departments_year(other: tuple[dict[str, Any], Account]) -> None:
    """Each with a body that follows its description and names what is foreign: forbidden, or as if it were not there."""
    ids, account = other
    header = {"Authorization": f"Bearer {token_of(viewer_of(account, date(2020, 1, 10)))}"}
    before, wrong, asked = rows(), [], 0
    for address, method, said in operations():
        ids["pk"] = ids["self_evaluation" if address.startswith("/self-evaluations") else "report"]
        path = re.sub(r"\{(\w+)\}", lambda found: str(ids.get(found[1], {"year": 2020}.get(found[1], "docx"))), address)
        if method == "get":
            answer = Client().get(f"/api/v1{path}", headers=header)
        elif sent := said.get("requestBody", {}).get("content", {}).get("multipart/form-data"):
            answer = Client().post(f"/api/v1{path}", minimal(sent["schema"], ids), headers=header)
        else:
            body = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {"type": "object"})
            answer = Client().post(f"/api/v1{path}", json.dumps(minimal(body, ids)), content_type="application/json", headers=header)
        asked += 1
        if answer.status_code == 400 and address.endswith("/exchange/take") and answer.json()["code"] == "preview_stale":
            continue  # a preview is sealed for who looked at it, and is no one else's
        if answer.status_code not in (403, 404):
            wrong.append((method, address, answer.status_code, answer.content.decode()[:300]))
    assert asked > 90
    assert not wrong, "\n".join(map(str, wrong))
    assert rows() == before


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation whose address names something of the year."""
    from zhiheng_web.api.urls import api

    for address, methods in api.get_openapi_schema()["paths"].items():
        short = address.removeprefix("/api/v1")
        if short in EVERYBODYS or not set(re.findall(r"\{(\w+)\}", short)) & set(WORDS):
            continue
        for method, said in methods.items():
            yield short, method, said


def minimal(schema: dict[str, Any], ids: dict[str, Any]) -> Any:
    """The least that a description allows, with foreign ids wherever an id stands."""
    from zhiheng_web.api.urls import api

    if "$ref" in schema:
        return minimal(api.get_openapi_schema()["components"]["schemas"][schema["$ref"].rpartition("/")[2]], ids)
    for several in ("anyOf", "allOf"):
        if several in schema:
            return minimal(schema[several][0], ids)
    kind = schema.get("type")
    if kind == "object":
        wanted = schema.get("required", ())
        return {name: minimal(one, ids) for name, one in schema.get("properties", {}).items() if name in wanted}
    if kind == "array":
        return [minimal(schema["items"], ids)] * schema.get("minItems", 1)
    if kind == "boolean":
        return True
    if kind in ("integer", "number"):
        return schema.get("minimum", 1)
    if schema.get("format") == "binary":
        return SimpleUploadedFile("文件.pdf", pdf())
    known = {"uuid": ids["table"], "date": "2020-06-01"}
    return known.get(schema.get("format", "")) or ("department" if "department|" in schema.get("pattern", "") else "1")


def test_no_page_reaches_another_departments_year(other: tuple[dict[str, Any], Account]) -> None:
    ids, account = other
    before, wrong, asked = rows(), [], 0
    client = Client(raise_request_exception=False)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    for path in addresses(ids):
        for method in ("get", "post"):
            asked += 1
            answer = getattr(client, method)(path, {"reason": "越权", "text": "越权", "opinion": "越权", "points": "1", "edits": "0"})
            if answer.status_code not in (403, 404, 405) and not (method == "post" and answer.status_code == 400):
                wrong.append((method, path, answer.status_code))
    assert asked > 120
    assert not wrong, "\n".join(map(str, wrong))
    assert rows() == before


def addresses(ids: dict[str, Any]) -> Iterator[str]:
    """Every address of the two areas that names something, filled with what is foreign."""
    open_to_all = {"sample", "draw_sample", "verify_sample", "join_agency", "leave_agency", "answer", "public_path"}
    for space, prefix in (("evaluation", "monitoring/"), ("publication", "publication/")):
        for pattern in (one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == space):
            for one in pattern.url_patterns:
                template = f"/{pattern.pattern}{one.pattern}"
                if "<uuid:" not in template or one.name in open_to_all:
                    continue
                known = {**ids, "report": ids["report"], "row": ids["monitored"] if prefix in template else ids["self_row"], "year": 2020}
                known |= {"file": ids["self_file"], "kind": "docx", "code": "monitoring_table"}
                yield re.sub(r"<\w+:(\w+)>", lambda found: str(known.get(found[1], ids["report"])), template)  # noqa: B023


def rows() -> set[tuple[int, str]]:
    """What the trail says that was done in the year's areas."""
    found = TrailRecord.objects.filter(action__regex=r"^(evaluation|publication)\.").exclude(action__endswith="refused")
    return set(found.values_list("number", "action"))
