"""生成应办事项: make the entries that calendars and expiring items call for. Doing it twice makes nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from zhiheng_web.ledgers.columns import COMMON
from zhiheng_web.ledgers.definition import ObligationRule, RegisterDefinition
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryVersion, Register
from zhiheng_web.ledgers.obligations import still_open, windows
from zhiheng_web.ledgers.policies import scope_of, visible_registers
from zhiheng_web.ledgers.writing import BATCH, Draft, definition_of, digest_versions, draft_of, loaded_many, proofs_of, write
from zhiheng_web.organisation.authority import absent, authorise, authorise_menu, may
from zhiheng_web.organisation.models import Office
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, action
from zhiheng_web.wording import Text

AHEAD = timedelta(days=60)
"""How far ahead obligations are made unless another day is asked for."""
Wanted = tuple[str, dict[str, object], ObligationRule]


@action("ledgers.generate_obligations")
def generate_obligations(viewer: Viewer, register: UUID | None = None, until: date | None = None) -> Done[list[EntryVersion]]:
    """Make what falls due from the first day of the viewer's year to ``until``, in one register or in all that the viewer keeps."""
    authorise_menu(viewer, "ledgers.generate_obligations")
    seen = visible_registers(viewer).filter(closed_on__isnull=True)
    if register is not None:
        seen = seen.filter(pk=register)
    chosen = _locked(seen)
    if register is not None and not chosen:
        raise absent(Text("该台账", "this register"))
    if register is not None:
        authorise(viewer, "ledgers.generate_obligations", scope_of(chosen[0], viewer.today()))
    kept = [one for one in chosen if may(viewer, "ledgers.generate_obligations", scope_of(one, viewer.today()))]
    return _make(viewer, kept, until)


@action("ledgers.generate_daily")
def generate_daily(service: Viewer) -> Done[list[EntryVersion]]:
    """The same for every register of the installation: what the worker does once a day, asked by nobody."""
    return _make(service, _locked(Register.objects.filter(closed_on__isnull=True)), None)


def _locked(registers: QuerySet[Register]) -> list[Register]:
    """The registers that have rules, locked in one order: two workers do not make one obligation at once."""
    rows = Register.objects.filter(pk__in=registers.values("pk")).select_for_update(of=("self",), no_key=True).order_by("pk")
    return [row for row in rows.select_related("office", "department") if definition_of(row).obligations]


def _make(viewer: Viewer, registers: list[Register], until: date | None) -> Done[list[EntryVersion]]:
    today = viewer.today()
    end = until or today + AHEAD
    written: list[EntryVersion] = []
    for register in registers:
        definition = definition_of(register)
        sourced = [Sourced(register, definition, rule) for rule in definition.obligations if rule.source and not rule.every]
        moved = [draft for one in sourced for draft in one.moving()]
        wanted = {key: (values, rule) for key, values, rule in _wanted(register, definition, date(today.year, 1, 1), end)}
        known = _known(register, list(wanted)).union(*(one.owed(wanted) for one in sourced))
        fresh = {key: one for key, one in wanted.items() if key not in known}
        written += write(register, moved, at=viewer.now(), by=viewer.account, change=EntryVersion.Change.GENERATED)
        entries = [Entry(register=register, key=key) for key in fresh]
        Entry.objects.bulk_create(entries, batch_size=BATCH)
        drafts = [
            Draft(values=values, state=rule.state, entry=entry) for entry, (values, rule) in zip(entries, fresh.values(), strict=True)
        ]
        written += write(register, drafts, at=viewer.now(), by=viewer.account, change=EntryVersion.Change.GENERATED)
    name = registers[0].name_zh if len(registers) == 1 else "应办事项"
    department = str(registers[0].department_id) if len({one.department_id for one in registers}) == 1 else ""
    identity = str(registers[0].pk) if len(registers) == 1 else ""
    details = {"count": len(written), "until": end.isoformat(), "registers": sorted({one.register.code for one in written})}
    return Done(
        written, "ledgers.Register", identity, name, department, after=digest_versions(written), details=details, nothing=not written
    )


class Sourced:
    """The obligations that a rule made from entries of its source register: key ``rule|source|day``. Where the day of the source moves,
    the open obligation moves with it; a second one is only owed once the first is done.
    """

    def __init__(self, register: Register, definition: RegisterDefinition, rule: ObligationRule) -> None:
        self.register, self.definition, self.rule = register, definition, rule
        own = EntryVersion.objects.filter(register=register, entry__key__startswith=f"{rule.code}|")
        self.opened = loaded_many(register, own.filter(still_open([register])).order_by("entry"))
        rows = own.filter(change=EntryVersion.Change.GENERATED).order_by("known_from").values_list("entry_id", "entry__key", "due_on")
        self.given = {entry: due for entry, _, due in rows}
        """What it was due by when it was last made or moved: a day that a person changed since stays."""
        self.days = {(_source_in(key), due) for _, key, due in rows}

    def owed(self, keys: Iterable[str]) -> set[str]:
        """The keys, of those given, whose obligation stands already: an open one of the same source, or one that was due that day."""
        after = timedelta(days=self.rule.after_days)
        opened = {_source_in(version.entry.key) for version in self.opened}
        own = (key for key in keys if key.startswith(f"{self.rule.code}|"))
        return {
            key for key in own if _source_in(key) in opened or (_source_in(key), date.fromisoformat(key.split("|")[2]) + after) in self.days
        }

    def moving(self) -> list[Draft]:
        """The open obligations whose source has another day now, with the new day."""
        after = timedelta(days=self.rule.after_days)
        sources = {str(row.entry_id): row for row in _sources(self.register, self.rule)} if self.opened else {}
        proofs = proofs_of([version.entry_id for version in self.opened])
        found = []
        for version in self.opened:
            row = sources.get(_source_in(version.entry.key))
            day = getattr(row, self.rule.source_date) if row is not None and _fits(self.rule, row) else None
            if day is None or day + after == version.due_on or self.given.get(version.entry_id) != version.due_on:
                continue
            draft = draft_of(self.definition, version, proofs=proofs.get(version.entry_id, frozenset()))
            found.append(replace(draft, values={**draft.values, "due_on": day + after}))
        return found


