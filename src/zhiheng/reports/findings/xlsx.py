"""The report as a workbook: 概览, 指标, 问题清单, ready to filter and to print."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from zhiheng.reports import sheets
from zhiheng.reports.findings.view import Item, Row, TableView, View
from zhiheng.reports.measure import lines
from zhiheng.reports.settings import Settings

FILLS = {"error": "#FBE3E1", "warning": "#FFF3D6", "information": "#E6F0FA"}
SIZE = 10
CHARACTER = 1.9
"""Millimetres that one unit of a column's width takes at the body size."""
HIGHEST = 409.0


@dataclass(frozen=True, slots=True)
class Styles:
    """The looks of cells."""

    title: Any
    head: Any
    label: Any
    text: Any
    centre: Any
    levels: dict[str, Any]


def render(view: View, settings: Settings) -> bytes:
    """The workbook."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, sheets.OPTIONS) as book:
        sheets.fix_dates(book)
        styles = _styles(book, settings)
        _overview(book.add_worksheet(view.say("sheet_overview")), view, styles)
        _indicators(book.add_worksheet(view.say("sheet_indicators")), view, styles)
        _findings(book.add_worksheet(view.say("sheet_findings")), view, styles)
    return target.getvalue()


def _styles(book: Any, settings: Settings) -> Styles:
    base = {"font_name": settings.body_font, "font_size": SIZE, "border": 1, "border_color": "#9AA4B2", "text_wrap": True, "valign": "top"}
    as_text = {**base, "num_format": "@"}
    return Styles(
        title=book.add_format({"font_name": settings.title_font, "font_size": 16, "valign": "vcenter"}),
        head=book.add_format({**base, "bold": True, "bg_color": "#DCE6F1", "align": "center", "valign": "vcenter"}),
        label=book.add_format({**as_text, "bg_color": "#F3F6FA", "bold": True}),
        text=book.add_format(as_text),
        centre=book.add_format({**base, "align": "center"}),
        levels={level: book.add_format({**as_text, "bg_color": fill}) for level, fill in FILLS.items()},
    )


def _set_up(sheet: Any, view: View) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C" + view.say("page_of", page="&P", pages="&N"))
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)


def _overview(sheet: Any, view: View, styles: Styles) -> None:
    """Every table with its head, its money and its figures."""
    _set_up(sheet, view)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, view.say("title"), styles.title)
    row = 2
    for file in view.files:
        row = _pair(sheet, row, view.say("file"), file.file, styles)
        for item in file.problems:
            row = _pair(sheet, row, view.say("problems"), f"{item.sign} {item.word} {item.where} {item.message}", styles)
        if not file.tables:
            row = _pair(sheet, row, view.say("table"), view.say("no_tables"), styles)
        for table in file.tables:
            for label, words in _summary(table, view):
                row = _pair(sheet, row, label, words, styles)
            row += 1


def _summary(table: TableView, view: View) -> Iterator[tuple[str, str]]:
    say, counts = view.say, table.counts
    yield say("table"), table.title
    yield from table.facts
    for line in table.sums:
        yield line.name, f"{line.words}  {line.verdict_words}".rstrip()
    if counts["duties"]:
        yield say("duties"), str(counts["duties"])
    yield say("indicators"), str(counts["indicators"])
    for level in FILLS:
        yield say(level), f"{counts[level]}"
    yield say("problems"), str(counts["problems"])
    yield say("failed"), str(counts["failed"])


def _pair(sheet: Any, row: int, label: str, words: str, styles: Styles) -> int:
    _height(sheet, row, ((label, 24), (words, 90)))
    sheets.write(sheet, row, 0, label, styles.label)
    sheets.write(sheet, row, 1, words, styles.text)
    return row + 1


def _indicators(sheet: Any, view: View, styles: Styles) -> None:
    """One row per indicator of every table: as published, and as read."""
    _set_up(sheet, view)
    say = view.say
    headings = list(dict.fromkeys(name for table in view.tables() for name in table.columns))
    texts = [say("file"), say("table"), say("row"), say("duty")]
    widths = [18, 22, 7, 22]
    for name in headings:
        texts += [name] if _plain(name, view) else [name, say("reading", name=name)]
        widths += [34 if name == say("indicator") else 16] if _plain(name, view) else [16, 22]
    texts.append(say("findings"))
    widths.append(20)
    rows = [(file.name, table, row) for file in view.files for table in file.tables for group in table.groups for row in group.rows]
    _head(sheet, texts, widths, len(rows), styles, freeze=5)
    for index, (name, table, row) in enumerate(rows, start=1):
        cells = [name, table.title, row.place.row, row.duty, *_values(table, row, headings, view)]
        cells.append(" ".join(f"{item.sign}{item.code}" for item in row.items))
        _line(sheet, index, cells, widths, styles)


def _plain(name: str, view: View) -> bool:
    """Columns of words, which have no reading."""
    return name in (view.say("indicator"), view.say("category"))


def _values(table: TableView, row: Row, headings: Sequence[str], view: View) -> Iterator[str]:
    own = dict(zip(table.columns, row.values, strict=True))
    for name in headings:
        cell = own.get(name)
        yield cell.text if cell else ""
        if not _plain(name, view):
            yield (cell.reading or cell.text) if cell else ""


def _findings(sheet: Any, view: View, styles: Styles) -> None:
    """Everything to look at, one row each, with the place in columns of its own."""
    _set_up(sheet, view)
    keys = (
        "number", "file", "table", "kind", "severity", "code", "rule", "duty", "indicator", "subject",
        "sheet", "page", "row", "column", "message", "remedy",
    )  # fmt: skip
    widths = [6, 18, 22, 9, 10, 9, 20, 18, 24, 12, 10, 6, 6, 6, 52, 44]
    rows = [(file.name, "", item) for file in view.files for item in file.problems]
    rows += [(file.name, table.title, item) for file in view.files for table in file.tables for item in table.items()]
    _head(sheet, [view.say(key) for key in keys], widths, len(rows), styles, freeze=6)
    for index, (file, table, item) in enumerate(sorted(rows, key=lambda row: row[2].number), start=1):
        _line(sheet, index, _cells(file, table, item), widths, styles, level=item.level)


def _cells(file: str, table: str, item: Item) -> list[str | int | None]:
    place = item.place
    return [
        item.number, file, table, item.kind, f"{item.sign} {item.word}", item.code, item.title, item.duty, item.indicator,
        item.field, place.sheet, place.page, place.row, place.column, item.message, item.remedy,
    ]  # fmt: skip


def _head(sheet: Any, texts: Sequence[str], widths: Sequence[int], rows: int, styles: Styles, freeze: int) -> None:
    for column, (text, width) in enumerate(zip(texts, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheets.write(sheet, 0, column, text, styles.head)
    _height(sheet, 0, tuple(zip(texts, widths, strict=True)))
    sheet.freeze_panes(1, freeze)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(rows, 1), len(texts) - 1)


def _line(sheet: Any, row: int, cells: Sequence[str | int | None], widths: Sequence[int], styles: Styles, level: str = "") -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(row, column, cell, styles.centre)
        else:
            sheets.write(sheet, row, column, cell or "", styles.levels[level] if level and column in (4, 5) else styles.text)
    _height(sheet, row, tuple((str(cell or ""), width) for cell, width in zip(cells, widths, strict=True)))


def _height(sheet: Any, row: int, cells: Sequence[tuple[str, int]]) -> None:
    """A height that shows every word."""
    tallest = max(lines(text, width * CHARACTER, SIZE) for text, width in cells)
    sheet.set_row(row, min(tallest * SIZE * 1.4 + 4, HIGHEST))
