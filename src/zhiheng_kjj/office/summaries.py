"""Summaries of a register that the pack declares instead of writing a page for each: a list with flags, figures by group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.expressions import BaseExpression

from zhiheng_kjj.office.desk import Desk, words_of
from zhiheng_kjj.office.tables import Cell, Heading, Table, figure, summed, word
from zhiheng_web.ledgers.columns import Kind
from zhiheng_web.ledgers.divisions import counties_of, county_name
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.queries.reading import NUMBERS, WAN
from zhiheng_web.wording import Text

Shown = Callable[[Desk, EntryVersion], bool]
Flag = Callable[[Desk, EntryVersion], Cell]
STATE = Text("状态", "State")
NOTHING = Text("没有记录。请在台账中登记。", "There are no entries. Record them in the register.")


def every(_desk: Desk, _row: EntryVersion) -> bool:
    """All entries are shown."""
    return True


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of a register: its columns by name, the state, and what the pack works out for each entry (days left, limit kept)."""

    register: str
    title: Text
    columns: tuple[str, ...]
    flags: tuple[tuple[Text, Flag], ...] = ()
    shown: Shown = every
    order: tuple[str, ...] = ("number", "entry")
    note: Text | None = None
    empty: Text = NOTHING
    shares: tuple[int, ...] = ()


def listed(desk: Desk, listing: Listing) -> Table:
    """The list as a table. One query for its entries, and those that the flags ask once for all."""
    code = listing.register
    definition = desk.definition(code)
    columns = [definition.column(name) for name in listing.columns]
    shares = listing.shares or tuple(7 if column.name == "title" else 4 for column in columns)
    headings = [
        Heading(_with_unit(column.text, column), column.kind in NUMBERS, share) for column, share in zip(columns, shares, strict=True)
    ]
    headings += [Heading(STATE)] + [Heading(text, share=4) for text, _ in listing.flags]
    rows = tuple(
        (*desk.said(code, row, listing.columns), desk.state(code, row), *(flag(desk, row) for _, flag in listing.flags))
        for row in desk.rows(code, *listing.order)
        if listing.shown(desk, row)
    )
    return Table(listing.title, tuple(headings), rows, listing.empty, listing.note, register=desk.registers[code].pk)


def _with_unit(text: Text, column: Any) -> Text:
    if column.kind is Kind.MONEY:
        return Text(f"{text.zh.replace('（元）', '')}（万元）", f"{text.en.replace(' (yuan)', '')} (×10,000 yuan)")
    return Text(f"{text.zh}（{column.unit}）", f"{text.en} ({column.unit})") if column.unit else text


@dataclass(frozen=True, slots=True)
class Grouping:
    """Figures of a register by one column: ``figures`` are (words, an aggregate, whether it is money in 元)."""

    register: str
    title: Text
    by: str
    figures: tuple[tuple[Text, BaseExpression, bool], ...]
    where: Callable[[Desk], Q] = lambda _: Q()
    note: Text | None = None


def grouped(desk: Desk, grouping: Grouping) -> Table:
    """The figures as a table with their sum: one query. A county without any shows 0, what names none stands last."""
    code, by = grouping.register, grouping.by
    named = {f"f{index}": aggregate for index, (_, aggregate, _) in enumerate(grouping.figures)}
    rows = desk.versions(code).filter(grouping.where(desk), gap="").order_by().values(by).annotate(**named)
    found = {row[by]: [_figure(row[name], money) for name, (_, _, money) in zip(named, grouping.figures, strict=True)] for row in rows}
    column = desk.definition(code).column(by)
    order = [county.code for county in counties_of(desk.department.division_code)] if by == "county" else []
    order = order or [choice.code for choice in column.choices]
    order += sorted(key for key in found if key not in order)
    blank = [0 for _ in grouping.figures]
    lines = [(key, found.get(key, blank)) for key in order]
    words = {key: county_name(key) if by == "county" else words_of(column, key) for key in order}
    words[""] = Text("未注明", "Not given")
    headings = (Heading(column.text, share=5), *(Heading(text, number=True) for text, _, _ in grouping.figures))
    cells = tuple((word(words[key]), *(figure(one) for one in figures)) for key, figures in lines)
    total = (word(Text("合计", "Total")), *(figure(one) for one in summed([figures for _, figures in lines]))) if lines else ()
    return Table(grouping.title, headings, cells, NOTHING, grouping.note, total, desk.registers[code].pk)


def _figure(value: Any, money: bool) -> Any:
    return (value or 0) / WAN if money else value or 0
