"""Old workbooks, written by xlwt: figures as shown, merges, hidden things, and the compound file around them."""

from __future__ import annotations

import datetime
import io
import struct
from pathlib import Path

import pytest
import xlwt
from tests.zhiheng.tables.formats import samples

from zhiheng.tables.formats import read
from zhiheng.tables.formats.ole import Compound
from zhiheng.tables.formats.xls import read_xls
from zhiheng.tables.grid import Refused, Span


def saved(book: xlwt.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def style(code: str) -> xlwt.XFStyle:
    return xlwt.easyxf(num_format_str=code)


def test_figures_are_what_the_sheet_shows() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    values: list[tuple[object, str]] = [
        (0.95, "0%"), (5364.0, "0.00"), (5364, "General"), (0.1 + 0.2, "General"), (datetime.date(2020, 6, 30), 'yyyy"年"m"月"d"日"'),
        (True, "General"), ("甲\r\n乙", "@"), ("丙", '@"(章)"'), (1234.5, "#,##0.00"), (274.66, "General"),
    ]  # fmt: skip
    for column, (value, code) in enumerate(values):
        sheet.write(2, column, value, style(code))
    (grid,) = read_xls(saved(book), "f").grids
    assert grid.rows[2] == ("95%", "5364.00", "5364", "0.3", "2020年6月30日", "TRUE", "甲\n乙", "丙(章)", "1,234.50", "274.66")
    assert grid.numbers == (1, 2, 3)


def test_merges_errors_and_what_is_hidden() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    sheet.write_merge(0, 1, 0, 2, "标题")
    sheet.write(2, 0, "a")
    sheet.write(3, 1, "b")
    sheet.write(4, 2, 7, style(";;;"))
    sheet.row(4).set_cell_error(0, 0x07)
    sheet.row(4).set_cell_error(1, 0x17)
    sheet.row(3).hidden = True
    sheet.row(6).hidden = True
    sheet.col(1).hidden = True
    sheet.col(9).hidden = True
    book.add_sheet("空")
    book.add_sheet("二").write(0, 0, "x")
    book.get_sheet(2).visibility = 1
    source = read_xls(saved(book), "f")
    first, second = source.grids
    assert first.spans == (Span(0, 0, 1, 2),)
    assert first.rows[4] == ("#DIV/0!", "#REF!", "")
    assert second.sheet == "二"
    told = [(problem.code, problem.place.sheet, dict(problem.parameters).get("places")) for problem in source.problems]
    assert told == [
        ("cell-error", "一", None), ("cell-error", "一", None), ("values-hidden", "一", "C5=7"), ("rows-hidden", "一", "4"),
        ("columns-hidden", "一", "B"), ("sheet-hidden", "二", None),
    ]  # fmt: skip


def test_formulas_that_were_never_computed_are_told() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "x")
    sheet.write(1, 1, xlwt.Formula("1/0"))
    (told,) = read_xls(saved(book), "f").problems
    assert (told.code, dict(told.parameters)["places"]) == ("formulas-blank", "B2")


def test_dates_from_1904() -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    book.add_sheet("表").write(0, 0, 1, style("yyyy-mm-dd"))
    assert read_xls(saved(book), "f").grids[0].rows == (("1904-01-02",),)


def test_an_empty_workbook_and_one_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    book = xlwt.Workbook()
    book.add_sheet("表")
    data = saved(book)
    for code in ("empty", "too-large"):
        with pytest.raises(Refused) as caught:
            read_xls(data, "f")
        assert caught.value.problem.code == code
        monkeypatch.setattr("zhiheng.tables.formats.xls.MAX_LEGACY", 10)


def test_a_workbook_named_et_and_one_without_a_compound_file(tmp_path: Path) -> None:
    data = samples.xls()
    path = tmp_path / "绩效表.et"
    path.write_bytes(data)
    assert read(path).grids[0].rows == samples.MERGED
    import xlrd

    compound = xlrd.compdoc.CompDoc(data, logfile=io.StringIO())
    memory, base, size = compound.locate_named_stream("Workbook")
    path.write_bytes(memory[base : base + size])
    assert read(path).grids[0].rows == samples.MERGED


def compound(name: str, *, flags: int = 0, other: str = "") -> bytes:
    """A compound file of one stream, written by hand after [MS-CFB]."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", header, 44, 1, 1, 0, 0x1000, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFF] * 125)

    def entry(text: str, kind: int, left: int, child: int, first: int) -> bytes:
        raw = bytearray(128)
        encoded = text.encode("utf-16-le")
        raw[: len(encoded)] = encoded
        struct.pack_into("<HBB", raw, 64, len(encoded) + 2 if text else 0, kind, 1)
        struct.pack_into("<III", raw, 68, left, 0xFFFFFFFF, child)
        struct.pack_into("<I", raw, 116, first)
        return bytes(raw)

    top = entry("Root Entry", 5, 0xFFFFFFFF, 1, 0xFFFFFFFE)
    listing = top + entry(name, 2, 2 if other else 0xFFFFFFFF, 0xFFFFFFFF, 2) + entry(other, 2, 1, 0xFFFFFFFF, 2) + bytes(128)
    head = bytearray(512)
    struct.pack_into("<H", head, 10, flags)
    return bytes(header) + fat + listing + bytes(head)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (compound("EncryptedPackage"), "encrypted"),
        (compound("x", other="EncryptionInfo"), "encrypted"),
        (compound("WordDocument", flags=0x0100), "encrypted"),
        (compound("PowerPoint Document"), "format-unknown"),
        (compound("WordDocument")[:700], "file-cut"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, "file-cut"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-cut"),
        (compound("Workbook"), "file-cut"),
    ],
)
def test_compound_files_that_are_not_read(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    with pytest.raises(Refused) as caught:
        read(path)
    assert caught.value.problem.code in {code, "file-damaged" if code == "file-cut" else code}


def test_kinds_of_compound_files() -> None:
    assert Compound(samples.xls(), "f").kind() == "xls"
    assert Compound(compound("WordDocument"), "f").kind() == "doc"
    assert Compound(compound("Book", other="WordDocument"), "f").kind() == "xls"


def test_a_directory_that_turns_in_circles_ends() -> None:
    data = bytearray(compound("WordDocument", other="y"))
    struct.pack_into("<I", data, 68, 0)
    struct.pack_into("<I", data, 72, 0xFFFFFF)
    assert Compound(bytes(data), "f").kind() == "doc"
    struct.pack_into("<I", data, 68, 3)
    assert Compound(bytes(data), "f").names == {"WordDocument", "y"}


def test_a_list_of_sectors_that_names_itself_ends() -> None:
    """Found by the mutating search: it once took seconds and most of the memory."""
    data = bytearray(samples.xls())
    struct.pack_into("<IIII", data, 60, 0, 0xFFFFFFFF, 0, 0xFFFFFFFF)
    reader = Compound(bytes(data), "f")
    assert len(reader._fat) <= len(data)


def test_a_locked_workbook(tmp_path: Path) -> None:
    data = samples.xls()
    at = data.index(b"\x09\x08\x10\x00")
    size = 4 + 16
    locked = data[: at + size] + b"\x2f\x00\x06\x00" + bytes(6) + data[at + size + 10 :]
    path = tmp_path / "a.xls"
    path.write_bytes(locked)
    with pytest.raises(Refused) as caught:
        read(path)
    assert caught.value.problem.code == "encrypted"


def test_macros_are_told() -> None:
    data = samples.xls() + "_VBA_PROJECT_CUR".encode("utf-16-le").ljust(512, b"\x00")
    assert [problem.code for problem in read_xls(data, "f").problems] == ["macros"]
