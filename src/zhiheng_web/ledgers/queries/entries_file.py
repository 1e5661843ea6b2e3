"""The rows of a register's filter as a file: written row by row, so that 50,000 of them need no more memory than fifty."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from zhiheng.audit.money import printed
from zhiheng.reports import sheets
from zhiheng.reports.formula import guarded
from zhiheng.reports.listing import EXACT_DIGITS
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.queries.reading import plain
from zhiheng_web.ledgers.queries.register_list import FileLine
from zhiheng_web.wording import Text

STATE = Text("办理状态", "State")
Value = str | Decimal


def heading(definition: RegisterDefinition) -> list[str]:
    """The columns as the register calls them, so that an import knows them again; then the state."""
    return [*(column.zh for column in definition.columns), STATE.zh]


def values(line: FileLine, states: dict[str, str]) -> list[Value]:
    """One entry as the file has it."""
    return [*(plain(cell) for cell in line.cells), states.get(line.version.state, line.version.state)]


def rows_of(definition: RegisterDefinition, batches: Iterable[Sequence[FileLine]]) -> Iterator[list[Value]]:
    """The heading, then the rows."""
    states = {state.code: state.zh for state in definition.states}
    yield list(heading(definition))
    for batch in batches:
        for line in batch:
            yield values(line, states)


def comma_separated(rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The rows as CSV in pieces; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    yield b"\xef\xbb\xbf"
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
        if target.tell() > 1 << 16:
            yield target.getvalue().encode()
            target.seek(0)
            target.truncate()
    yield target.getvalue().encode()


def _harmless(value: Value) -> str:
    if isinstance(value, Decimal):
        return printed(value)
    return guarded(value)


def workbook(title: str, rows: Iterable[Sequence[Value]]) -> IO[bytes]:
    """The rows as xlsx in a file of its own that goes when it is closed: texts stay texts, numbers are numbers."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    options: dict[str, Any] = {**sheets.OPTIONS, "in_memory": False, "constant_memory": True}
    with xlsxwriter.Workbook(target, options) as book:
        sheets.fix_dates(book)
        sheet = book.add_worksheet(sheets.names([title])[0])
        text, number, head = book.add_format({"num_format": "@"}), book.add_format(), book.add_format({"bold": True, "bottom": 6})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 60, 16)
        for index, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, Decimal) and _fits(value):
                    sheet.write_number(index, column, value, number)
                else:
                    words = printed(value) if isinstance(value, Decimal) else value
                    sheets.write(sheet, index, column, words, head if index == 0 else text)
    target.seek(0)
    return target


def _fits(number: Decimal) -> bool:
    """Whether a workbook keeps every digit of it."""
    return len(printed(number).lstrip("-").replace(".", "").strip("0")) <= EXACT_DIGITS
