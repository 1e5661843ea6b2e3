"""What every workbook of the reports keeps to: texts stay texts, bytes repeat, sheet names are legal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from zhiheng.reports.texts import saying

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "remove_timezone": True,
}
LONGEST = 32767
"""The characters that one cell of a workbook holds."""
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""A file says nothing of the clock, so that one plan always gives the same bytes."""


class TooLong(ValueError):  # noqa: N818 - it is an answer, not a fault
    """A text that no cell of a workbook can hold. ``row`` and ``column`` count from 1."""

    def __init__(self, row: int, column: int, length: int) -> None:
        words = (saying(language)("too_long", row=row, column=column, length=length, limit=LONGEST) for language in ("zh", "en"))
        super().__init__(" / ".join(words))
        self.row, self.column, self.length = row, column, length


def fix_dates(book: Any) -> None:
    """Take the clock out of the file."""
    book.set_properties({"created": CREATED, "author": "", "comments": ""})


def write(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    """Write ``text`` as a string, whatever it begins with; a blank cell keeps its borders."""
    if len(text) > LONGEST:
        raise TooLong(row + 1, column + 1, len(text))
    if text:
        sheet.write_string(row, column, text, style)
    else:
        sheet.write_blank(row, column, None, style)


def write_merged(sheet: Any, top: int, left: int, bottom: int, right: int, text: str, style: Any) -> None:
    """Write ``text`` over a range; a range of one cell is not merged."""
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", style)
    write(sheet, top, left, text, style)


def names(titles: Sequence[str]) -> list[str]:
    """A legal and distinct sheet name for each title: at most 31 characters, no sign that Excel forbids."""
    taken: set[str] = set()
    found = []
    for number, title in enumerate(titles, start=1):
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]", " ", title).strip(" '")[:31].strip(" '") or f"表{number}"
        name, again = plain, 1
        while name.casefold() in taken or name.casefold() == "history":
            again += 1
            name = f"{plain[: 31 - len(str(again)) - 1]} {again}"
        taken.add(name.casefold())
        found.append(name)
    return found
