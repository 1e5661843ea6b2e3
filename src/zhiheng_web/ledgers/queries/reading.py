"""What entries say, for reading: each column of a register as a cell, masked where the viewer may not see it.

The same cells stand on the list, on the entry's page and in the files, so that a file holds what the screen shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from zhiheng.audit.money import printed
from zhiheng.values.units import PLAIN, UNITS
from zhiheng_web.ledgers.columns import Kind
from zhiheng_web.ledgers.definition import Column, RegisterDefinition
from zhiheng_web.ledgers.divisions import county_name
from zhiheng_web.ledgers.masking import CLASSIFIED, COVER, Seen, Sight, seen
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryVersion, Organisation
from zhiheng_web.ledgers.policies import visible_versions
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

NUMBERS = frozenset({Kind.QUANTITY, Kind.MONEY})
WAN = Decimal(10000)
YES, NO = Text("是", "Yes"), Text("否", "No")


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of one entry in words.

    ``value`` is typed where it is clear. ``number`` stands right; ``entry`` is what it leads to; ``masked``: not shown in clear, and why.
    """

    column: Column
    words: str
    value: Any = None
    number: bool = False
    masked: str = ""
    entry: UUID | None = None
    code: str = ""

    @property
    def dated(self) -> bool:
        """Whether it is a day, which does not break over lines."""
        return self.column.kind is Kind.DATE


def hidden_columns(definition: RegisterDefinition, sight: Sight) -> frozenset[str]:
    """The columns that are not shown in clear in all entries of the register: nothing is searched, sorted or summed by them."""
    return frozenset(
        column.name
        for column in definition.columns
        if not sight.clear(column.visibility)
        or (column.kind is Kind.PERSON and not sight.personal)
        or (definition.classified and column.name not in CLASSIFIED | {"due_on"})
    )


class Reader:
    """Makes cells of versions. What other entries are called is asked once for all versions given to :meth:`rows`."""

    def __init__(self, viewer: Viewer, definition: RegisterDefinition, sight: Sight) -> None:
        self._viewer, self._definition, self._sight = viewer, definition, sight
        self._choices: dict[str, dict[str, Text]] = {
            column.name: {choice.code: Text(choice.zh, choice.en or choice.zh) for choice in column.choices}
            for column in definition.columns
            if column.choices
        }

    def rows(self, versions: Sequence[EntryVersion], columns: Iterable[Column] | None = None) -> list[list[Cell]]:
        """The cells of each version (loaded as for a draft), in the order of the columns. At most one query."""
        wanted = list(columns if columns is not None else self._definition.columns)
        named = self._named(versions) if any(column.kind is Kind.ENTRY for column in wanted) else {}
        lines = []
        for version in versions:
            values = seen(self._definition, version, self._sight)
            lines.append([self._cell(version, column, values.get(column.name), named) for column in wanted])
        return lines

    def _named(self, versions: Sequence[EntryVersion]) -> dict[UUID, str]:
        ids = {version.about_id for version in versions if version.about_id}
        rows = visible_versions(self._viewer).filter(entry__in=ids, known_until=FOREVER).only("entry_id", "title", "number")
        return {row.entry_id: row.title or row.number for row in rows} if ids else {}

    def _cell(self, version: EntryVersion, column: Column, one: Seen | None, named: Mapping[UUID, str]) -> Cell:
        if column.name == "topics":
            topics = tuple(row.topic for row in version.topic_rows.all())
            known = self._choices.get("topics", {})
            return Cell(column, "、".join(str(known.get(topic, topic)) for topic in topics), topics or None)
        if one is None:
            return Cell(column, "")
        if not one.clear:
            return Cell(column, str(one.value) if one.value is not None else COVER, masked=str(one.notice))
        words, code, entry = self._words(column, one.value, named)
        return Cell(column, words, one.value, column.kind in NUMBERS, entry=entry, code=code)

    def _words(self, column: Column, value: Any, named: Mapping[UUID, str]) -> tuple[str, str, UUID | None]:
        """The words of a clear value, the credit code beside an organisation, the entry that it leads to."""
        if value.__class__ is str and column.kind in (Kind.WORD, Kind.TEXT):
            return value, "", None
        if column.name in self._choices:
            return str(self._choices[column.name].get(str(value), value)), "", None
        if isinstance(value, Entry):
            return named.get(value.pk, value.key), "", value.pk if value.pk in named else None
        if isinstance(value, Organisation):
            return value.name, value.uscc, None
        if column.kind is Kind.COUNTY:
            return str(county_name(value)), value, None
        if column.kind is Kind.YES_NO:
            return str(YES if str(value) == "1" else NO), "", None
        if column.kind in NUMBERS:
            amount = Decimal(value)
            return spaced(amount / WAN if column.kind is Kind.MONEY else amount), "", None
        if isinstance(value, date):
            return value.isoformat(), "", None
        return getattr(value, "name", None) or str(value), "", None


def spaced(number: Decimal) -> str:
    """A number as people write it: thousands apart, no zeros at the end."""
    text = printed(number)
    whole, _, rest = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return sign + f"{int(digits):,}" + (f".{rest}" if rest else "")


def unit_of(column: Column) -> str:
    """The unit in which a page shows a column: money in 万元."""
    return str(Text("万元", "×10,000 yuan")) if column.kind is Kind.MONEY else column.unit


def plain(cell: Cell) -> str | Decimal:
    """A cell as a file keeps it and an import reads it back: numbers exact in the unit of the column, an organisation with its code."""
    if cell.masked or cell.value is None:
        return cell.words
    if cell.column.kind is Kind.MONEY:
        return Decimal(cell.value) / _yuan(cell.column.unit)
    if cell.column.kind is Kind.QUANTITY:
        return Decimal(cell.value)
    if isinstance(cell.value, Organisation):
        return f"{cell.code} {cell.words}".strip()
    if isinstance(cell.value, Entry):
        return str(cell.value.pk)
    return cell.words


@lru_cache(maxsize=64)
def _yuan(unit: str) -> Decimal:
    """How many 元 one of the unit is."""
    known = UNITS.get(PLAIN[unit].unit) if unit in PLAIN else None
    return Decimal(known.factor.numerator) / known.factor.denominator if known is not None and known.family == "money" else Decimal(1)
