"""What a page of the office's work shows: tables as values, the same for the page and for a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhiheng_web.ledgers.queries.reading import spaced
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure or word. ``tone``: '' or good, warn, bad, info, shown as a badge; ``entry`` is the entry that it leads to.

    ``dated``: a day, which does not break over lines.
    """

    words: str | Text = ""
    number: bool = False
    tone: str = ""
    entry: UUID | None = None
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column is called; ``number``: its figures stand right. ``share`` is its part of a paper's width."""

    text: Text
    number: bool = False
    share: int = 3


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``empty`` is said in place of rows, ``note`` under the title, ``total`` closes it."""

    title: Text
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: Text
    note: Text | None = None
    total: tuple[Cell, ...] = ()
    register: UUID | None = None


def word(words: str | Text | None, tone: str = "", entry: UUID | None = None) -> Cell:
    """A word."""
    return Cell("" if words is None else words, tone=tone, entry=entry)


def figure(value: Decimal | int | None, tone: str = "") -> Cell:
    """A figure; one that is not known is a dash, which is not 0."""
    return Cell("—" if value is None else spaced(Decimal(value)), number=True, tone=tone)


def day(value: date | None, tone: str = "") -> Cell:
    """A day, a dash where there is none."""
    return Cell("—" if value is None else value.isoformat(), tone=tone, dated=True)


def summed(rows: Sequence[Sequence[Decimal | int | None]]) -> list[Decimal]:
    """The columns of some rows added up; what is not known adds nothing."""
    return [sum((Decimal(one) for one in column if one is not None), Decimal(0)) for column in zip(*rows, strict=True)]
