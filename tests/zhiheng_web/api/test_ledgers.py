"""The ledgers by the API: recorded, proved, confirmed, corrected, counted, frozen; and refused and masked as on the pages."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.zhiheng_web.api.conftest import Caller, token_of
from tests.zhiheng_web.kept import once
from tests.zhiheng_web.ledgers.evidence.files import pdf
from tests.zhiheng_web.ledgers.filled import DEFINITION, fill, words

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.definition import to_json
from zhiheng_web.ledgers.importing.reading import read_import
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.organisation.models import Account, Department, ReportingUnit, RoleAssignment
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.models import IndicatorRow, TableVersion

Callers = Callable[..., Caller]
Ids = dict[str, UUID]


@pytest.fixture
def indicator(linyi: TableVersion) -> UUID:
    return IndicatorRow.objects.filter(version=linyi).order_by("position")[2].indicator_id


@pytest.fixture
def ids(linyi: TableVersion, viewer: Callable[[str], Viewer], indicator: UUID) -> Ids:
    return once("filled ledger", lambda: fill(viewer("jixiao"), linyi.table.unit.department_id, indicator))


def value(program: Caller, linyi: TableVersion, indicator: UUID, **query: str) -> Any:
    return program.get(f"/actuals/{linyi.table_id}/{indicator}", on="2020-12-31", **query).data["actual"]


def test_an_entry_counts_once_it_is_recorded_and_proved_and_the_proof_is_the_file(
    caller: Callers, linyi: TableVersion, ids: Ids, indicator: UUID
) -> None:
    """Of three results two are registered and one of these is proved: 1 counts, 1 lacks evidence. The fourth makes two."""
    program = caller("jixiao")
    before = value(program, linyi, indicator)
    assert (before["value"], before["counted"], before["not_counted"]["evidence"]) == ("1", 1, 1)
    made = program.post(f"/registers/{ids['ledger']}/entry", {"words": words("0009")}).data["id"]
    assert value(program, linyi, indicator)["not_counted"]["evidence"] == 2
    file = SimpleUploadedFile("证书.pdf", pdf(("gray",)), "application/pdf")
    assert program.upload(f"/entries/{made}/evidence", kind="certificate", page="1", file=file).data == {"count": 1}
    after = value(program, linyi, indicator)
    assert (after["value"], after["counted"]) == ("2", 2)
    said = program.get(f"/entries/{made}/evidence").data
    assert said["needed"] == []
    raw = Client().get(f"/api/v1/evidence/{said['evidence'][0]['id']}/file", headers=program.headers)
    assert b"".join(raw.streaming_content) == pdf(("gray",))
    program.post(f"/evidence/{said['evidence'][0]['id']}/withdraw", {"reason": "传错文件"})
    assert value(program, linyi, indicator)["counted"] == 1


def test_a_list_is_filtered_and_its_pages_make_the_whole(caller: Callers, ids: Ids) -> None:
    program = caller("jixiao")
    address = f"/registers/{ids['ledger']}/entries"
    whole = program.get(address, order="number").data
    cells = [{cell["column"]: cell["words"] for cell in entry["cells"]} for entry in whole["items"]]
    assert (whole["count"], [row["number"] for row in cells]) == (3, ["0001", "0002", "0003"])
    parts = [program.get(address, order="number", limit=2, offset=at).data["items"] for at in (0, 2)]
    assert parts[0] + parts[1] == whole["items"]
    lacking = program.get(address, state="registered", gap="evidence").data
    assert [entry["id"] for entry in lacking["items"]] == [str(ids["target"])]
    told = program.get(f"/registers/{ids['ledger']}/lacking-evidence").data["items"]
    assert str(ids["target"]) in {line["entry"] for line in told}


def test_who_may_not_see_personal_data_gets_it_masked_everywhere(caller: Callers, ids: Ids) -> None:
    clear, masked = caller("jixiao"), caller("czjixiao")
    for address in (f"/registers/{ids['ledger']}/entries", f"/entries/{ids['entry']}", f"/people/{ids['person']}", "/people"):
        plain, hidden = (json.dumps(program.get(address).data, ensure_ascii=False) for program in (clear, masked))
        assert "张三丰" in plain, address
        assert "张三丰" not in hidden and "13800001234" not in hidden and "11010519491231002X" not in hidden, address


def test_a_correction_keeps_what_was_known_and_two_do_not_overwrite_each_other(caller: Callers, ids: Ids) -> None:
    program = caller("jixiao")
    seen = program.get(f"/entries/{ids['entry']}").data
    sent = {"words": {"title": "改过的成果"}, "reason": "名称有误", "seen": seen["version"]}
    assert program.post(f"/entries/{ids['entry']}/correct", sent).status == 200
    again = program.post(f"/entries/{ids['entry']}/correct", {**sent, "words": {"title": "别人也改"}})
    assert again.status == 409
    history = program.get(f"/entries/{ids['entry']}").data["history"]
    assert [(one["name"]["zh"], one["before"], one["after"]) for one in history[0]["changes"]] == [("名称", "成果0001", "改过的成果")]
    assert EntryVersion.objects.filter(entry=ids["entry"]).count() == len(history)


def test_what_a_county_reports_waits_for_the_office(organisation: Demonstrated, caller: Callers, ids: Ids) -> None:
    department = organisation.units["331001"].department
    unit = ReportingUnit.objects.create(department=department, name="兰山区科技局", kind="county", division_code="371302")
    account = Account.objects.create_user("lanshan-api", "兰山", None)
    RoleAssignment.objects.create(account=account, role="reporter", department=department, reporter=unit, since="2015-01-01")
    county, office = Caller(token_of(viewer_of(account, date(2020, 1, 10)))), caller("jixiao")
    made = county.post(f"/registers/{ids['ledger']}/entry", {"words": words("0100")}).data["id"]
    assert county.get(f"/entries/{made}").data["standing"] == "submitted"
    assert county.get(f"/entries/{ids['entry']}").status == 404
    assert county.get(f"/registers/{ids['ledger']}/entries").data["count"] == 1
    assert county.post(f"/registers/{ids['ledger']}/confirm", {"entries": [made]}).status == 403
    assert made in office.get("/entries").data["confirm"][0]["entries"]
    assert office.post(f"/registers/{ids['ledger']}/return", {"entries": [made], "reason": "缺附件"}).data["count"] == 1
    assert county.get("/entries").data["returned"][0]["entries"] == [made]


def test_a_sheet_tells_its_faults_at_their_cells_and_writes_nothing_until_they_are_answered(caller: Callers, ids: Ids) -> None:
    program = caller("jixiao")
    address = f"/entry-imports/{ids['batch']}"
    found = program.get(address).data
    assert (found["rows"], found["made"], found["faulty"]) == (3, 1, 2)
    assert sorted(fault["row"] for fault in found["fault_rows"]) == [3, 4]
    assert program.post(f"{address}/write").data["code"] == "import_faults"
    assert program.post(f"{address}/leave-out", {"out": True}).data["left_out"] is True
    read_import(ids["batch"])
    assert program.post(f"{address}/write").data["state"] == "written"
    assert program.get(f"/registers/{ids['ledger']}/entries", words="成果一").data["count"] == 1
    assert program.post(f"{address}/undo", {"reason": "表不对"}).data["state"] == "undone"


def test_a_snapshot_holds_and_its_proof_has_the_entries(caller: Callers, ids: Ids) -> None:
    program = caller("jixiao")
    found = program.get(f"/snapshots/{ids['snapshot']}").data
    assert (found["holds"], found["counted"]) == (True, 1)
    raw = Client().get(f"/api/v1/snapshots/{ids['snapshot']}/proof", headers=program.headers)
    with zipfile.ZipFile(io.BytesIO(raw.content)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("entries.csv").decode("utf-8-sig"))))
        assert json.loads(archive.read("snapshot.json"))["digest"] == found["digest"]
    assert sum(row["reason"] == "" for row in rows) == 1


def test_a_register_is_declared_changed_and_used_without_code(caller: Callers, ids: Ids, linyi: TableVersion) -> None:
    program = caller("jixiao")
    department = linyi.table.unit.department_id
    definition = {**to_json(DEFINITION), "zh": "另一本台账"}
    made = program.post(f"/departments/{department}/registers", {"definition": definition}).data["id"]
    said = program.get(f"/registers/{made}/definition").data
    assert [column["name"] for column in said["definition"]["columns"]] == [column.name for column in DEFINITION.columns]
    column = {"name": "number", "zh": "又一编号", "en": "x", "kind": "nothing"}
    wrong = {**said["definition"], "columns": [*said["definition"]["columns"], column]}
    refused = program.post(f"/registers/{made}/definition", {"definition": wrong, "edition": said["edition"]})
    assert refused.status == 400
    assert any(place.startswith(f"columns.{len(DEFINITION.columns)}") for place in refused.data["fields"])
    changed = {**said["definition"], "zh": "另一本台账（改）"}
    assert program.post(f"/registers/{made}/definition", {"definition": changed, "edition": said["edition"]}).status == 200
    assert program.post(f"/registers/{made}/definition", {"definition": changed, "edition": said["edition"]}).status == 409


@pytest.mark.parametrize(
    ("username", "status"), [("jingban", {200, 403}), ("czyewu", {403}), ("shenji", {403}), ("sysadmin", {404})], ids=str
)
def test_who_may_record(caller: Callers, ids: Ids, username: str, status: set[int]) -> None:
    said = caller(username).post(f"/registers/{ids['ledger']}/entry", {"words": words("0200")})
    assert said.status in status, said.data


def test_reading_is_not_writing_and_writing_is_not_importing(caller: Callers, ids: Ids) -> None:
    reader = caller("jixiao", "read")
    assert reader.get("/registers").data["count"] == 1
    assert reader.post(f"/registers/{ids['ledger']}/entry", {"words": words("0300")}).data["code"] == "scope"
    sheet = SimpleUploadedFile("成果.csv", "登记编号\n1\n".encode(), "text/csv")
    assert caller("jixiao", "read", "steps").upload(f"/registers/{ids['ledger']}/imports", file=sheet).data["code"] == "scope"


def test_another_department_finds_nothing(ids: Ids, linyi: TableVersion, indicator: UUID) -> None:
    other = Department.objects.create(code="999", name="另一部门", kind="department")
    account = Account.objects.create_user("another", "另一部门", None)
    for role in ("performance_officer", "filler", "head"):
        RoleAssignment.objects.create(account=account, role=role, department=other, since=date(2015, 1, 1))
    stranger = Caller(token_of(viewer_of(account, date(2020, 1, 10))))
    for address in (
        f"/registers/{ids['ledger']}/entries",
        f"/registers/{ids['ledger']}/definition",
        f"/entries/{ids['entry']}",
        f"/evidence/{ids['evidence']}",
        f"/entry-imports/{ids['batch']}",
        f"/snapshots/{ids['snapshot']}",
        f"/organisations/{ids['organisation']}",
        f"/people/{ids['person']}",
        f"/actuals/{linyi.table_id}/{indicator}",
        f"/indicators/{indicator}/circumstances",
    ):
        assert stranger.get(address).status == 404, address
    assert stranger.get("/registers").data["count"] == stranger.get("/people").data["count"] == 0
