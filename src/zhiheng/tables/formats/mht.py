"""Web archives (mht) of browsers and of Excel: the pages in them, in order."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

from zhiheng.plan.place import Problem
from zhiheng.tables.formats.encodings import decoded
from zhiheng.tables.formats.html import read_html
from zhiheng.tables.formats.limits import MAX_MAIL_PARTS
from zhiheng.tables.formats.problems import refused
from zhiheng.tables.grid import Grid, Refused


def read_mht(data: bytes, file: str) -> tuple[tuple[Grid, ...], tuple[str, ...], list[Problem]]:
    """The tables of all pages, the lines below the last one, and the problems. A page that holds nothing is passed over."""
    grids: list[Grid] = []
    problems: list[Problem] = []
    below: tuple[str, ...] = ()
    if data.count(b"\n--") > MAX_MAIL_PARTS:
        raise refused("too-many-grids", file, limit=MAX_MAIL_PARTS)
    pages = [part for part in message_from_bytes(data, policy=default).walk() if part.get_content_type() == "text/html"]
    for page in pages:
        content = page.get_payload(decode=True)
        if not isinstance(content, bytes) or not content.strip():
            continue
        text, broken = decoded(content, file, markup=True)
        try:
            found, lines, told = read_html(text, file)
        except Refused as answer:
            if answer.problem.code != "empty":
                raise
            continue
        grids += found
        below = below + lines if not found else lines
        problems += broken + told
    return tuple(grids), below, problems
