"""PDF, set by Typst and by hand: ruled tables, text, scans, locked and endless files."""

from __future__ import annotations

import io
import json
import zlib
from pathlib import Path

import pytest
from tests.zhiheng.tables.formats import samples

from zhiheng.tables.formats import isolation, read
from zhiheng.tables.formats.pdf import read_pdf
from zhiheng.tables.grid import Refused, Span


def handmade(content: str, *, page: str = "", count: int = 1, filters: str = "", extra: str = "") -> bytes:
    """A PDF with one content for all pages; ``extra`` are further objects, from number 10 on."""
    raw = content.encode("latin-1")
    kids = " ".join(f"{3 + 0 * n} 0 R" for n in range(count))
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {count}>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R{page}>>",
        5: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in objects.items()).encode()
    body += f"4 0 obj\n<</Length {len(raw)}{filters}>>\nstream\n".encode() + raw + b"\nendstream\nendobj\n" + extra.encode("latin-1")
    return b"%PDF-1.4\n" + body + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


TEXT = "/Resources<</Font<</F 5 0 R>>>>"
IMAGE = "/Resources<</XObject<</I 10 0 R>>>>"
PICTURE = (
    "10 0 obj\n<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>\n"
    "stream\n0\nendstream\nendobj\n"
)


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_pdf(data, "f")
    return caught.value.problem.code


def test_ruled_tables_with_merges_and_wrapped_lines() -> None:
    long = "说明文字很长,要在单元格里换行才放得下," * 6
    source = f"""部门整体支出绩效目标表

单位:万元
#table(columns: (60pt, 60pt, 60pt, 1fr), table.cell(rowspan: 2)[职责], table.cell(colspan: 2)[参考值], [备注], [标准值], [历史值],
[{long}], [甲乙丙丁戊己庚辛], [108.43%], [5 家 \\ 6 家], [innovation voucher])
中间
#table(columns: 2, [一], [二], [], [三])
末尾"""
    (first, second), problems = read_pdf(samples.pdf_of(source), "f")
    assert first.rows == (
        ("职责", "参考值", "", "备注"),
        ("", "标准值", "历史值", long),
        ("甲乙丙丁戊己庚辛", "108.43%", "5 家\n6 家", "innovation voucher"),
    )
    assert first.spans == (Span(0, 0, 1, 0), Span(0, 1, 0, 2))
    assert (first.before, first.page, first.aligned) == (("部门整体支出绩效目标表", "单位:万元"), 1, True)
    assert (second.rows, second.before, second.after) == ((("一", "二"), ("", "三")), ("中间",), ("末尾",))
    assert problems == []


def test_latin_words_that_wrap_keep_their_space() -> None:
    source = "#table(columns: (80pt, 80pt), [technology innovation voucher platform], [x])"
    (grid,), _ = read_pdf(samples.pdf_of(source), "f")
    assert grid.rows[0][0] == "technology innovation voucher platform"


def test_a_table_over_pages_is_a_grid_for_each() -> None:
    rows = ",".join(f"[指标{n}], [{n}家]" for n in range(90))
    grids, _ = read_pdf(samples.pdf_of(f"#set page(height: 500pt)\n标题\n#table(columns: 2, {rows})"), "f")
    assert [grid.page for grid in grids] == list(range(1, len(grids) + 1))
    assert len(grids) > 2
    assert [row for grid in grids for row in grid.rows] == [(f"指标{n}", f"{n}家") for n in range(90)]


def test_text_is_read_line_by_line_with_wide_gaps_as_columns() -> None:
    grids, _ = read_pdf(samples.pdf_of("项目名称#h(80pt)科技创新券 \\ 第二行 hello world\n#pagebreak()\n第二页"), "f")
    assert [(grid.page, grid.rows) for grid in grids] == [(1, (("项目名称", "科技创新券"), ("第二行 hello world",))), (2, (("第二页",),))]
    assert not grids[0].aligned


