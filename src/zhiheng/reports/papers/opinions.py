"""The sheet of opinions (审签意见): who decided what at which checkpoint, when, with room for signature and seal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from zhiheng.reports.form import Form, FormCell, Paper
from zhiheng.reports.forms.head import label, text, value

WIDTHS = (6, 3, 6, 3, 4, 3, 7)
SHEET = Paper("a4", 210, 297, 20, 11)
BLANK_DAY = "　　年　月　日"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One checkpoint's block. What has not been decided yet has no name and no day: the block stays open for pen and seal.

    ``outcome`` in words (同意, 退回), ``notes`` are lines such as 纪要号 and 文号.
    """

    checkpoint: str
    outcome: str = ""
    opinion: str = ""
    name: str = ""
    day: date | None = None
    notes: tuple[str, ...] = ()


def day_words(day: date | None) -> str:
    """2020年1月10日, or blanks to be filled in by hand."""
    return BLANK_DAY if day is None else f"{day.year}年{day.month}月{day.day}日"


def sheet(title: str, number: str, opinions: Sequence[Opinion], facts: Iterable[tuple[str, str]] = ()) -> Form:
    """The opinions as a table of their own."""
    rows = (*fact_rows(facts), *blocks(opinions))
    return Form(title, f"编号：{number}" if number else "编号：（未编号）", rows, WIDTHS, 0, 0, SHEET)


def fact_rows(facts: Iterable[tuple[str, str]]) -> Iterator[tuple[FormCell, ...]]:
    """A label and its words over the whole line."""
    for name, words in facts:
        yield (label(name), text(words, columns=len(WIDTHS) - 1))


def blocks(opinions: Sequence[Opinion]) -> Iterator[tuple[FormCell, ...]]:
    """Each opinion in two lines: the words, then signature, seal and day."""
    for each in opinions:
        opinion = "" if each.opinion.strip("。") == each.outcome else each.opinion
        said = "　".join(part for part in (each.outcome, opinion) if part)
        words = "\n".join(part for part in (said, *each.notes) if part)
        room = "\n　" * max(3 - words.count("\n") - len(words) // 30, 1)
        yield (label(each.checkpoint, rows=2), text(words + room, columns=len(WIDTHS) - 1))
        yield (
            label("签　字"),
            value(f"　\n{each.name or '　'}\n　"),
            label("盖　章"),
            value(""),
            label("日　期"),
            value(day_words(each.day)),
        )
