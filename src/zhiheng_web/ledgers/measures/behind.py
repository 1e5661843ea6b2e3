"""The entries behind a figure, each counted or not and why; and what several indicators count of the same organisation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from zhiheng_web.ledgers.measures.actual import Indicators, bases_of, chosen_bases, ids_of, parts_of, target_rows
from zhiheng_web.ledgers.measures.counting import Run, statements
from zhiheng_web.ledgers.measures.result import Reason
from zhiheng_web.ledgers.measures.statements import REASONS
from zhiheng_web.ledgers.models import Binding


@dataclass(frozen=True, slots=True)
class Behind:
    """One version that a part looked at: counted (``reason`` None), or not, and why. ``counts_as``: what it counts once as."""

    binding: UUID
    version: UUID
    entry: UUID
    reason: Reason | None
    counts_as: str


def entries_behind(binding: Binding, on: date, known: datetime | None = None) -> list[Behind]:
    """Every entry that one part looks at on a day, those counted first."""
    return entries_of([binding], on, known)


def entries_of(bindings: Collection[Binding], on: date, known: datetime | None = None) -> list[Behind]:
    """The same of several parts: one statement for each measure."""
    found: list[Behind] = []
    for statement, members in statements(bindings, [on]):
        known_as = _ids(members)
        run = Run(statement, members, known or timezone.now(), known_as)
        for binding, _, version, entry, once, code in run(statement.listed()):
            reason = REASONS[code - 1] if code else None
            found.append(Behind(known_as[binding], _uuid(version), _uuid(entry), reason, once))
    order = {binding.pk: number for number, binding in enumerate(bindings)}
    return sorted(found, key=lambda one: (order[one.binding], one.reason is not None, one.counts_as, one.entry))


def _ids(members: Collection[Binding]) -> dict[Any, UUID]:
    return {**{one.pk.hex: one.pk for one in members}, **{one.pk: one.pk for one in members}}


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


@dataclass(slots=True)
class Shared:
    """Organisations that indicators count. ``by`` : organisation → the indicators that count it; ``total`` counts each once."""

    by: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    total: int = 0

    @property
    def several(self) -> dict[UUID, frozenset[UUID]]:
        """Those that two or more indicators count (一企多计)."""
        return {organisation: indicators for organisation, indicators in self.by.items() if len(indicators) > 1}


def shared(indicators: Indicators, on: date, known: datetime | None = None) -> Shared:
    """The organisations that indicators count on a day, on the basis that holds."""
    ids = ids_of(indicators)
    bases = chosen_bases(bases_of(ids), target_rows(ids, on))
    bindings = [binding for basis in bases for binding in parts_of(basis)]
    indicator = {binding.pk: basis.indicator_id for basis in bases for binding in parts_of(basis)}
    found: dict[UUID, set[UUID]] = {}
    for statement, members in statements(bindings, [on]):
        known_as = _ids(members)
        run = Run(statement, members, known or timezone.now(), known_as)
        for binding, organisation in run(statement.organisations()):
            found.setdefault(_uuid(organisation), set()).add(indicator[known_as[binding]])
    return Shared({organisation: frozenset(by) for organisation, by in found.items()}, len(found))
