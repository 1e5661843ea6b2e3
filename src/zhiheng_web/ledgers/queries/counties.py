"""A register by 县区: how many entries and how much in each county. A county without any shows 0; what names none stands by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.safestring import SafeString

from zhiheng_web.ledgers.charts import tiles
from zhiheng_web.ledgers.columns import Kind
from zhiheng_web.ledgers.definition import Column, RegisterDefinition
from zhiheng_web.ledgers.divisions import counties_of, county_name
from zhiheng_web.ledgers.masking import sight_of
from zhiheng_web.ledgers.models import EntryVersion, Register
from zhiheng_web.ledgers.queries.entry_filter import NO_COUNTY, EntryFilter, filtered, read_filter
from zhiheng_web.ledgers.queries.reading import hidden_columns
from zhiheng_web.ledgers.queries.registers import register_for
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.authority import authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

TITLE = "各县区可计数 / by county"
UNKNOWN = Text("未注明县区", "No county given")


@dataclass(frozen=True, slots=True)
class CountyLine:
    """One county: what is recorded, what can count, and its quantities with their sums."""

    code: str
    text: Text
    recorded: int
    countable: int
    pairs: Sequence[tuple[Column, Decimal | None]]
    address: str


@dataclass(frozen=True, slots=True)
class CountiesPage:
    """A register by county. ``total`` is the sum of all lines, the one without a county included."""

    register: Register
    definition: RegisterDefinition
    asked: EntryFilter
    columns: Sequence[Column]
    lines: Sequence[CountyLine]
    total: CountyLine
    map: SafeString

    @property
    def text(self) -> Text:
        """What the register is called."""
        return Text(self.register.name_zh, self.register.name_en)


def counties_page(viewer: Viewer, register: UUID, query: Mapping[str, str]) -> CountiesPage:
    """The counties under the same filter as the list. The queries grow with nothing."""
    authorise_menu(viewer, "ledgers.see_entries")
    found = register_for(viewer, register)
    definition = definition_of(found)
    hidden = hidden_columns(definition, sight_of(viewer, found))
    asked = read_filter(query, definition, hidden)
    columns = [one for one in definition.columns if not one.detail and one.kind in (Kind.QUANTITY, Kind.MONEY) and one.name not in hidden]
    alive = ~Q(standing=EntryVersion.Standing.REVOKED)
    good = Q(standing=EntryVersion.Standing.CONFIRMED, gap="")
    sums = {f"sum_{one.name}": Sum(one.name, filter=good) for one in columns}
    rows = filtered(viewer, found, asked, definition, hidden).values("county")
    counted = {row["county"]: row for row in rows.annotate(recorded=Count("pk", filter=alive), countable=Count("pk", filter=good), **sums)}
    names = {county.code: county.text for county in counties_of(found.department.division_code)}
    codes = [*names, *sorted(code for code in counted if code and code not in names)]

    def line(code: str, text: Text) -> CountyLine:
        row = counted.get(code) or {}
        address = asked.address(county=code or NO_COUNTY)
        values = [(one, row.get(f"sum_{one.name}") if row else Decimal(0)) for one in columns]
        return CountyLine(code, text, row.get("recorded", 0), row.get("countable", 0), values, address)

    lines = [line(code, names.get(code) or county_name(code)) for code in codes] + [line("", UNKNOWN)]
    whole = [(column, sum((one.pairs[place][1] or Decimal(0) for one in lines), Decimal(0))) for place, column in enumerate(columns)]
    total = CountyLine(
        "", Text("合计", "Total"), sum(one.recorded for one in lines), sum(one.countable for one in lines), whole, asked.address(county="")
    )
    drawn = tiles(counties_of(found.department.division_code), {one.code: one.countable for one in lines}, TITLE)
    return CountiesPage(found, definition, asked, columns, lines, total, drawn)
