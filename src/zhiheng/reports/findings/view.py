"""What a report on checked tables shows, in the words of one language and independent of the file type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from zhiheng.audit.engine import Audit
from zhiheng.audit.finding import Severity
from zhiheng.plan.place import Place
from zhiheng.plan.plan import Document
from zhiheng.reports.findings.money import Sum
from zhiheng.reports.texts import Say

SIGNS = {Severity.ERROR: "■", Severity.WARNING: "▲", Severity.INFORMATION: "○"}
"""A level is told by its word and its sign, never by colour alone."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as read, with the audit of each of its tables, in their order."""

    document: Document
    audits: tuple[Audit, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at: a finding, a problem of reading, or a rule that could not be run.

    ``number`` counts through the report; ``anchor`` is the row it concerns, '' if it concerns none.
    """

    number: int
    kind: str
    level: str
    sign: str
    word: str
    code: str
    title: str
    duty: str
    indicator: str
    field: str
    place: Place
    where: str
    message: str
    remedy: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as published and, where that says more, as it is read."""

    text: str
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator: its anchor, its row in the file, its values under the columns of the table, its findings."""

    anchor: str
    place: Place
    duty: str
    values: tuple[Shown, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A duty with its indicators and what was found there; ``heading`` says which."""

    anchor: str
    heading: str
    objective: str
    rows: tuple[Row, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """One table. ``columns`` are the headings over the values of its rows."""

    anchor: str
    title: str
    file: str
    facts: tuple[tuple[str, str], ...]
    sums: tuple[Sum, ...]
    counts: Counter[str]
    columns: tuple[str, ...]
    whole: tuple[Item, ...]
    groups: tuple[Group, ...]
    problems: tuple[Item, ...]
    failed: tuple[Item, ...]

    def items(self) -> Iterator[Item]:
        """Everything to look at, in the order of the report."""
        yield from self.whole
        for group in self.groups:
            yield from group.items
        yield from self.problems
        yield from self.failed


@dataclass(frozen=True, slots=True)
class FileView:
    """One file: its tables, and what was wrong with the file itself."""

    file: str
    name: str
    tables: tuple[TableView, ...]
    problems: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class View:
    """The whole report in one language."""

    language: str
    say: Say
    files: tuple[FileView, ...]

    def tables(self) -> Iterator[TableView]:
        """All tables of all files."""
        for file in self.files:
            yield from file.tables
