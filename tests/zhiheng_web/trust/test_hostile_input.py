"""Input made to break: it is refused in a moment, and nothing of it is run by a browser, a spreadsheet or the server."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from tests.zhiheng_web.planning.travelling import Who, mended, walk

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.planning.actions.edit_cells import CellEdit, edit_cells
from zhiheng_web.planning.actions.upload_table import upload_table
from zhiheng_web.planning.models import ImportPreview, SourceFile, TableVersion
from zhiheng_web.tasks.actions.write_message import write_message
from zhiheng_web.trail.action import Refusal

SECONDS = 5
SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
Clients = Callable[[str], Client]


@pytest.fixture
def officer(signed_in: Clients) -> Client:
    client = signed_in("jixiao")
    client.raise_request_exception = False
    return client


def asked(client: Client, address: str, **sent: str) -> int:
    began = time.monotonic()
    status = client.post(address, sent).status_code
    assert time.monotonic() - began < SECONDS
    return status


def test_a_form_that_says_it_has_a_thousand_million_rows(officer: Client, organisation: Demonstrated) -> None:
    department = str(organisation.departments["331"].pk)
    assert asked(officer, reverse("planning:routes"), rows="999999999", kind="department", department=department, edits="0") == 400


@pytest.mark.parametrize("points", ["1e999999", "-1e999999", "NaN", "sNaN", "1e-999999", "9" * 4000])
def test_points_that_no_number_holds(linyi: TableVersion, organisation: Demonstrated, viewer: Who, signed_in: Clients, points: str) -> None:
    version = walk(viewer, mended(linyi, organisation.accounts["jixiao"]), until="finance_business")
    client = signed_in("czyewu")
    client.raise_request_exception = False
    from zhiheng.plan.appraisal import ITEMS

    sent = {"outcome": "agree", "turn": "5", "opinion": "x", **{f"points-{item.code}": points for item in ITEMS}}
    assert asked(client, reverse("planning:review", args=[version.pk]), **sent) in (400, 409)


@pytest.mark.parametrize("text", ["a\ud800", "a\x00", "a\x1b"])
def test_letters_that_no_database_keeps(linyi: TableVersion, viewer: Who, text: str) -> None:
    row = linyi.indicator_rows.order_by("position").first()
    done = edit_cells(viewer("jixiao"), linyi.pk, [CellEdit(str(row.pk), "name", row.name, text)])
    assert [one.code for one in done.refused] == ["control_character"]


@pytest.mark.parametrize("text", ["1e999999", "9" * 4000, "-1e999999999", "1" + "0" * 300 + "万亿", "(" * 3000, "1,2" * 1500])
def test_figures_that_no_machine_holds(linyi: TableVersion, viewer: Who, text: str) -> None:
    row, began = linyi.indicator_rows.order_by("position").first(), time.monotonic()
    edit_cells(viewer("jixiao"), linyi.pk, [CellEdit(str(row.pk), "target", row.target_text or "", text)])
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("cell", ["1e999999999", "1e99999", "-1E+500000", "9" * 5000])
def test_a_number_of_a_thousand_million_digits_is_not_written_out(officer: Client, kind: str, cell: str) -> None:
    assert asked(officer, reverse("ui:export", args=[kind]), title="x", table=json.dumps([[["名称", False]], [[cell, True]]])) in (200, 400)


def test_json_nested_without_end(officer: Client) -> None:
    assert asked(officer, reverse("ui:export", args=["csv"]), title="x", table="[" * 100_000) == 400


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-x", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_no_export_runs_a_formula(officer: Client, cell: str) -> None:
    table = json.dumps([[["名称", False]], [[cell, False]]])
    csv = officer.post(reverse("ui:export", args=["csv"]), {"title": "x", "table": table}).content.decode("utf-8-sig")
    assert "'" + cell[0] in csv
    book = officer.post(reverse("ui:export", args=["xlsx"]), {"title": "x", "table": table}).content
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet and "hyperlink" not in sheet.lower()


def test_a_title_does_not_reach_into_the_headers(officer: Client) -> None:
    answer = officer.post(reverse("ui:export", args=["csv"]), {"title": 'a\r\nSet-Cookie: x=1\r\n\r\n"; filename="evil.exe', "table": "[]"})
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert "\n" not in answer["Content-Disposition"] and not answer["Content-Disposition"].endswith('.exe"')


def bomb() -> bytes:
    """200 MB of nothing as a workbook of 200 kB."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 200_000_000)
    return target.getvalue()


def external() -> bytes:
    """A workbook whose XML names a file of the machine."""
    target = io.BytesIO()
    said = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst><si><t>&e;</t></si></sst>'
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", said)
        archive.writestr("xl/sharedStrings.xml", said)
    return target.getvalue()


