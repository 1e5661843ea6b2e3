"""One entry: what it says, its evidence, what was known of it when, what it belongs to, and in which indicators it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.masking import Sight, sight_of, sights_of, title_of
from zhiheng_web.ledgers.measures.actual import target_rows
from zhiheng_web.ledgers.measures.counting import Run, end_of, statements
from zhiheng_web.ledgers.measures.result import Reason
from zhiheng_web.ledgers.measures.statements import REASONS
from zhiheng_web.ledgers.models import FOREVER, Binding, EntryLink, EntryVersion, Evidence, Register
from zhiheng_web.ledgers.obligations import Standing, standing_of
from zhiheng_web.ledgers.policies import visible_versions
from zhiheng_web.ledgers.queries.reading import Cell, Reader
from zhiheng_web.ledgers.queries.register_list import gap_words, state_words
from zhiheng_web.ledgers.writing import definition_of, loaded
from zhiheng_web.organisation.authority import absent, authorise_menu, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import Indicator, IndicatorRow
from zhiheng_web.wording import Text

ENTRY = Text("该台账记录", "this entry")
SHOWN_LINKS = 50
STATE = Text("办理状态", "State")


@dataclass(frozen=True, slots=True)
class Changed:
    """What one version changed: column, what stood there and what stands; '' is nothing."""

    text: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One version in the history."""

    version: EntryVersion
    changes: Sequence[Changed]
    state: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Another entry that this one belongs with. ``kind``: what the link is called."""

    kind: str
    entry: UUID
    name: str
    register: Text
    forward: bool


@dataclass(frozen=True, slots=True)
class CountsIn:
    """One part of an indicator that looks at the entry: it counts (``reason`` None) or why not. ``table``: where its page is."""

    indicator: UUID
    name: str
    part: Text
    basis: Text
    holds: bool
    reason: Reason | None
    table: UUID | None


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence with the name of its kind and of the column it proves."""

    evidence: Evidence
    kind: Text
    proves: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """All that stands on an entry's page. ``version`` is what is known now, or was on the day asked for."""

    register: Register
    definition: RegisterDefinition
    version: EntryVersion
    name: str
    known: date | None
    cells: Sequence[Cell]
    state: str
    gap: str
    missing: Sequence[Text]
    obligation: Standing | None
    evidence: Sequence[Proof]
    history: Sequence[Step]
    links: Sequence[Linked]
    counts: Sequence[CountsIn]
    on: date

    @property
    def text(self) -> Text:
        """What the register is called."""
        return Text(self.register.name_zh, self.register.name_en)


def entry_page(viewer: Viewer, entry: UUID, known: date | None = None, on: date | None = None) -> EntryPage:
    """The page of an entry, or Absent. The queries grow neither with its history nor with the register."""
    authorise_menu(viewer, "ledgers.see_entries")
    open_one = visible_versions(viewer).filter(entry=entry, known_until=FOREVER).exists()
    versions = list(loaded(EntryVersion.objects.filter(entry=entry)).select_related("written_by", "register__duty").order_by("known_from"))
    if not open_one or not versions:
        raise absent(ENTRY)
    version = _known(versions, known)
    register = version.register
    definition = definition_of(register)
    sight = sight_of(viewer, register)
    reader = Reader(viewer, definition, sight)
    rows = reader.rows(versions)
    cells = rows[versions.index(version)]
    proofs = _proofs(definition, entry, known)
    wanted = definition.required_evidence(version.state) - {one.evidence.kind for one in proofs}
    name = title_of(definition, version, sight) or next((cell.words for cell in cells if cell.words and not cell.masked), register.name_zh)
    day = on or _last_day(version, viewer.today())
    return EntryPage(
        register=register,
        definition=definition,
        version=version,
        name=name,
        known=known,
        cells=[cell for cell in cells if cell.words],
        state=state_words(definition, version.state),
        gap=gap_words(definition, version.gap),
        missing=[kind.text for kind in definition.evidence if kind.code in wanted],
        obligation=standing_of(definition, version.state, version.due_on, version.done_on, viewer.today()) if version.due_on else None,
        evidence=proofs,
        history=_history(definition, versions, rows)[::-1],
        links=_links(viewer, version),
        counts=counts_in(viewer, version, day, end_of(known) if known else viewer.now()),
        on=day,
    )


def _known(versions: Sequence[EntryVersion], known: date | None) -> EntryVersion:
    """The version that was known at the end of a day; now the open one. Absent where nothing was known yet."""
    if known is None:
        return versions[-1]
    instant = end_of(known)
    found = [version for version in versions if version.known_from <= instant < version.known_until]
    if not found:
        raise absent(ENTRY)
    return found[-1]


def _last_day(version: EntryVersion, today: date) -> date:
    """The day on which an entry's counting is looked at: today, or the last day of its own year where that is past."""
    days = [version.decided_on, version.happened_on, version.done_on, version.due_on, version.received_on, version.recommended_on]
    years = [day.year for day in days if day is not None] or [today.year]
    return today if max(years) >= today.year else date(max(years), 12, 31)


