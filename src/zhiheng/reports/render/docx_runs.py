"""Runs of a Word document as markup: a font and its text."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre, the unit of Word."""


def run_font(name: str, size: int, bold: bool = False, colour: str = "") -> str:
    """The properties of a run; ``size`` in half points."""
    quoted = quoteattr(name)
    weight = "<w:b/>" if bold else ""
    ink = f'<w:color w:val="{colour}"/>' if colour else ""
    fonts = f"<w:rFonts w:ascii={quoted} w:hAnsi={quoted} w:eastAsia={quoted} w:cs={quoted}/>"
    return f'<w:rPr>{fonts}{weight}{ink}<w:sz w:val="{size}"/></w:rPr>'


def run_text(words: str) -> str:
    """Text with its line breaks and tabs."""
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    pieces = re.split(r"([\n\t])", words)
    return "".join(marks.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in pieces if piece)
