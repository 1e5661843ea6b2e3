"""Out of a register and back in: what a file may change, what it may not, and what of it is told."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import xlwt
from django.test import Client
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from tests.zhiheng_web.ledgers.importing.conftest import CONTRACTS, HEADINGS, row, sheet

from zhiheng.reports.formula import guarded, unguarded
from zhiheng_web.ledgers.actions.correct_entry import correct_entry
from zhiheng_web.ledgers.actions.undo_import import undo_import
from zhiheng_web.ledgers.actions.write_import import LedgerChanged, write_import
from zhiheng_web.ledgers.importing.template import template
from zhiheng_web.ledgers.masking import is_masked, mask, mask_name
from zhiheng_web.ledgers.models import FOREVER, EntryImport, EntryVersion, Person, Register
from zhiheng_web.ledgers.writing import Draft, line_of, write, write_many
from zhiheng_web.trail.action import Refusal
from zhiheng_web.trail.models import TrailRecord

Upload = Callable[..., EntryImport]
CONTACT = {"name": "person", "zh": "联系人", "en": "Contact", "kind": "person"}
PHONE = {"name": "phone", "zh": "电话", "en": "Telephone", "kind": "word", "visibility": "personal"}
PRICE = {"name": "price", "zh": "底价", "en": "Lowest price", "kind": "word", "visibility": "trade_secret"}
WIDE = [*HEADINGS, "联系人", "联系人证件号码", "电话", "底价"]
IDENTITY = "11010519491231002X"


@pytest.fixture
def wide(register: Register) -> Register:
    register.definition = {**register.definition, "columns": [*register.definition["columns"], CONTACT, PHONE, PRICE]}
    register.save()
    return register


def counts(batch: EntryImport) -> tuple[int, int, int, int]:
    return batch.made, batch.changed, batch.same, batch.faulty


def only(number: str = "3713020000000001") -> EntryVersion:
    return EntryVersion.objects.get(number=number, known_until=FOREVER)


def exported(client: Client, register: Register, kind: str) -> bytes:
    answer = client.get(f"/ledgers/{register.pk}/entries.{kind}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_people_and_sealed_columns_come_back_as_they_are(
    signed_in: Callable[[str], Client], wide: Register, upload: Upload, viewer: Any, kind: str
) -> None:
    rows = [[*row(1), "张三", IDENTITY, "13812345678", "八十万"], [*row(2, 备注="=1+1"), "李四", "", "", ""]]
    write_import(viewer("jixiao"), upload(viewer("jixiao"), sheet(rows, WIDE)).pk)
    people = set(Person.objects.values_list("pk", flat=True))
    file = exported(signed_in("jixiao"), wide, kind)
    batch = upload(viewer("jixiao"), file, f"导出.{kind}")
    assert (counts(batch), list(batch.fault_rows.values_list("cell", "text_zh"))) == ((0, 0, 2, 0), [])
    assert batch.choices["columns"]
    write_import(viewer("jixiao"), batch.pk)
    assert set(Person.objects.values_list("pk", flat=True)) == people
    assert exported(signed_in("jixiao"), wide, kind) == file


def test_a_masked_cell_replaces_nothing_and_makes_nothing(wide: Register, upload: Upload, viewer: Any) -> None:
    write_import(viewer("jixiao"), upload(viewer("jixiao"), sheet([[*row(1), "张三", "", "13812345678", "八十万"]], WIDE)).pk)
    masked = ["张*", "", "138****5678", "＊＊＊"]
    batch = upload(viewer("jixiao"), sheet([[*row(1, 合同名称="改名"), *masked]], WIDE))
    assert counts(batch) == (0, 1, 0, 0)
    write_import(viewer("jixiao"), batch.pk)
    assert (only().title, only().person.name, only().sealed) == ("改名", "张三", {"phone": "13812345678", "price": "八十万"})
    new = upload(viewer("jixiao"), sheet([[*row(2), *masked]], WIDE))
    assert [(fault.code, fault.cell) for fault in new.fault_rows.all()] == [("masked", "K2"), ("masked", "M2"), ("masked", "N2")]
    assert Person.objects.count() == 1


@pytest.mark.parametrize("words", ["13812345678", IDENTITY, "1985-03-02", "zhang@linyi.cn", "沂蒙路12号之三", "AB1234567890"])
def test_what_masking_gives_is_known_as_masked(words: str) -> None:
    assert is_masked(mask(words))
    assert not is_masked(words)
    assert is_masked(mask_name("欧阳三"))
    assert not is_masked("5*3")


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "-", "+86", "@x", "''=x", "'甲", "甲'=1", "", "'"])
def test_an_apostrophe_of_a_csv_goes_as_it_came(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert len(text) == 1 or not guarded(text).startswith(("=", "+", "-", "@")), "one sign alone is no formula"


@pytest.mark.parametrize("title", ["=SUM(A1)", "'=甲", "@某"])
def test_a_text_that_looks_like_a_formula_comes_back(
    signed_in: Callable[[str], Client], register: Register, upload: Upload, viewer: Any, title: str
) -> None:
    write_import(viewer("jixiao"), upload(viewer("jixiao"), sheet([row(1, 合同名称=title)])).pk)
    file = exported(signed_in("jixiao"), register, "csv")
    assert f"'{title}" in file.decode("utf-8-sig")
    batch = upload(viewer("jixiao"), file, "导出.csv")
    assert counts(batch) == (0, 0, 1, 0)


def test_as_many_rows_but_others_are_not_written(upload: Upload, viewer: Any) -> None:
    write_import(viewer("jixiao"), upload(viewer("jixiao"), sheet([row(1), row(2)])).pk)
    mine = upload(viewer("jixiao"), sheet([row(1, 合同名称="甲"), row(2)]))
    correct_entry(viewer("jixiao"), only().entry_id, {"title": "乙"}, reason="核对后更正")
    with pytest.raises(LedgerChanged) as changed:
        write_import(viewer("jixiao"), mine.pk)
    assert "条数相同" in changed.value.text.zh
    assert only().title == "乙"
    mine.refresh_from_db()
    assert counts(mine) == (0, 1, 1, 0)


def test_nothing_is_written_before_what_is_known(upload: Upload, viewer: Any) -> None:
    write_import(viewer("jixiao"), upload(viewer("jixiao"), sheet([row(1)])).pk)
    batch = upload(viewer("jixiao"), sheet([row(1, 合同名称="早")]))
    early = replace(viewer("jixiao"), at=datetime(2019, 12, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
    with pytest.raises(Refusal) as refused:
        write_import(early, batch.pk)
    assert refused.value.code == "earlier"
    assert "3713020000000001" in refused.value.text.zh
    assert EntryVersion.objects.count() == 1


def test_an_earlier_template_is_told(signed_in: Callable[[str], Client], register: Register, upload: Upload, viewer: Any) -> None:
    def filled(definition: Any, made_for: Register) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(template(made_for, definition)))
        for column, value in enumerate(row(1), start=1):
            book.worksheets[0].cell(2, column, value or None)
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    old = filled(CONTRACTS, register)
    assert upload(viewer("jixiao"), old).choices["template"] == "this"
    register.edition += 1
    register.save()
    batch = upload(viewer("jixiao"), old, "旧.xlsx")
    assert batch.choices["template"] == "earlier"
    page = signed_in("jixiao").get(f"/imports/{batch.pk}/").content.decode()
    assert "较早的模板" in page
    assert "空白的格" in page
    assert upload(viewer("jixiao"), sheet([row(1)])).choices["template"] == ""


def xls(lines: Sequence[Sequence[Any]]) -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("合同")
    for index, line in enumerate(lines):
        for column, value in enumerate(line):
            page.write(index, column, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods(lines: Sequence[Sequence[Any]]) -> bytes:
    book = OpenDocumentSpreadsheet()
    table = Table(name="合同")
    for line in lines:
        drawn = TableRow()
        for value in line:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            drawn.addElement(cell)
        table.addElement(drawn)
    book.spreadsheet.addElement(table)
    target = io.BytesIO()
    book.write(target)
    return target.getvalue()


@pytest.mark.parametrize(("made", "suffix"), [(xls, "xls"), (ods, "ods")])
def test_sheets_of_other_programs_are_imported(made: Callable[..., bytes], suffix: str, upload: Upload, viewer: Any) -> None:
    batch = upload(viewer("jixiao"), made([HEADINGS, row(1), row(2, 登记日期="2020年2月9日"), row(3, 合同类型="无此类")]), f"合同.{suffix}")
    assert (batch.refusal_zh, counts(batch)) == ("", (2, 0, 0, 1))
    assert [(fault.cell, fault.code) for fault in batch.fault_rows.all()] == [("C4", "choice")]


def test_rows_written_as_they_are_say_the_same_as_versions(register: Register, viewer: Any, upload: Upload) -> None:
    """The digest of the trail and the rows do not depend on how they were written."""
    write_import(viewer("jixiao"), upload(viewer("jixiao"), sheet([row(1, 备注="甲"), row(2, 县区="")])).pk)
    record = TrailRecord.objects.get(action="ledgers.write_import")
    lines = sorted(line_of(version) for version in EntryVersion.objects.all())
    assert record.after == hashlib.sha256("\n".join(lines).encode()).hexdigest()
    at = viewer("jixiao").now()
    draft = Draft({"number": "3713020000000009", "title": "九", "remark": "丁"}, "registered", key="九")
    many = write_many(register, [draft], at=at, by=None, change="imported")
    few = write(register, [replace(draft, key="十")], at=at, by=None, change="imported")
    one, other = EntryVersion.objects.get(entry__key="九"), EntryVersion.objects.get(pk=few[0].pk)
    assert many == [line_of(one)]
    differ = {"id", "entry_id", "counts_as"}
    names = [field.attname for field in EntryVersion._meta.concrete_fields if field.attname not in differ]
    assert [getattr(one, name) for name in names] == [getattr(other, name) for name in names]


def test_undoing_names_each_entry_once(register: Register, upload: Upload, viewer: Any) -> None:
    write_import(viewer("jixiao"), upload(viewer("jixiao"), sheet([row(1), row(2)])).pk)
    batch = upload(viewer("jixiao"), sheet([row(2, 合同名称="改"), row(3), row(4)]))
    write_import(viewer("jixiao"), batch.pk)
    undo_import(viewer("jixiao"), batch.pk, "传错")
    found = {
        version.number[-1]: (version.standing, version.title, version.change)
        for version in EntryVersion.objects.filter(known_until=FOREVER)
    }
    assert found == {
        "1": ("confirmed", "合同1", "imported"), "2": ("confirmed", "合同2", "restored"),
        "3": ("revoked", "合同3", "revoked"), "4": ("revoked", "合同4", "revoked"),
    }  # fmt: skip
    record = TrailRecord.objects.get(action="ledgers.undo_import")
    assert (record.details["revoked"], record.details["restored"]) == (2, 1)
    lines = sorted(line_of(version) for version in EntryVersion.objects.filter(change__in=["revoked", "restored"]))
    assert record.after == hashlib.sha256("\n".join(lines).encode()).hexdigest()