UPLOADS: dict[str, Callable[[], bytes]] = {
    "炸弹.xlsx": bomb,
    "外部.xlsx": external,
    "程序.exe": lambda: b"MZ" + b"\0" * 100,
    "网页.html": lambda: b"<html><body>" + SCRIPT.encode() + b"<table><tr><td>x</td></tr></table></body></html>",
    "图.pdf": lambda: b"%PDF-1.4\n<script>alert(1)</script>",
    "../../etc/passwd.txt": lambda: b"x\ty\n",
    "..\\..\\boot.txt": lambda: b"x\ty\n",
    "空.docx": lambda: b"PK\x03\x04",
    SCRIPT + ".txt": lambda: b"x\ty\n",
}


@pytest.mark.parametrize("name", UPLOADS)
def test_an_upload_made_to_break_is_refused_or_kept_under_a_name_of_our_own(
    name: str,
    organisation: Demonstrated,
    viewer: Who,
    officer: Client,
    settings: Any,
    tmp_path: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    unit, began = organisation.units["331001"], time.monotonic()
    try:
        with django_capture_on_commit_callbacks(execute=True):
            preview = upload_table(viewer("jixiao"), unit.pk, SimpleUploadedFile(name, UPLOADS[name]()))
    except Refusal:
        assert not SourceFile.objects.exists() and not list(tmp_path.rglob("*.*"))
        return
    assert time.monotonic() - began < 30
    source = SourceFile.objects.get()
    stored = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.parent.is_relative_to(tmp_path / "files") for path in stored] == [True]
    assert source.stored.name.rpartition("/")[2].startswith(source.pk.hex)
    page = officer.get(reverse("planning:preview", args=[preview.pk]), follow=True)
    assert page.status_code == 200 and "<script>alert(1)" not in page.content.decode() and "root:x:" not in page.content.decode()
    assert ImportPreview.objects.get().state in {"read", "refused", "waiting", "reading"}


def test_words_that_are_markup_stay_words_on_every_page(linyi: TableVersion, viewer: Who, signed_in: Clients) -> None:
    row = linyi.indicator_rows.order_by("position").first()
    duty = linyi.duty_rows.order_by("number").first()
    for owner, fields in ((str(row.pk), ("name", "definition", "unit", "remark")), (str(duty.pk), ("objective",))):
        for field in fields:
            was = getattr(row if owner == str(row.pk) else duty, field, "") or ""
            edit_cells(viewer("jixiao"), linyi.pk, [CellEdit(owner, field, was, SCRIPT)])
    row.refresh_from_db()
    assert row.name == SCRIPT
    write_message(viewer("jixiao"), linyi.pk, SCRIPT, row.indicator_id)
    pages = [
        reverse(f"planning:{name}", args=[linyi.pk])
        for name in ("version", "edit", "weights", "review", "papers", "exchange", "compare_with")
    ]
    pages += [reverse("planning:table", args=[linyi.table_id]), reverse("planning:indicator", args=[linyi.table_id, row.indicator_id])]
    pages += [reverse("planning:edit_row", args=[linyi.pk, row.pk]), reverse("planning:parts", args=[linyi.pk, row.pk]), "/", "/tables/"]
    pages += ["/planned-values/", "/generate/", "/library/new/?indicator=" + str(row.pk), "/duties/", "/tasks/"]
    shown = 0
    for page in pages:
        said = signed_in("jixiao").get(page, follow=True).content.decode()
        assert "<script>alert(1)" not in said and "<img src=x" not in said, page
        shown += "&lt;script&gt;alert(1)" in said or "\\u003Cscript\\u003Ealert(1)" in said
    assert shown > 4
    trail = signed_in("auditadmin").get("/trail/").content.decode()
    assert "<script>alert(1)" not in trail


@override_settings(LARGEST_UPLOAD=1_000_000)
@pytest.mark.parametrize("address", ["/login/", "/import/", "/api/v1/imports", "/nowhere/"])
def test_a_body_larger_than_any_upload_is_refused_unread(db: None, address: str) -> None:
    """Also from a stranger: looking for the CSRF token would write the whole of it to the disk."""

    class Unread(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("the body was read")

    answer = Client().generic(
        "POST", address, b"", content_type="multipart/form-data; boundary=x", **{"wsgi.input": Unread(), "CONTENT_LENGTH": "90000000"}
    )
    assert answer.status_code == 413


def test_the_way_back_after_a_refusal_stays_here(signed_in: Clients) -> None:
    page = signed_in("jixiao").get("/tables/00000000-0000-0000-0000-000000000007/", HTTP_REFERER="http://testserver//evil.example/x")
    assert page.status_code == 404 and "//evil.example" not in page.content.decode()
