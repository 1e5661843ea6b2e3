"""Letters in a Word document: paragraphs in the layout of official documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from zhiheng.reports.letter import BOTTOM, LEADING, LEFT, LOOKS, RIGHT, TOP, Letter, Line, Look, Style, kept
from zhiheng.reports.render.docx_runs import TWIPS, run_font, run_text
from zhiheng.reports.settings import Settings


def section(names: str = "") -> str:
    """The page of a letter: A4 upright."""
    sides = {"top": TOP, "right": RIGHT, "bottom": BOTTOM, "left": LEFT}
    margins = " ".join(f'w:{side}="{round(width * TWIPS)}"' for side, width in sides.items())
    return (
        f'<w:sectPr {names}><w:pgSz w:w="{round(210 * TWIPS)}" w:h="{round(297 * TWIPS)}"/>'
        f'<w:pgMar {margins} w:header="800" w:footer="1100" w:gutter="0"/></w:sectPr>'
    )


def paragraphs(letter: Letter, settings: Settings) -> Iterator[Any]:
    """The paragraphs of a letter."""
    for line, stays in zip(letter.lines, kept(letter), strict=True):
        yield parse_xml(_paragraph(line, LOOKS[line.style], settings, stays))


def _paragraph(line: Line, look: Look, settings: Settings, stays: bool) -> str:
    size = round(look.size * 2)
    exact = max(LEADING, round(look.size * 1.4)) * 20
    spacing = f'<w:spacing w:before="{round(look.above * 20)}" w:after="0" w:line="{exact}" w:lineRule="exact"/>'
    border = ""
    if line.style is Style.RULE:
        spacing = '<w:spacing w:before="60" w:after="120" w:line="120" w:lineRule="exact"/>'
        border = f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="1" w:color="{look.colour}"/></w:pBdr>'
    indent = (
        f'<w:ind w:firstLineChars="{look.first * 100}" w:firstLine="{round(look.first * look.size * 20)}" ' if look.first else "<w:ind "
    )
    indent += f'w:rightChars="{look.right * 100}" w:right="{round(look.right * look.size * 20)}"/>' if look.right else "/>"
    outline = '<w:outlineLvl w:val="0"/>' if line.style is Style.TITLE else ""
    keep = "<w:keepNext/>" if stays else ""
    font = {"title": settings.title_font, "heading": settings.heading_font}.get(look.font, settings.body_font)
    run = f"<w:r>{run_font(font, size, colour=look.colour)}{run_text(line.text)}</w:r>" if line.text else ""
    properties = f'{keep}{border}{spacing}{indent}<w:jc w:val="{look.align}"/>{outline}'
    return f"<w:p {nsdecls('w')}><w:pPr>{properties}</w:pPr>{run}</w:p>"
