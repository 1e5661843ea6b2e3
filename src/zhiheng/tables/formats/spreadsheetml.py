"""Workbooks as one XML file (SpreadsheetML 2003), which many systems export under the name .xls."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from lxml import etree

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.canvas import Canvas, address
from zhiheng.tables.formats.limits import MAX_COLUMNS, MAX_GRIDS, MAX_ROWS
from zhiheng.tables.formats.markup import attribute, local
from zhiheng.tables.formats.number_formats import general, number, shown
from zhiheng.tables.formats.problems import listed, problem, refused
from zhiheng.tables.grid import Grid, Source

NAMED = {
    "General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
    "Currency": '"¥"#,##0.00', "Euro Currency": '"€"#,##0.00', "General Date": "yyyy/m/d h:mm", "Long Date": 'yyyy"年"m"月"d"日"',
    "Medium Date": "d-mmm-yy", "Short Date": "yyyy/m/d", "Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM", "Short Time": "h:mm",
}  # fmt: skip
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?)?Z?")


def read_spreadsheetml(root: etree._Element, file: str) -> Source:
    """All sheets, hidden ones too."""
    formats = _formats(root)
    grids: list[Grid] = []
    problems: list[Problem] = []
    for sheet in root:
        if local(sheet) != "Worksheet":
            continue
        name = attribute(sheet, "Name") or ""
        canvas = Canvas(file, name)
        notes: list[Problem] = []
        for table in sheet:
            if local(table) == "Table":
                _fill(canvas, table, formats, notes)
        grid = canvas.grid()
        if grid is None:
            continue
        grids.append(grid)
        if len(grids) > MAX_GRIDS:
            raise refused("too-many-grids", file, limit=MAX_GRIDS)
        if any((child.text or "").startswith("Sheet") for child in sheet.iter("{*}Visible")):
            problems.append(problem("sheet-hidden", Place(file, name), sheet=name))
        problems += canvas.problems + notes
    if not grids:
        raise refused("empty", file)
    return Source(file, "spreadsheetml", tuple(grids), tuple(problems))


def _formats(root: etree._Element) -> dict[str, str]:
    """The number format of every style."""
    found: dict[str, str] = {}
    for style in root.iter("{*}Style"):
        parent = found.get(attribute(style, "Parent") or "", "General")
        own = next((attribute(child, "Format") for child in style if local(child) == "NumberFormat"), None)
        found[attribute(style, "ID") or ""] = parent if own is None else NAMED.get(own, own)
    return found


def _fill(canvas: Canvas, table: etree._Element, formats: dict[str, str], notes: list[Problem]) -> None:
    row = -1
    unshown: list[str] = []
    unseen: list[str] = []
    for element in table:
        if local(element) != "Row":
            continue
        row = min(_whole(element, "Index", row + 2) - 1, MAX_ROWS)
        column = -1
        filled = False
        for cell in element:
            if local(cell) != "Cell":
                continue
            column = min(_whole(cell, "Index", column + 2) - 1, MAX_COLUMNS)
            code = formats.get(attribute(cell, "StyleID") or "Default", "General")
            text = _shown(cell, code, canvas, row, column, notes, unshown)
            canvas.put(row, column, text)
            filled = filled or bool(text.strip())
            across, down = _whole(cell, "MergeAcross", 0), _whole(cell, "MergeDown", 0)
            if across or down:
                canvas.merge(row, column, row + down, column + across)
            column = min(column + across, MAX_COLUMNS)
        if filled and attribute(element, "Hidden") == "1":
            unseen.append(str(row + 1))
        row = min(row + _whole(element, "Span", 0), MAX_ROWS)
    for code, places in (("values-hidden", unshown), ("rows-hidden", unseen)):
        if places:
            notes.append(problem(code, Place(canvas.file, canvas.sheet), places=listed(places)))


def _shown(cell: etree._Element, code: str, canvas: Canvas, row: int, column: int, notes: list[Problem], unshown: list[str]) -> str:
    data = next((child for child in cell if local(child) == "Data"), None)
    formula = attribute(cell, "Formula")
    if data is None:
        if formula is not None:
            formula = formula.removeprefix("=")
            notes.append(problem("formula-no-value", canvas.place(row, column), cell=address(row, column), formula=formula))
        return ""
    text = "".join(str(piece) for piece in data.itertext()).replace("\r\n", "\n").replace("\r", "\n")
    kind = attribute(data, "Type")
    if kind == "Error":
        notes.append(problem("cell-error", canvas.place(row, column), cell=address(row, column), text=text))
    elif kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    value = number(text) if kind == "Number" else _moment(text) if kind == "DateTime" else None
    if value is None:
        return text
    written = shown(value, code)
    if not written:
        unshown.append(f"{address(row, column)}={general(value)}")
    return written


def _moment(text: str) -> Decimal | None:
    """A moment as days since the first of 1900, like all office programs count; None before that or for no date."""
    match = MOMENT.fullmatch(text.strip())
    if match is None:
        return None
    try:
        moment = datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None
    days = moment - datetime(1899, 12, 30)
    return Decimal(days.days) + Decimal(days.seconds) / 86400 if days.days >= 61 else None


def _whole(element: etree._Element, name: str, otherwise: int) -> int:
    stated = attribute(element, name)
    return int(stated) if stated and stated.isascii() and stated.isdigit() and len(stated) < 9 else otherwise
