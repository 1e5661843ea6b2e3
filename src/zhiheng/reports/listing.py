"""A plain list as a file: rows as they stand on a screen, as a workbook or as CSV. The first row is the heading."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

import xlsxwriter

from zhiheng.audit.money import printed
from zhiheng.reports import sheets
from zhiheng.reports.formula import guarded

Value = str | Decimal | int | None
EXACT_DIGITS = 15
"""More digits than that a workbook does not keep: such a number is written as text."""
WIDEST = 60


def workbook(title: str, rows: Sequence[Sequence[Value]]) -> bytes:
    """The list as xlsx: texts stay texts, numbers are numbers, the heading stays in sight and can be filtered."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, sheets.OPTIONS) as book:
        sheets.fix_dates(book)
        sheet = book.add_worksheet(sheets.names([title])[0])
        body = {"text_wrap": True, "valign": "top"}
        text, number = book.add_format({**body, "num_format": "@"}), book.add_format(body)
        head = book.add_format({**body, "bold": True, "bottom": 6})
        for index, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, Decimal | int) and not isinstance(value, bool) and _fits(Decimal(value)):
                    sheet.write_number(index, column, value, number)
                else:
                    sheets.write(sheet, index, column, "" if value is None else str(value), head if index == 0 else text)
        for column, width in enumerate(_widths(rows)):
            sheet.set_column(column, column, width)
        if rows and rows[0]:
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
            sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
    return target.getvalue()


def comma_separated(rows: Sequence[Sequence[Value]]) -> bytes:
    """The list as CSV that a spreadsheet opens as UTF-8; a text that it would run as a formula gets an apostrophe before it."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
    return target.getvalue().encode("utf-8-sig")


def _harmless(value: Value) -> str:
    if isinstance(value, str):
        return guarded(value)
    return "" if value is None else printed(value) if isinstance(value, Decimal) else str(value)


def _fits(number: Decimal) -> bool:
    """Whether a workbook keeps every digit of it."""
    return number.is_finite() and len(printed(number).lstrip("-").replace(".", "").strip("0")) <= EXACT_DIGITS


def _widths(rows: Sequence[Sequence[Value]]) -> list[float]:
    """A width for each column from its longest line; a Chinese sign takes two places."""
    count = max((len(row) for row in rows), default=0)
    widths = [8.0] * count
    for row in rows:
        for column, value in enumerate(row):
            longest = max((sum(2 if ord(sign) > 0x2E7F else 1 for sign in line) for line in str(value or "").split("\n")), default=0)
            widths[column] = min(max(widths[column], longest + 2), WIDEST)
    return widths
