"""One indicator's actual value: its parts, how each came about, its months, the other readings, and the entries behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import connection
from django.db.models import Count
from django.utils.safestring import SafeString

from zhiheng.values.value import Quantity
from zhiheng_web.ledgers.masking import sight_of, title_of
from zhiheng_web.ledgers.measures.actual import actuals, actuals_of_bases, bases_of, months, parts_of, target_rows
from zhiheng_web.ledgers.measures.counting import Run, end_of, statements
from zhiheng_web.ledgers.measures.dialect import Dialect
from zhiheng_web.ledgers.measures.judging import meaning
from zhiheng_web.ledgers.measures.result import REASON_NAMES, Actual, PartResult, Reason
from zhiheng_web.ledgers.measures.statements import CODE, REASONS
from zhiheng_web.ledgers.models import FOREVER, Binding, CountingBasis, EntryVersion, Evidence, Register, Snapshot
from zhiheng_web.ledgers.policies import visible_versions
from zhiheng_web.ledgers.queries.actuals_page import day_of_table
from zhiheng_web.ledgers.queries.explaining import Line, equation, explained
from zhiheng_web.ledgers.queries.register_list import state_words
from zhiheng_web.ledgers.writing import definition_of, loaded
from zhiheng_web.organisation.authority import absent, authorise_menu, may
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.queries.indicator import INDICATOR
from zhiheng_web.planning.queries.tables import table_version
from zhiheng_web.ui.charts import Point, history
from zhiheng_web.wording import Text

PAGE = 50
ALL, LEFT_OUT = "all", "left_out"


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part with its register and the lines that explain its figure."""

    part: PartResult
    binding: Binding
    register: Register
    lines: Sequence[Line]
    chosen: bool
    reasons: Sequence[tuple[Reason, Text, int]]

    @property
    def equation(self) -> str:
        """A stock or its change as one sum that can be followed; '' where the figure is none."""
        return equation(self.part)

    @property
    def text(self) -> Text:
        """What its register is called."""
        return Text(self.register.name_zh, self.register.name_en)


