"""Papers as files: docx and pdf, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from zhiheng.reports.form import Form
from zhiheng.reports.forms import printable, printable_letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.render import docx, pdf
from zhiheng.reports.settings import Settings

RENDERERS: Mapping[str, Callable[..., bytes]] = {"docx": docx.render, "pdf": pdf.render}
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
OFFICIAL = Settings(title_font="方正小标宋简体", body_font="仿宋_GB2312", heading_font="黑体")
"""The fonts of official documents by their names in office programs; the PDF uses the installed font where they are missing."""


def official(font_folders: tuple[Path, ...] = ()) -> Settings:
    """The settings of official papers, with the office's own font files for the PDF."""
    return replace(OFFICIAL, font_folders=font_folders)


def printed(content: Content, kind: str, settings: Settings = OFFICIAL) -> bytes:
    """The paper as a file of ``kind``, docx or pdf. An unknown kind is refused: KeyError.

    The mark of the settings and the number of the paper stand in the foot of every page.
    """
    pages = [printable(page) if isinstance(page, Form) else printable_letter(page) for page in content.pages]
    return RENDERERS[kind](*pages, settings=settings, note="　".join(filter(None, (settings.mark, content.number))))
