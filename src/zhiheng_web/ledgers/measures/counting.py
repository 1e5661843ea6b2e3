"""Bindings counted: the statements of the measures run for any number of bindings and days, as known at one instant."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from zhiheng_web.ledgers.measures.dialect import Dialect, windows_of
from zhiheng_web.ledgers.measures.result import Reason
from zhiheng_web.ledgers.measures.shape import Measure, Shape, shape_of
from zhiheng_web.ledgers.measures.statements import CODE, DUE, REASONS, WINDOW, Statement
from zhiheng_web.ledgers.models import Binding, BindingValue, EntryVersion

CHINA = ZoneInfo("Asia/Shanghai")
TOGETHER = frozenset({CODE[Reason.EVIDENCE], CODE[Reason.CHECK], CODE[Reason.DUPLICATE]})
"""What is recorded besides what counts."""


def end_of(day: date) -> datetime:
    """The last instant of a day in China: what was known on that day."""
    return datetime.combine(day + timedelta(1), time(), CHINA).astimezone(UTC) - timedelta(microseconds=1)


@dataclass(slots=True)
class Counted:
    """What the statements say of one binding on one day. ``number`` is what counts once; ``total`` the sum in the column's unit."""

    number: int = 0
    total: Decimal | None = None
    counted: int = 0
    recorded: int = 0
    due: int = 0
    not_counted: dict[Reason, int] = field(default_factory=dict)
    movements: dict[str, int] = field(default_factory=dict)
    windows: dict[str, list[int]] = field(default_factory=dict)
    gaps: dict[str, int] = field(default_factory=dict)
    since: dict[str, str] = field(default_factory=dict)
    editions: list[Edition] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Edition:
    """A published figure, or the benchmark of one (``benchmark``), of a data year; of what was declared the day on which it was done."""

    benchmark: bool
    data_year: int
    amount: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    edition: str
    publisher: str
    done_on: date | None = None

    @property
    def number(self) -> Decimal:
        """The figure; of a ratio in per cent."""
        if self.numerator is not None and self.denominator:
            return self.numerator * 100 / self.denominator
        return self.amount or Decimal(0)

    @property
    def terms(self) -> tuple[Decimal, Decimal]:
        """The figure as numerator and denominator, for an exact comparison."""
        if self.numerator is not None and self.denominator:
            return self.numerator * 100, self.denominator
        return self.amount or Decimal(0), Decimal(1)


Key = tuple[UUID, int]
"""Binding and number of the day."""
Span = tuple[int, str, int, date, date]
"""A window: number of the day, kind, number, first and last day."""


Chosen = Mapping[UUID, Mapping[str, str]]
"""Binding → column → the values that it chooses by, joined by strokes."""


def chosen_by(bindings: Collection[Binding], dialect: Dialect) -> Chosen:
    """What bindings choose by. One query."""
    found: dict[UUID, dict[str, str]] = {binding.pk: {} for binding in bindings}
    ids = [_key(binding.pk, dialect) for binding in bindings]
    known_as = dict(zip(ids, found, strict=False))
    sql = f'''SELECT CAST(binding_id AS text), "column", {dialect.joined("value")} FROM {BindingValue._meta.db_table}
        WHERE {dialect.chosen("binding_id")} GROUP BY binding_id, "column"'''  # noqa: S608 - only names of columns
    with connection.cursor() as cursor:
        cursor.execute(sql, [ids if dialect.postgresql else json.dumps(ids)])
        for binding, column, values in cursor.fetchall():
            found[known_as[binding]][column] = f"|{values}|"
    return found


def _key(identity: UUID, dialect: Dialect) -> str:
    return str(identity) if dialect.postgresql else identity.hex


def asked_for(shape: Shape, bindings: Collection[Binding], chosen: Chosen, dialect: Dialect) -> str:
    """The bindings of a statement as its parameter: of each what the shape uses."""
    rows = []
    for binding in bindings:
        row: dict[str, Any] = {"id": _key(binding.pk, dialect), "register_id": _key(binding.register_id, dialect)}
        row |= {name: getattr(binding, name) for name in shape.names}
        if shape.grouped:
            row["groups_id"] = _key(binding.groups_id, dialect) if binding.groups_id else None
        rows.append(row | {f"{name}_set": chosen[binding.pk].get(name) for name in shape.sets})
    return json.dumps(rows, ensure_ascii=False)


def statements(bindings: Collection[Binding], days: Sequence[date]) -> Iterator[tuple[Statement, list[Binding]]]:
    """One statement for each measure, with its bindings; what needs a ranking stands apart from what does not."""
    dialect = Dialect(connection.vendor == "postgresql")
    chosen = chosen_by(bindings, dialect)
    groups: dict[tuple[str, bool], list[Binding]] = {}
    for binding in bindings:
        groups.setdefault((binding.measure, binding.first_ever), []).append(binding)
    for (measure, _), members in sorted(groups.items()):
        shape = shape_of(measure, members, {column for member in members for column in chosen[member.pk]})
        yield Statement(shape, days, dialect, asked_for(shape, members, chosen, dialect)), members


