"""A page of evidence as a picture: PDF pages rendered here, pictures drawn anew.

The browser never gets the uploaded bytes to show in the page: a script in a PDF, a comment or a place in a photograph go no further,
and the page that proves something opens as such on every browser.
"""

from __future__ import annotations

import io
import warnings
from threading import Lock
from typing import IO

from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

PDFIUM = Lock()
"""PDFium may be used by one thread at a time."""
SHOWN = ("application/pdf", "image/png", "image/jpeg", "image/tiff", "image/bmp")
WIDTH, SMALL = 1240, 220
"""Pixels of a page (A4 at 150 dpi) and of a small picture in a list."""
NO_PAGE = Text("“{name}”没有第 {page} 页（共 {pages} 页）。", "“{name}” has no page {page}; it has {pages}.")
CANNOT = Text("“{name}”第 {page} 页无法显示，请下载后查看。", "Page {page} of “{name}” cannot be shown; download the file.")


def can_show(media_type: str) -> bool:
    """Whether files of this type have pages to show."""
    return media_type in SHOWN


def picture_of(content: IO[bytes], media_type: str, page: int, width: int, name: str) -> bytes:
    """One page (from 1) as a JPEG of at most ``width`` pixels; Refusal if the page is not there or cannot be drawn."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = _pdf_page(content, page, width, name) if media_type == "application/pdf" else _frame(content, page, name)
            drawn = ImageOps.exif_transpose(picture).convert("RGBA")
        except (OSError, ValueError, SyntaxError, RuntimeError) as error:
            raise Refusal("cannot_show", CANNOT.with_(name=name, page=page)) from error
    drawn.thumbnail((width, width * 3))
    sheet = Image.new("RGB", drawn.size, "white")
    sheet.paste(drawn, mask=drawn.getchannel("A"))
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def _pdf_page(content: IO[bytes], page: int, width: int, name: str):  # type: ignore[no-untyped-def]  # a PIL picture
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(content.read())
        try:
            if not 1 <= page <= len(document):
                raise Refusal("no_page", NO_PAGE.with_(name=name, page=page, pages=len(document)))
            sheet = document[page - 1]
            scale = min(width / max(1.0, sheet.get_width()), width * 3 / max(1.0, sheet.get_height()))
            return sheet.render(scale=scale).to_pil().copy()
        finally:
            document.close()


def _frame(content: IO[bytes], page: int, name: str):  # type: ignore[no-untyped-def]  # a PIL picture
    from PIL import Image

    picture = Image.open(content)
    frames = getattr(picture, "n_frames", 1)
    if not 1 <= page <= frames:
        raise Refusal("no_page", NO_PAGE.with_(name=name, page=page, pages=frames))
    picture.seek(page - 1)
    picture.load()
    return picture
