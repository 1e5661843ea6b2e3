"""Evidence files of the demonstration: small pdf files, one page for each kind of evidence, marked as invented on every page."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from functools import cache

from noto_cjk import otc_path
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 420, 594
INK = 0
FACE = 2
"""The simplified Chinese face of the collection."""
MARK = "演示数据 · 虚构"


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(otc_path("sans"), size, index=FACE)


@cache
def _words(line: str, size: int) -> Image.Image:
    """Words as ink on nothing. Most lines stand on many pages."""
    box = _font(size).getbbox(line, anchor="lt")
    words = Image.new("1", (max(int(box[2]), 1), max(int(box[3]), 1)), 0)
    ImageDraw.Draw(words).text((0, 0), line, font=_font(size), fill=1, anchor="lt")
    return words


def sheet(pages: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """A pdf with a page for each (heading, lines). The same words give the same bytes."""
    images = [_page(heading, lines) for heading, lines in pages]
    out = io.BytesIO()
    began = time.gmtime(0)
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=72, creationDate=began, modDate=began)
    return out.getvalue()


def _page(heading: str, lines: Sequence[str]) -> Image.Image:
    page = Image.new("1", (WIDTH, HEIGHT), 1)
    pen = ImageDraw.Draw(page)
    pen.rectangle((14, 14, WIDTH - 15, HEIGHT - 15), outline=INK)
    for line, size, top in ((MARK, 14, 37), (heading, 20, 74)):
        words = _words(line, size)
        pen.bitmap(((WIDTH - words.width) // 2, top), words, fill=INK)
    for place, line in enumerate(lines[:20]):
        pen.bitmap((36, 122 + 22 * place), _words(line[:26], 13), fill=INK)
    return page
