"""A package for the integrated system as a workbook, or as one CSV file a sheet in an archive."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence

from xlsxwriter import Workbook

from zhiheng.interchange.integrated import Package
from zhiheng.plan.plan import Plan
from zhiheng.reports.formula import guarded
from zhiheng.reports.sheets import OPTIONS, fix_dates, write

Table = tuple[str, tuple[tuple[str, ...], ...], int]
"""A sheet: its name, its rows, and how many of them are headings."""
SEVERITIES = {"zh": {"error": "拒收", "warning": "请核对"}, "en": {"error": "refused", "warning": "check"}}
SHEETS = {"zh": ("检查", "未能带出"), "en": ("Checks", "Left out")}
ISSUE_HEADS = {"zh": ("级别", "行", "绩效指标", "字段", "说明"), "en": ("Level", "Row", "Indicator", "Field", "What")}
LEFT_HEADS = {"zh": ("行", "绩效指标", "内容", "原文"), "en": ("Row", "Indicator", "What", "Text")}
EPOCH = (2000, 1, 1, 0, 0, 0)


def tables(package: Package, plan: Plan, language: str = "zh") -> tuple[Table, ...]:
    """The four sheets: goal and indicators with the field's code over its name, the checks, and what has no place there."""
    names = [row.name.text for row in plan.indicators]

    def where(row: int | None) -> tuple[str, str]:
        return ("", "") if row is None else (str(row + 1), names[row])

    issues = tuple(
        (SEVERITIES[language][issue.severity], *where(issue.row), issue.column, issue.text(language)) for issue in package.issues
    )
    left = tuple((*where(item.row), item.what_en if language == "en" else item.what, item.text) for item in package.left_out)
    data = tuple(
        (sheet.name, (tuple(c.name for c in sheet.columns), tuple(c.zh for c in sheet.columns), *sheet.rows), 2)
        for sheet in (package.goal, package.indicators)
    )
    checks, lost = SHEETS[language]
    return (*data, (checks, (ISSUE_HEADS[language], *issues), 1), (lost, (LEFT_HEADS[language], *left), 1))


def workbook(package: Package, plan: Plan, language: str = "zh") -> bytes:
    """The package as xlsx; every cell is a text, so that codes keep their zeros."""
    return book(tables(package, plan, language))


def book(sheets: Sequence[Table]) -> bytes:
    """Sheets as xlsx."""
    buffer = io.BytesIO()
    made = Workbook(buffer, OPTIONS)
    fix_dates(made)
    head = made.add_format({"bold": True, "border": 1, "bg_color": "#EFECE3", "text_wrap": True, "valign": "vcenter"})
    cell = made.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    for name, rows, heads in sheets:
        sheet = made.add_worksheet(name)
        sheet.freeze_panes(heads, 0)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                write(sheet, number, column, text, head if number < heads else cell)
        for column, width in enumerate(_widths(rows)):
            sheet.set_column(column, column, width)
    made.close()
    return buffer.getvalue()


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """A width for each column that shows most of its texts."""
    return [min(48, max(10, *(2 * len(text) for text in column[:40]))) for column in zip(*rows, strict=True)]


def archive(package: Package, plan: Plan, language: str = "zh") -> bytes:
    """The package as CSV files in a ZIP, UTF-8 with a mark so that spreadsheets open them rightly; headings are field codes."""
    return zipped(tables(package, plan, language))


def zipped(sheets: Sequence[Table]) -> bytes:
    """Sheets as CSV files in a ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, rows, heads in sheets:
            text = io.StringIO()
            csv.writer(text).writerows([[guarded(cell) for cell in row] for row in (rows[0], *rows[heads:])])
            packed.writestr(zipfile.ZipInfo(f"{name}.csv", EPOCH), text.getvalue().encode("utf-8-sig"))
    return buffer.getvalue()
