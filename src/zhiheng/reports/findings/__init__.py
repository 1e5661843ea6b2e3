"""The report on checked tables: header and money, duties, indicators, findings with place and suggestion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from zhiheng.reports.findings import html, pdf, xlsx
from zhiheng.reports.findings.view import Checked, View
from zhiheng.reports.findings.writer import view
from zhiheng.reports.settings import PLAIN, Settings

RENDERERS: Mapping[str, Callable[[View, Settings], bytes]] = {"xlsx": xlsx.render, "html": html.render, "pdf": pdf.render}


def render_report(checked: Checked | Sequence[Checked], format: str, language: str, settings: Settings = PLAIN) -> bytes:  # noqa: A002
    """The report on one file or several as ``xlsx``, ``html`` or ``pdf``, in ``zh`` or ``en``: the same bytes every time.

    An unknown format or language is refused: KeyError.
    """
    several = (checked,) if isinstance(checked, Checked) else tuple(checked)
    return RENDERERS[format](view(several, language), settings)


__all__ = ["Checked", "render_report"]
