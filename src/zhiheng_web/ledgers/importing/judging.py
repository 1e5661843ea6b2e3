"""Rows of a sheet against the ledger: what each would do, and every fault at its cell. Preview and writing judge by the same function.

A blank cell leaves what is known as it is; a row that says what is known already changes nothing. Rows come in blocks, so that memory
does not grow with the sheet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from uuid import UUID

from django.db.models import Model

from zhiheng.tables.formats.long_sheets import SheetRow
from zhiheng_web.ledgers.columns import SEALED, Kind
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.entering.cells import PLAIN_NUMBER, Asked, Fault, Row, cells_of
from zhiheng_web.ledgers.entering.preparing import DUPLICATE_HIDDEN, Entering, judged, scoped
from zhiheng_web.ledgers.entering.references import Remembered, resolve
from zhiheng_web.ledgers.importing.sheet_columns import unit_in
from zhiheng_web.ledgers.masking import COVER, is_masked
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryImport, EntryVersion, Person
from zhiheng_web.ledgers.subjects import plain
from zhiheng_web.ledgers.writing import BATCH, Draft, business_key, draft_of, loaded_many, proofs_of
from zhiheng_web.wording import Text

TWICE = Text(
    "“{key}”与第 {row} 行重复；同一张表中每条记录只能出现一次，请删去一行。",
    "“{key}” stands in row {row} too; a record comes once in a sheet: remove one row.",
)
REVOKED = Text(
    "该记录“{key}”已撤销，不能再导入；确需恢复，请打开该记录办理恢复。",
    "“{key}” was revoked and takes no import: restore it on its own page first.",
)
JUMP = Text(
    "不能从“{old}”直接到“{new}”；请按办理步骤逐步登记，可到：{choices}。",
    "“{old}” does not lead to “{new}” in one step; from there it may go to: {choices}.",
)
FIRST_ONLY = Text(
    "填报单位上报的新记录从“{first}”开始，请把办理状态改为“{first}”或留空。",
    "What a reporting unit enters begins as “{first}”: write that or leave the cell empty.",
)
MASKED = Text(
    "“{words}”是遮盖后的内容，不能登记为新记录；请填写原文。", "“{words}” is masked: a new record needs the value itself. Write it out."
)
NONE = Text("（无，已办结）", "(none: it is final)")
Standing = EntryVersion.Standing


class Outcome(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sheet lies on the register: index of a column → its name there; words that stand for a choice; units that headings name."""

    columns: Mapping[int, str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, definition: RegisterDefinition, headings: Sequence[str], choices: Mapping[str, object]) -> Plan:
        """The plan of what was chosen for an import."""
        columns = {int(index): str(name) for index, name in dict(choices.get("columns", {})).items() if name}  # type: ignore[call-overload]
        measured = {column.name for column in definition.columns if column.kind in (Kind.MONEY, Kind.QUANTITY)}
        units = {
            name: unit
            for index, name in columns.items()
            if name in measured and index < len(headings) and (unit := unit_in(headings[index]))
        }
        return cls(columns, dict(choices.get("words", {})), units)  # type: ignore[call-overload]

    def words_of(self, row: SheetRow) -> dict[str, str]:
        """The row's words by column name."""
        cells, last = row.cells, len(row.cells)
        found = {name: cells[index] for index, name in self.columns.items() if index < last and cells[index]}
        for name, known in self.words.items():
            if found.get(name) in known:
                found[name] = known[found[name]]
        for name, unit in self.units.items():
            if name in found and PLAIN_NUMBER.fullmatch(found[name].strip().replace(",", "")):
                found[name] = f"{found[name].strip()}{unit}"
        return found


@dataclass(slots=True)
class JudgedRow:
    """One row: its number in the sheet, its cells, what it would do, and what is wrong with it."""

    number: int
    cells: Sequence[str]
    draft: Draft
    outcome: Outcome
    faults: list[Fault]
    warnings: list[Fault]
    known: UUID | None = None

    def met(self) -> str:
        """What the row met in the ledger: the version known of its entry, what it refers to, what the checks said. Not what it says
        itself: the sheet stays the same.
        """
        referred = [_identity(value) for value in self.draft.values.values() if isinstance(value, Model)]
        faults = [fault.code for fault in self.faults]
        return f"{self.number}|{self.outcome}|{self.known}|{self.draft.failed}|{'|'.join(referred)}|{'|'.join(faults)}"


class Judged:
    """The digest of what all rows met, block by block. The definition by which they were judged is part of it."""

    def __init__(self, definition: RegisterDefinition) -> None:
        self._digest = hashlib.sha256(repr(definition).encode())

    def add(self, block: Iterable[JudgedRow]) -> None:
        """Add a block of rows."""
        self._digest.update("\n".join(row.met() for row in block).encode())

    def hexdigest(self) -> str:
        """The digest of the rows so far."""
        return self._digest.hexdigest()


