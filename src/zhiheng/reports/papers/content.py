"""Content: what a paper says, page by page, as data that can be kept and printed again word for word."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from zhiheng.reports.form import Form, FormCell, Paper, Role
from zhiheng.reports.letter import Letter, Line, Style

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """One paper: ``code`` of papers.NAMES, its title, its number ('' for a draft not yet numbered), its pages."""

    code: str
    title: str
    number: str
    pages: tuple[Form | Letter, ...]


def to_json(content: Content) -> Json:
    """The content as JSON."""
    return {
        "code": content.code,
        "title": content.title,
        "number": content.number,
        "pages": [_form(page) if isinstance(page, Form) else _letter(page) for page in content.pages],
    }


def _form(form: Form) -> Json:
    return {
        "title": form.title,
        "subtitle": form.subtitle,
        "rows": [[[cell.text, cell.role.value, cell.rows, cell.columns] for cell in row] for row in form.rows],
        "widths": list(form.widths),
        "heading": [form.heading_start, form.heading_stop],
        "paper": [form.paper.name, form.paper.width, form.paper.height, form.paper.margin, form.paper.size],
    }


def _letter(letter: Letter) -> Json:
    return {"letter": letter.title, "lines": [[line.style.value, line.text] for line in letter.lines]}


def from_json(data: Json) -> Content:
    """The content of :func:`to_json`."""
    pages = tuple(_letter_of(page) if "letter" in page else _form_of(page) for page in data["pages"])
    return Content(data["code"], data["title"], data["number"], pages)


def _form_of(page: Json) -> Form:
    rows = tuple(tuple(FormCell(text, Role(role), rows, columns) for text, role, rows, columns in row) for row in page["rows"])
    start, stop = page["heading"]
    return Form(page["title"], page["subtitle"], rows, tuple(page["widths"]), start, stop, Paper(*page["paper"]))


def _letter_of(page: Json) -> Letter:
    return Letter(page["letter"], tuple(Line(Style(style), text) for style, text in page["lines"]))


def digest(content: Content) -> str:
    """SHA-256 over what the paper says."""
    text = json.dumps(to_json(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
