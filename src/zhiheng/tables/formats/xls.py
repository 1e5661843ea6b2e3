"""Workbooks of Excel 97 and before, and of WPS (.et): every sheet, each figure as its cell shows it."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.canvas import Canvas, address, letters
from zhiheng.tables.formats.limits import MAX_LEGACY
from zhiheng.tables.formats.number_formats import general, shown, shown_text
from zhiheng.tables.formats.problems import listed, problem, refused
from zhiheng.tables.grid import Grid, Source

TEXT, NUMBER, DATE, BOOLEAN, ERROR = 1, 2, 3, 4, 5  # kinds of cells, as xlrd counts them


def read_xls(data: bytes, file: str) -> Source:
    """All sheets, hidden ones too. Formulas are not computed: their last result is read."""
    import xlrd

    if len(data) > MAX_LEGACY:
        raise refused("too-large", file, size=len(data) // 1_000_000, limit=MAX_LEGACY // 1_000_000)
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as fault:
        raise refused("encrypted" if "encrypted" in str(fault) else "file-cut", file) from fault
    problems: list[Problem] = []
    if "_VBA_PROJECT_CUR".encode("utf-16-le") in data:
        problems.append(problem("macros", Place(file)))
    grids: list[Grid] = []
    for sheet in book.sheets():
        canvas = Canvas(file, sheet.name)
        notes = _fill(canvas, book, sheet)
        grid = canvas.grid()
        if grid is not None:
            grids.append(grid)
            if sheet.visibility:
                problems.append(problem("sheet-hidden", Place(file, sheet.name), sheet=sheet.name))
            problems += canvas.problems + notes
    if not grids:
        raise refused("empty", file)
    return Source(file, "xls", tuple(grids), tuple(problems))


def _fill(canvas: Canvas, book: Any, sheet: Any) -> list[Problem]:
    """The cells and merged ranges of a sheet onto the canvas; gives what there is to tell."""
    notes: list[Problem] = []
    unshown: list[str] = []
    blank: list[str] = []
    filled_rows: set[int] = set()
    filled_columns: set[int] = set()
    for row in range(sheet.nrows):
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind not in {TEXT, NUMBER, DATE, BOOLEAN, ERROR}:
                continue
            text = _shown(book, kind, value, sheet.cell_xf_index(row, column))
            if kind == TEXT and value == "":
                blank.append(address(row, column))  # no text is stored blank: this is what a formula gave
            if text == "" and kind in {NUMBER, DATE}:
                unshown.append(f"{address(row, column)}={general(Decimal(repr(value)))}")
            elif kind == ERROR:
                notes.append(problem("cell-error", canvas.place(row, column), cell=address(row, column), text=text))
            if text:
                filled_rows.add(row)
                filled_columns.add(column)
                canvas.put(row, column, text)
    for top, below, left, beyond in sheet.merged_cells:
        canvas.merge(top, left, below - 1, beyond - 1)
    rows = [str(row + 1) for row, about in sorted(sheet.rowinfo_map.items()) if about.hidden and row in filled_rows]
    columns = [letters(column) for column, about in sorted(sheet.colinfo_map.items()) if about.hidden and column in filled_columns]
    for code, places in (("values-hidden", unshown), ("formulas-blank", blank), ("rows-hidden", rows), ("columns-hidden", columns)):
        if places:
            notes.append(problem(code, Place(canvas.file, canvas.sheet), places=listed(places)))
    return notes


def _shown(book: Any, kind: int, value: Any, style: int) -> str:
    if kind == BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == ERROR:
        from xlrd import error_text_from_code

        return str(error_text_from_code.get(value, f"#{value}"))
    code = _format(book, style)
    if kind == TEXT:
        text = str(value).replace("\r\n", "\n").replace("\r", "\n")
        return text if "@" not in code or code == "@" else shown_text(text, code)
    return shown(Decimal(repr(value)), code, since_1904=bool(book.datemode))


def _format(book: Any, style: int) -> str:
    """The number format of a cell style; General where the file describes none."""
    if not 0 <= style < len(book.xf_list):
        return "General"
    described = book.format_map.get(book.xf_list[style].format_key)
    return described.format_str if described is not None else "General"
