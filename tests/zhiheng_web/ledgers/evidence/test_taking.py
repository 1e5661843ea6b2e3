"""A file is taken as what it is: every kind by its content, everything else refused with what to do."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.zhiheng_web.ledgers.evidence.files import archive, docx, jpg, pdf, pdf_saying, png, tiff, upload

from zhiheng_web.ledgers.evidence_store.pictures import picture_of
from zhiheng_web.ledgers.evidence_store.storing import LocalStore, key_of, store, verified
from zhiheng_web.ledgers.evidence_store.taking import take
from zhiheng_web.trail.action import Invalid, Refusal

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stored(folder: Path) -> list[Path]:
    return [path for path in (folder / "evidence").rglob("*") if path.is_file()] if (folder / "evidence").exists() else []


@pytest.mark.parametrize(
    ("name", "content", "media", "pages"),
    [
        ("扫描.pdf", pdf(("white", "red")), "application/pdf", 2),
        ("图.png", png(), "image/png", 1),
        ("图.JPG", jpg(), "image/jpeg", 1),
        ("传真.tif", tiff(3), "image/tiff", 3),
        ("函.docx", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", None),
        ("文件.ofd", archive(OFD__xml="<x/>").replace(b"OFD/xml", b"OFD.xml"), "application/ofd", None),
    ],
)
def test_what_a_file_is_shows_in_its_content(folder: Path, name: str, content: bytes, media: str, pages: int | None) -> None:
    taken = take(upload(name, content))
    assert (taken.media_type, taken.pages, taken.size) == (media, pages, len(content))
    assert taken.name == name
    (kept,) = stored(folder)
    assert kept.read_bytes() == content
    assert kept.relative_to(folder / "evidence").as_posix() == taken.key == f"{taken.sha256[:2]}/{taken.sha256[2:4]}/{taken.sha256}"


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("合同.pdf", docx(), "wrong_type", "Word"),
        ("合同.pdf", png(), "wrong_type", "PNG"),
        ("图.png", b"<html><script>alert(1)</script></html>", "wrong_type", "网页"),
        ("图.png", b"MZ\x90\0" + b"\0" * 100, "wrong_type", "可执行程序"),
        ("说明.txt", "你好".encode(), "type_not_taken", "打印为 PDF"),
        ("页面.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "type_not_taken", "公开网址"),
        ("材料.zip", archive(a="1"), "type_not_taken", "解压"),
        ("函.docx", docx(macros=True), "type_not_taken", "不带宏"),
        ("扫描.pdf", pdf()[:200], "broken_file", "重新导出"),
        ("图.png", png(size=(300, 300))[:-60], "broken_file", "损坏"),
        ("函.docx", docx()[:500], "broken_file", "损坏"),
        ("空.pdf", b"", "empty_file", "空"),
        ("机密-方案.pdf", pdf(), "secrecy_mark", "涉密"),
        ("方案.pdf", pdf_saying("机密★1年"), "secrecy_mark", "第 1 页"),
        ("方案.docx", docx("密级：秘密"), "secrecy_mark", "涉密"),
    ],
)
def test_what_may_not_be_evidence_is_refused_with_the_remedy(folder: Path, name: str, content: bytes, code: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        take(upload(name, content))
    assert refused.value.code == code
    assert words in refused.value.text.zh
    assert stored(folder) == []


def test_too_large_is_said_with_the_limit(settings: Any, folder: Path) -> None:
    settings.LARGEST_UPLOAD = 2**20
    with pytest.raises(Invalid, match="1 MB"):
        take(upload("图.png", png() + b"\0" * 2**20))
    assert stored(folder) == []


def test_a_kind_of_evidence_may_take_some_kinds_of_file_only() -> None:
    with pytest.raises(Invalid) as refused:
        take(upload("图.png", png()), ("pdf",))
    assert refused.value.text.zh.count("PDF") == 1
    assert take(upload("函.pdf", pdf()), ("pdf",)).pages == 1


def test_a_name_without_an_ending_or_with_a_folder_is_put_right() -> None:
    assert take(upload("C:\\扫描\\推荐函", pdf())).name == "推荐函.pdf"


def test_the_same_content_is_kept_once_and_a_damaged_copy_is_mended(folder: Path) -> None:
    first, again = take(upload("a.png", png())), take(upload("b.png", png()))
    assert first.sha256 == again.sha256
    (kept,) = stored(folder)
    kept.write_bytes(b"damaged")
    with pytest.raises(Refusal) as refused:
        verified(first.key, first.sha256, "a.png")
    assert refused.value.code == "evidence_damaged"
    take(upload("a.png", png()))
    assert verified(first.key, first.sha256, "a.png").read() == png()


def test_a_file_that_is_gone_is_said_in_words() -> None:
    with pytest.raises(Refusal, match="备份"):
        verified(key_of("ab" * 32), "ab" * 32, "函.pdf")


def test_a_disk_that_cannot_be_written_refuses_and_leaves_nothing(folder: Path) -> None:
    (folder / "evidence").write_text("a file where the folder should be")
    with pytest.raises(Refusal) as refused:
        take(upload("a.png", png()))
    assert refused.value.code == "store_unreachable"


def test_a_page_is_drawn_as_it_is() -> None:
    """The second page of a red-and-white scan is red; the third there is not."""
    import io

    from PIL import Image

    content = pdf(("white", "red"))
    drawn = Image.open(io.BytesIO(picture_of(io.BytesIO(content), "application/pdf", 2, 200, "x")))
    assert drawn.format == "JPEG"
    red = drawn.convert("RGB").getpixel((drawn.width // 2, drawn.height // 2))
    assert red[0] > 240
    assert red[1] < 20
    with pytest.raises(Refusal, match="没有第 3 页"):
        picture_of(io.BytesIO(content), "application/pdf", 3, 200, "x")
    frame = Image.open(io.BytesIO(picture_of(io.BytesIO(tiff(3)), "image/tiff", 3, 200, "x"))).convert("RGB").getpixel((5, 5))
    assert frame[0] > 60
    assert frame[1] < 20


class Clamd(socketserver.StreamRequestHandler):
    """A clamd that knows one virus: it reads INSTREAM as its manual says."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


