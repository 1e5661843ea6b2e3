"""What kind of file this is: by its first bytes and what is inside, hardly ever by its name."""

from __future__ import annotations

import re

from zhiheng.tables.formats.limits import SAMPLE
from zhiheng.tables.formats.problems import refused

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
BIFF = (b"\x09\x08\x08\x00", b"\x09\x08\x10\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|div|p|style|center)\b", re.IGNORECASE)
TABLE, CELL = re.compile(r"<table\b", re.IGNORECASE), re.compile(r"<t[dh]\b", re.IGNORECASE)
MAIL = re.compile(
    r"^(?:[A-Za-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,40}?Content-Type:\s*(?:multipart/related|text/html)", re.IGNORECASE
)


def by_bytes(data: bytes, file: str) -> str:
    """zip, ole, biff, pdf, rtf or text. Refuses pictures and archives."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if data.startswith(OLE):
        return "ole"
    if data.startswith(BIFF):
        return "biff"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(PICTURES) and _is_picture(data):
        raise refused("picture", file)
    if data.startswith(ARCHIVES):
        raise refused("archive", file)
    return "text"


def _is_picture(data: bytes) -> bool:
    """BM and RIFF may begin a text; a picture has bytes no text has."""
    return b"\x00" in data[:64] or data.startswith((b"\x89PNG", b"\xff\xd8\xff"))


def by_members(names: frozenset[str], mimetype: bytes, file: str) -> str:
    """What a zip archive is: xlsx, docx, odf or ofd. Refuses binary workbooks, slides and archives of files."""
    if "xl/workbook.bin" in names:
        raise refused("format-binary", file)
    if mimetype.startswith(b"application/vnd.oasis.opendocument") and "content.xml" in names:
        return "odf"
    if any(name.lower() == "ofd.xml" for name in names):
        return "ofd"
    if "[Content_Types].xml" in names:
        folders = {name.partition("/")[0] for name in names}
        for folder, kind in (("xl", "xlsx"), ("word", "docx")):
            if folder in folders:
                return kind
        raise refused("format-unknown", file)
    raise refused("archive", file)


def by_text(text: str) -> str:
    """xml, html, mht or text."""
    head = text[:20_000].lstrip("\ufeff \t\r\n")
    if MAIL.match(head):
        return "mht"
    if head.startswith(("<?xml", "<Workbook", "<workbook")):
        return "html" if re.search(r"<html\b", head[:2000], re.IGNORECASE) else "xml"
    if head.startswith("<") and PAGE.search(head[:4096]):
        return "html"
    table = TABLE.search(text, 0, SAMPLE)
    return "html" if table and CELL.search(text, table.end()) else "text"
