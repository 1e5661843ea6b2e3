"""What is due in the ledgers: a month as a calendar and as a list, how each obligation stands, and what waits for a viewer."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q

from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.masking import Sight, sights_of, title_of
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Register
from zhiheng_web.ledgers.obligations import SOON, STANDING_NAMES, Standing, standing_of, still_open
from zhiheng_web.ledgers.policies import scopes_of, visible_registers, visible_versions
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

MOST = 500
"""Obligations listed at once; the page says when there are more."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """One obligation: an entry with its day and how it stands today."""

    version: EntryVersion
    register: Register
    name: str
    standing: Standing
    state: str
    days: int

    @property
    def text(self) -> Text:
        """What its register is called."""
        return Text(self.register.name_zh, self.register.name_en)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar with what is due on it; ``other``: of another month."""

    day: date
    other: bool
    today: bool
    due: list[Obligation] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many do not stand in the square."""
        return max(0, len(self.due) - 3)


@dataclass(frozen=True, slots=True)
class ObligationsPage:
    """A month of obligations. ``overdue`` are those of earlier months that still wait; ``quiet`` those with nothing due."""

    month: date
    previous: date
    next: date
    weeks: Sequence[Sequence[Day]]
    listed: Sequence[Obligation]
    overdue: Sequence[Obligation]
    quiet: Sequence[Register]
    registers: Sequence[Register]
    chosen: UUID | None
    standing: str
    counts: Sequence[tuple[Standing, Text, int]]
    more: bool
    may_generate: bool


def obligations_page(viewer: Viewer, month: date | None = None, register: UUID | None = None, standing: str = "") -> ObligationsPage:
    """The obligations of a month in the registers that the viewer reads; the same few queries for any number of them."""
    authorise_menu(viewer, "ledgers.see_entries")
    today = viewer.today()
    first = (month or today).replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    every = [one for one in visible_registers(viewer).filter(closed_on__isnull=True) if definition_of(one).has("due_on")]
    wanted = [one for one in every if register is None or one.pk == register]
    found = _found(viewer, wanted, Q(due_on__gte=first, due_on__lt=following), today)
    before = _found(viewer, wanted, Q(due_on__lt=min(first, today)) & still_open(wanted), today)
    counts = [(one, STANDING_NAMES[one], sum(1 for each in found if each.standing is one)) for one in Standing]
    named = {each.register.pk for each in found}
    return ObligationsPage(
        month=first,
        previous=(first - timedelta(days=1)).replace(day=1),
        next=following,
        weeks=_weeks(first, today, found),
        listed=[one for one in found if not standing or one.standing == standing],
        overdue=before,
        quiet=[one for one in wanted if definition_of(one).obligations and one.pk not in named],
        registers=every,
        chosen=register,
        standing=standing,
        counts=[one for one in counts if one[2]],
        more=len(found) >= MOST or len(before) >= MOST,
        may_generate=may(viewer, "ledgers.generate_obligations", None),
    )


def _found(viewer: Viewer, registers: Sequence[Register], chosen: Q, today: date) -> list[Obligation]:
    """The obligations that ``chosen`` lets through, by day. One query for them and one or two for what may be seen."""
    rows = visible_versions(viewer).filter(chosen, register__in=registers, known_until=FOREVER, due_on__isnull=False)
    rows = rows.exclude(standing=EntryVersion.Standing.REVOKED).order_by("due_on", "register__position", "entry")
    kept = {one.pk: (one, definition_of(one)) for one in registers}
    sights = sights_of(viewer, registers)
    return [_obligation(row, *kept[row.register_id], sights[row.register_id], today) for row in rows.defer("sealed", "details")[:MOST]]


def _obligation(version: EntryVersion, register: Register, definition: RegisterDefinition, sight: Sight, today: date) -> Obligation:
    due = version.due_on or today
    standing = standing_of(definition, version.state, due, version.done_on, today)
    name = title_of(definition, version, sight) or register.name_zh
    state = next((str(state.text) for state in definition.states if state.code == version.state), version.state)
    return Obligation(version, register, name, standing, state, (due - today).days)


def _weeks(first: date, today: date, found: Sequence[Obligation]) -> list[list[Day]]:
    by_day: dict[date, list[Obligation]] = {}
    for one in found:
        by_day.setdefault(one.version.due_on or first, []).append(one)
    return [
        [Day(day, day.month != first.month, day == today, by_day.get(day, [])) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in one register for a viewer: ``kind`` confirm, mend, due; how many, since or by when."""

    kind: str
    register: Register
    count: int
    overdue: int
    since: date | None
    due_on: date | None


def waiting_of(viewer: Viewer) -> list[Waiting]:
    """What the viewer has to do in the ledgers: confirm, mend what was returned, do what is due. A constant number of queries."""
    if not may(viewer, "ledgers.record_entry", None):
        return []
    registers = list(visible_registers(viewer).filter(closed_on__isnull=True).order_by("position", "code"))
    scopes = scopes_of(registers, viewer.today())
    kept = [one for one in registers if may(viewer, "ledgers.confirm_entries", scopes[one.pk])]
    return [*_confirmations(kept), *_returned(viewer, registers), *_due(viewer, kept)]


def _confirmations(registers: Sequence[Register]) -> list[Waiting]:
    rows = EntryVersion.objects.filter(register__in=registers, known_until=FOREVER, standing=EntryVersion.Standing.SUBMITTED)
    counted = {row["register"]: row for row in rows.order_by().values("register").annotate(n=Count("pk"), first=Min("known_from"))}
    return [
        Waiting("confirm", one, counted[one.pk]["n"], 0, counted[one.pk]["first"].date(), None) for one in registers if one.pk in counted
    ]


def _returned(viewer: Viewer, registers: Sequence[Register]) -> list[Waiting]:
    """What came back to the viewer: of its own reporting unit, or what its account wrote before it was returned."""
    own = [held.reporter for held in viewer.held if held.reporter]
    mine = Q(reporter__in=own) | Q(reporter__isnull=True, entry__versions__written_by=viewer.account, entry__versions__change__in=WRITTEN)
    rows = EntryVersion.objects.filter(mine, register__in=registers, known_until=FOREVER, standing=EntryVersion.Standing.RETURNED)
    grouped = rows.order_by().values("register").annotate(n=Count("entry", distinct=True), first=Min("known_from"))
    counted = {row["register"]: row for row in grouped}
    return [Waiting("mend", one, counted[one.pk]["n"], 0, counted[one.pk]["first"].date(), None) for one in registers if one.pk in counted]


WRITTEN = (EntryVersion.Change.RECORDED, EntryVersion.Change.IMPORTED, EntryVersion.Change.CORRECTED, EntryVersion.Change.MOVED)


def _due(viewer: Viewer, registers: Sequence[Register]) -> list[Waiting]:
    today = viewer.today()
    rows = EntryVersion.objects.filter(still_open(registers), due_on__lte=today + SOON)
    grouped = rows.order_by().values("register")
    late = Count("pk", filter=Q(due_on__lt=today))
    counted = {row["register"]: row for row in grouped.annotate(n=Count("pk"), late=late, first=Min("due_on"))}
    return [
        Waiting("due", one, counted[one.pk]["n"], counted[one.pk]["late"], None, counted[one.pk]["first"])
        for one in registers
        if one.pk in counted
    ]
