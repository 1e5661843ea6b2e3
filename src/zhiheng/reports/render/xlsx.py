"""Forms as an Excel workbook: one sheet per form, set up for printing as the official form is."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import xlsxwriter

from zhiheng.reports import sheets
from zhiheng.reports.form import Form, Paper, Role
from zhiheng.reports.measure import lines
from zhiheng.reports.settings import PLAIN, Settings

PAPER_CODES = {"a3": 8, "a4": 9}
NUMBER = re.compile(r"(-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?)(\*?)")
"""A number as papers print it: no zeros around it that do not count. The star is that of points changed by hand."""
EXACT = 15
"""So many digits a number of a workbook keeps."""
FORMATS = {"": "General", "*": 'General"*"'}
HIGHEST = 409.0
"""Excel's limit for the height of a row, in points."""


def render(*forms: Form, settings: Settings = PLAIN, numbers: bool = False) -> bytes:
    """The workbook. A text longer than a cell can hold is refused: :class:`zhiheng.reports.sheets.TooLong`.

    Every cell is text as published; with ``numbers`` cells that hold a bare number are numbers, so that people can compute with them.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, sheets.OPTIONS) as book:
        sheets.fix_dates(book)
        styles = _styles(book, settings)
        titles = styles_of_titles(book, settings)
        names = sheets.names([form.title for form in forms])
        for name, form in zip(names, forms, strict=True):
            figures = {mark: _figures(book, settings, form.paper.size, mark) for mark in FORMATS} if numbers else {}
            _sheet(book.add_worksheet(name), form, {role: styles[role, form.paper.size] for role in Role}, titles, figures)
    return target.getvalue()


def _figures(book: Any, settings: Settings, size: int, mark: str) -> Any:
    """The style of a number, with the mark that stands behind it."""
    look = {"font_name": settings.body_font, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center", "font_size": size}
    return book.add_format({**look, "num_format": FORMATS[mark]})


def bare_number(words: str) -> tuple[str, str] | None:
    """(digits, mark) of a cell that is a number and nothing else, and that a workbook keeps to the last digit; else None."""
    found = NUMBER.fullmatch(words)
    return (found[1], found[2]) if found and sum(sign.isdigit() for sign in found[1]) <= EXACT else None


def _styles(book: Any, settings: Settings) -> dict[tuple[Role, int], Any]:
    """One style per role and size. Columns headings and labels are centred, running text is not."""
    look: dict[Role, dict[str, Any]] = {
        Role.HEADING: {"align": "center", "bold": True},
        Role.LABEL: {"align": "center"},
        Role.TEXT: {"align": "left"},
        Role.VALUE: {"align": "center"},
    }
    base: dict[str, Any] = {"font_name": settings.body_font, "border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"}
    return {(role, size): book.add_format({**base, **own, "font_size": size}) for role, own in look.items() for size in (9, 10)}


def styles_of_titles(book: Any, settings: Settings) -> tuple[Any, Any]:
    """The styles of the title and of the line under it."""
    centred = {"align": "center", "valign": "vcenter", "text_wrap": True, "num_format": "@"}
    title = {**centred, "font_name": settings.title_font, "font_size": 20}
    return book.add_format(title), book.add_format({**centred, "font_name": settings.body_font, "font_size": 11})


def _sheet(sheet: Any, form: Form, styles: Mapping[Role, Any], titles: tuple[Any, Any], figures: Mapping[str, Any]) -> None:
    _set_up(sheet, form.paper)
    millimetres = [width / 100 for width in form.millimetres()]
    for column, width in enumerate(millimetres):
        sheet.set_column_pixels(column, column, round(width * 96 / 25.4))
    last = len(form.widths) - 1
    lead = ((form.title, titles[0], 36.0), (form.subtitle, titles[1], 20.0))
    above = [line for line in lead if line[0]]
    for row, (words, style, height) in enumerate(above):
        sheet.set_row(row, height * lines(words, form.paper.measure, style.font_size))
        sheets.write_merged(sheet, row, 0, row, last, words, style)
    first = len(above)
    for row, height in enumerate(heights(form, millimetres)):
        sheet.set_row(first + row, height)
    for placed in form.placed():
        top, cell = first + placed.row, placed.cell
        bottom, right = top + cell.rows - 1, placed.column + cell.columns - 1
        number = bare_number(cell.text) if figures and cell.role in (Role.VALUE, Role.TEXT) else None
        if number is None:
            sheets.write_merged(sheet, top, placed.column, bottom, right, cell.text, styles[cell.role])
        else:
            sheets.write_merged(sheet, top, placed.column, bottom, right, "", figures[number[1]])
            sheet.write_number(top, placed.column, float(number[0]), figures[number[1]])
    sheet.repeat_rows(first + form.heading_start, first + form.heading_stop - 1)
    sheet.print_area(0, 0, first + len(form.rows) - 1, last)
    sheet.freeze_panes(first + form.heading_stop, 0, 0, 0)


def _set_up(sheet: Any, paper: Paper) -> None:
    sheet.set_paper(PAPER_CODES[paper.name])
    if paper.landscape:
        sheet.set_landscape()
    inches = paper.margin / 25.4
    sheet.set_margins(left=inches, right=inches, top=inches, bottom=inches + 0.2)
    sheet.set_footer("&C第 &P 页，共 &N 页", {"margin": 0.25})
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)


def heights(form: Form, millimetres: list[float]) -> list[float]:
    """The height of every row in points, so that all text shows; merged cells share theirs over their rows."""
    size = form.paper.size
    line, padding = size * 1.35, 5.0
    needed = [line + padding] * len(form.rows)
    placed = sorted(form.placed(), key=lambda placed: placed.cell.rows)
    for item in placed:
        width = sum(millimetres[item.column : item.column + item.cell.columns]) - 1.5
        wanted = lines(item.cell.text, width, size) * line + padding
        over = range(item.row, item.row + item.cell.rows)
        lacking = wanted - sum(needed[row] for row in over)
        if lacking > 0:
            for row in over:
                needed[row] += lacking / item.cell.rows
    return [min(height, HIGHEST) for height in needed]