@pytest.fixture
def clamd(settings: Any) -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.VIRUS_SCAN = f"clamd:127.0.0.1:{server.server_address[1]}"
        yield settings.VIRUS_SCAN
        server.shutdown()


@pytest.mark.usefixtures("clamd")
def test_an_infected_file_is_refused_and_not_stored(folder: Path) -> None:
    with pytest.raises(Invalid) as refused:
        take(upload("图.png", png() + EICAR))
    assert refused.value.code == "infected"
    assert "Eicar-Test-Signature" in refused.value.text.zh
    assert stored(folder) == []
    assert take(upload("图.png", png("blue", (600, 900)))).scanned == "clean"


def test_a_scanner_that_does_not_answer_refuses_unless_the_setting_says_otherwise(settings: Any, folder: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.VIRUS_SCAN = f"clamd:127.0.0.1:{unused.getsockname()[1]}"
    with pytest.raises(Refusal) as refused:
        take(upload("图.png", png()))
    assert refused.value.code == "scanner_unavailable"
    assert stored(folder) == []
    settings.VIRUS_SCAN_REQUIRED = False
    assert take(upload("图.png", png())).scanned == "unavailable"


def test_a_scanning_command_answers_by_its_exit_code(settings: Any, tmp_path: Path) -> None:
    import sys

    script = tmp_path / "scan.py"
    script.write_text("import sys\nbad = b'EICAR' in open(sys.argv[1], 'rb').read()\nprint('Eicar FOUND' if bad else 'ok')\nsys.exit(bad)")
    settings.VIRUS_SCAN = f"{sys.executable} {script}"
    assert take(upload("图.png", png())).scanned == "clean"
    with pytest.raises(Invalid, match="Eicar"):
        take(upload("图.png", png() + EICAR))
    settings.VIRUS_SCAN = f"{sys.executable} {tmp_path / 'absent.py'}"
    with pytest.raises(Refusal):
        take(upload("图.png", png()))


def test_the_local_store_names_what_it_has(folder: Path) -> None:
    taken = take(upload("图.png", png()))
    assert isinstance(store(), LocalStore)
    assert list(store().names()) == [(taken.key, len(png()))]
    store().remove(taken.key)
    assert stored(folder) == []
