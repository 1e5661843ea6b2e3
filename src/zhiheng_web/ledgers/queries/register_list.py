"""The list of a register: what a filter lets through, sorted, page by page without counting off rows, and as a file.

A filter is read from the address and nothing else, so that the page, its counts and its file are of the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q, QuerySet, Sum

from zhiheng_web.ledgers.columns import COMMON, Kind
from zhiheng_web.ledgers.definition import Choice, Column, RegisterDefinition
from zhiheng_web.ledgers.divisions import County, counties_of
from zhiheng_web.ledgers.masking import Sight, sight_of, title_of
from zhiheng_web.ledgers.models import EntryVersion, Register
from zhiheng_web.ledgers.queries.entry_filter import EntryFilter, filtered, read_filter, sortable
from zhiheng_web.ledgers.queries.reading import NUMBERS, Cell, Reader, hidden_columns
from zhiheng_web.ledgers.queries.registers import COUNTS, Counts, register_for
from zhiheng_web.ledgers.writing import definition_of, loaded, loaded_many, words_of
from zhiheng_web.organisation.authority import authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

PAGE = 50
WORDS = ("number", "title", "person", "organisation", "county", "category", "level", "channel", "about")
DAYS = ("due_on", "done_on", "decided_on", "happened_on", "valid_from", "valid_until", "received_on", "recommended_on", "data_year")
FIGURES = ("quantity", "amount", "numerator", "denominator")
"""Columns of a list, those that say most before the others; the rest stand on the entry's page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry on the list."""

    version: EntryVersion
    name: str
    cells: Sequence[Cell]
    state: str
    gap: str


@dataclass(slots=True)
class FileLine:
    """One entry in a file: its cells without what only a page shows."""

    version: EntryVersion
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter."""

    code: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the list: the address that sorts by it ('' if nothing does), how it is sorted, its sum over all rows of the filter."""

    column: Column
    number: bool
    sort: str
    sorted: str
    summed: bool
    total: Any


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of a register's list."""

    register: Register
    definition: RegisterDefinition
    asked: EntryFilter
    columns: Sequence[Heading]
    lines: Sequence[Line]
    counts: Counts
    found: int
    options: Mapping[str, Sequence[Option]]
    dates: Sequence[Column]
    previous: str
    next: str
    standings: Sequence[str] = ("confirmed", "submitted", "returned", "revoked")

    @property
    def text(self) -> Text:
        """What the register is called."""
        return Text(self.register.name_zh, self.register.name_en)

    @property
    def purpose(self) -> Text | None:
        """What it is for."""
        zh = self.definition.purpose_zh
        return Text(zh, self.definition.purpose_en or zh) if zh else None

    @property
    def has_county(self) -> bool:
        """Whether its entries lie in counties."""
        return self.definition.has("county")

    @property
    def has_totals(self) -> bool:
        """Whether some column is summed."""
        return any(one.summed for one in self.columns)

    @property
    def narrowed(self) -> bool:
        """Whether one of the filters that stand behind 更多条件 is set."""
        folded = {"category", "level", "channel", "topic"} & self.asked.chosen.keys()
        return bool(folded or self.asked.since or self.asked.until or self.asked.known)

    @property
    def choosable(self) -> list[tuple[str, Text, Sequence[Option]]]:
        """The filters of the register's own lists: name, what the register calls it, what it offers."""
        columns = {"category": "category", "level": "level", "channel": "channel", "topic": "topics"}
        return [(name, self.definition.column(column).text, self.options[name]) for name, column in columns.items() if name in self.options]


def listed(definition: RegisterDefinition) -> list[Column]:
    """The columns of the list: at most five words, two days and two figures, in the order of the register."""
    chosen = {name for names, most in ((WORDS, 5), (DAYS, 2), (FIGURES, 2)) for name in [n for n in names if definition.has(n)][:most]}
    found = [column for column in definition.shown if column.name in chosen]
    return found if len(found) >= 3 else list(definition.shown)[:8]


