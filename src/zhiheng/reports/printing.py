"""Plans as printed official forms, by file type."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from zhiheng.plan.plan import Plan
from zhiheng.reports import forms
from zhiheng.reports.render import docx, html, pdf, text, xlsx
from zhiheng.reports.settings import PLAIN, Settings

RENDERERS: Mapping[str, Callable[..., bytes]] = {
    "xlsx": xlsx.render,
    "docx": docx.render,
    "html": html.render,
    "pdf": pdf.render,
    "txt": text.render,
}


def printed(plans: Sequence[Plan], kind: str, settings: Settings = PLAIN) -> bytes:
    """``plans``, each on its official form, in one file of ``kind`` (a key of RENDERERS, the ending of the file).

    The same plans give the same bytes. An unknown kind, or a plan whose layout has no form, is refused: KeyError. A
    text too long for a workbook is refused: :class:`zhiheng.reports.sheets.TooLong`.
    """
    return RENDERERS[kind](*(forms.form(plan) for plan in plans), settings=settings)
