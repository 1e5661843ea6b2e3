"""PDF by typst. A template is a ``.typ`` file beside its renderer; words reach it as data, never as markup."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import typst

from zhiheng.reports.fonts import fonts
from zhiheng.reports.settings import Settings


def pdf(package: str, template: str, data: dict[str, Any], settings: Settings) -> bytes:
    """``template`` of ``package`` filled with ``data``: the same bytes for the same data, without a network."""
    source = resources.files(package).joinpath(template).read_bytes()
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    made = typst.compile(source, format="pdf", font_paths=fonts(settings.font_folders), ignore_system_fonts=True, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made
