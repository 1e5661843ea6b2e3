"""涉密不上网: what carries a mark is refused, ordinary prose about secrecy is not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook

from zhiheng_web.secrecy import mark_in, refuse_marked_file, refuse_marked_text
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

LINYI = Path(__file__).parents[2] / "examples" / "linyi-2020" / "table.txt"
WHERE = Text("备注", "the remark")
MARKED = (
    "机密★1年", "绝密★", "秘密★长期", "机 密 ★ 5年", "秘密 ☆ 10年", "机密级★1年", "机密*1年", "【秘密】", "〔机密〕", "[绝密]",
    "【机密★1年】", "密级：秘密", "密级: 机密", "标题\n机密\n正文", "秘　密", "（绝密）", "  绝密  ", "機密★1年", "机\u200b密★1年",
    "专项规划（草案）秘密★3年", "★秘密",
)  # fmt: skip
PLAIN = (
    "保密", "商业秘密", "保守国家秘密", "做好保密审查和机密性评估", "涉及技术秘密的合同", "《中华人民共和国保守国家秘密法》",
    "技术秘密转让5项", "开展机密文件清退", "绝密事项零发生", "密级：公开", "密级：□公开 □秘密 □机密",
    "秘密点确认书", "完成★标重点任务", "商业秘密★为重点", "", "密",
    "密级：秘密/机密（按需勾选）", "签订保密协议（含商业秘密）",
)  # fmt: skip


@pytest.mark.parametrize("text", MARKED)
def test_a_mark_is_found(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        refuse_marked_text(text, WHERE)
    assert refused.value.status == 400
    assert "备注" in refused.value.text.zh
    assert "the remark" in refused.value.text.en


@pytest.mark.parametrize("text", PLAIN)
def test_prose_passes(text: str) -> None:
    refuse_marked_text(text, WHERE)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def word(body: str = "正文", header: str = "", cell: str = "") -> bytes:
    document = Document()
    document.add_paragraph(body)
    document.sections[0].header.paragraphs[0].text = header
    if cell:
        document.add_table(1, 2).cell(0, 1).text = cell
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(cell: str = "指标", sheet: str = "表", header: str = "") -> bytes:
    book = Workbook()
    page = book.active
    page.title, page["B2"] = sheet, cell
    page.oddHeader.right.text = header
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def split_word() -> bytes:
    """The mark set in two runs, as Word writes it once somebody has changed a letter."""
    document = Document()
    paragraph = document.add_paragraph()
    for run in ("机", "密", "★", "1年"):
        paragraph.add_run(run)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("机密-预算.txt", b"a"),
        ("【秘密】预算.txt", b"a"),
        ("预算（秘密）.txt", b"a"),
        ("机密★1年.txt", b"a"),
        ("a.txt", "秘密★10年\n正文".encode()),
        ("a.txt", "秘密★10年\n正文".encode("gb18030")),
        ("a.docx", word("机密★1年")),
        ("a.docx", word(header="秘密★1年")),
        ("a.docx", word(cell="【机密】")),
        ("a.docx", split_word()),
        ("a.xlsx", workbook("绝密★")),
        ("a.xlsx", workbook(header="机密★1年")),
        ("a.bin", workbook("绝密★")),
    ],
)
def test_a_marked_file_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        refuse_marked_file(upload(name, content))
    assert refused.value.code == "secrecy_mark"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("商业秘密保护.txt", "做好保密工作".encode()),
        ("保密审查表.docx", word("保守国家秘密", header="机密性评估")),
        ("a.xlsx", workbook("商业秘密", header="第 &P 页")),
        ("扫描件.png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
        ("空.txt", b""),
        ("坏.xlsx", b"PK\x03\x04" + bytes(20)),
    ],
)
def test_an_ordinary_file_passes_and_is_left_at_its_beginning(name: str, content: bytes) -> None:
    file = upload(name, content)
    refuse_marked_file(file)
    assert file.read() == content


def pdf(text: str) -> bytes:
    return typst.compile(f'#set text(font: "Noto Sans CJK SC")\n{text}'.encode(), format="pdf")


def test_a_marked_pdf_is_refused_and_an_ordinary_one_passes() -> None:
    refuse_marked_file(upload("a.pdf", pdf("保守国家秘密")))
    with pytest.raises(Invalid):
        refuse_marked_file(upload("a.pdf", pdf("机密★1年")))


def test_the_real_table_passes() -> None:
    refuse_marked_file(LINYI)
    assert mark_in(LINYI.read_text("utf-8")) is None


def test_a_file_that_nobody_can_open_is_refused() -> None:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
    assert names
    locked = bytearray(out.getvalue())
    at = -1
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(signature)
        while at >= 0:
            locked[at + place] |= 1
            at = locked.find(signature, at + 4)
    with pytest.raises(Invalid) as refused:
        refuse_marked_file(upload("加密.xlsx", bytes(locked)))
    assert refused.value.code == "locked_file"
