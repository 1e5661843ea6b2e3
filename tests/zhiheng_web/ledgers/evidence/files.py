"""Small files as they come from offices: scans, pictures, documents, and such as are not what they say."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def png(colour: str = "white", size: tuple[int, int] = (40, 60)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def jpg(colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 60), colour).save(out, "JPEG")
    return out.getvalue()


def tiff(pages: int) -> bytes:
    out = io.BytesIO()
    sheets = [Image.new("RGB", (40, 60), (number * 40, 0, 0)) for number in range(pages)]
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


@cache  # what PIL writes carries the second it was written
def pdf(colours: tuple[str, ...] = ("white",)) -> bytes:
    """A scan: one picture a page."""
    out = io.BytesIO()
    sheets = [Image.new("RGB", (80, 120), colour) for colour in colours]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


def pdf_saying(words: str) -> bytes:
    import typst

    return bytes(typst.compile(f"#set page(width: 8cm, height: 6cm)\n{words}".encode()))


def archive(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def docx(words: str = "你好", macros: bool = False) -> bytes:
    from docx import Document

    out = io.BytesIO()
    document = Document()
    document.add_paragraph(words)
    document.save(out)
    if macros:
        with zipfile.ZipFile(out, "a") as made:
            made.writestr("word/vbaProject.bin", b"x")
    return out.getvalue()
