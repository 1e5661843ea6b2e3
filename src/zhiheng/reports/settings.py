"""How an office wants its papers: the fonts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """``title_font``, ``body_font`` and ``heading_font`` (the headings of letters) are names as Word and Excel show them.

    Official papers use 方正小标宋简体 and 仿宋_GB2312, which few machines have; 黑体 and 宋体 come with every office
    program and are the default. ``font_folders`` hold font files for the PDF; without them the PDF uses the font
    that comes with the installation, whatever the names say. ``mark`` stands in the foot of every page of a paper, such as
    that its figures are invented.
    """

    title_font: str = "黑体"
    body_font: str = "宋体"
    font_folders: tuple[Path, ...] = ()
    heading_font: str = "黑体"
    mark: str = ""


PLAIN = Settings()