def _source_in(key: str) -> str:
    """The source entry that the key of an obligation names."""
    return key.split("|")[1]


def _known(register: Register, keys: list[str]) -> set[str]:
    """Which of these obligations were made before, whatever became of them."""
    found: set[str] = set()
    for start in range(0, len(keys), BATCH):
        found |= set(Entry.objects.filter(register=register, key__in=keys[start : start + BATCH]).values_list("key", flat=True))
    return found


def _wanted(register: Register, definition: RegisterDefinition, since: date, until: date) -> Iterator[Wanted]:
    for rule in definition.obligations:
        if rule.every and rule.source:
            yield from _of_both(register, definition, rule, since, until)
        elif rule.every:
            yield from _of_calendar(register, definition, rule, since, until)
        elif rule.source:
            yield from _of_source(register, definition, rule, since, until)


def _of_calendar(register: Register, definition: RegisterDefinition, rule: ObligationRule, since: date, until: date) -> Iterator[Wanted]:
    offices = list(Office.objects.filter(unit__department=register.department_id).order_by("code")) if rule.each else []
    for window in windows(rule, since, until):
        for office in offices:
            if office.closed_on is None or office.closed_on > window.due:
                values = _values(definition, rule, f"{rule.zh}（{window.text.zh}）：{office.name}", window.due) | {"office": office}
                yield f"{rule.code}|{window.code}|{office.pk}", values, rule
        if rule.each:
            continue
        for number in range(1, rule.times + 1):
            more = f"（{number}/{rule.times}）" if rule.times > 1 else ""
            title = f"{rule.zh}（{window.text.zh}）{more}"
            yield f"{rule.code}|{window.code}|{number}", _values(definition, rule, title, window.due), rule


def _of_source(register: Register, definition: RegisterDefinition, rule: ObligationRule, since: date, until: date) -> Iterator[Wanted]:
    """One for each entry of the source register whose date, and so many days after it, lies in the time that is looked at."""
    after = timedelta(days=rule.after_days)
    rows = _sources(register, rule).filter(**{f"{rule.source_date}__range": (since - after, until - after)})
    for row in rows.order_by(rule.source_date, "entry"):
        if not _fits(rule, row):
            continue
        day = getattr(row, rule.source_date)
        values = _about(definition, rule, row, f"{rule.zh}：{_called(row)}", day + after)
        yield f"{rule.code}|{row.entry_id}|{day.isoformat()}", values, rule


def _of_both(register: Register, definition: RegisterDefinition, rule: ObligationRule, since: date, until: date) -> Iterator[Wanted]:
    """One in each window for each entry of the source register that had begun by the window's end and was still valid in it."""
    rows = [row for row in _sources(register, rule).order_by("entry") if _fits(rule, row)]
    for window in windows(rule, since, until):
        for row in rows:
            begun = getattr(row, rule.source_date) if rule.source_date else _begun(row)
            if (begun and begun > window.last) or (row.valid_until and row.valid_until <= window.first):
                continue
            values = _about(definition, rule, row, f"{rule.zh}（{window.text.zh}）：{_called(row)}", window.due)
            yield f"{rule.code}|{window.code}|{row.entry_id}", values, rule


def _sources(register: Register, rule: ObligationRule) -> QuerySet[EntryVersion]:
    """What is known now of the source register: confirmed, in one of the states of the rule."""
    rows = EntryVersion.objects.filter(
        register__department=register.department_id,
        register__code=rule.source,
        known_until=FOREVER,
        standing=EntryVersion.Standing.CONFIRMED,
    )
    rows = rows.filter(state__in=rule.source_states) if rule.source_states else rows
    return rows.select_related("entry", "organisation", "office")


def _fits(rule: ObligationRule, row: EntryVersion) -> bool:
    """Whether the source entry has one of the values that the rule asks for."""
    if not rule.source_where:
        return True
    name, *wanted = rule.source_where
    said = getattr(row, name) if name in COMMON else row.details.get(name)
    return str(said or "") in wanted


def _begun(row: EntryVersion) -> date | None:
    return row.valid_from or row.decided_on or row.happened_on or row.received_on


def _called(row: EntryVersion) -> str:
    return row.title or row.organisation_name or row.number


def _about(definition: RegisterDefinition, rule: ObligationRule, row: EntryVersion, title: str, due: date) -> dict[str, object]:
    """What an obligation says of the entry that it comes from."""
    values = _values(definition, rule, title, due)
    if definition.has("about"):
        values["about"] = row.entry
    if definition.has("organisation") and row.organisation is not None:
        values |= {"organisation": row.organisation, "organisation_name": row.organisation_name}
    if definition.has("office") and row.office is not None:
        values["office"] = row.office
    if definition.has("county") and row.county:
        values["county"] = row.county
    return values


def _values(definition: RegisterDefinition, rule: ObligationRule, title: str, due: date) -> dict[str, object]:
    """What an obligation says. A register of classified work keeps no words: only the day."""
    said = {"due_on": due, "category": rule.category, "channel": rule.channel, "title": "" if definition.classified else title[:300]}
    return {name: value for name, value in said.items() if value and definition.has(name)}
