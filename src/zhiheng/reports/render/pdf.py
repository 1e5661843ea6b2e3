"""Forms as PDF: the paper of the form, headings repeated on every page, merged duties running over pages."""

from __future__ import annotations

from typing import Any

from zhiheng.reports.fonts import families
from zhiheng.reports.form import Form, FormCell, parts, place
from zhiheng.reports.letter import BOTTOM, LEADING, LEFT, LOOKS, RIGHT, TOP, Letter, Look, kept
from zhiheng.reports.measure import POINT, lines
from zhiheng.reports.settings import PLAIN, Settings
from zhiheng.reports.typesetting import pdf

KEPT_TOGETHER = 4
"""So many lines of a merged cell are kept on one page; more of them may be cut by its end."""
LINE = 1.3
"""From line to line in a cell, in sizes of its letters: those of form.typ, rounded up."""


def render(*forms: Form | Letter, settings: Settings = PLAIN, note: str = "") -> bytes:
    """The document, each form or letter on pages of its own, pages counted through; ``note`` stands before the page number."""
    data = {
        "title_fonts": families(settings, settings.title_font),
        "body_fonts": families(settings, settings.body_font),
        "heading_fonts": families(settings, settings.heading_font),
        "note": note,
        "forms": [_letter(form) if isinstance(form, Letter) else _form(form) for form in forms],
    }
    return pdf("zhiheng.reports.render", "form.typ", data, settings)


def _letter(letter: Letter) -> dict[str, Any]:
    return {
        "kind": "letter",
        "title": letter.title,
        "margins": [TOP, RIGHT, BOTTOM, LEFT],
        "leading": LEADING,
        "lines": [
            [line.style.value, line.text, *_look(LOOKS[line.style]), stays] for line, stays in zip(letter.lines, kept(letter), strict=True)
        ],
    }


def _look(look: Look) -> tuple[Any, ...]:
    return look.font, look.size, look.align, look.first, look.right, look.above, look.colour


def _form(form: Form) -> dict[str, Any]:
    return {
        "kind": "form",
        "title": form.title,
        "subtitle": form.subtitle,
        "paper": form.paper.name,
        "landscape": form.paper.landscape,
        "margin": form.paper.margin,
        "size": form.paper.size,
        "widths": list(form.widths),
        "parts": [
            {"head": _cells(part.rows[: part.heading], form), "body": _cells(part.rows[part.heading :], form, roomy=part.heading > 0)}
            for part in parts(form)
        ],
    }


def _cells(rows: tuple[tuple[FormCell, ...], ...], form: Form, roomy: bool = False) -> list[list[Any]]:
    """Text, role, spans, whether the cell may break over pages, the height it leaves room for, and its width, both in points.

    Merged cells must be able to break, and rows with a text of great length.
    A row breaks only where all its cells may; one that may not and is higher than the page would run off it. Where rows are
    ``roomy``, the first one of a merged cell of few lines leaves room for them: else a page that ends below this row would leave the
    words to the next page.
    """
    millimetres = [width / 100 for width in form.millimetres()]
    placed = tuple(place(rows, len(form.widths)))
    high: set[int] = set()
    room: dict[int, float] = {}
    for item in placed:
        width = sum(millimetres[item.column : item.column + item.cell.columns]) - 2
        count = lines(item.cell.text, width, form.paper.size)
        if item.cell.rows == 1 and count * form.paper.size * 1.5 * POINT > form.paper.height / 4:
            high.add(item.row)
        elif roomy and item.cell.rows > 1 and 1 < count <= KEPT_TOGETHER:
            room[item.row] = max(room.get(item.row, 0), count * form.paper.size * LINE)
    cells: list[list[Any]] = []
    for item in placed:
        breakable = item.cell.rows > 1 or item.row in high
        needed = room.pop(item.row, 0) if item.cell.rows == 1 else 0
        width = sum(millimetres[item.column : item.column + item.cell.columns]) / POINT
        cells.append([item.cell.text, item.cell.role.value, item.cell.columns, item.cell.rows, breakable, needed, width])
    return cells