def counted(bindings: Collection[Binding], days: Sequence[date], known: datetime) -> dict[Key, Counted]:
    """Every binding on every day. The number of statements depends on the measures used, on nothing else."""
    found = {(binding.pk, number): Counted() for binding in bindings for number in range(len(days))}
    for statement, members in statements(bindings, days):
        known_as = {**{binding.pk.hex: binding.pk for binding in members}, **{binding.pk: binding.pk for binding in members}}
        columns = {binding.pk: binding.column for binding in members}
        run = Run(statement, members, known, known_as)
        match statement.shape.measure:
            case Measure.NET:
                rows = run(statement.net())
                _movements(run, [row for row in rows if row[0]], found)
            case Measure.CADENCE:
                spans = _spans(members, days)
                rows = run(statement.cadence(spans))
                _cadence(run, spans, [row for row in rows if row[0]], found)
            case Measure.EXTERNAL:
                rows = run(statement.external())
                _external(run, columns, [row for row in rows if row[0]], found)
            case _:
                rows = run(statement.totals())
        _totals(run, columns, [row for row in rows if not row[0]], found)
    return found


@dataclass(frozen=True, slots=True)
class Run:
    """A statement ready to be run, with the instant."""

    statement: Statement
    bindings: Sequence[Binding]
    known: datetime
    known_as: Mapping[Any, UUID]

    def __call__(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows. Each day has its instant."""
        instant = connection.ops.adapt_datetimefield_value(self.known)
        with connection.cursor() as cursor:
            cursor.execute(sql, [self.statement.asked, *[instant] * len(self.statement.days)])
            return list(cursor.fetchall())


Rows = Collection[tuple[Any, ...]]


def _totals(run: Run, columns: Mapping[UUID, str], rows: Rows, found: dict[Key, Counted]) -> None:
    coverage = run.statement.shape.measure == Measure.COVERAGE
    for _, binding, day, code, versions, things, total, *_others in rows:
        key = run.known_as[binding]
        one = found[key, day]
        versions = int(versions)
        if code == 0:
            one.number = one.counted = things
            one.total = unscaled(total, columns[key])
        elif coverage and code in DUE:
            _not_counted(one, code, things)
        else:
            _not_counted(one, code, versions)
            one.recorded += versions if code in TOGETHER else 0
            continue
        _not_counted(one, CODE[Reason.DUPLICATE], versions - things)
        one.recorded += versions if code == 0 or code in TOGETHER else versions - things
        one.due += things if coverage else 0


def _not_counted(one: Counted, code: int, versions: int) -> None:
    if versions:
        reason = REASONS[code - 1]
        one.not_counted[reason] = one.not_counted.get(reason, 0) + versions


MOVED = ("opening", "closing", "moved_in", "new", "revoked", "moved_out", "expired")


def _movements(run: Run, rows: Rows, found: dict[Key, Counted]) -> None:
    for _, binding, day, *figures in rows:
        found[run.known_as[binding], day].movements = dict(zip(MOVED, map(int, figures), strict=True))


def _spans(bindings: Collection[Binding], days: Sequence[date]) -> list[Span]:
    """The whole windows of each day's period, of the kinds that bindings name."""
    kinds = sorted({binding.window for binding in bindings if binding.window})
    return [
        (number, kind, n, first, last)
        for number, day in enumerate(days)
        for kind in kinds
        for n, first, last in windows_of(kind, date(day.year, 1, 1), day)
    ]


def _cadence(run: Run, spans: Sequence[Span], rows: Rows, found: dict[Key, Counted]) -> None:
    held: dict[tuple[Key, str], dict[int, int]] = {}
    for kind, binding, day, number, figure, _, channel, since in sorted(rows, key=lambda row: row[6]):
        key = run.known_as[binding], day
        if kind == WINDOW:
            held.setdefault((key, channel), {})[number] = figure
        else:
            found[key].gaps[channel], found[key].since[channel] = figure, str(since)
    kinds = {binding.pk: binding.window for binding in run.bindings}
    for key in {key for key in found if key[0] in kinds}:
        for channel, since in found[key].since.items():
            whole = [n for day, kind, n, first, _ in spans if (kinds[key[0]], key[1]) == (kind, day) and first.isoformat() >= since]
            if whole:
                found[key].windows[channel] = [held.get((key, channel), {}).get(n, 0) for n in whole]


def _external(run: Run, columns: Mapping[UUID, str], rows: Rows, found: dict[Key, Counted]) -> None:
    for _, binding, day, role, year, _, amount, numerator, denominator, edition, publisher, done in rows:
        key = run.known_as[binding]
        figures = (unscaled(amount, columns[key] or "quantity"), unscaled(numerator, "numerator"), unscaled(denominator, "denominator"))
        found[key, day].editions.append(Edition(bool(role), year, *figures, edition, publisher, date.fromisoformat(done) if done else None))


def unscaled(value: Any, column: str) -> Decimal | None:
    """A scaled integer of the database as the exact Decimal of its column."""
    if value is None or not column:
        return None
    places = EntryVersion._meta.get_field(column).places  # type: ignore[union-attr]  # quantities and money are ScaledField
    return Decimal(value).scaleb(-places)