def test_a_frame_around_a_text_is_no_table() -> None:
    grids, _ = read_pdf(samples.pdf_of("#rect(width: 80%)[框内文字说明]"), "f")
    assert (grids[0].rows, grids[0].aligned) == ((("框内文字说明",),), False)


def test_scans_and_blank_pages() -> None:
    assert refusal(handmade("q 600 0 0 800 0 0 cm /I Do Q", page=IMAGE, extra=PICTURE)) == "pdf-scan"
    assert refusal(handmade("")) == "pdf-blank"


def test_a_scanned_page_among_others_is_told() -> None:
    content = "q 600 0 0 800 0 0 cm /I Do Q"
    data = handmade(content, page=IMAGE, extra=PICTURE, count=1)
    text = "/Resources<</Font<</F 5 0 R>>>>/Contents 11 0 R"
    more = "6 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]" + text + ">>\nendobj\n"
    body = "BT /F 12 Tf 50 700 Td (Performance targets of a department) Tj ET"
    more += f"11 0 obj\n<</Length {len(body)}>>\nstream\n{body}\nendstream\nendobj\n"
    data = data.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[3 0 R 6 0 R]/Count 2").replace(b"trailer", more.encode() + b"trailer")
    (grid,), problems = read_pdf(data, "f")
    assert (grid.page, grid.rows) == (2, (("Performance targets of a department",),))
    assert [(problem.code, problem.place.page) for problem in problems] == [("page-scan", 1)]


def test_a_locked_file_is_refused() -> None:
    user, owner = "\\000" * 32, "\\001" * 32
    lock = f"9 0 obj\n<</Filter/Standard/V 1/R 2/O({owner})/U({user})/P -4>>\nendobj\n"
    data = handmade("x", extra=lock).replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 9 0 R/ID[(a)(a)]")
    assert refusal(data) == "encrypted"


def test_fonts_that_do_not_tell_their_characters() -> None:
    font = "/Resources<</Font<</F 10 0 R>>>>"
    extra = (
        "10 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/X"
        "/FontBBox[0 0 1 1]/Flags 4>>>>]>>\nendobj\n"
    )
    assert (
        refusal(handmade("BT /F 12 Tf 50 700 Td <0001000200030004000500060007000800090010001100120013> Tj ET", page=font, extra=extra))
        == "pdf-fonts"
    )


