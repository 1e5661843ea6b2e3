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
    pen.text((WIDTH / 2, 44), MARK, font=_font(14), fill=INK, anchor="mm")
    pen.text((WIDTH / 2, 84), heading, font=_font(20), fill=INK, anchor="mm")
    for place, line in enumerate(lines[:20]):
        pen.text((36, 122 + 22 * place), line[:26], font=_font(13), fill=INK)
    return page