def register_page(viewer: Viewer, register: UUID, query: Mapping[str, str]) -> RegisterPage:
    """A page of the list. The queries do not grow with the rows, nor the time with the number of the page."""
    authorise_menu(viewer, "ledgers.see_entries")
    found = register_for(viewer, register)
    definition = definition_of(found)
    sight = sight_of(viewer, found)
    hidden = hidden_columns(definition, sight)
    asked = read_filter(query, definition, hidden)
    rows = filtered(viewer, found, asked, definition, hidden)
    summed = [
        column.name
        for column in definition.columns
        if not column.detail and column.kind in (Kind.QUANTITY, Kind.MONEY) and column.name not in hidden
    ]
    totals = rows.aggregate(**COUNTS, found=Count("pk"), **{f"sum_{name}": Sum(name) for name in summed})
    versions, more_before, more_after = _page(rows, definition, hidden, asked)
    columns = listed(definition)
    reader = Reader(viewer, definition, sight)
    cells = reader.rows(versions, columns)
    lines = [_line(definition, version, row, sight) for version, row in zip(versions, cells, strict=True)]
    order = ordering(asked, definition, hidden)
    return RegisterPage(
        register=found,
        definition=definition,
        asked=asked,
        columns=_headings(columns, asked, order, sortable(definition, hidden), {name: totals[f"sum_{name}"] for name in summed}),
        lines=lines,
        counts=Counts(**{name: totals[name] for name in COUNTS}),
        found=totals["found"],
        options=_options(found, definition, asked, hidden),
        dates=[column for column in definition.columns if column.kind is Kind.DATE and not column.detail and column.name not in hidden],
        previous=asked.address(after="", before=_place(versions[0], order)) if versions and more_before else "",
        next=asked.address(before="", after=_place(versions[-1], order)) if versions and more_after else "",
    )


def _headings(
    columns: Sequence[Column], asked: EntryFilter, order: str, usable: frozenset[str], totals: Mapping[str, Any]
) -> list[Heading]:
    found = []
    for column in columns:
        here = order.removeprefix("-") == column.name
        down = order.startswith("-")
        other = column.name if here and down else f"-{column.name}" if here or column.kind in (Kind.DATE, *NUMBERS) else column.name
        address = asked.address(order=other, after="", before="") if column.name in usable else ""
        said = ("descending" if down else "ascending") if here else ""
        number = column.kind in NUMBERS
        found.append(Heading(column, number, address, said, column.name in totals, totals.get(column.name)))
    return found


def _line(definition: RegisterDefinition, version: EntryVersion, cells: Sequence[Cell], sight: Sight) -> Line:
    name = title_of(definition, version, sight) or next((cell.words for cell in cells if cell.words and not cell.masked), "—")
    return Line(version, name, cells, state_words(definition, version.state), gap_words(definition, version.gap))


def state_words(definition: RegisterDefinition, code: str) -> str:
    """A state of the business in words; the code where the register no longer has it."""
    return next((str(state.text) for state in definition.states if state.code == code), code)


def gap_words(definition: RegisterDefinition, gap: str) -> str:
    """Why an entry cannot count, in words; '' if nothing stands against it."""
    if gap in ("", "evidence"):
        return str(Text("缺证据", "Evidence missing")) if gap else ""
    return next((str(check.text) for check in definition.checks if check.code == gap), str(Text("未通过校核", "Failed a check")))


def ordering(asked: EntryFilter, definition: RegisterDefinition, hidden: frozenset[str]) -> str:
    """The column of the order: as asked, else the register's first date, newest first, else when it was last known."""
    if asked.order:
        return asked.order
    names = sortable(definition, hidden)
    first = next((column.name for column in definition.columns if column.kind is Kind.DATE and column.name in names), "")
    return f"-{first}" if first else "-known_from"


def _column(order: str) -> str:
    name = order.removeprefix("-")
    return f"{name}_name" if name in COMMON and COMMON[name].kind is Kind.ORGANISATION else name


def in_order(rows: QuerySet[Any], order: str, *, backwards: bool = False) -> QuerySet[Any]:
    """Sorted by a column and then by entry, blanks last, so that the order is one and the same on every page."""
    column, down = F(_column(order)), order.startswith("-")
    if backwards:
        down = not down
        sort = column.desc(nulls_first=True) if down else column.asc(nulls_first=True)
    else:
        sort = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
    return rows.order_by(sort, "-entry" if down else "entry")


