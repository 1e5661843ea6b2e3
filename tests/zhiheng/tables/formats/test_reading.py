"""Every file type, and what is no table: content decides, and every refusal is a value with a place."""

from __future__ import annotations

import os
import socket
import string
from pathlib import Path

import pytest
from tests.zhiheng.tables.formats import samples

from zhiheng.tables.formats import read
from zhiheng.tables.formats.limits import MAX_FILE
from zhiheng.tables.formats.problems import listed, refused, wordings
from zhiheng.tables.grid import Refused, Source, Span

TABLES = {"xlsx", "xls", "ods", "docx", "html", "spreadsheetml", "mht", "pdf"}


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def answer(path: Path) -> str:
    """The code of the refusal; its wording must be complete in both languages."""
    with pytest.raises(Refused) as caught:
        read(path)
    problem = caught.value.problem
    assert problem.place.file == path.name
    for language in ("zh", "en"):
        assert path.name in wordings()[problem.code][language].format(**dict(problem.parameters))
    return problem.code


@pytest.mark.parametrize("name", samples.EVERY)
def test_the_same_table_comes_out_of_every_file_type(tmp_path: Path, name: str) -> None:
    source = read(put(tmp_path, name, samples.EVERY[name]()))
    (grid,) = source.grids
    if source.format in TABLES:
        assert grid.rows == samples.MERGED
        assert grid.spans == (Span(1, 0, 2, 0),)
        assert grid.aligned
    else:
        assert grid.rows == samples.ROWS
        assert grid.aligned == (source.format != "ofd")
    assert grid.numbers == (1, 2, 3)
    assert source.problems == ()
    assert source.file == name
    if source.format in {"docx", "html", "pdf", "mht"}:
        assert grid.before == ("部门整体支出绩效目标",)
        assert grid.after == ("填报人:某某",)


