"""Forms as tab-separated text: the title, then one line per row, every line with all its fields.

A merged cell's words stand in its first field, the others are empty. A field with a tab, a line break or a quotation
mark is quoted as RFC 4180 says.
"""

from __future__ import annotations

from zhiheng.reports.form import Form
from zhiheng.reports.settings import PLAIN, Settings


def render(*forms: Form, settings: Settings = PLAIN) -> bytes:  # noqa: ARG001 - text has no fonts
    """UTF-8 text, lines ended by a line feed, an empty line between the title and its table and between forms."""
    return "\n".join(_form(form) for form in forms).encode("utf-8")


def _form(form: Form) -> str:
    above = [line for line in (" ".join(form.title.split()), form.subtitle) if line]
    fields = [[""] * len(form.widths) for _ in form.rows]
    for placed in form.placed():
        fields[placed.row][placed.column] = placed.cell.text
    return "\n".join([*above, "", *("\t".join(_field(text) for text in row) for row in fields), ""])


def _field(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in '\t\n\r"') else text
