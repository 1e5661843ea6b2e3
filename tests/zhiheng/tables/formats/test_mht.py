"""Web archives, written by Python's own mail package."""

from __future__ import annotations

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from zhiheng.tables.formats import read
from zhiheng.tables.formats.mht import read_mht
from zhiheng.tables.grid import Refused


def archive(*pages: bytes, charset: str = "utf-8") -> bytes:
    message = MIMEMultipart("related")
    message["From"] = "<Saved by a browser>"
    message["Subject"] = "绩效表"
    for page in pages:
        part = MIMEText("", "html", charset)
        part.set_payload(page)
        del part["Content-Transfer-Encoding"]
        from email import encoders

        encoders.encode_base64(part)
        message.attach(part)
    message.attach(MIMEImage(b"\x89PNG", "png"))
    return message.as_bytes()


def page(*cells: str) -> str:
    return "<html><body>前<table><tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr></table>后</body></html>"


def test_all_pages_in_order_in_their_own_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.mht"
    path.write_bytes(archive(page("甲", "乙").encode("gb18030"), b" ", b"<!-- -->", "<p>无表</p>".encode(), page("丙", "丁").encode()))
    source = read(path)
    assert source.format == "mht"
    assert [grid.rows for grid in source.grids] == [(("甲", "乙"),), (("丙", "丁"),)]
    assert source.grids[-1].after == ("后",)


def test_an_archive_without_a_table_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.mht"
    path.write_bytes(archive("<p>只有文字</p>".encode()))
    assert read(path).grids[0].rows == (("只有文字",),)


def test_too_many_pages_and_pages_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = b"<div>" * 5000 + b"x"
    with pytest.raises(Refused) as caught:
        read_mht(archive(deep), "f")
    assert caught.value.problem.code == "html-too-deep"
    monkeypatch.setattr("zhiheng.tables.formats.mht.MAX_MAIL_PARTS", 0)
    with pytest.raises(Refused):
        read_mht(archive(b"x"), "f")