def _identity(value: Model) -> str:
    """A row referred to, alike whether it is only held in memory or made meanwhile: a code, a digest, an id."""
    if isinstance(value, Person):
        return value.identity_digest or value.name
    return getattr(value, "uscc", "") or str(value.pk)


@dataclass(slots=True)
class Seen:
    """What the rows before a block have said: key → number of its row; the organisations that were found."""

    keys: dict[str, int] = field(default_factory=dict)
    organisations: Remembered = field(default_factory=dict)
    sealed: frozenset[str] = frozenset()


def judge(entering: Entering, plan: Plan, rows: Iterable[SheetRow], *, create: bool) -> Iterator[list[JudgedRow]]:
    """The rows in blocks, judged against what is known now. ``create``: new organisations and people are made (when writing)."""
    seen, source = Seen(sealed=sealed_names(entering.definition)), iter(rows)
    while block := list(islice(source, BATCH)):
        yield _block(entering, plan, block, seen, create=create)


def _block(entering: Entering, plan: Plan, block: Sequence[SheetRow], seen: Seen, *, create: bool) -> list[JudgedRow]:
    definition = entering.definition
    cells = cells_of(definition)
    words = [scoped(entering, plan.words_of(row)) for row in block]
    covered = [_uncovered(one, seen.sealed) for one in words]
    read = [cells.read(one, blanks=True) for one in words]
    named = _named_only(definition, read)
    resolve(entering.register, definition, read, create=create, remembered=seen.organisations)
    keys = [_key(definition, one, row.values) for one, row in zip(words, read, strict=True)]
    known = _known(entering, [key for key in keys if key])
    _same_people(entering, read, named, [known.get(key) for key in keys], create=create)
    undone = _undone(known.values())
    proofs = proofs_of([version.entry_id for version in known.values()])
    before: list[Draft | None] = []
    drafts: list[Draft] = []
    for one, row, key in zip(words, read, keys, strict=True):
        version = known.get(key)
        if version is not None and version.entry_id in undone:
            before.append(None)
            drafts.append(replace(_draft(entering, row, key, one.get("state", "").strip(), None), entry=version.entry))
            continue
        old = draft_of(definition, version, proofs=proofs.get(version.entry_id, frozenset())) if version is not None else None
        before.append(old)
        drafts.append(_draft(entering, row, key, one.get("state", "").strip(), old))
    found = judged(entering, drafts, [row.faults for row in read], known=None)
    told = []
    for source, one, old, key, hidden in zip(block, found, before, keys, covered, strict=True):
        if old is None and hidden:
            one.faults.extend(Fault(name, "masked", MASKED.with_(words=text)) for name, text in hidden.items())
        one.faults.extend(_stands_in_the_way(entering, one.draft, old, key))
        earlier = seen.keys.setdefault(key, source.number) if key else source.number
        if earlier != source.number:
            one.faults.append(Fault(_key_column(definition), "twice", TWICE.with_(key=_shown(key), row=earlier)))
        version = known.get(key)
        outcome = _outcome(one.draft, old, one.faults)
        found_version = version.pk if version is not None else None
        told.append(JudgedRow(source.number, source.cells, one.draft, outcome, one.faults, one.warnings, found_version))
    return told


def sealed_names(definition: RegisterDefinition) -> frozenset[str]:
    """The columns of a sheet that hold personal data or secrets."""
    return frozenset(
        name
        for column in definition.columns
        if column.visibility in SEALED or column.kind is Kind.PERSON
        for name in (column.name, f"{column.name}_name", f"{column.name}_identity")
    )


def _uncovered(words: Mapping[str, str], sealed: frozenset[str]) -> dict[str, str]:
    """Take the cells that only show a mask out of a row: they are as blank, and never replace what they mask. Column → what was taken."""
    taken = {name: text for name, text in words.items() if ("*" in text or "＊" in text) and _covers(name, text, sealed)}
    for name in taken:
        del words[name]  # type: ignore[attr-defined]
    return taken


def _covers(name: str, text: str, sealed: frozenset[str]) -> bool:
    return text.strip() == COVER or (name in sealed and is_masked(text))


Named = list[tuple[int, str, Asked]]
"""People who are only named: the place of the row in its block, the column, what was written."""


def _named_only(definition: RegisterDefinition, read: Sequence[Row]) -> Named:
    """Take from the rows the people that are named without a number: who they are may be known from the entry itself."""
    columns = [column.name for column in definition.columns if column.kind is Kind.PERSON and column.name not in definition.key]
    found = []
    for number, row in enumerate(read):
        for name in columns:
            if name in row.asked and not row.asked[name].identity:
                found.append((number, name, row.asked.pop(name)))
    return found


