"""A second department with every role of its own, against the ids of the first: by every address, every operation, every action."""

from __future__ import annotations

import importlib
import inspect
import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.zhiheng_web.conftest import LINYI, TODAY
from tests.zhiheng_web.ledgers.adopted import PACK
from tests.zhiheng_web.ledgers.filled import BASIS, DEFINITION, fill
from tests.zhiheng_web.routes.test_every_route import Route, routes

from zhiheng.plan.procedure import ADMINISTRATORS, Outcome, Role
from zhiheng.tables.reading import read
from zhiheng_web.config.permissions import load_actions
from zhiheng_web.demonstration.load import load
from zhiheng_web.ledgers.actions.add_evidence import Proof
from zhiheng_web.ledgers.actions.keep_organisation import OrganisationFacts
from zhiheng_web.ledgers.actions.keep_person import PersonFacts
from zhiheng_web.ledgers.definition import to_json
from zhiheng_web.organisation.models import Account, ApiToken, Department, Office, OpenSession, RoleAssignment, Unit
from zhiheng_web.organisation.tokens import token_digest
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.actions.change_budget import change_budget
from zhiheng_web.planning.actions.decide import Verdict
from zhiheng_web.planning.actions.edit_cells import CellEdit
from zhiheng_web.planning.actions.import_table import import_table
from zhiheng_web.planning.actions.keep_budget_line import keep_budget_line
from zhiheng_web.planning.actions.keep_project import ProjectValues, keep_project
from zhiheng_web.planning.actions.link_project import link_project
from zhiheng_web.planning.actions.upload_table import checked, upload_table
from zhiheng_web.planning.models import (
    CellOpinion,
    Duty,
    DutyRow,
    IndicatorRow,
    LibraryIndicator,
    Paper,
    PerformanceTable,
    PreAssessment,
    Project,
    SourceFile,
    TableVersion,
)
from zhiheng_web.tasks.models import Message
from zhiheng_web.trail.action import ACTIONS, Refusal
from zhiheng_web.trail.models import TrailRecord

SECRET = "zh_" + "s" * 43
HEAVY = {"organisation.load_calendar", "planning.load_common_indicators", "organisation.create_first_administrator"}
YEAR = {"evaluation", "publication"}
"""The year after the approval is asked in tests/zhiheng_web/api/test_another_department.py: every one of its actions has an operation."""
Both = tuple[dict[str, Any], dict[str, Any], Account, "Kept"]
HARMLESS = {
    ("post", "planning:edit_row"),  # no cell of a foreign row is sent: nothing is saved, back to the form
    ("get", "planning:compare_with"),  # leads to the comparison, which is absent
    ("post", "organisation:end_role"),  # the role alone is asked; the account in the address is only gone back to
    ("post", "planning:answer_opinion"),  # one's own opinion is answered; the version in the address is not asked
}


SKIPPING = {"ledgers.confirm_entries", "ledgers.return_entries"}
"""Of one's own register these take what waits there; an id that is none of its entries is passed over like one that is not there."""


def second_department() -> Account:
    """Another department with a table; one account holds every role of business there, one every role of administration."""
    department = Department.objects.create(code="332", name="另一部门", kind="department")
    unit = Unit.objects.create(department=department, code="332001", name="另一部门（本级）", kind="headquarters")
    Office.objects.create(unit=unit, code="01", name="另一科")
    account = Account.objects.create_user("other", "另一部门的人", "zhiheng-demo-2020")
    administrator = Account.objects.create_user("other-admin", "另一部门的管理员", "zhiheng-demo-2020")
    for role in Role:
        holder = administrator if role in ADMINISTRATORS else account
        RoleAssignment.objects.create(account=holder, role=role.value, department=department, since=date(2015, 1, 1))
    table = read(LINYI).tables[0]
    table = replace(table, plan=replace(table.plan, title="另一部门整体绩效目标表"))
    import_table(viewer_of(account, TODAY), unit, table)
    return account


