"""A file on its way to being evidence: every check before the transaction, then into the store; nothing in the database names it yet."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.conf import settings
from django.core.files.base import File

from zhiheng_web.ledgers.evidence_store.kinds import checked_kind, pages_of
from zhiheng_web.ledgers.evidence_store.pictures import PDFIUM
from zhiheng_web.ledgers.evidence_store.scanning import scan
from zhiheng_web.ledgers.evidence_store.storing import key_of, store
from zhiheng_web.secrecy import refuse_marked_file, refuse_marked_name, refuse_marked_text
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

EMPTY = Text("文件“{name}”是空的，未保存。请选择有内容的文件。", "“{name}” is empty and was not stored. Choose a file with content.")
TOO_LARGE = Text(
    "文件“{name}”有 {size} MB，超过上限 {limit} MB，未保存。请拆分，或降低扫描分辨率（200 dpi 即可）。",
    "“{name}” is {size} MB, more than {limit} MB, and was not stored. Split it, or scan it at a lower resolution (200 dpi is enough).",
)
INSIDE = Text("文件“{name}”第 {page} 页", "page {page} of “{name}”")


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that passed every check and lies in the store. Only :func:`take` makes one."""

    name: str
    sha256: str
    size: int
    media_type: str
    pages: int | None
    scanned: str

    @property
    def key(self) -> str:
        """Where the store has it."""
        return key_of(self.sha256)


def take(upload: File, allowed: tuple[str, ...] = ()) -> CheckedFile:
    """Check an upload (size, type by content, secrecy marks, viruses) and put it into the store; Invalid if it may not be evidence.

    ``allowed`` are codes of kinds.KINDS; none: all of them. The name keeps no folder and gets the ending of what the file is.
    """
    name = PurePath((upload.name or "").replace("\\", "/")).name.strip()[:200] or "evidence"
    if not upload.size:
        raise _invalid("empty_file", EMPTY.with_(name=name))
    if upload.size > settings.LARGEST_UPLOAD:
        limit = settings.LARGEST_UPLOAD // 2**20
        raise _invalid("too_large", TOO_LARGE.with_(name=name, size=-(-upload.size // 2**20), limit=limit))
    content: IO[bytes] = upload.file or upload  # type: ignore[assignment]
    kind = checked_kind(content, name, allowed)
    if PurePath(name).suffix.lower().lstrip(".") not in kind.endings:
        name = f"{name}.{kind.endings[0]}"
    scanned = scan(content, name)
    pages = pages_of(content, kind, name)
    _refuse_marked(content, kind.code, name)
    sha256 = _digest(content)
    store().put(key_of(sha256), content, sha256)
    content.seek(0)
    return CheckedFile(name, sha256, upload.size, kind.media_type, pages, scanned)


def _refuse_marked(content: IO[bytes], code: str, name: str) -> None:
    """Secrecy marks in the name and in whatever words the file has; the words of a PDF are read page by page."""
    refuse_marked_name(name)
    if code == "pdf":
        with closing(_pdf_words(content)) as pages:  # a mark found ends the reading, and another thread may read
            for page, words in enumerate(pages, 1):
                refuse_marked_text(words, INSIDE.with_(name=name, page=page))
    elif code in ("docx", "xlsx", "doc", "xls", "ofd"):
        refuse_marked_file(File(content, name=name), name)  # type: ignore[arg-type]
    content.seek(0)


def _pdf_words(content: IO[bytes]) -> Generator[str, None, None]:
    import pypdfium2

    content.seek(0)
    with PDFIUM:
        document = pypdfium2.PdfDocument(content.read())
        try:
            for page in document:
                words = page.get_textpage()
                yield words.get_text_bounded()
                words.close()
                page.close()
        finally:
            document.close()


def _digest(content: IO[bytes]) -> str:
    content.seek(0)
    sha = hashlib.sha256()
    while chunk := content.read(2**20):
        sha.update(chunk)
    content.seek(0)
    return sha.hexdigest()


def _invalid(code: str, text: Text) -> Invalid:
    return Invalid(code, text, {"file": text})
