"""The actual value of indicators on a day as known at an instant, from the entries of ledgers, in a constant number of statements."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from zhiheng_web.ledgers.measures.counting import Counted, Key, counted
from zhiheng_web.ledgers.measures.judging import joined, judged, words_of
from zhiheng_web.ledgers.measures.result import STATE_NAMES, Actual, PartResult, State
from zhiheng_web.ledgers.models import Binding, Circumstance, CountingBasis
from zhiheng_web.planning.models import Indicator, IndicatorRow
from zhiheng_web.planning.queries.targets import ORDER, targets_on

Indicators = Collection[Indicator | UUID]
Rows = Mapping[UUID, IndicatorRow]


def actuals(indicators: Indicators, on: date, known: datetime | None = None, rows: Rows | None = None) -> dict[UUID, Actual]:
    """Each indicator on the basis that its target in force names, as known at ``known`` (now)."""
    ids = ids_of(indicators)
    found = target_rows(ids, on) if rows is None else rows
    chosen = {basis.indicator_id: basis for basis in chosen_bases(bases_of(ids), found)}
    instant = known or timezone.now()
    given = _of(chosen.values(), on, instant, found)
    bare = {one: _unbound(one, on, instant, found.get(one)) for one in ids if one not in chosen}
    return decided({one: given[chosen[one].pk] if one in chosen else bare[one] for one in ids}, on, instant)


def actuals_of_bases(
    indicators: Indicators, on: date, known: datetime | None = None, rows: Rows | None = None
) -> dict[UUID, dict[str, Actual]]:
    """Each indicator on every basis that it has: what the other readings would give. As many statements as :func:`actuals`."""
    ids = ids_of(indicators)
    found = target_rows(ids, on) if rows is None else rows
    bases = bases_of(ids)
    given = _of(bases, on, known or timezone.now(), found)
    readings: dict[UUID, dict[str, Actual]] = {one: {} for one in ids}
    for basis in bases:
        readings[basis.indicator_id][basis.code] = given[basis.pk]
    return readings


def ids_of(indicators: Indicators) -> list[UUID]:
    """The indicators by id, each once."""
    return list(dict.fromkeys(one.pk if isinstance(one, Indicator) else one for one in indicators))


def bases_of(ids: Sequence[UUID]) -> list[CountingBasis]:
    """The bases of indicators with their parts. Two queries."""
    parts = Prefetch("parts", Binding.objects.filter(withdrawn=False).order_by("position", "code"), to_attr="bound")
    bases = CountingBasis.objects.filter(indicator__in=ids, withdrawn=False).prefetch_related(parts)
    return list(bases.order_by("indicator", "position", "code"))


def parts_of(basis: CountingBasis) -> list[Binding]:
    """The parts of a basis in their order; loaded already where :func:`bases_of` gave it."""
    bound: list[Binding] | None = basis.__dict__.get("bound")
    return bound if bound is not None else list(basis.parts.filter(withdrawn=False).order_by("position", "code"))


def chosen_bases(bases: Collection[CountingBasis], rows: Rows) -> list[CountingBasis]:
    """Of each indicator the basis that its target names; the default where it names none."""
    chosen: list[CountingBasis] = []
    for basis in bases:
        row = rows.get(basis.indicator_id)
        if basis.code == row.counting_basis if row is not None and row.counting_basis else basis.default:
            chosen.append(basis)
    return chosen


def target_rows(ids: Sequence[UUID], on: date) -> dict[UUID, IndicatorRow]:
    """The target in force on a day; where none was approved the row of the newest version of that year,
    of the department's table before those of projects. At most two queries.
    """
    found = targets_on(ids, on)
    missing = [one for one in ids if one not in found]
    if missing:
        newest = IndicatorRow.objects.filter(indicator__in=missing, version__table__year=on.year, removed_at__isnull=True)
        for row in newest.annotate(order=ORDER).select_related("version__table").order_by("order", "-version__number", "version_id"):
            found.setdefault(row.indicator_id, row)
    return found


def _of(bases: Collection[CountingBasis], on: date, known: datetime, rows: Rows) -> dict[UUID, Actual]:
    bindings = [binding for basis in bases for binding in parts_of(basis)]
    figures = counted(bindings, [on], known) if bindings else {}
    return {basis.pk: actual_of(basis, figures, on, known, rows.get(basis.indicator_id)) for basis in bases}


def actual_of(
    basis: CountingBasis, figures: Mapping[Key, Counted], on: date, known: datetime, row: IndicatorRow | None, day: int = 0
) -> Actual:
    """One indicator on one basis, from what was counted."""
    parts = tuple(judged(binding, figures[binding.pk, day], row, on) for binding in parts_of(basis))
    state, decisive = joined(basis.join, parts)
    part = parts[decisive] if parts else None
    return Actual(
        basis.indicator_id, basis.pk, basis.code, state, parts, words_of(basis.join, parts, decisive), on, known,
        value=part.number if part else None, unit=part.unit if part else "", target=_target(part, row), decisive=decisive,
    )  # fmt: skip


def _target(part: PartResult | None, row: IndicatorRow | None) -> str:
    return row.target_text if row is not None else part.target if part else ""


def _unbound(indicator: UUID, on: date, known: datetime, row: IndicatorRow | None) -> Actual:
    return Actual(
        indicator, None, "", State.UNBOUND, (), STATE_NAMES[State.UNBOUND], on, known, target=row.target_text if row is not None else ""
    )


def decided(found: dict[UUID, Actual], on: date, known: datetime) -> dict[UUID, Actual]:
    """With what the office decided instead of a figure, where a second person has confirmed it by then. One query."""
    decisions = Circumstance.objects.filter(
        indicator__in=list(found), year=on.year, known_from__lte=known, known_until__gt=known, confirmed_at__lte=known
    )
    for decision in decisions:
        state = State(decision.kind)
        found[decision.indicator_id] = replace(
            found[decision.indicator_id], state=state, value=None, shown=STATE_NAMES[state], circumstance=decision.reason
        )
    return found


def months(basis: CountingBasis, year: int, known: datetime | None = None, row: IndicatorRow | None = None) -> list[Actual]:
    """One basis at each month's end of a year; the number of statements is that of one day."""
    days = [date(year + month // 12, month % 12 + 1, 1) - timedelta(1) for month in range(1, 13)]
    instant = known or timezone.now()
    bindings = parts_of(basis)
    figures = counted(bindings, days, instant) if bindings else {}
    return [actual_of(basis, figures, day, instant, row, number) for number, day in enumerate(days)]
