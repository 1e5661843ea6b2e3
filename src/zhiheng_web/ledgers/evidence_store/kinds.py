"""What a file is by its content, whatever it calls itself; and whether it can be opened."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from zhiheng.tables.formats.archives import Archive
from zhiheng.tables.grid import Refused
from zhiheng_web.ledgers.evidence_store.pictures import PDFIUM
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file: its media type, the endings it may have, what it is called."""

    code: str
    media_type: str
    endings: tuple[str, ...]
    text: Text


KINDS = {
    kind.code: kind
    for kind in (
        FileKind("pdf", "application/pdf", ("pdf",), Text("PDF", "PDF")),
        FileKind("png", "image/png", ("png",), Text("PNG 图片", "PNG picture")),
        FileKind("jpg", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), Text("JPEG 图片", "JPEG picture")),
        FileKind("tiff", "image/tiff", ("tif", "tiff"), Text("TIFF 图片", "TIFF picture")),
        FileKind("bmp", "image/bmp", ("bmp", "dib"), Text("BMP 图片", "BMP picture")),
        FileKind(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ("docx", "wps"),
            Text("Word 文档（docx）", "Word document (docx)"),
        ),
        FileKind(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ("xlsx", "et"),
            Text("Excel 工作簿（xlsx）", "Excel workbook (xlsx)"),
        ),
        FileKind("doc", "application/msword", ("doc", "wps"), Text("Word 文档（doc）", "Word document (doc)")),
        FileKind("xls", "application/vnd.ms-excel", ("xls", "et"), Text("Excel 工作簿（xls）", "Excel workbook (xls)")),
        FileKind("ofd", "application/ofd", ("ofd",), Text("OFD 版式文件", "OFD document")),
    )
}
PICTURES = frozenset({"png", "jpg", "tiff", "bmp"})
USUAL = tuple(KINDS)
ENDINGS = {ending for kind in KINDS.values() for ending in kind.endings}
OTHER_NAMES = {
    "zip": Text("压缩包", "an archive"), "exe": Text("可执行程序", "a program"), "html": Text("网页", "a web page"),
    "macros": Text("带宏的 Office 文件", "an Office file with macros"), "text": Text("纯文本", "plain text"),
    "gif": Text("GIF 图片", "a GIF picture"), "webp": Text("WebP 图片", "a WebP picture"), "heic": Text("HEIC 照片", "a HEIC photograph"),
    "other": Text("无法识别的内容", "something that is not recognised"),
}  # fmt: skip
WRONG_NAME = Text(
    "文件“{name}”按名称应是 {says} 文件，内容却是{found}，未保存。请用原文件，或另存为正确的格式后再上传。",
    "“{name}” calls itself .{says} but is {found}; it was not stored. Upload the original, or save it in the right format.",
)
NOT_TAKEN = Text(
    "文件“{name}”是{found}，不能作为证据，未保存。可用：{choices}。{remedy}",
    "“{name}” is {found}, which is not taken as evidence; it was not stored. Taken are: {choices}. {remedy}",
)
REMEDIES = {
    "zip": Text("请解压后逐个上传。", "Unpack it and upload the files."),
    "macros": Text("请另存为不带宏的 docx 或 xlsx。", "Save it without macros as docx or xlsx."),
    "html": Text("网页请打印为 PDF，或填写公开网址。", "Print the page as PDF, or give its public address."),
    "text": Text("请打印为 PDF。", "Print it as PDF."),
    "heic": Text("请在手机上改存为 JPEG。", "Save it as JPEG on the telephone."),
}
BROKEN = Text(
    "文件“{name}”已损坏或不完整，无法打开，未保存。请核对后重新导出或扫描。",
    "“{name}” is damaged or incomplete and cannot be opened; it was not stored. Export or scan it again.",
)
LOCKED = Text(
    "文件“{name}”设有密码，无法查看，未保存。请去掉密码后再上传。",
    "“{name}” is protected by a password and was not stored. Remove the password first.",
)
HUGE = Text("图片“{name}”的像素过多，未保存。请缩小后再上传。", "The picture “{name}” has too many pixels; make it smaller first.")
MAGIC = (
    (b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"BM", "bmp"),
    (b"MZ", "exe"), (b"\x7fELF", "exe"), (b"GIF8", "gif"),
    (b"7z\xbc\xaf", "zip"), (b"Rar!", "zip"), (b"\x1f\x8b", "zip"),
)  # fmt: skip
STREAMS = ((b"EncryptedPackage", "locked"), (b"WordDocument", "doc"), (b"Workbook", "xls"), (b"Book", "xls"))
MOST_PIXELS = 150_000_000
"""An A0 sheet at 300 dpi is 139 million."""