def _place(version: EntryVersion, order: str) -> str:
    value = getattr(version, _column(order))
    return f"{version.entry_id}~{value.isoformat() if isinstance(value, datetime) else words_of(value)}~{'0' if value is None else '1'}"


def _beyond(place: str, order: str, *, backwards: bool) -> Q:
    """The rows beyond a place: after it in the order, or before it."""
    entry, _, rest = place.partition("~")
    words, _, known = rest.rpartition("~")
    name = _column(order)
    try:
        identity = UUID(entry)
        value = EntryVersion._meta.get_field(name).to_python(words) if known == "1" else None
    except (ValueError, ValidationError):
        return Q()
    up = order.startswith("-") == backwards
    further = Q(entry__gt=identity) if up else Q(entry__lt=identity)
    blank = Q(**{f"{name}__isnull": True})
    if value is None:
        return (~blank | (blank & further)) if backwards else blank & further
    beyond = Q(**{f"{name}__gt" if up else f"{name}__lt": value}) | (Q(**{name: value}) & further)
    return beyond if backwards else beyond | blank


def _page(
    rows: QuerySet[Any], definition: RegisterDefinition, hidden: frozenset[str], asked: EntryFilter
) -> tuple[list[EntryVersion], bool, bool]:
    """The rows of the page with all that their cells read, and whether there are some before and some after."""
    order = ordering(asked, definition, hidden)
    backwards = bool(asked.before)
    place = asked.before or asked.after
    chosen = rows.filter(_beyond(place, order, backwards=backwards)) if place else rows
    keys = list(in_order(chosen, order, backwards=backwards).values_list("pk", flat=True)[: PAGE + 1])
    more, keys = len(keys) > PAGE, keys[:PAGE]
    found = loaded(EntryVersion.objects.filter(pk__in=keys)).defer("register__definition")
    by_key = {version.pk: version for version in found}
    versions = [by_key[key] for key in (reversed(keys) if backwards else keys)]
    return versions, (more if backwards else bool(place)), (True if backwards else more)


def every_row(viewer: Viewer, register: UUID, query: Mapping[str, str]) -> tuple[Register, RegisterDefinition, Iterator[list[FileLine]]]:
    """All rows of the filter in its order, in batches, for a file: the register, its definition, the batches."""
    authorise_menu(viewer, "ledgers.see_entries")
    found = register_for(viewer, register)
    definition = definition_of(found)
    sight = sight_of(viewer, found)
    hidden = hidden_columns(definition, sight)
    asked = replace(read_filter(query, definition, hidden), after="", before="")
    rows = in_order(filtered(viewer, found, asked, definition, hidden), ordering(asked, definition, hidden))
    return found, definition, _batches(found, rows, Reader(viewer, definition, sight))


BATCH = 1000


def _batches(register: Register, rows: QuerySet[Any], reader: Reader) -> Iterator[list[FileLine]]:
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        by_key = {version.pk: version for version in loaded_many(register, EntryVersion.objects.filter(pk__in=some))}
        versions = [by_key[key] for key in some]
        yield [FileLine(version, row) for version, row in zip(versions, reader.rows(versions), strict=True)]


def _options(register: Register, definition: RegisterDefinition, asked: EntryFilter, hidden: frozenset[str]) -> dict[str, Sequence[Option]]:
    """What the filters offer: the states, choices and counties of the register."""
    counties: Sequence[County] = counties_of(register.department.division_code)
    listed: dict[str, Sequence[tuple[str, str]]] = {"state": [(state.code, str(state.text)) for state in definition.states]}
    if definition.has("county"):
        listed["county"] = [(county.code, str(county.text)) for county in counties]
    for name in ("category", "level", "channel"):
        if definition.has(name) and name not in hidden:
            listed[name] = _words_of(definition.column(name).choices)
    if definition.has("topics"):
        listed["topic"] = _words_of(definition.column("topics").choices)
    return {name: [Option(code, words, asked.chosen.get(name) == code) for code, words in pairs] for name, pairs in listed.items() if pairs}


def _words_of(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    return [(choice.code, str(Text(choice.zh, choice.en or choice.zh))) for choice in choices]
