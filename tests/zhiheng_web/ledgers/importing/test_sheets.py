"""Templates, headings, files of other systems, and the way out and back in."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.zhiheng_web.ledgers.importing.conftest import CONTRACTS, row, sheet

import zhiheng_kjj
from zhiheng.tables.formats.long_sheets import LongFile, words
from zhiheng_web.ledgers.actions.write_import import write_import
from zhiheng_web.ledgers.importing.foreign import mappings_of
from zhiheng_web.ledgers.importing.headings import matched
from zhiheng_web.ledgers.importing.sheet_columns import known_headings, plain, sheet_columns, unit_in
from zhiheng_web.ledgers.models import EntryImport, EntryVersion, Register

Upload = Callable[..., EntryImport]


def test_a_template_filled_in_is_imported_as_it_is(
    signed_in: Callable[[str], Client], register: Register, upload: Upload, viewer: Any
) -> None:
    answer = signed_in("jixiao").get(f"/ledgers/{register.pk}/template.xlsx")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    page = book.worksheets[0]
    headings = [cell.value for cell in page[1]]
    assert headings[0] == "合同登记编号*"
    assert "合同成交额（元）" in headings
    lists = [(one.sqref, one.formula1) for one in page.data_validations.dataValidation if one.type == "list"]
    assert any('"技术开发,技术服务"' in formula for _, formula in lists)
    assert len([one for one in page.data_validations.dataValidation if one.type == "date"]) == 1
    notes = [str(line[0]) for line in book["填表说明"].iter_rows(values_only=True) if line[0]]
    assert any(line.startswith("合同登记编号\nRegistration number") for line in notes)
    for column, value in enumerate(row(1), start=1):
        page.cell(2, column, value or None)
    target = io.BytesIO()
    book.save(target)
    batch = upload(viewer("jixiao"), target.getvalue())
    assert (batch.made, batch.faults) == (1, 0)


def test_the_same_register_gives_the_same_template(signed_in: Callable[[str], Client], register: Register) -> None:
    client = signed_in("jixiao")
    first, second = (client.get(f"/ledgers/{register.pk}/template.xlsx").content for _ in range(2))
    assert first == second


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_export_import_export_is_identical(
    signed_in: Callable[[str], Client], register: Register, upload: Upload, viewer: Any, kind: str
) -> None:
    content = sheet([row(1, 备注="第一\n第二", **{"合同成交额（万元）": "2.135"}), row(2, 合同类型="技术服务", 办理状态="已抽查", 县区="")])
    write_import(viewer("jixiao"), upload(viewer("jixiao"), content).pk)
    client = signed_in("jixiao")

    def exported() -> bytes:
        answer = client.get(f"/ledgers/{register.pk}/entries.{kind}")
        assert answer.status_code == 200
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    first = exported()
    batch = upload(viewer("jixiao"), first, f"导出.{kind}")
    faults = list(batch.fault_rows.values_list("cell", "text_zh"))
    assert (batch.made, batch.changed, batch.same, faults) == (0, 0, 2, []), batch.refusal_zh
    write_import(viewer("jixiao"), batch.pk)
    assert EntryVersion.objects.count() == 2
    assert exported() == first


def test_every_mapping_of_the_pack_names_columns_that_exist() -> None:
    import tomllib

    folder = Path(zhiheng_kjj.__file__).parent
    registers = {
        one["code"]: {column["name"] for column in one["columns"]}
        for file in sorted((folder / "registers").glob("*.toml"))
        for one in tomllib.loads(file.read_text("utf-8"))["registers"]
    }
    found = mappings_of(folder)
    assert {one.register for one in found} == {"technology_contract", "tech_sme"}
    for one in found:
        assert not one.verified
        names = {name.removesuffix("_name") for name in one.headings.values()}
        assert names <= registers[one.register], names - registers[one.register]


def test_headings_are_known_by_words_codes_and_units() -> None:
    known = known_headings(CONTRACTS)
    assert matched(["序号", "合同登记编号（必填）", "Contract", "合 同 类 型", "organisation", "合同成交额（万元）"], known) == {
        1: "number", 2: "title", 3: "category", 4: "organisation", 5: "amount",
    }  # fmt: skip
    assert (unit_in("成交额（万元）"), unit_in("有效期止（次日）"), plain("有效期止（次日）")) == ("万元", "", plain("有效期止(次日)"))
    assert plain("有效期止（次日）") != plain("有效期止")


def test_no_two_columns_of_a_sheet_are_called_alike() -> None:
    names = [plain(one.text.zh) for one in sheet_columns(CONTRACTS)]
    assert len(set(names)) == len(names)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_a_number_keeps_the_digits_that_a_sheet_has(value: float) -> None:
    text = words(value)
    assert "e" not in text
    assert float(text) == pytest.approx(value, rel=1e-14, abs=1e-300)


def test_a_number_longer_than_a_sheet_keeps_is_no_word(upload: Upload, viewer: Any) -> None:
    batch = upload(viewer("jixiao"), sheet([row(1, **{"合同登记编号*": 3713020000000001})]))
    assert (batch.fault_rows.get().cell, batch.fault_rows.get().code) == ("A2", "pattern")


def test_errors_of_a_formula_are_not_read_as_blank(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "错误.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write(2, 1, "a")
        page.write_formula(3, 1, "=1/0", None, "#DIV/0!")
    file = LongFile(path)
    assert [(found.number, list(found.cells)) for found in file.rows(file.sheets[0])] == [(3, ["", "a"]), (4, ["", "#DIV/0!"])]


def test_a_percentage_is_read_as_the_sheet_shows_it(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "比.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write(0, 0, 0.346, book.add_format({"num_format": "0.0%"}))
    file = LongFile(path)
    assert [list(found.cells) for found in file.rows(file.sheets[0])] == [["34.6%"]]
