"""A ledger as a file: what stands on the screen, no more and no less."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import IO

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from zhiheng.reports.listing import Value, comma_separated, workbook
from zhiheng.reports.sheets import TooLong

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
FILES = frozenset(MEDIA_TYPES)
"""The kinds of file there are."""
MOST_CELLS = 400_000
LONGEST_NUMBER = 40
"""Digits of the longest number that is taken as one: 1e999999999 written out would fill the memory."""


class NotATable(ValueError):  # noqa: N818 - it is an answer, not a fault
    """What was sent is not the rows of a ledger."""


def file_of(kind: str, title: str, rows: Sequence[Sequence[Value]]) -> HttpResponse:
    """The rows, the heading first, as a file to save. ``title`` names the file and its sheet."""
    content = workbook(title, rows) if kind == "xlsx" else comma_separated(rows)
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(True, f"{named(title)}.{kind}")
    return response


UPLOADED = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox", "Cache-Control": "private, no-store"}


def uploaded(content: IO[bytes], name: str, media_type: str) -> FileResponse:
    """A file as somebody uploaded it: a download, kept by nobody in between, never guessed at and never run."""
    return FileResponse(content, as_attachment=True, filename=name, content_type=media_type, headers=UPLOADED)


def named(title: str) -> str:
    """A file name of a title: without the signs that file systems refuse. Files of the demonstration say that they are."""
    title = f"演示数据 {title}" if settings.DEMO else title
    plain = "".join(" " if sign in '\\/:*?"<>|' or ord(sign) < 32 else sign for sign in title)
    return " ".join(plain.split())[:80] or "zhiheng"


def seen_rows(sent: str) -> list[list[Value]]:
    """The rows that the screen sent: lists of [text, is it a number]. Raises :class:`NotATable`."""
    try:
        lines = json.loads(sent)
        rows = [[_value(str(text), bool(number)) for text, number in line] for line in lines]
    except (ValueError, TypeError, RecursionError) as fault:
        raise NotATable(str(fault)) from fault
    if sum(len(row) for row in rows) > MOST_CELLS:
        raise NotATable("too many cells")
    return rows


def _value(text: str, number: bool) -> Value:
    """A cell: a number where the screen shows one as such, else its words."""
    plain = text.replace(",", "")
    if not number or not plain:
        return text
    try:
        found = Decimal(plain)
    except InvalidOperation:
        return text
    return found if found.is_finite() and len(plain) <= LONGEST_NUMBER and abs(found.adjusted()) <= LONGEST_NUMBER else text


__all__ = ["FILES", "NotATable", "TooLong", "file_of", "named", "seen_rows"]