def _proofs(definition: RegisterDefinition, entry: UUID, known: date | None) -> list[Proof]:
    rows = Evidence.objects.filter(entry=entry).select_related("file", "added_by").order_by("known_from")
    instant = end_of(known) if known else None
    rows = rows.filter(known_until=FOREVER) if instant is None else rows.filter(known_from__lte=instant, known_until__gt=instant)
    kinds = {kind.code: kind.text for kind in definition.evidence}
    columns = {column.name: str(column.text) for column in definition.columns}
    return [Proof(row, kinds.get(row.kind, Text(row.kind, row.kind)), columns.get(row.proves, row.proves)) for row in rows]


def _history(definition: RegisterDefinition, versions: Sequence[EntryVersion], rows: Sequence[Sequence[Cell]]) -> list[Step]:
    """The versions with what each changed, oldest first. Secret columns tell that they changed, not what stood there."""
    steps: list[Step] = []
    before: Sequence[Cell] = ()
    last: EntryVersion | None = None
    for version, cells in zip(versions, rows, strict=True):
        changes = [] if last is None else _changes(before, cells, last, version)
        if last is not None and last.state != version.state:
            changes.insert(0, Changed(STATE, state_words(definition, last.state), state_words(definition, version.state)))
        steps.append(Step(version, changes, state_words(definition, version.state)))
        before, last = cells, version
    return steps


def _changes(before: Sequence[Cell], after: Sequence[Cell], old: EntryVersion, new: EntryVersion) -> list[Changed]:
    found = []
    for was, now in zip(before, after, strict=True):
        name = now.column.name
        sealed = (was.masked or now.masked) and now.column.detail
        changed = old.sealed.get(name) != new.sealed.get(name) if sealed else (was.words, was.code) != (now.words, now.code)
        if changed:
            found.append(Changed(now.column.text, was.words, now.words))
    return found


def _links(viewer: Viewer, version: EntryVersion) -> list[Linked]:
    """What the entry is linked with, what it is about, and what is about it: entries the viewer may read, newest first."""
    entry = version.entry_id
    links = list(EntryLink.objects.filter(Q(source=entry) | Q(target=entry), known_until=FOREVER)[:SHOWN_LINKS])
    said: dict[UUID, tuple[str, bool]] = {}
    for link in links:
        forward = link.source_id == entry
        said[link.target_id if forward else link.source_id] = (link.kind, forward)
    if version.about_id:
        said.setdefault(version.about_id, (str(Text("关联记录", "about")), True))
    rows = visible_versions(viewer).filter(known_until=FOREVER).select_related("register")
    rows = rows.filter(Q(entry__in=list(said)) | Q(about=entry)).exclude(standing=EntryVersion.Standing.REVOKED)
    others = list(rows.order_by("-known_from", "entry")[:SHOWN_LINKS])
    sights = sights_of(viewer, {row.register_id: row.register for row in others}.values())
    return [_linked(row, said.get(row.entry_id, (str(Text("由此产生", "of this")), False)), sights[row.register_id]) for row in others]


def _linked(row: EntryVersion, said: tuple[str, bool], sight: Sight) -> Linked:
    register = Text(row.register.name_zh, row.register.name_en)
    return Linked(said[0], row.entry_id, title_of(definition_of(row.register), row, sight) or str(register), register, said[1])


def counts_in(viewer: Viewer, version: EntryVersion, on: date, known: datetime) -> list[CountsIn]:
    """Each part of an indicator that looks at this entry, on every reading: whether it counts there, or why not.

    One statement for each measure used; an entry of which a part is no business is not named.
    """
    if not may(viewer, "ledgers.see_actuals", None):
        return []
    parts = Binding.objects.filter(register=version.register_id, withdrawn=False, basis__withdrawn=False)
    bindings = list(parts.select_related("basis__indicator").order_by("basis__indicator", "basis__position", "position"))
    if not bindings:
        return []
    codes = _codes(bindings, version.entry_id, on, known)
    targets = target_rows([binding.basis.indicator_id for binding in bindings], on)
    return [_counted(binding, codes[binding.pk], targets) for binding in bindings if binding.pk in codes]


def _codes(bindings: Sequence[Binding], entry: UUID, on: date, known: datetime) -> dict[UUID, int]:
    """Binding → the code of the entry in it; the best one where it stands in several items."""
    found: dict[UUID, int] = {}
    for statement, members in statements(bindings, [on]):
        known_as: Mapping[Any, UUID] = {**{one.pk.hex: one.pk for one in members}, **{one.pk: one.pk for one in members}}
        run = Run(statement, members, known, known_as)
        for binding, _, _, _, _, code in run(statement.listed(where=f"WHERE entry = '{entry.hex}'")):
            key = known_as[binding]
            found[key] = min(found.get(key, code), code)
    return found


def _counted(binding: Binding, code: int, targets: Mapping[UUID, IndicatorRow]) -> CountsIn:
    basis = binding.basis
    indicator: Indicator = basis.indicator
    row = targets.get(indicator.pk)
    holds = basis.code == row.counting_basis if row is not None and row.counting_basis else basis.default
    table = row.version.table_id if row is not None else None
    part, reading = Text(binding.name_zh, binding.name_en or binding.name_zh), Text(basis.text_zh, basis.text_en or basis.text_zh)
    name = row.name if row is not None else indicator.name
    return CountsIn(indicator.pk, name, part, reading, holds, REASONS[code - 1] if code else None, table)