def filled(department: Department, by: Account) -> dict[str, Any]:
    """An id of every kind of thing of a department, made if there is none."""
    viewer = viewer_of(by, TODAY)
    unit = department.units.get(kind="headquarters")
    version = TableVersion.objects.get(table__unit=unit, table__kind=PerformanceTable.Kind.DEPARTMENT)
    row = IndicatorRow.objects.filter(version=version).order_by("position").first()
    duty_row = DutyRow.objects.filter(version=version).first()
    project = keep_project(viewer, unit.pk, ProjectValues("T1", f"试验项目{department.code}", "new", 2020, basis="依据"))
    line = keep_budget_line(viewer, unit.pk, 2020, "fiscal", Decimal(1000), project=project.pk)
    change_budget(viewer, line.pk, date(2020, 5, 1), Decimal(5), "理由", "文号")
    link = link_project(viewer, project.pk, 2020, indicator=row.indicator_id)
    preview = upload_table(viewer, unit.pk, SimpleUploadedFile(f"表{department.code}.txt", LINYI.read_bytes()))
    source = SourceFile.objects.create(
        department=department,
        kind=SourceFile.Kind.PAYMENTS,
        name=f"支付{department.code}.xlsx",
        sha256="0" * 64,
        size=1,
        stored="x",
        uploaded_by=by,
    )
    opinion = CellOpinion.objects.create(version=version, field="title", text=f"意见{department.code}", written_by=by)
    assessment = PreAssessment.objects.create(
        project=project, assessed_on=TODAY, total=1, full=1, grade="excellent", conclusion="support", assessed_by=by
    )
    paper = Paper.objects.create(
        department=department, version=version, code="declaration", sequence=1, number=f"号{department.code}", content={}, issued_by=by
    )
    entry = LibraryIndicator.objects.create(department=department, code="L1", name=f"库内指标{department.code}", status="own")
    session = OpenSession.objects.create(account=by, session_key=f"k{department.code}", started_at=timezone.now(), seen_at=timezone.now())
    token = ApiToken.objects.create(
        account=by, name="t", digest=token_digest(f"zh_{department.code}"), scopes="read", expires_at=timezone.now() + timedelta(days=1)
    )
    office = Office.objects.filter(unit=unit).first()
    assignment = RoleAssignment.objects.filter(account=by).first()
    ledger = fill(viewer, department.pk, row.indicator_id, firm=int(department.code))
    told = ("register", "entry", "evidence", "batch", "link", "person", "organisation", "circumstance")
    named = {f"{word}_id": ledger[word] for word in told}
    named |= {"source": ledger["entry"], "kept_id": ledger["organisation"], "gone_id": ledger["organisation"]}
    named |= {"paper": ledger["ledger_paper"], "entries": [ledger["entry"]]}
    named |= {"indicator_id": row.indicator_id, "indicators": [row.indicator_id]}
    return {
        "ledgers": {**ledger, **named},
        **{word: one for word, one in ledger.items() if word not in {"entry", "link", "target"}},
        "version": version.pk, "version_id": version.pk, "base": version.pk, "other": version.pk, "table": version.table_id,
        "unit": unit.pk, "unit_id": unit.pk, "department": department.pk, "department_id": department.pk, "row": row.pk,
        "indicator": row.indicator_id, "duty_row": duty_row.pk, "duty": duty_row.duty_id, "project": project.pk, "line": line.pk,
        "link": link.pk, "preview": preview.pk, "source": source.pk, "opinion": opinion.pk, "assessment": assessment.pk,
        "paper": paper.pk, "entry": entry.pk, "library": entry.pk, "session": session.pk, "token": token.pk, "office": office.pk,
        "into": office.pk, "assignment": assignment.pk, "account": by.pk, "target": unit.pk, "second_person": by.pk,
        "code": "declaration", "kind": "docx", "number": 1, "year": 2020, "what": "unit",
    }  # fmt: skip


@pytest.fixture
def both(db: None, django_capture_on_commit_callbacks: Any) -> Both:
    """(ids of the first department, ids of the second, the account of the second, what stood in the first)."""
    load()
    with django_capture_on_commit_callbacks(execute=True):
        first = filled(Department.objects.get(code="331"), Account.objects.get(username="jixiao"))
    kept = Kept()
    with django_capture_on_commit_callbacks(execute=True):
        account = second_department()
        second = filled(Department.objects.get(code="332"), account)
    assert kept.broken() == []
    return first, second, account, kept