def test_pages_with_too_much_on_them(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(f"{x} 10 m {x} 700 l S\n" for x in range(50))
    text = "BT /F 12 Tf 50 700 Td (Performance targets of a department) Tj ET"
    monkeypatch.setattr("zhiheng.tables.formats.pdf.MAX_PAGE_EDGES", 40)
    assert refusal(handmade(lines + text, page=TEXT)) == "page-too-dense"
    monkeypatch.setattr("zhiheng.tables.formats.pdf.MAX_PAGE_OBJECTS", 10)
    assert refusal(handmade(text, page=TEXT)) == "page-too-dense"
    monkeypatch.setattr("zhiheng.tables.formats.pdf.MAX_PAGES", 0)
    assert refusal(handmade(text, page=TEXT)) == "too-many-pages"


def test_a_file_without_its_end_and_a_page_with_lost_data() -> None:
    text = "BT /F 12 Tf 50 700 Td (Performance targets of a department) Tj ET"
    grids, problems = read_pdf(handmade(text, page=TEXT).replace(b"%%EOF", b""), "f")
    assert grids[0].rows == (("Performance targets of a department",),)
    assert [problem.code for problem in problems] == ["pdf-end-missing"]
    packed = bytearray(zlib.compress(text.encode()))
    data = handmade(bytes(packed).decode("latin-1"), page=TEXT, filters="/Filter/FlateDecode")
    assert read_pdf(data, "f")[1] == []
    packed[-1] ^= 1  # the check sum
    grids, problems = read_pdf(handmade(bytes(packed).decode("latin-1"), page=TEXT, filters="/Filter[/FlateDecode]"), "f")
    assert [problem.code for problem in problems] == ["pdf-damaged"]
    assert len(grids) == 1
    for spoiled in (packed[:2] + b"\xff" * 40, packed[:-20]):
        lost = handmade(bytes(spoiled).decode("latin-1"), page=TEXT, filters="/Filter/FlateDecode")
        try:
            assert [problem.code for problem in read_pdf(lost, "f")[1]] == ["pdf-damaged"]
        except Refused as answer:
            code = answer.problem.code
        else:
            code = "file-cut"
        assert code == "file-cut"


def test_what_is_no_pdf_at_all() -> None:
    assert refusal(b"%PDF-1.7\nnothing") == "file-cut"


def test_reading_apart_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "表 格.pdf"
    path.write_bytes(samples.pdf())
    grids, problems = read_pdf(samples.pdf(), path.name)
    source = read(path)
    assert (source.grids, source.problems, source.file) == (grids, tuple(problems), path.name)
    path.write_bytes(handmade(""))
    with pytest.raises(Refused) as caught:
        read(path)
    assert caught.value.problem.code == "pdf-blank"


def test_a_page_that_calls_itself_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms that each call the next one ten times: 10 to the 12th steps from a kilobyte."""
    monkeypatch.setattr(isolation, "PDF_SECONDS", 2)
    forms = "".join(
        f"{n} 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {n + 1} 0 R>>>>/Length 60>>\n"
        f"stream\n{'/X Do ' * 10}\nendstream\nendobj\n"
        for n in range(10, 22)
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(handmade("/X Do", page="/Resources<</XObject<</X 10 0 R>>>>", extra=forms))
    with pytest.raises(Refused) as caught:
        read(path)
    assert caught.value.problem.code == "pdf-slow"


def test_a_page_that_unpacks_to_all_memory_is_refused_unopened() -> None:
    packed = zlib.compress(b" " * 120_000_000, 9)
    assert refusal(handmade(packed.decode("latin-1"), page=TEXT, filters="/Filter/FlateDecode")) == "archive-bomb"


def test_a_large_picture_is_no_bomb() -> None:
    packed = zlib.compress(b" " * 120_000_000, 9).decode("latin-1")
    image = PICTURE.replace("/Length 1>>", f"/Filter/FlateDecode/Length {len(packed)}>>").replace("\n0\n", f"\n{packed}\n")
    text = "BT /F 12 Tf 50 700 Td (Performance targets of a department) Tj ET"
    grids, _ = read_pdf(handmade(text, page=TEXT, extra=image), "f")
    assert grids[0].rows == (("Performance targets of a department",),)


def test_a_process_that_dies_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(samples.pdf())
    for order, fault in (("import sys; sys.exit(3)", "memory"), ("import os; os.abort()", "-6")):
        monkeypatch.setattr(isolation, "ORDER", ("-c", order))
        with pytest.raises(Refused) as caught:
            read(path)
        assert dict(caught.value.problem.parameters)["fault"] == fault


def test_the_process_reads_from_its_standard_input(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The same as in its own process, so that its failures can be staged."""
    bounds: list[tuple[int, ...]] = []
    monkeypatch.setattr("resource.setrlimit", lambda _, pair: bounds.append(pair))
    monkeypatch.setattr("sys.argv", ["x", "f"])
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(handmade(""))))
    assert isolation.main() == 0
    assert json.loads(capfdbinary.readouterr().out)["refused"]["code"] == "pdf-blank"
    assert bounds == [(isolation.PDF_MEMORY, isolation.PDF_MEMORY)]

    def no_bound(*_: object) -> None:
        raise ValueError

    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("resource.setrlimit", no_bound)
    monkeypatch.setattr(isolation, "read_pdf", full)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert isolation.main() == isolation.OUT_OF_MEMORY


def test_faults_of_the_reader_come_back_as_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(isolation, "read_pdf", broken)
    with pytest.raises(Refused) as caught:
        isolation.received(isolation.sent(b"", "f"), "f")
    assert dict(caught.value.problem.parameters) == {"file": "f", "format": "pdf", "fault": "ZeroDivisionError"}
    monkeypatch.setattr(isolation, "read_pdf", full)
    with pytest.raises(MemoryError):
        isolation.sent(b"", "f")
