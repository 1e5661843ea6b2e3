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
from zhiheng_web.ledgers.measures.statements import CODE, DUE, REASONS, Measure, Shape, Statement, shape_of
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
    """A published figure, or the benchmark of one (``benchmark``), of a data year."""

    benchmark: bool
    data_year: int
    amount: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    edition: str
    publisher: str

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


def filters_of(bindings: Collection[Binding]) -> dict[UUID, set[str]]:
    """Binding → the columns that it chooses by. One query."""
    found: dict[UUID, set[str]] = {binding.pk: set() for binding in bindings}
    ids = [binding.pk for binding in bindings]
    for binding, column in BindingValue.objects.filter(binding__in=ids).values_list("binding_id", "column").distinct():
        found[binding].add(column)
    return found


def statements(bindings: Collection[Binding], days: Sequence[date]) -> Iterator[tuple[Statement, list[Binding]]]:
    """One statement for each measure, with its bindings; what needs a ranking stands apart from what does not."""
    filters = filters_of(bindings)
    dialect = Dialect(connection.vendor == "postgresql")
    groups: dict[tuple[str, bool], list[Binding]] = {}
    for binding in bindings:
        groups.setdefault((binding.measure, binding.first_ever), []).append(binding)
    for (measure, _), members in sorted(groups.items()):
        shape = shape_of(measure, members, {column for member in members for column in filters[member.pk]})
        yield Statement(shape, days, dialect), members


def rows(sql: str, bindings: Collection[Binding], known: datetime, days: int) -> list[tuple[Any, ...]]:
    """Run a statement. Each day has its instant."""
    instant = connection.ops.adapt_datetimefield_value(known)
    if connection.vendor == "postgresql":
        ids: Any = [str(binding.pk) for binding in bindings]
    else:
        ids = json.dumps([binding.pk.hex for binding in bindings])
    with connection.cursor() as cursor:
        cursor.execute(sql, [ids, *[instant] * days])
        return list(cursor.fetchall())


def counted(bindings: Collection[Binding], days: Sequence[date], known: datetime) -> dict[Key, Counted]:
    """Every binding on every day. The number of statements depends on the measures used, on nothing else."""
    found = {(binding.pk, number): Counted() for binding in bindings for number in range(len(days))}
    for statement, members in statements(bindings, days):
        known_as = {**{binding.pk.hex: binding.pk for binding in members}, **{binding.pk: binding.pk for binding in members}}
        columns = {binding.pk: binding.column for binding in members}
        run = Run(statement, members, known, known_as)
        _totals(run, columns, found)
        match statement.shape.measure:
            case Measure.NET:
                for binding, day, *figures in run(statement.movements()):
                    names = ("opening", "closing", "moved_in", "new", "revoked", "moved_out", "expired")
                    found[known_as[binding], day].movements = dict(zip(names, figures, strict=True))
            case Measure.CADENCE:
                _cadence(run, days, found)
            case Measure.EXTERNAL:
                _external(run, columns, found)
    return found


@dataclass(frozen=True, slots=True)
class Run:
    """A statement ready to be run, with the instant."""

    statement: Statement
    bindings: Sequence[Binding]
    known: datetime
    known_as: Mapping[Any, UUID]

    def __call__(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows."""
        return rows(sql, self.bindings, self.known, len(self.statement.days))


def _totals(run: Run, columns: Mapping[UUID, str], found: dict[Key, Counted]) -> None:
    coverage = run.statement.shape.measure == Measure.COVERAGE
    for binding, day, code, versions, things, total in run(run.statement.totals()):
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


def _cadence(run: Run, days: Sequence[date], found: dict[Key, Counted]) -> None:
    kinds = sorted({binding.window for binding in run.bindings if binding.window})
    spans = [
        (number, kind, n, first, last)
        for number, day in enumerate(days)
        for kind in kinds
        for n, first, last in windows_of(kind, date(day.year, 1, 1), day)
    ]
    if spans:
        for binding, day, channel, _, events in run(run.statement.windows(spans)):
            found[run.known_as[binding], day].windows.setdefault(channel, []).append(events)
    for binding, day, channel, gap, since in run(run.statement.gaps()):
        one = found[run.known_as[binding], day]
        one.gaps[channel], one.since[channel] = gap, str(since)


def _external(run: Run, columns: Mapping[UUID, str], found: dict[Key, Counted]) -> None:
    for binding, day, role, year, amount, numerator, denominator, edition, publisher in run(run.statement.editions()):
        key = run.known_as[binding]
        figures = (unscaled(amount, columns[key] or "quantity"), unscaled(numerator, "numerator"), unscaled(denominator, "denominator"))
        found[key, day].editions.append(Edition(bool(role), year, *figures, edition, publisher))


def unscaled(value: Any, column: str) -> Decimal | None:
    """A scaled integer of the database as the exact Decimal of its column."""
    if value is None or not column:
        return None
    places = EntryVersion._meta.get_field(column).places  # type: ignore[union-attr]  # quantities and money are ScaledField
    return Decimal(value).scaleb(-places)


def shape_for(binding: Binding) -> Shape:
    """The shape of one binding."""
    return shape_of(binding.measure, [binding], filters_of([binding])[binding.pk])
