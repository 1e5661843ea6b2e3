"""What the operations of the ledgers say: registers, entries, evidence, imports, packs, in words of both languages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from zhiheng_web.api.told import Known, MaybeKnown, Words


class CountsShape(Schema):
    """登记 = 可计 + 缺证据 + 未通过校核 + 待确认 + 已退回; revoked entries are not recorded ones."""

    recorded: int
    countable: int
    evidence: int
    checks: int
    waiting: int
    returned: int
    revoked: int


class RegisterShape(Schema):
    """A register with what is recorded in it. ``overdue`` null: it has no due dates; ``unmeasured``: no indicator counts it (无指标)."""

    id: UUID
    code: str
    name: Words
    purpose: Words
    department: UUID
    duty: MaybeKnown
    pack: str
    unmeasured: bool
    takes_reports: bool
    edition: int
    counts: CountsShape
    overdue: int | None


class DefinitionShape(Schema):
    """A register as it is declared: the JSON that `declare_register` and `change_register` take."""

    ledger: Known
    edition: int
    definition: dict[str, Any]


class ColumnCellShape(Schema):
    """A column of an entry in words; ``code`` of a choice, ``entry`` it leads to; ``masked``: why it is not shown in clear."""

    column: str
    words: str
    code: str
    masked: str
    entry: UUID | None


class LedgerEntryShape(Schema):
    """What is known of an entry. ``gap``: why it cannot count ('' nothing stands against it), by code and in words."""

    id: UUID
    version: UUID
    name: str
    standing: str
    state: str
    state_name: str
    gap: str
    gap_name: str
    known_from: datetime
    cells: list[ColumnCellShape]


class EvidenceShape(Schema):
    """What a file or a public page proves. ``clear``: the caller may open it; ``withdrawn``: it proves nothing any more."""

    id: UUID
    entry: UUID
    kind: str
    kind_name: Words
    proves: str
    title: str
    document: str
    issuer: str
    issued_on: date | None
    url: str
    page: str
    file: str
    media_type: str
    size: int | None
    pages: int | None
    sha256: str
    known_from: datetime
    withdrawn: bool
    reason: str
    clear: bool


class EntryEvidenceShape(Schema):
    """The evidence of an entry and the mandatory kinds that it lacks."""

    evidence: list[EvidenceShape]
    needed: list[Words]


class LackingShape(Schema):
    """An entry that lacks mandatory evidence of these kinds."""

    entry: UUID
    name: str
    needed: list[Words]


class ChangedColumnShape(Schema):
    """What a version changed."""

    name: Words
    before: str
    after: str


class StepShape(Schema):
    """One version in the history of an entry."""

    version: UUID
    change: str
    reason: str
    standing: str
    state: str
    at: datetime
    by: MaybeKnown
    changes: list[ChangedColumnShape]


class EntryLinkShape(Schema):
    """Another entry that it belongs with."""

    kind: str
    entry: UUID
    name: str
    ledger: Words
    forward: bool


class CountsInShape(Schema):
    """A part of an indicator that looks at the entry: it counts (``reason`` null) or why not; ``holds``: by the basis that holds."""

    indicator: UUID
    name: str
    part: Words
    basis: Words
    holds: bool
    reason: str | None
    table: UUID | None


class WholeEntryShape(LedgerEntryShape):
    """An entry with its history, links, and the indicators in which it counts on the day ``on``."""

    ledger: Known
    missing: list[Words]
    history: list[StepShape]
    links: list[EntryLinkShape]
    counts: list[CountsInShape]
    on: date


class VersionsShape(Schema):
    """How many entries were written, and their ids."""

    count: int
    entries: list[UUID]


class ObligationShape(Schema):
    """One thing that is due; ``days`` until then, negative when its day is past."""

    entry: UUID
    ledger: UUID
    name: str
    due_on: date
    done_on: date | None
    standing: str
    state: str
    days: int


class ObligationsShape(Schema):
    """The obligations of a month; ``overdue`` those of earlier months that still wait; ``quiet`` registers with nothing due."""

    month: date
    listed: list[ObligationShape]
    overdue: list[ObligationShape]
    quiet: list[Known]
    more: bool


class CountyShape(Schema):
    """A county ('' none given): what is recorded, what can count, and the sums of its figures by column."""

    code: str
    name: Words
    recorded: int
    countable: int
    sums: dict[str, str | None]


class WaitingEntriesShape(Schema):
    """The entries of a register that wait."""

    ledger: UUID
    name: Words
    count: int
    entries: list[UUID]


class WaitingPageShape(Schema):
    """What waits for the caller's confirmation, what came back, what of the caller's waits at the office."""

    confirm: list[WaitingEntriesShape]
    returned: list[WaitingEntriesShape]
    submitted: list[WaitingEntriesShape]


class KindOfPaperShape(Schema):
    """A kind of paper with the periods of the year for which it can be issued and those issued."""

    code: str
    name: Words
    periods: list[str]
    issued: list[LedgerPaperShape]


class LedgerPaperShape(Schema):
    """An issued paper."""

    id: UUID
    kind: str
    number: str
    title: str
    period: str
    issued_at: datetime


class ImportColumnShape(Schema):
    """A column of the sheet and what it is taken for ('' nothing)."""

    index: int
    heading: str
    name: str


class ImportFaultShape(Schema):
    """A fault at its cell with the remedy."""

    row: int
    cell: str
    column: str
    value: str
    code: str
    text: Words


class UnknownWordShape(Schema):
    """A word that is no choice of its column."""

    column: str
    word: str
    count: int


class ImportShape(Schema):
    """A sheet on its way into a register. Poll while it is waiting, reading or writing."""

    id: UUID
    ledger: Known
    file: str
    state: str
    rows: int
    row: int
    made: int
    changed: int
    same: int
    faulty: int
    faults: int
    left_out: bool
    refusal: Words
    written_at: datetime | None
    undone_at: datetime | None


class ImportPageShape(ImportShape):
    """The preview of an import: its columns, the words that are asked, a page of its faults."""

    columns: list[ImportColumnShape]
    lacking: list[Words]
    words: list[UnknownWordShape]
    fault_rows: list[ImportFaultShape]
    pages: int


class OfferFaultShape(Schema):
    """A fault of a pack at its file and line."""

    file: str
    line: int
    text: Words


class OfferShape(Schema):
    """A pack on offer: its edition, the one adopted ('' none), its faults; one with faults is not adopted."""

    code: str
    name: Words
    edition: str
    adopted: str
    same: bool
    faults: list[OfferFaultShape]


class AdoptedShape(Schema):
    """What adopting a pack did."""

    made: int
    changed: int
    closed: int
    bound: int
    absent: list[str]


KindOfPaperShape.model_rebuild()