def kind_of(content: IO[bytes]) -> str:
    """The code of a kind in KINDS, or of OTHER_NAMES; 'locked' for an Office file under a password. Left at its beginning."""
    content.seek(0)
    data = content.read()
    content.seek(0)
    if data[:4] == b"PK\x03\x04":
        return _archived(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return next((code for name, code in STREAMS if name.decode().encode("utf-16-le") in data), "other")
    for magic, code in MAGIC:
        if data.startswith(magic):
            return code
    if data[8:12] == b"WEBP":
        return "webp"
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "heic"
    begins = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begins.startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<head", b"<script")):
        return "html"
    return "text" if data and b"\0" not in data[:4096] else "other"


def _archived(data: bytes) -> str:
    try:
        names = set(Archive(data, "").names)
    except Refused:
        return "broken"
    if any(name.endswith("vbaProject.bin") for name in names):
        return "macros"
    if "[Content_Types].xml" in names:
        return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else "zip"
    return "ofd" if "OFD.xml" in names else "zip"


def checked_kind(content: IO[bytes], name: str, allowed: tuple[str, ...] = ()) -> FileKind:
    """The kind of a file that may be evidence, after it has been opened; Invalid if it is not what it says or cannot be opened."""
    found = kind_of(content)
    if found in ("locked", "broken"):
        raise _invalid("locked_file" if found == "locked" else "broken_file", (LOCKED if found == "locked" else BROKEN).with_(name=name))
    taken = allowed or USUAL
    says = PurePath(name).suffix.lower().lstrip(".")
    called = KINDS[found].text if found in KINDS else OTHER_NAMES[found]
    if says in ENDINGS and (found not in KINDS or says not in KINDS[found].endings) and found != "macros":
        raise _invalid("wrong_type", WRONG_NAME.with_(name=name, says=says, found=called))
    if found not in taken or found not in KINDS:
        choices = Text("、".join(KINDS[code].text.zh for code in taken), ", ".join(KINDS[code].text.en for code in taken))
        raise _invalid("type_not_taken", NOT_TAKEN.with_(name=name, found=called, choices=choices, remedy=REMEDIES.get(found, "")))
    return KINDS[found]


def pages_of(content: IO[bytes], kind: FileKind, name: str) -> int | None:
    """How many pages a file has, None where it has none; Invalid if it cannot be opened or is under a password."""
    content.seek(0)
    try:
        if kind.code == "pdf":
            return _pdf_pages(content, name)
        return _picture_pages(content, name) if kind.code in PICTURES else None
    finally:
        content.seek(0)


def _pdf_pages(content: IO[bytes], name: str) -> int:
    import pypdfium2
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content.read())
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == FPDF_ERR_PASSWORD:
                raise _invalid("locked_file", LOCKED.with_(name=name)) from error
            raise _invalid("broken_file", BROKEN.with_(name=name)) from error
        pages = len(document)
        document.close()
    if not pages:
        raise _invalid("broken_file", BROKEN.with_(name=name))
    return pages


def _picture_pages(content: IO[bytes], name: str) -> int:
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own bound says it in words
        try:
            with Image.open(content) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise _invalid("too_many_pixels", HUGE.with_(name=name))
                picture.load()
                return int(getattr(picture, "n_frames", 1))
        except Image.DecompressionBombError as error:
            raise _invalid("too_many_pixels", HUGE.with_(name=name)) from error
        except (OSError, ValueError, SyntaxError) as error:
            raise _invalid("broken_file", BROKEN.with_(name=name)) from error


def _invalid(code: str, text: Text) -> Invalid:
    return Invalid(code, text, {"file": text})