def _same_people(entering: Entering, read: Sequence[Row], named: Named, known: Sequence[EntryVersion | None], *, create: bool) -> None:
    """The person whom the entry has already under that name is the same person; the others are looked for, or made."""
    others = []
    for number, name, asked in named:
        version, row = known[number], read[number]
        person = getattr(version, name) if version is not None else None
        if person is not None and plain(asked.name or asked.words) == plain(person.name):
            row.values[name] = person
        else:
            others.append(Row(row.values, row.topics, {name: asked}, row.faults))
    if others:
        resolve(entering.register, entering.definition, others, create=create)


def _key(definition: RegisterDefinition, words: Mapping[str, str], values: Mapping[str, object]) -> str:
    """The business key, of which a part may be blank; none where a part could not be read. Where the register has no key, the words of the
    row themselves: the same row again is the same record.
    """
    if definition.key:
        unread = any(words.get(name) and values.get(name) in (None, "") for name in definition.key)
        return "" if unread else business_key(definition, values)
    said = "|".join(f"{name}={words[name].strip()}" for name in sorted(words) if words[name])
    return f"row:{hashlib.sha256(said.encode()).hexdigest()[:40]}" if said else ""


def _known(entering: Entering, keys: Sequence[str]) -> dict[str, EntryVersion]:
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return {}
    versions = EntryVersion.objects.filter(entry__register=entering.register, entry__key__in=wanted, known_until=FOREVER)
    return {version.entry.key: version for version in loaded_many(entering.register, versions)}


def _undone(versions: Iterable[EntryVersion]) -> frozenset[UUID]:
    """Entries that were revoked when their import was undone: the corrected sheet brings them anew."""
    revoked = [version.entry_id for version in versions if version.standing == Standing.REVOKED]
    if not revoked:
        return frozenset()
    return frozenset(Entry.objects.filter(pk__in=revoked, batch__state=EntryImport.State.UNDONE).values_list("pk", flat=True))


def _draft(entering: Entering, row: Row, key: str, state: str, old: Draft | None) -> Draft:
    definition = entering.definition
    code = _states(definition).get(state, state)
    if old is None:
        reporter = entering.reporter.pk if entering.reporter else None
        return Draft(row.values, code or definition.first_state, entering.standing, row.topics, reporter=reporter, key=key)
    values = {**old.values, **row.values}
    if "quantity" in row.values:  # its unit and words belong to it
        values = {name: value for name, value in values.items() if name not in ("unit", "quantity_text") or name in row.values}
    return replace(old, values=values, state=code or old.state, topics=row.topics or old.topics)


def _states(definition: RegisterDefinition) -> dict[str, str]:
    return {word: one.code for one in definition.states for word in (one.en, one.zh, one.code) if word}


def _stands_in_the_way(entering: Entering, draft: Draft, old: Draft | None, key: str) -> list[Fault]:
    """What the ledger has against a row: a record of another unit, a revoked one, a state that does not follow."""
    definition = entering.definition
    column = _key_column(definition)
    names = {state.code: state.text for state in definition.states}
    if old is None:
        if entering.reporter is not None and draft.state != definition.first_state and draft.state in names:
            return [Fault("state", "first_state", FIRST_ONLY.with_(first=names[definition.first_state]))]
        return []
    if entering.reporter is not None and old.reporter != entering.reporter.pk:
        return [Fault(column, "duplicate", DUPLICATE_HIDDEN.with_(key=_shown(key)))]
    if old.standing == Standing.REVOKED:
        return [Fault(column, "revoked", REVOKED.with_(key=_shown(key)), link=str(old.entry.pk) if old.entry else "")]
    if draft.state == old.state or draft.state not in names:
        return []
    ends = dict.fromkeys(move.end for move in definition.moves if old.state in move.start)
    if draft.state in ends:
        return []
    choices = Text("、".join(names[end].zh for end in ends) or NONE.zh, ", ".join(names[end].en for end in ends) or NONE.en)
    return [
        Fault(
            "state", "state_jump", JUMP.with_(old=names.get(old.state, Text(old.state, old.state)), new=names[draft.state], choices=choices)
        )
    ]


def _outcome(draft: Draft, old: Draft | None, faults: Sequence[Fault]) -> Outcome:
    if faults:
        return Outcome.FAULTY
    if old is None:
        return Outcome.NEW
    same = draft.values == old.values and set(draft.topics) == set(old.topics) and draft.state == old.state
    return Outcome.SAME if same else Outcome.CHANGED


def standing_of(entering: Entering, old: str) -> str:
    """The standing of a changed entry: what the office writes is as the office's entries are, what a unit writes waits anew."""
    return entering.standing if entering.reporter is not None or old != Standing.CONFIRMED else old


def _key_column(definition: RegisterDefinition) -> str:
    return next((name for name in ("number", *definition.key) if name in definition.key), "")


def _shown(key: str) -> str:
    return key.replace("|", " · ") if not key.startswith("row:") else "…"
