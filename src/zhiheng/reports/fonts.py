"""The fonts of the PDF: the one that comes with the installation, and the office's own by setting."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst
from noto_cjk import otc_path

from zhiheng.reports.settings import Settings

INSTALLED = "Noto Sans CJK SC"
"""The family that comes with the installation; it has every character of GB 18030's common ranges."""


@cache
def fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    """All fonts of ``folders`` and the installed one. Those of the machine are left out: any machine prints the same."""
    paths = [str(Path(otc_path("sans")).parent), *(str(folder) for folder in folders)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paths)


def families(settings: Settings, name: str) -> list[str]:
    """The families to try for ``name``, best first: the office's own where its font folders hold it."""
    own = [name] if name in fonts(settings.font_folders).families() else []
    return [*own, INSTALLED]
