"""Checks of the registers of duties 5 to 11: what a draft says, asked of the pure rules. What is not known yet passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from zhiheng_kjj.rules import academicians, contracts, cooperation, foreign_experts, information, novelty, party, supervision
from zhiheng_kjj.rules.known import in_force
from zhiheng_web.ledgers.definition import Check
from zhiheng_web.ledgers.entering.rules import Facts, register_rule
from zhiheng_web.ledgers.models import FOREVER, EntryVersion
from zhiheng_web.ledgers.writing import Draft

Values = Mapping[str, Any]
FILED = "filed"


def _word(values: Values, name: str) -> str:
    return str(values.get(name) or "")


def _number(values: Values, name: str) -> Decimal | None:
    value = values.get(name)
    return None if value in (None, "") else Decimal(value)


def _day(values: Values, name: str) -> date | None:
    value = values.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _each(passes: Callable[[Draft, Facts], bool]) -> Callable[[Sequence[Draft], Check, Facts], list[bool]]:
    """A rule that looks at one draft at a time."""

    def rule(drafts: Sequence[Draft], _check: Check, facts: Facts) -> list[bool]:
        return [passes(draft, facts) for draft in drafts]

    return rule


def academician_stations(drafts: Sequence[Draft], _check: Check, facts: Facts) -> list[bool]:
    """Whether the academician of each station to be filed keeps within the limit: filed here and in force, declared elsewhere, this one."""
    asked = [draft for draft in drafts if draft.state == FILED and draft.values.get("person") is not None]
    people = {draft.values["person"].pk for draft in asked}
    changed = {draft.entry.pk for draft in asked if draft.entry is not None}
    kept = EntryVersion.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=facts.today),
        register=facts.register,
        known_until=FOREVER,
        standing=EntryVersion.Standing.CONFIRMED,
        state=FILED,
        person__in=people,
    ).exclude(entry__in=changed)
    stations = Counter(kept.values_list("person_id", flat=True)) if people else Counter()
    passed = []
    for draft in drafts:
        person = draft.values.get("person")
        if draft.state != FILED or person is None:
            passed.append(True)
            continue
        stations[person.pk] += 1
        elsewhere = _number(draft.values, "quantity") or 0
        known = in_force(_day(draft.values, "decided_on") or facts.today)
        limit = academicians.station_limit(retired=_word(draft.values, "category") == "retired", known=known)
        passed.append(limit is None or stations[person.pk] + elsewhere <= limit)
    return passed


def _agreement(draft: Draft, facts: Facts) -> bool:
    start, end = (_day(draft.values, name) for name in ("valid_from", "valid_until"))
    return (
        start is None or end is None or academicians.agreement_fits(start, end, in_force(_day(draft.values, "decided_on") or facts.today))
    )


def _substantive(draft: Draft, _facts: Facts) -> bool:
    words = (_word(draft.values, name) for name in ("contract_number", "implementation", "category"))
    return draft.state == "intention" or cooperation.substantive(_number(draft.values, "amount"), *words)


def _points(draft: Draft, facts: Facts) -> bool:
    earned, level = _number(draft.values, "quantity"), _word(draft.values, "level")
    if earned is None or not level:
        return True
    known = in_force(_day(draft.values, "decided_on") or facts.today)
    return earned == information.points(level, _word(draft.values, "journal"), known)


def extension_before_due(drafts: Sequence[Draft], _check: Check, _facts: Facts) -> list[bool]:
    """Whether the due day of each matter may stand: a later one than was known needs a new request, made before the day that was known."""
    entries = [draft.entry.pk for draft in drafts if draft.entry is not None]
    before = {row.entry_id: row for row in EntryVersion.objects.filter(entry__in=entries, known_until=FOREVER)} if entries else {}
    passed = []
    for draft in drafts:
        first, due, asked = (_day(draft.values, name) for name in ("first_due_on", "due_on", "extension_asked_on"))
        known = before.get(draft.entry.pk) if draft.entry is not None else None
        if known is not None and known.due_on is not None:
            first = known.due_on
            asked = None if asked == _day(known.details, "extension_asked_on") else asked
        passed.append(due is None or supervision.extension_holds(first, due, asked))
    return passed


def _days_at_station(draft: Draft, facts: Facts) -> bool:
    days = _number(draft.values, "quantity")
    return days is None or academicians.days_suffice(days, in_force(_day(draft.values, "due_on") or facts.today))


def _attendance(draft: Draft, _facts: Facts) -> bool:
    return party.within(_number(draft.values, "quantity_2"), _number(draft.values, "quantity"))


def _material(draft: Draft, _facts: Facts) -> bool:
    closes = _day(draft.values, "due_on")
    return closes is None or party.of_the_year(_day(draft.values, "happened_on"), closes)


def _days_in_china(draft: Draft, facts: Facts) -> bool:
    kind, work = (_word(draft.values, name) for name in ("category", "work"))
    known = in_force(_day(draft.values, "decided_on") or facts.today)
    return foreign_experts.days_suffice(kind, work, _number(draft.values, "quantity"), known)


def _provincial_first(draft: Draft, _facts: Facts) -> bool:
    holds = draft.values.get("earlier_award") in (True, "1")
    return foreign_experts.may_be_nominated(_word(draft.values, "level"), holds_provincial=holds)


def _technology(draft: Draft, _facts: Facts) -> bool:
    return contracts.technology_fits(_number(draft.values, "amount"), _number(draft.values, "amount_2"))


def _cancelled(draft: Draft, _facts: Facts) -> bool:
    return contracts.state_fits(draft.state, _day(draft.values, "decided_on"), _day(draft.values, "done_on"))


def _two_people(draft: Draft, _facts: Facts) -> bool:
    return novelty.two_people(_word(draft.values, "searcher"), _word(draft.values, "auditor"))


CHECKS = {
    "academician_stations": academician_stations,
    "academician_agreement": _each(_agreement),
    "cooperation_substantive": _each(_substantive),
    "information_points": _each(_points),
    "academician_days": _each(_days_at_station),
    "extension_before_due": extension_before_due,
    "attendance_within": _each(_attendance),
    "score_within_points": _each(_attendance),
    "material_of_the_year": _each(_material),
    "days_in_china": _each(_days_in_china),
    "provincial_award_first": _each(_provincial_first),
    "technology_amount": _each(_technology),
    "cancellation_year": _each(_cancelled),
    "searcher_and_auditor": _each(_two_people),
}
"""Name that a register's check uses → the calculation."""


def register() -> None:
    """Make the checks known to the ledgers."""
    for name, rule in CHECKS.items():
        register_rule(name, rule)