@pytest.mark.parametrize("name", samples.EVERY)
def test_the_name_does_not_decide(tmp_path: Path, name: str) -> None:
    told = read(put(tmp_path, name, samples.EVERY[name]()))
    misnamed = read(put(tmp_path, "名字 有空格.dat", samples.EVERY[name]()))
    assert misnamed.grids == told.grids
    assert misnamed.format == told.format
    assert misnamed.file == "名字 有空格.dat"


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.ods", "a.ofd", "a.pdf", "a.xls"])
def test_a_file_cut_off_is_refused(tmp_path: Path, name: str) -> None:
    data = samples.EVERY[name]()
    assert answer(put(tmp_path, name, data[: len(data) // 2])) in {"file-cut", "empty", "file-damaged"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "picture"),
        (b"BM" + bytes(60), "picture"),
        (b"Rar!\x1a\x07\x00" + bytes(40), "archive"),
        (b"\x1f\x8b\x08" + bytes(40), "archive"),
        (bytes(range(256)) * 8, "binary"),
        (b"MZ" + bytes(500), "binary"),
        (samples.zipped({"a.txt": "x"}), "archive"),
        (samples.zipped({}), "archive"),
        (samples.zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}), "format-unknown"),
        (samples.zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"x"}), "format-binary"),
        (b"<?xml version='1.0'?><plan/>", "xml-unknown"),
        (b"<?xml version='1.0'?><plan>", "xml-damaged"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    assert answer(put(tmp_path, "x.xlsx", data)) == code


def test_words_that_begin_like_a_picture_are_text(tmp_path: Path) -> None:
    assert read(put(tmp_path, "a.txt", b"BMI index\nweight")).format == "text"


def test_paths_that_are_no_file(tmp_path: Path) -> None:
    assert answer(tmp_path / "没有.xlsx") == "file-missing"
    assert answer(tmp_path) == "not-a-file"
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert answer(tmp_path / "loop") == "file-unreadable"
    (tmp_path / "nowhere").symlink_to(tmp_path / "没有")
    assert answer(tmp_path / "nowhere") == "file-missing"
    os.mkfifo(tmp_path / "pipe")
    assert answer(tmp_path / "pipe") == "not-a-file"
    with pytest.raises(Refused):
        read(Path("nul\x00byte"))
    with pytest.raises(Refused):
        read(tmp_path / ("长" * 300))


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    put(tmp_path, "real.txt", samples.tsv())
    (tmp_path / "链接.txt").symlink_to(tmp_path / "real.txt")
    assert read(tmp_path / "链接.txt").grids[0].rows == samples.ROWS


def test_a_socket_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("s")
        assert answer(Path("s")) == "not-a-file"


def test_a_file_one_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.txt", b"x")

    def closed(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", closed)  # a superuser may read everything, so the refusal is staged
    assert answer(path) == "file-closed"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(1_000_000_000)
    assert answer(path) == "too-large"


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhiheng.tables.formats.reading.MAX_FILE", 10)
    path = put(tmp_path, "a.txt", b"x" * 5)
    status = path.stat()
    path.write_bytes(b"x" * 50)
    monkeypatch.setattr(Path, "stat", lambda *_, **__: status)
    assert answer(path) == "too-large"


@pytest.mark.parametrize("mark", ["\t", "|", ",", "\n"])
def test_a_hundred_megabytes_of_separators_are_refused_unbuilt(tmp_path: Path, mark: str) -> None:
    data = (mark * (MAX_FILE // 20) + "a\n|b|").encode()
    assert answer(put(tmp_path, "a.csv" if mark == "," else "a.txt", data)) in {"too-many-columns", "too-many-rows"}


def test_a_cell_as_long_as_a_book_is_refused(tmp_path: Path) -> None:
    assert answer(put(tmp_path, "a.txt", b"a" * 300_000)) == "cell-too-long"


def test_one_long_text_repeated_in_every_cell_is_refused(tmp_path: Path) -> None:
    strings = f"<sst xmlns='urn:x'><si><t>{'长' * 30_000}</t></si></sst>"
    rows = "<row>" + "<c t='s'><v>0</v></c>" * 9000 + "</row>"
    data = samples.sheet_xml(rows, members={"xl/sharedStrings.xml": strings})
    assert len(data) < 50_000
    assert answer(put(tmp_path, "a.xlsx", data)) == "text-too-long"


@pytest.mark.parametrize(
    "data",
    [
        b"<table" * 200_000,
        b"Key: value\r\n" * 20_000,
        "<p>\u3000\n".encode() + "\u3000\n".encode() * 100_000,
        b"<html>" + b"<p>" * 300_000,
        b"<html>" + b"<a b=" * 100_000,
        b"<html>" + b"<!--" * 100_000,
        b"<html>" + b"&a" * 300_000,
        b"<html>" + b"</p>" * 300_000,
        b"|" * 100_000 + b"-" * 50_000 + b"\n|x|\n",
        b"| ---" * 30_000 + b"\n|x|y|\n",
        b'"' * 100_000 + b"\t\n\t",
    ],
    ids=lambda data: repr(data[:14]),
)
def test_texts_made_to_be_slow_are_not(tmp_path: Path, data: bytes) -> None:
    """Each of these takes minutes in a reader that goes back for every character."""
    try:
        read(put(tmp_path, "a.txt", data))
    except Refused as refusal:
        assert refusal.problem.code in wordings()  # noqa: PT017 - either answer will do


def test_whatever_a_reader_throws_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Source:
        raise ZeroDivisionError

    monkeypatch.setattr("zhiheng.tables.formats.xlsx.read_xlsx", broken)
    assert answer(put(tmp_path, "a.xlsx", samples.xlsx())) == "file-damaged"


def test_every_wording_says_what_where_and_what_to_do() -> None:
    for code, wording in wordings().items():
        assert set(wording) == {"zh", "en"}, code
        assert "{file}" in wording["zh"], code
        assert "{file}" in wording["en"], code
        assert wording["zh"].endswith("。"), code
        fields = [{name for _, name, _, _ in string.Formatter().parse(wording[language]) if name} for language in ("zh", "en")]
        assert fields[0] == fields[1], code


def test_every_code_in_the_source_has_a_wording_and_every_wording_a_use() -> None:
    folder = Path(__file__).parents[4] / "src/zhiheng/tables/formats"
    text = "".join(path.read_text("utf-8") for path in sorted([*folder.glob("*.py"), *folder.parent.glob("*.py")]))
    assert not [code for code in wordings() if f'"{code}"' not in text]


def test_long_lists_are_counted_not_written_out() -> None:
    assert listed(["A1", "B2"]) == "A1、B2"
    assert listed([f"A{n}" for n in range(100)]).endswith("…(+80)")
    assert refused("empty", "a.txt").problem.parameters == (("file", "a.txt"),)
