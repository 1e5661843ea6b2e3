"""Tables of a file, and the two formats for results that ``convert`` reads and writes beside forms: StratML Part 2 and IATI."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zhiheng_cli.texts import Failure, Language, system, text

if TYPE_CHECKING:
    from zhiheng.interchange.results import Loss
    from zhiheng.plan.plan import Document

HEAD = 4096
"""Bytes in which a document names its root element."""


def opened(source: Path, lang: Language) -> Document:
    """The tables of a file, whatever its kind. What was not understood goes to standard error."""
    kind = kind_of(source)
    if kind:
        return arrived(source, kind, lang)
    from zhiheng.tables import read
    from zhiheng.tables.grid import Refused
    from zhiheng.tables.problems import message

    try:
        document = read(source)
    except Refused as refusal:
        raise Failure(message(refusal.problem, lang.value)) from None
    for problem in (*document.problems, *(problem for table in document.tables for problem in table.problems)):
        print(message(problem, lang.value), file=sys.stderr)
    return document


def kind_of(source: Path) -> str:
    """``stratml`` or ``iati`` for a document that begins as one, else ''."""
    try:
        with source.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError:
        return ""  # the reader of tables says what is the matter
    if not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return ""
    return "stratml" if b"PerformancePlanOrReport" in head else "iati" if b"<iati-activities" in head else ""


def arrived(source: Path, kind: str, lang: Language) -> Document:
    """The table of a StratML or IATI document, its results in its columns."""
    from zhiheng.interchange import iati_reading, stratml_reading
    from zhiheng.interchange.documents import MAX_BYTES
    from zhiheng.interchange.faults import Refused
    from zhiheng.interchange.results import table
    from zhiheng.plan.plan import Document, Table

    read = stratml_reading.read if kind == "stratml" else iati_reading.read
    try:
        with source.open("rb") as stream:
            found = read(stream.read(MAX_BYTES + 1))
    except OSError as damage:
        raise Failure(text("file_fault", lang, file=source, reason=system(damage, lang.value))) from None
    except Refused as refusal:
        raise Failure("\n".join(f"{source.name}: {fault.text(lang.value)}" for fault in refusal.faults)) from None
    for fault in found.faults:
        print(f"{source.name}: {fault.text(lang.value)}", file=sys.stderr)
    if found.results.plan.layout == "duty-table" and any(row.actual is not None for row in found.results.rows):
        print(text("actuals_not_on_form", lang, file=source.name), file=sys.stderr)
    return Document(source.name, (Table(table(found.results)),))


def exchanged(document: Document, kind: str, lang: Language) -> bytes:
    """The one table of a document as StratML or IATI. What the format cannot hold goes to standard error, by field."""
    from zhiheng.interchange import iati, stratml
    from zhiheng.interchange.faults import Refused
    from zhiheng.interchange.results import of_plan

    if len(document.tables) != 1:
        raise Failure(text("one_table", lang, file=document.file, count=len(document.tables)))
    results = of_plan(document.tables[0].plan)
    try:
        written = stratml.export(results) if kind == "stratml" else iati.export(results)
    except Refused as refusal:
        raise Failure("\n".join(f"{document.file}: {fault.text(lang.value)}" for fault in refusal.faults)) from None
    for line in left_out(written.losses, lang):
        print(line, file=sys.stderr)
    return written.data


def left_out(losses: tuple[Loss, ...], lang: Language) -> list[str]:
    """One line for each field that the format does not hold, with how often it was met."""
    counted = Counter(replace(loss, row=None, text="").what(lang.value) for loss in losses)
    return [text("left_out", lang, what=what, count=count) for what, count in counted.items()]