@dataclass(frozen=True, slots=True)
class MonthShown:
    """The value at a month's end, or on the day looked at where that comes first."""

    month: str
    day: date
    actual: Actual

    @property
    def counted(self) -> int:
        """The entries counted, of the parts that are judged."""
        return self.actual.counted


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the indicator, with the value it would give."""

    basis: CountingBasis
    actual: Actual | None
    holds: bool

    @property
    def text(self) -> Text:
        """The reading in words."""
        return Text(self.basis.text_zh, self.basis.text_en or self.basis.text_zh)


@dataclass(frozen=True, slots=True)
class BehindLine:
    """One entry behind a figure: counted (``reason`` None) or not and why, with its first piece of evidence."""

    entry: UUID
    name: str
    organisation: str
    state: str
    day: str
    reason: Text | None
    proofs: int
    proof: UUID | None


@dataclass(frozen=True, slots=True)
class ActualShown:
    """All that stands on the page. ``month`` is the month whose entries are listed, '' for the whole period."""

    table: PerformanceTable
    version: TableVersion
    row: IndicatorRow
    on: date
    known: date | None
    actual: Actual
    parts: Sequence[PartShown]
    months: Sequence[MonthShown]
    chart: SafeString
    readings: Sequence[Reading]
    snapshots: Sequence[Snapshot]
    entries: Sequence[BehindLine]
    part: str
    reason: str
    month: str
    page: int
    more: bool
    freezes: bool = False

    @property
    def recorded(self) -> int:
        """登记, of the parts that are judged."""
        return self.actual.recorded

    @property
    def counted(self) -> int:
        """可计, of the same parts."""
        return self.actual.counted

    @property
    def base(self) -> str:
        """The address of the same list without what it leaves out."""
        said = {"on": self.on.isoformat(), "known": self.known.isoformat() if self.known else "", "part": self.part, "month": self.month}
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def basis(self) -> Reading | None:
        """The reading that holds."""
        return next((one for one in self.readings if one.holds), None)


def actual_page(
    viewer: Viewer,
    table: UUID,
    indicator: UUID,
    on: date | None = None,
    known: date | None = None,
    part: str = "",
    reason: str = "",
    month: str = "",
    page: int = 1,
) -> ActualShown:
    """The page of one indicator, or Absent. The queries do not grow with its entries."""
    authorise_menu(viewer, "ledgers.see_actuals")
    version = table_version(viewer, table)
    found = version.table
    row = version.indicator_rows.filter(indicator=indicator, removed_at__isnull=True).select_related("duty_row").first()
    if row is None:
        raise absent(INDICATOR)
    day = on or day_of_table(found, viewer.today())
    instant = end_of(known) if known else viewer.now()
    value = actuals([indicator], day, instant)[indicator]
    readings = _readings(indicator, value, day, instant)
    basis = next((one.basis for one in readings if one.holds), None)
    bindings = {binding.code: binding for binding in parts_of(basis)} if basis else {}
    chosen = part if part in bindings else value.parts[value.decisive].code if value.parts else ""
    first, last = _month(month, day)
    asked = reason if reason in {ALL, LEFT_OUT, *Reason} else ""
    entries, more = _behind(viewer, bindings[chosen], first, last, instant, asked, page) if chosen in bindings else ([], False)
    course = _months(basis, value, day, instant, target_rows([indicator], day).get(indicator))
    taken = Snapshot.objects.filter(indicator=indicator, year=day.year).select_related("taken_by").defer("value")
    return ActualShown(
        table=found,
        version=version,
        row=row,
        on=day,
        known=known,
        actual=value,
        parts=parts_shown(value, bindings, chosen),
        months=course,
        chart=_chart(row, value, course),
        readings=readings,
        snapshots=list(taken.order_by("-taken_at")),
        entries=entries,
        part=chosen,
        reason=asked,
        month=f"{first:%Y-%m}" if first else "",
        page=page,
        more=more,
        freezes=may(viewer, "ledgers.take_snapshot", Scope(found.unit.department_id)),
    )


def _readings(indicator: UUID, value: Actual, on: date, known: datetime) -> list[Reading]:
    bases = bases_of([indicator])
    values = actuals_of_bases([indicator], on, known).get(indicator, {}) if len(bases) > 1 else {}
    return [Reading(one, value if one.pk == value.basis else values.get(one.code), one.pk == value.basis) for one in bases]


def parts_shown(value: Actual, bindings: Mapping[str, Binding], chosen: str) -> list[PartShown]:
    """The parts of a value with the lines that explain each. At most two queries."""
    registers = Register.objects.in_bulk({binding.register_id for binding in bindings.values()})
    channels = _channels(value.parts)
    return [
        PartShown(
            part,
            bindings[part.code],
            registers[part.register],
            explained(part, channels),
            part.code == chosen,
            [(reason, REASON_NAMES[reason], part.not_counted[reason]) for reason in Reason if part.not_counted.get(reason)],
        )
        for part in value.parts
        if part.code in bindings
    ]


def _channels(parts: Sequence[PartResult]) -> dict[str, str]:
    """What the channels that a cadence judges one by one are called: by the words of their id. At most one query."""
    ids = {str(name) for part in parts for kept in ("all", "gaps") for name in _keys(part.extra.get(kept)) if name}
    if not ids:
        return {}
    rows = EntryVersion.objects.filter(entry__in=[UUID(one) for one in ids], known_until=FOREVER).only("entry_id", "title", "number")
    return {words: row.title or row.number for row in rows for words in (str(row.entry_id), row.entry_id.hex)}


def _keys(kept: Any) -> list[Any]:
    return list(kept) if isinstance(kept, Mapping) else []


def _month(words: str, on: date) -> tuple[date | None, date]:
    """The first day of the month asked for and the last that is looked at; no month: the whole period to the day."""
    try:
        first = date.fromisoformat(f"{words}-01")
    except ValueError:
        return None, on
    if first.year != on.year:
        return None, on
    return first, min(on, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def _months(basis: CountingBasis | None, value: Actual, on: date, known: datetime, target: IndicatorRow | None) -> list[MonthShown]:
    """The months of the year up to the day."""
    if basis is None or not value.parts:
        return []
    course = months(basis, on.year, known, target)[: on.month - 1]
    return [*(MonthShown(f"{one.on:%Y-%m}", one.on, one) for one in course), MonthShown(f"{on:%Y-%m}", on, value)]


def _chart(row: IndicatorRow, value: Actual, course: Sequence[MonthShown]) -> SafeString:
    if not course:
        return SafeString("")
    target = meaning(value.parts[value.decisive].target)
    aim = target.amount if isinstance(target, Quantity) else None
    points = [Point(str(Text(f"{one.day.month}月", f"{one.day:%b}")), one.actual.value) for one in course]
    drawn = [point for point in points if point.figure is not None]
    return history(points, row.name, _same_unit(aim, target, value), value.unit) if drawn else SafeString("")


def _same_unit(aim: Decimal | None, target: Any, value: Actual) -> Decimal | None:
    """The target as a line, where its unit is that of the figure."""
    own = meaning(f"1{value.unit}") if value.unit else None
    if aim is None or (isinstance(own, Quantity) and target.unit not in (own.unit, "")):
        return None
    return aim / own.amount if isinstance(own, Quantity) and own.amount and target.unit else aim


def _behind(
    viewer: Viewer, binding: Binding, first: date | None, last: date, known: datetime, reason: str, page: int
) -> tuple[list[BehindLine], bool]:
    """A page of the entries behind one part. One statement, then what they are called and what proves them."""
    dialect = Dialect(connection.vendor == "postgresql")
    tests = ["final_code = 0" if not reason else "final_code > 0" if reason == LEFT_OUT else "1 = 1"]
    if reason in set(Reason):
        tests = [f"final_code = {CODE[Reason(reason)]}"]
    stands = binding.measure in (Binding.Measure.STOCK, Binding.Measure.NET, Binding.Measure.EXTERNAL)
    if first is not None and not stands:
        tests.append(f"day BETWEEN {dialect.day(first)} AND {dialect.day(last)}")
    limit = f"LIMIT {PAGE + 1} OFFSET {PAGE * (max(page, 1) - 1)}"
    where = f"WHERE {' AND '.join(tests)} ORDER BY final_code, day, entry {limit}"
    for statement, members in statements([binding], [last]):
        known_as: Mapping[Any, UUID] = {binding.pk.hex: binding.pk, binding.pk: binding.pk}
        found = Run(statement, members, known, known_as)(statement.listed({"spoken": "v.standing"}, where))
        codes = [(_uuid(version), code) for _, _, version, _, _, code, _ in found]
        return lines_behind(viewer, binding, codes[:PAGE]), len(codes) > PAGE
    return [], False


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def lines_behind(viewer: Viewer, binding: Binding, codes: Sequence[tuple[UUID, int]]) -> list[BehindLine]:
    """The entries in their order; what the viewer may not read is counted and not named."""
    rows = {row.pk: row for row in loaded(visible_versions(viewer).filter(pk__in=[key for key, _ in codes])).defer("register__definition")}
    proofs = Evidence.objects.filter(entry__in=[row.entry_id for row in rows.values()], known_until=FOREVER)
    first: dict[UUID, UUID] = {}
    for entry, proof in proofs.order_by("known_from", "pk").values_list("entry_id", "pk"):
        first.setdefault(entry, proof)
    count = dict(proofs.order_by().values_list("entry_id").annotate(n=Count("pk")))
    register = binding.register
    definition, sight = definition_of(register), sight_of(viewer, register)
    hidden = definition.has("organisation") and not sight.clear(definition.column("organisation").visibility)
    dated = binding.counted_on or "valid_from"
    lines = []
    for key, code in codes:
        row = rows.get(key)
        if row is None:
            continue
        firm = "" if hidden or not definition.has("organisation") else row.organisation_name
        day = getattr(row, dated, None) or row.data_year
        name = title_of(definition, row, sight) or firm or "—"
        reason = REASON_NAMES[REASONS[code - 1]] if code else None
        lines.append(
            BehindLine(
                row.entry_id, name, firm if firm != name else "", state_words(definition, row.state), str(day or ""), reason,
                count.get(row.entry_id, 0), first.get(row.entry_id),
            )
        )  # fmt: skip
    return lines