def rows() -> dict[tuple[str, Any], str]:
    """Every row of planning, work and organisation as it stands."""
    models = [model for app in ("planning", "organisation", "ledgers") for model in apps.get_app_config(app).get_models()]
    models.append(Message)
    passing = {"organisation.opensession", "organisation.usedpassword"}
    return {
        (model._meta.label_lower, row[model._meta.pk.attname]): str(sorted(row.items(), key=lambda item: item[0]))
        for model in models
        if model._meta.label_lower not in passing
        for row in model._base_manager.values()
    }


class Kept:
    """The rows of the first department as they stood: none may change, and no new one may point to them."""

    def __init__(self) -> None:
        self.rows = rows()
        self.ids = {str(pk) for _, pk in self.rows if isinstance(pk, uuid.UUID)} - {
            str(pk) for pk in RoleAssignment.objects.values_list("pk", flat=True)
        }

    def broken(self) -> list[str]:
        """What changed or points into the first department now."""
        now = rows()
        changed = [key[0] for key, said in self.rows.items() if now.get(key) != said]
        common = {str(pk) for pk in LibraryIndicator.objects.filter(department=None).values_list("pk", flat=True)}
        pointing = [f"{key[0]} -> {one}" for key, said in now.items() if key not in self.rows for one in self.ids - common if one in said]
        return changed + pointing


def signed_in(account: Account) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def mixes(route: Route, first: dict[str, Any], second: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The ids of an address: every mixture of the two departments in which one at least is foreign."""
    if route.name.startswith("ledgers:"):
        first, second = {**first, **first["ledgers"]}, {**second, **second["ledgers"]}
    parts = [word for word in first if f":{word}>" in route.template or f"P<{word}>" in route.template]
    ids = [word for word in parts if isinstance(first[word], uuid.UUID)]
    for choice in product((first, second), repeat=len(ids)):
        if any(one is first for one in choice):
            yield {**second, **{word: one[word] for word, one in zip(ids, choice, strict=True)}}


POSTED = {
    "text": "越权", "reason": "越权", "name": "越权", "opinion": "越权", "outcome": "agree", "turn": "0", "edits": "0", "choice": "0",
    "confirm": "1", "password": "zhiheng-demo-2020", "until": "2099-01-01", "since": "2099-01-01", "field": "name", "step": "1",
    "activity": "越权", "amount": "1", "initial": "1", "on": "2020-05-01", "document": "越权", "cells": json.dumps([]), "goal": "越权",
    "left_on": "2020-01-10", "last": "2099-01-01", "new": "Gaoxin-2021-mubiao", "username": "other-admin",
}  # fmt: skip


@pytest.mark.parametrize("username", ["other", "other-admin"])
def test_no_address_shows_or_changes_anything_of_another_department(both: Both, username: str) -> None:
    first, second, _, kept = both
    account = Account.objects.get(username=username)
    wrong, asked = [], 0
    for route in routes():
        if f"/{route.template}".startswith("/api/") or route.name in {"organisation:logout"}:
            continue
        for ids in mixes(route, first, second):
            if "duties/<uuid:duty>/" in route.template and route.template.startswith("versions/"):
                ids["duty"] = first["duty_row"]
            for method in ("get", "post"):
                asked += 1
                query = {"unit": str(second["unit"]), "year": "2020", "other": str(first["version"])}
                sent = {**POSTED, **{word: str(first[word]) for word in ("unit", "project", "indicator", "row", "second_person")}}
                answer = getattr(signed_in(account), method)(route.filled(ids), sent if method == "post" else query)
                if (method, route.name) in HARMLESS:
                    continue
                if answer.status_code not in (403, 404, 405) and not (answer.status_code == 400 and method == "post"):
                    wrong.append(
                        (
                            method,
                            route.name,
                            answer.status_code,
                            [word for word, one in ids.items() if one == first.get(word) != second.get(word)],
                        )
                    )
    assert asked > 100
    assert kept.broken() == []
    assert not wrong, "\n".join(map(str, wrong))
    assert not TrailRecord.objects.filter(account=str(account.pk), department=str(first["department"])).exists()


def test_no_operation_of_the_api_does(both: Both) -> None:
    from zhiheng_web.api.entrance import api

    first, second, account, kept = both
    ApiToken.objects.create(
        account=account, name="all", digest=token_digest(SECRET), scopes="import read steps", expires_at=timezone.now() + timedelta(days=1)
    )
    wrong, asked = [], 0
    query = {"unit": str(second["unit"]), "year": "2020"}
    words = {**POSTED, "turn": 0, "edits": 0, "row": str(first["row"]), "minutes": "", "mend": "", "key": "head/year", "year": 2022,
             "unit": str(first["unit"]), "project": str(first["project"]), "indicator": str(first["indicator"]), "seen": "x", "join": "",
             "parts": [], "cells": [{"row": str(first["row"]), "field": "name", "base": "x", "text": "越权"}], "assessed_on": "2020-01-01",
             "given": {}, "conclusion": "support", "rows": [{"row": str(first["row"]), "tags": {}, "seen": {}}], "choice": "x",
             "second_person": str(first["account"]), "kind": "department", "words": {"title": "越权"}, "state": "", "edition": 1,
             "entries": [str(first["ledgers"]["entry"])], "indicators": [str(first["indicator"])], "definition": to_json(DEFINITION),
             "move": "register", "target": str(first["ledgers"]["target"]), "column": "title", "word": "x", "out": True, "columns": {},
             "organisation": str(first["organisation"]), "basis": str(first["basis"]), "sheet": "1", "pack": "kjj"}  # fmt: skip
    for address, methods in api.get_openapi_schema()["paths"].items():
        space = "ledgers:" if any(word in address for word in ("/entries/", "/entry-links/", "/ledger-papers/")) else ""
        route = Route(space, address.replace("{", "<x:").replace("}", ">"))
        for ids, method in product(list(mixes(route, first, second)), methods):
            path = address
            for word, one in ids.items():
                path = path.replace("{" + word + "}", str(one))
            asked += 1
            client, header = Client(raise_request_exception=False), {"HTTP_AUTHORIZATION": f"Bearer {SECRET}"}
            if method == "get":
                answer = client.get(path, {**query, "row": str(first["row"]), "field": "target", "text": "1"}, **header)
            else:
                answer = client.post(path, json.dumps(words), content_type="application/json", **header)
            if answer.status_code not in (403, 404, 409, 422) or (answer.status_code == 422 and method == "get"):
                wrong.append((method, address, answer.status_code, answer.content.decode()[:200]))
    assert asked > 20
    assert not wrong, "\n".join(map(str, wrong))
    assert kept.broken() == []


def arguments(function: Callable[..., Any], ids: Mapping[str, Any], foreign: Mapping[str, Any]) -> dict[str, Any] | None:
    """Something for every parameter of an action, by its name; ids and objects from ``ids``."""
    loaded = IndicatorRow.objects.get(pk=foreign["row"])
    values: dict[str, Any] = {
        "verdict": Verdict(Outcome.AGREE, opinion="越权"), "turn": 0, "text": "越权", "reason": "越权", "document": "越权", "field": "name",
        "edits": [CellEdit(str(loaded.pk), "name", loaded.name, "越权")], "choice": 0, "name": "越权", "year": 2023, "amount": Decimal(1),
        "on": date(2020, 6, 1), "since": date(2099, 1, 1), "until": date(2099, 2, 1), "left_on": TODAY, "mark": "x", "tags": {}, "seen": "",
        "rows": None, "parts": [], "join": "", "step": 1, "scheme": "national", "key": "head/year", "number": 1, "checkpoints": (),
        "kind": "department", "values": {}, "fields": {"code": "x", "name": "x"}, "initial": Decimal(1), "enabled": False, "days": 1,
        "username": "other", "scopes": ["read"], "role": Role.FILLER, "source_kind": "fiscal", "amounts": {}, "email": "", "mobile": "",
        "from_year": 2020, "to_year": 2021, "replies": {"R01": "越权"}, "words": {"title": "越权"}, "move": "register", "column": "title",
        "word": "x", "out": True, "columns": {}, "sheet": "1", "definition": DEFINITION, "edition": 1, "path": PACK, "basis": BASIS,
        "proofs": [Proof(foreign["ledgers"]["entry"], "certificate", url="https://jx.example.cn/1")],
    }  # fmt: skip
    models = {"unit": Unit, "office": Office, "department": Department, "project": Project, "table": PerformanceTable, "duty": Duty}
    given: dict[str, Any] = {}
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        said = str(parameter.annotation)
        if name in models and models[name].__name__ in said:
            given[name] = models[name].objects.get(pk=ids[name])
        elif name in ids and "UUID" in said:
            given[name] = ids[name]
        elif name in ids and "str" in said and name in {"row"}:
            given[name] = str(ids[name])
        elif "CheckedUpload" in said:
            given[name] = checked(SimpleUploadedFile("越权.csv", "编号\n1\n".encode()))
        elif "Facts" in said:
            given[name] = {"OrganisationFacts": OrganisationFacts, "PersonFacts": PersonFacts}[said.strip("'")](name="越权")
        elif name == "activity":
            given[name] = "越权"
        elif parameter.default is not inspect.Parameter.empty:
            continue
        elif "ProjectValues" in said:
            given[name] = ProjectValues("T9", "越权", "new", 2020)
        elif name in values:
            given[name] = values[name]
        else:
            return None
    return given


def actions_on_ids() -> list[str]:
    load_actions()
    kinds = ("UUID", "Unit", "Office", "Department", "Project")
    found = []
    for name, entry in ACTIONS.items():
        function = getattr(importlib.import_module(entry.module), entry.function)
        said = [str(one.annotation) for one in list(inspect.signature(function).parameters.values())[1:]]
        if any(kind in text for kind in kinds for text in said) and name not in HEAVY and name.split(".")[0] not in YEAR:
            found.append(name)
    return sorted(found)


@pytest.mark.parametrize("username", ["other", "other-admin"])
def test_no_action_called_directly_does(both: Both, username: str) -> None:
    first, second, _, kept = both
    everything: Viewer = viewer_of(Account.objects.get(username=username), TODAY, "10.0.0.9")
    done, skipped, broken = [], [], []
    names = actions_on_ids()
    for name in names:
        entry = ACTIONS[name]
        function = getattr(importlib.import_module(entry.module), entry.function)
        parameters = inspect.signature(function).parameters
        ledgers = name.startswith("ledgers.")
        own, other = (({**one, **one["ledgers"]} if ledgers else one) for one in (first, second))
        plain = ("str", "int", "Basis") if ledgers else ("str",)
        said = [
            word
            for word, one in parameters.items()
            if word in own and not any(kind in str(one.annotation) for kind in plain) and str(one.annotation) != "int"
        ]
        for choice in product((own, other), repeat=min(len(said), 3)):
            if all(one is other for one in choice):
                continue
            ids = {**own, **{word: one[word] for word, one in zip(said, choice, strict=False)}}
            ids["duty_of"] = next(
                (one["department"] for word, one in zip(said, choice, strict=False) if word == "duty"), second["department"]
            )
            if entry.module.endswith(("add_row", "move_row", "remove_row")):
                ids["duty"] = DutyRow.objects.filter(version__table__unit__department=ids["duty_of"]).first().pk
            given = arguments(function, ids, first)
            if given is not None and name == "planning.keep_library_indicator":
                del given["entry"]
                if ids["department"] == second["department"]:
                    continue
            if given is None:
                skipped.append(name)
                break
            try:
                function(everything, **given)
            except Refusal:
                continue
            except Exception as fault:  # noqa: BLE001 - a fault is told by its name
                broken.append((name, type(fault).__name__, str(fault)[:150]))
            else:
                if name in SKIPPING and ids["entries"] is own["entries"] and ids["register_id"] is other["register_id"]:
                    continue
                done.append((name, [word for word, one in zip(said, choice, strict=False) if one is own]))
    assert not broken, "\n".join(map(str, broken))
    assert kept.broken() == []
    assert not done, "\n".join(map(str, done))
    assert len(set(skipped)) < 12, sorted(set(skipped))
    assert len(names) > 45
